// Doors of the pledge papers: printing with a square for each household, the way of the signed paper to the ward, and
// the household behind a form's square.
import { sql } from 'kysely';
import { problem, isProblem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { readFormMark } from '#features/pledges/form-code.ts';
import * as shape from '#features/pledges/papers-schema.ts';
import * as custody from '#features/pledges/papers.server.ts';
import * as sheets from '#features/pledges/sheets.server.ts';

const onArea = (_: Call, { params }: { params: { area: string } }) => ({ areaPath: [params.area] });

const pdf = (made: Buffer | Problem, name: string): RawReply | Problem =>
  isProblem(made)
    ? made
    : new RawReply(
        new Response(new Uint8Array(made), {
          headers: {
            'content-type': 'application/pdf',
            'content-disposition': `inline; filename="${name}.pdf"`,
            'cache-control': 'no-store',
          },
        }),
      );

async function areaOfRow(
  call: Call,
  table: 'paper_prints' | 'paper_handovers',
  id: string,
): Promise<string[]> {
  const { rows } = await sql<{ group_id: string }>`select group_id from ${sql.table(table)}
    where ward_id = ${call.trx.wardId} and id = ${id}`.execute(call.trx);
  return rows.map(({ group_id }) => group_id);
}

async function leadOfHandover(call: Call, id: string): Promise<string | null> {
  const { rows } = await sql<{ unit: string | null }>`select c.leading_unit_id as unit from paper_handovers h
    join campaigns c on c.ward_id = h.ward_id and c.id = h.campaign_id
    where h.ward_id = ${call.trx.wardId} and h.id = ${id}`.execute(call.trx);
  return rows[0]?.unit ?? null;
}

const onPrint = async (call: Call, { params }: { params: { print: string } }) => ({
  areaPath: await areaOfRow(call, 'paper_prints', params.print),
});
const onHandover = async (call: Call, { params }: { params: { handover: string } }) => ({
  areaPath: await areaOfRow(call, 'paper_handovers', params.handover),
});
const onLead = async (call: Call, { params }: { params: { handover: string } }) => ({
  areaPath: await areaOfRow(call, 'paper_handovers', params.handover),
  unitId: await leadOfHandover(call, params.handover),
});

async function makePrint(call: Call, campaign: string, area: string, wish: shape.PrintWish) {
  const { trx, actor, now } = call;
  const only = { lane: wish.lane ?? null, household: wish.household ?? null };
  const doors = await sheets.countDoors(trx, area, only);
  const forms = (doors + wish.extra) * (wish.kind === 'pair' ? 2 : 1);
  if (forms === 0) return problem('pledges.nothing-to-print', { status: 409 });
  if (wish.kind !== 'collective') await sheets.giveCodes(call, campaign, area, only);
  await sql`insert into paper_prints (ward_id, id, campaign_id, group_id, lane_id, kind, forms, printed_at, printed_by)
    values (${trx.wardId}, ${wish.id}, ${campaign}, ${area}, ${only.lane}, ${wish.kind}, ${forms}, ${new Date(now)},
      ${actor.personId}) on conflict (ward_id, id) do nothing`.execute(trx);
  await audit(trx, call, {
    action: 'pledges.papers-printed',
    subjectKind: 'paper-print',
    subjectId: wish.id,
    after: { kind: wish.kind, forms, area, lane: only.lane },
  });
  return { id: wish.id, forms };
}

async function setPrint(
  call: Call,
  id: string,
  query: { household?: string | undefined; extra?: number | undefined },
) {
  const { rows } = await sql<{
    campaign: string;
    area: string;
    kind: (typeof shape.PRINT_KINDS)[number];
    lane: string | null;
  }>`select campaign_id as campaign, group_id as area, kind, lane_id as lane from paper_prints
    where ward_id = ${call.trx.wardId} and id = ${id}`.execute(call.trx);
  const [print] = rows;
  if (!print) return problem('pledges.no-such-print', { status: 404 });
  const made = await sheets.printPdf(call, {
    ...print,
    household: query.household ?? null,
    extra: query.extra ?? 0,
  });
  return pdf(made, `cam-ket-${print.kind}`);
}

const printing: Endpoint[] = [
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/areas/:area/prints',
    summary: 'Forms printed and given out: each household gets its code; the same id again is the same print',
    action: 'papers.print',
    params: shape.AreaPapersPath,
    target: onArea,
    body: shape.PrintWish,
    reply: shape.PrintReply,
    status: 201,
    handle: (call, { params, body }) => makePrint(call, params.campaign, params.area, body),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/prints/:print/sheet.pdf',
    summary: 'The forms of a print',
    action: 'papers.print',
    params: shape.PrintPath,
    query: shape.PrintQuery,
    target: onPrint,
    media: 'application/pdf',
    handle: (call, { params, query }) => setPrint(call, params.print, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/areas/:area/slips.pdf',
    summary: 'Slips with a time to come back, for doors where only children were at home',
    action: 'papers.print',
    params: shape.AreaPapersPath,
    target: onArea,
    media: 'application/pdf',
    handle: async (call, { params }) => pdf(await sheets.slipsPdf(call, params.area), 'phieu-hen'),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/areas/:area/cards.pdf',
    summary: 'Cards for the members of the team; no private telephone number',
    action: 'papers.print',
    params: shape.AreaPapersPath,
    target: onArea,
    media: 'application/pdf',
    handle: async (call, { params }) =>
      pdf(await sheets.cardsPdf(call, params.campaign, params.area), 'the-to-cong-tac'),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/pledges/:pledge/copy.pdf',
    summary: 'The household’s copy of a pledge signed on glass, with the square anybody may check',
    action: 'papers.read',
    params: shape.CopyPath,
    target: async (call, { params }) => {
      const { rows } = await sql<{ group_id: string }>`select group_id from pledges
        where ward_id = ${call.trx.wardId} and id = ${params.pledge}`.execute(call.trx);
      return { areaPath: rows.map(({ group_id }) => group_id) };
    },
    media: 'application/pdf',
    handle: async (call, { params }) => pdf(await sheets.copyPdf(call, params.pledge), 'ban-cam-ket'),
  }),
];

const custodying: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/papers',
    summary: 'Where the signed papers are, group by group, and what is on its way',
    action: 'papers.read',
    scoped: true,
    params: shape.PapersPath,
    reply: shape.PapersReply,
    handle: (call, { params }) => custody.readPapers(call, params.campaign),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/areas/:area/papers',
    summary: 'One group: what was printed, signed and handed over, and each paper the ward does not have',
    action: 'papers.read',
    params: shape.AreaPapersPath,
    target: onArea,
    reply: shape.AreaPapersReply,
    handle: (call, { params }) => custody.readAreaPapers(call, params.campaign, params.area),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/areas/:area/handovers',
    summary: 'Signed papers handed over; the same id again is the same handing over',
    action: 'papers.hand-over',
    params: shape.AreaPapersPath,
    target: onArea,
    body: shape.HandoverWish,
    reply: shape.PrintReply.pick({ id: true }),
    status: 201,
    handle: (call, { params, body }) => custody.handOver(call, params.campaign, params.area, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/handovers/:handover/undo',
    summary: 'Take a handing over back while nobody has taken the papers',
    action: 'papers.hand-over',
    params: shape.HandoverPath,
    target: onHandover,
    reply: shape.Done,
    handle: (call, { params }) => custody.undoHandover(call, params.handover),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/handovers/:handover/take',
    summary: 'The unit that leads the campaign has counted and taken the papers',
    action: 'papers.take',
    params: shape.HandoverPath,
    target: onLead,
    reply: shape.Done,
    handle: (call, { params }) => custody.takePapers(call, params.handover),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/handovers/:handover/file',
    summary: 'Where the papers are kept, by group',
    action: 'papers.take',
    params: shape.HandoverPath,
    target: onLead,
    body: shape.FileWish,
    reply: shape.Done,
    handle: (call, { params, body }) => custody.filePapers(call, params.handover, body.where),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/handovers/:handover/record.pdf',
    summary: 'Record of handing over, with each household named',
    action: 'papers.read',
    params: shape.HandoverPath,
    target: onHandover,
    media: 'application/pdf',
    handle: async (call, { params }) =>
      pdf(await sheets.handoverPdf(call, params.handover), 'bien-ban-giao-nhan'),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/forms/:code',
    summary: 'The household of a form, by the square on it or its letters',
    action: 'papers.read',
    scoped: true,
    params: shape.FormPath,
    reply: shape.FormReply,
    async handle(call, { params }) {
      const code = readFormMark(params.code);
      return (
        (code === null ? null : await custody.findForm(call, params.campaign, code)) ??
        problem('pledges.no-such-form', { status: 404 })
      );
    },
  }),
];

export const paperEndpoints: readonly Endpoint[] = [...printing, ...custodying];
