// Doors of the register of directives.
import { Readable } from 'node:stream';
import { problem } from '#core/problem.ts';
import * as commands from '#features/directives/commands.server.ts';
import { narrowed } from '#features/directives/model.ts';
import type { DirectivePorts } from '#features/directives/ports.ts';
import * as shape from '#features/directives/schema.ts';
import type { DirectivesQuery } from '#features/directives/schema.ts';
import * as store from '#features/directives/store.server.ts';
import type { KeptDirective } from '#features/directives/store.server.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { csvOf, workbookOf } from '#platform/sheets.server.ts';

const REGISTER = '/wards/:ward/directives';
const ONE = `${REGISTER}/:directive`;

const rowOf = ({ id, number, issuedOn, issuer, subject, hasFile, citations, open }: KeptDirective) => ({
  id,
  number,
  issuedOn,
  issuer,
  subject,
  hasFile,
  citations,
  open,
});

/** Column names of the file are part of its format and stay Vietnamese in both languages. */
const HEADS = [
  'TT',
  'Số, ký hiệu',
  'Ngày ban hành',
  'Cơ quan ban hành',
  'Trích yếu',
  'Số nơi viện dẫn',
  'Mã',
];

async function exported(call: Call, query: DirectivesQuery, format: 'csv' | 'xlsx'): Promise<RawReply> {
  const found = narrowed(await store.listDirectives(call.trx), query);
  const rows = found.map((one, n) => [
    n + 1,
    one.number,
    one.issuedOn,
    one.issuer,
    one.subject,
    one.citations,
    one.id,
  ]);
  await audit(call.trx, call, {
    action: 'directives.exported',
    subjectKind: 'ward',
    subjectId: String(call.trx.wardId),
    after: { format, rows: rows.length },
  });
  const body =
    format === 'csv'
      ? csvOf(HEADS, rows)
      : Buffer.from(await workbookOf([{ name: 'Văn bản chỉ đạo', heads: HEADS, rows }]));
  const type =
    format === 'csv'
      ? 'text/csv; charset=utf-8'
      : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return new RawReply(
    new Response(body, {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename="van-ban-chi-dao.${format}"`,
        'cache-control': 'no-store',
      },
    }),
  );
}

async function fileOf(call: Call, id: string) {
  const directive = await store.findDirective(call.trx, id);
  if (!directive?.fileSha256) return commands.noDirective();
  const stream = call.runtime.files.read(call.trx.wardId, directive.fileSha256);
  if (!stream) return problem('directives.file-gone', { status: 404 });
  const isPdf = directive.fileName?.toLowerCase().endsWith('.pdf') === true;
  return new RawReply(
    new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': isPdf ? 'application/pdf' : 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(directive.fileName ?? 'van-ban')}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-store',
      },
    }),
  );
}

const readings: Endpoint[] = [
  guarded({
    method: 'get',
    path: REGISTER,
    summary: 'Directives, found with or without marks',
    action: 'directives.read',
    params: shape.WardPath,
    query: shape.DirectivesQuery,
    reply: shape.DirectivesReply,
    async handle(call, { query }) {
      const all = await store.listDirectives(call.trx);
      return {
        directives: narrowed(all, query).map(rowOf),
        issuers: [...new Set(all.map(({ issuer }) => issuer))].sort((a, b) => a.localeCompare(b)),
        years: [...new Set(all.map(({ issuedOn }) => Number(issuedOn.slice(0, 4))))].sort((a, b) => b - a),
        all: all.length,
        may: { edit: call.may('directives.edit'), export: call.may('directives.export') },
      };
    },
  }),
  ...(['csv', 'xlsx'] as const).map((format) =>
    guarded({
      method: 'get',
      path: `/wards/:ward/directives.${format}`,
      summary: `The register for a spreadsheet (${format})`,
      action: 'directives.export',
      params: shape.WardPath,
      query: shape.DirectivesQuery,
      media: format === 'csv' ? 'text/csv' : 'application/octet-stream',
      handle: (call, { query }) => exported(call, query, format),
    }),
  ),
  guarded({
    method: 'get',
    path: ONE,
    summary: 'One directive: the deadlines read in it and what cites it',
    action: 'directives.read',
    params: shape.DirectivePath,
    reply: shape.DirectiveReply,
    async handle(call, { params }) {
      const found = await store.findDirective(call.trx, params.directive);
      if (!found) return commands.noDirective();
      const { fileName, enteredBy, enteredAt, withdrawnReason } = found;
      return {
        directive: {
          ...rowOf(found),
          fileName,
          enteredBy,
          enteredAt: enteredAt.toISOString(),
          withdrawnReason,
        },
        proposals: await store.listProposals(call.trx, found.id),
        citations: await store.listCitations(call.trx, found.id),
        may: { edit: withdrawnReason === null && call.may('directives.edit') },
      };
    },
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/directives',
    summary: 'Directives a plan stands on, or one of its duties and reports (`item`)',
    action: 'directives.read',
    params: shape.CampaignPath,
    query: shape.CitedQuery,
    reply: shape.CitedReply,
    handle: async (call, { params, query }) => ({
      directives: await store.listCited(call.trx, params.campaign, query.item ?? null),
    }),
  }),
  guarded({
    method: 'get',
    path: `${ONE}/file`,
    summary: 'The paper itself',
    action: 'directives.read',
    params: shape.DirectivePath,
    media: 'application/octet-stream',
    handle: (call, { params }) => fileOf(call, params.directive),
  }),
];

const entries = (ports: DirectivePorts): Endpoint[] => [
  guarded({
    method: 'post',
    path: REGISTER,
    summary: 'Enter a directive, with its paper (.pdf, .docx) where there is one',
    action: 'directives.edit',
    params: shape.WardPath,
    body: shape.NewDirective,
    // The form around the file is small.
    limit: commands.FILE_LIMIT + 65_536,
    reply: shape.EnteredReply,
    status: 201,
    handle: (call, { body }) => commands.enter(call, ports, body),
  }),
  guarded({
    method: 'put',
    path: ONE,
    summary: 'Mend number, day, issuer or subject',
    action: 'directives.edit',
    params: shape.DirectivePath,
    body: shape.EditDirective,
    reply: shape.Done,
    handle: (call, { params, body }) => commands.edit(call, params.directive, body),
  }),
  guarded({
    method: 'post',
    path: `${ONE}/withdraw`,
    summary: 'Withdraw an entry made by mistake, with a reason',
    action: 'directives.edit',
    params: shape.DirectivePath,
    body: shape.WithdrawDirective,
    reply: shape.Done,
    handle: (call, { params, body }) => commands.withdraw(call, params.directive, body.reason),
  }),
];

const decisions = (ports: DirectivePorts): Endpoint[] => [
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/directives/:directive/proposals/:proposal/accept',
    summary: 'A deadline read in a directive becomes a duty in the plan’s draft',
    action: 'plan.edit',
    target: async (call, { params }) => ({ unitId: await store.leadingUnitOf(call.trx, params.campaign) }),
    params: shape.ProposalPath,
    body: shape.AcceptProposal,
    reply: shape.AcceptedReply,
    status: 201,
    handle: (call, { params, body }) => commands.accept(call, ports, params, body.accountable),
  }),
  guarded({
    method: 'post',
    path: `${ONE}/proposals/:proposal/set-aside`,
    summary: 'A deadline read in a directive that is not this ward’s',
    action: 'directives.edit',
    params: shape.OwnProposalPath,
    body: shape.SetAside,
    reply: shape.Done,
    handle: (call, { params, body }) =>
      commands.setAside(call, params.directive, params.proposal, body.reason),
  }),
  guarded({
    method: 'post',
    path: `${ONE}/citations`,
    summary: 'A plan, a duty or a report names this directive as its ground',
    action: 'directives.edit',
    params: shape.DirectivePath,
    body: shape.Cite,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params, body }) => commands.cite(call, params.directive, body),
  }),
  guarded({
    method: 'post',
    path: `${ONE}/citations/:citation/undo`,
    summary: 'Take a citation back',
    action: 'directives.edit',
    params: shape.CitationPath,
    reply: shape.Done,
    handle: (call, { params }) => commands.undoCitation(call, params.directive, params.citation),
  }),
];

export const directiveEndpoints = (ports: DirectivePorts): readonly Endpoint[] => [
  ...readings,
  ...entries(ports),
  ...decisions(ports),
];
