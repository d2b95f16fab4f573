// Doors of official documents.
import { z } from 'zod';
import { dayOf, isoOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { cityEndpoints } from '#features/reports/city/api.server.ts';
import { nextSteps, STEPS, type Step } from '#features/reports/papers/chain.ts';
import {
  editingAction,
  maySigned,
  missingFigures,
  missingPlaces,
} from '#features/reports/papers/document-files.server.ts';
import * as documents from '#features/reports/papers/documents.server.ts';
import { documentFileEndpoints } from '#features/reports/papers/files-api.server.ts';
import { layoutOn } from '#features/reports/papers/layouts.ts';
import { PaperWords } from '#features/reports/papers/report-data.ts';
import { DocumentList, DocumentView, NewDocument, StepBody } from '#features/reports/papers/schema.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import { peopleNames } from '#features/reports/store.server.ts';

const CampaignPath = z.object({ ward: z.coerce.number().int(), campaign: z.uuid() });
const DocumentPath = CampaignPath.extend({ document: z.uuid() });
const notFound = () => problem('documents.not-found', { status: 404 });

const headOf = (row: documents.DocumentRow) => ({
  id: row.id,
  kind: row.kind,
  fromOn: row.from_on,
  toOn: row.to_on,
  state: row.state,
  number: row.number,
  datedOn: row.dated_on,
  madeAt: isoOf(row.made_at.getTime()),
  subject: PaperWords.parse(row.words).subject,
});

async function viewOf(call: Call, ports: ReportPorts, campaignId: string, id: string) {
  const row = await documents.findDocument(call.trx, campaignId, id);
  if (!row) return notFound();
  const unitId = (await ports.plan(call.trx, campaignId))?.campaign.leadingUnitId ?? null;
  const steps = await documents.stepsOf(call.trx, campaignId, id);
  const names = await peopleNames(
    call.trx,
    steps.map(({ by }) => by),
  );
  const editing = editingAction(row.state);
  return {
    ...headOf(row),
    revision: row.revision,
    words: PaperWords.parse(row.words),
    hash: row.data_hash.toString('hex'),
    unchanged: documents.hashOf(row.data).equals(row.data_hash),
    replacesId: row.replaces_id,
    replacesWhy: row.replaces_why,
    layout: layoutOn(row.dated_on ?? dayOf(row.made_at.getTime())).source,
    steps: steps.map((step) => ({
      step: step.step,
      at: isoOf(step.at.getTime()),
      by: names.get(step.by)?.name ?? '',
      note: step.note,
    })),
    next: nextSteps(row.state).filter((step: Step) => call.may(STEPS[step].action, { unitId })),
    mayWrite: row.state === 'draft' && row.edited_sha256 === null && call.may('documents.draft', { unitId }),
    edited: row.edited_sha256 && {
      sha256: row.edited_sha256.toString('hex'),
      missing: await missingFigures(call, row),
      noPlaceFor: await missingPlaces(call, row),
    },
    signed: row.signed_sha256?.toString('hex') ?? null,
    mayBringEdited: editing !== null && call.may(editing, { unitId }),
    mayBringSigned: maySigned(row.state) && call.may('documents.clerk'),
  };
}

const leading =
  (ports: ReportPorts) =>
  async (call: Call, { params }: { params: { campaign: string } }) => ({
    unitId: (await ports.plan(call.trx, params.campaign))?.campaign.leadingUnitId ?? null,
  });

const reading = (ports: ReportPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/documents',
    summary: 'Official documents of the campaign, newest first',
    action: 'documents.read',
    params: CampaignPath,
    reply: DocumentList,
    handle: async (call, { params }) => {
      const rows = await documents.listDocuments(call.trx, params.campaign);
      const target = await leading(ports)(call, { params });
      return { documents: rows.map(headOf), mayDraft: call.may('documents.draft', target) };
    },
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/documents',
    summary: 'Begin a report: freezes the figures of its period and drafts the words from them',
    action: 'documents.draft',
    target: leading(ports),
    params: CampaignPath,
    body: NewDocument,
    reply: z.object({ id: z.string() }),
    status: 201,
    handle: (call, { params, body }) =>
      documents.beginDocument(call, ports, params.campaign, { ...body, replaces: body.replaces ?? null }),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/documents/:document',
    summary: 'One document: its words, steps, and what may be done next',
    action: 'documents.read',
    params: DocumentPath,
    reply: DocumentView,
    handle: (call, { params }) => viewOf(call, ports, params.campaign, params.document),
  }),
];

const changing = (ports: ReportPorts): Endpoint[] => [
  guarded({
    method: 'put',
    path: '/wards/:ward/campaigns/:campaign/documents/:document/words',
    summary: 'Edit the words of a draft; its figures stay frozen',
    action: 'documents.draft',
    target: leading(ports),
    params: DocumentPath,
    body: z.strictObject({ revision: z.int().min(1), words: PaperWords }),
    reply: z.object({ revision: z.number() }),
    handle: (call, { params, body }) => documents.writeWords(call, params.campaign, params.document, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/documents/:document/steps',
    summary: 'Take the next step of the chain: check, sign, number, seal, issue, file, or send back',
    action: 'documents.read',
    params: DocumentPath,
    body: StepBody,
    reply: z.object({ state: z.string() }),
    handle: async (call, { params, body }) => {
      const { unitId } = await leading(ports)(call, { params });
      const wish = {
        step: body.step,
        note: body.note ?? null,
        number: body.number ?? null,
        datedOn: body.datedOn ?? null,
      };
      return documents.takeStep(call, params.campaign, params.document, wish, unitId);
    },
  }),
];

export const documentEndpoints = (ports: ReportPorts): Endpoint[] => [
  ...reading(ports),
  ...changing(ports),
  ...documentFileEndpoints(ports),
  ...cityEndpoints(ports),
];
