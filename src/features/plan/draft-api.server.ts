// Doors of the draft: a paper comes in, people mend what was read of it, the leading unit's head confirms.
import { z } from 'zod';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import * as shape from '#features/plan/api-schema.ts';
import { acceptItems, addItem, decidePhrase, editItem } from '#features/plan/draft-commands.server.ts';
import type { VersionItem } from '#features/plan/draft-store.server.ts';
import { discardDraft, importPlan, startAmendment } from '#features/plan/import-commands.server.ts';
import { FILE_LIMIT, readPlanBytes } from '#features/plan/reader/plan-file.ts';
import { isReading } from '#features/plan/reader/reading.ts';
import { draftChange, readPlan } from '#features/plan/read-plan.server.ts';
import { CampaignDays } from '#features/plan/schema.ts';
import {
  acceptSuggestedActors,
  answerDoubt,
  decideLinks,
  sayActor,
  setDays,
} from '#features/plan/settle-commands.server.ts';
import { findCampaign, rememberMedia } from '#features/plan/store.server.ts';
import { confirmPlan, continueItem, nameAmendingPaper } from '#features/plan/version-commands.server.ts';

const DRAFT = '/wards/:ward/campaigns/:campaign/plan/draft';

const onCampaign = async (call: Call, { params }: { params: { campaign: string } }) => ({
  unitId: (await findCampaign(call.trx, params.campaign))?.leading_unit_id ?? null,
});

/** The items a change touched, or its refusal. */
const changed = (call: Call, campaignId: string, result: VersionItem | readonly VersionItem[] | Problem) => {
  if (isProblem(result)) return result;
  return draftChange(call.trx, campaignId, 'id' in result ? [result] : result);
};

/**
 * Read before it is kept: a paper with a secrecy rating leaves no trace but its refusal, since a rated paper may not
 * be drafted or kept on a machine with a network (Law on state secrets 117/2025/QH15 art. 5; 29/2018 before it).
 */
async function importUpload(call: Call, campaignId: string, upload: z.infer<typeof shape.UploadShape>) {
  if (upload.file.size > FILE_LIMIT)
    return problem('plan.file-too-large', { status: 413, params: { limit: FILE_LIMIT / 1024 / 1024 } });
  const bytes = new Uint8Array(await upload.file.arrayBuffer());
  const reading = await readPlanBytes(bytes, upload.year === undefined ? {} : { year: upload.year });
  if (!isReading(reading)) return problem(reading.code, { status: 422, params: { why: reading.why } });
  const stored = await call.runtime.files.put(call.trx.wardId, bytes);
  await rememberMedia(call.trx, stored, 'application/octet-stream', call.actor.personId);
  const version = await importPlan(call.trx, call, {
    campaignId,
    reading,
    documentName: upload.file.name.slice(0, 200) || null,
    documentSha256: stored.sha256,
  });
  return isProblem(version) ? version : { version };
}

const beginnings: Endpoint[] = [
  guarded({
    method: 'get',
    path: DRAFT,
    summary: 'The draft beside its words, and what is missing before it can be confirmed',
    action: 'plan.edit',
    params: shape.CampaignPath,
    target: onCampaign,
    reply: shape.PlanReply,
    handle: (call, { params }) => readPlan(call, params.campaign, 'draft'),
  }),
  guarded({
    method: 'post',
    path: DRAFT,
    summary: 'Upload a paper (.docx, .pdf, .txt); it is read into a draft',
    action: 'plan.edit',
    params: shape.CampaignPath,
    body: shape.UploadShape,
    target: onCampaign,
    // The form around the file is small.
    limit: FILE_LIMIT + 65_536,
    reply: shape.VersionReply,
    status: 201,
    handle: (call, { params, body }) => importUpload(call, params.campaign, body),
  }),
  guarded({
    method: 'post',
    path: `${DRAFT}/amend`,
    summary: 'Begin an amendment from the version in force',
    action: 'plan.edit',
    params: shape.CampaignPath,
    target: onCampaign,
    reply: shape.VersionReply,
    status: 201,
    handle: async (call, { params }) => {
      const version = await startAmendment(call.trx, call, params.campaign);
      return isProblem(version) ? version : { version };
    },
  }),
  guarded({
    method: 'post',
    path: `${DRAFT}/discard`,
    summary: 'Put the draft away',
    action: 'plan.edit',
    params: shape.CampaignPath,
    target: onCampaign,
    reply: shape.VersionReply,
    handle: async (call, { params }) => {
      const version = await discardDraft(call.trx, call, params.campaign);
      return isProblem(version) ? version : { version };
    },
  }),
  guarded({
    method: 'put',
    path: `${DRAFT}/days`,
    summary: 'The campaign’s days by this plan',
    action: 'plan.edit',
    params: shape.CampaignPath,
    body: CampaignDays,
    target: onCampaign,
    reply: shape.DraftChangeReply,
    handle: async (call, { params, body }) => {
      const days = await setDays(call.trx, call, params.campaign, body);
      return isProblem(days) ? days : draftChange(call.trx, params.campaign, []);
    },
  }),
];

const items: Endpoint[] = [
  guarded({
    method: 'post',
    path: `${DRAFT}/items`,
    summary: 'Add an item, from selected words or without',
    action: 'plan.edit',
    params: shape.CampaignPath,
    body: shape.ItemWishShape,
    target: onCampaign,
    reply: shape.DraftChangeReply,
    status: 201,
    handle: async (call, { params, body }) =>
      changed(call, params.campaign, await addItem(call.trx, call, params.campaign, body)),
  }),
  guarded({
    method: 'post',
    path: `${DRAFT}/items/accept`,
    summary: 'Accept several items at once',
    action: 'plan.edit',
    params: shape.CampaignPath,
    body: shape.AcceptShape,
    target: onCampaign,
    reply: shape.DraftChangeReply,
    handle: async (call, { params, body }) =>
      changed(call, params.campaign, await acceptItems(call.trx, call, params.campaign, body.items)),
  }),
  guarded({
    method: 'patch',
    path: `${DRAFT}/items/:item`,
    summary: 'Mend, accept, ignore with a reason or restore an item',
    action: 'plan.edit',
    params: shape.ItemPath,
    body: shape.ItemEditShape,
    target: onCampaign,
    reply: shape.DraftChangeReply,
    handle: async (call, { params, body }) =>
      changed(call, params.campaign, await editItem(call.trx, call, params.campaign, params.item, body)),
  }),
  guarded({
    method: 'post',
    path: `${DRAFT}/items/:item/continue`,
    summary: 'This item of the amended paper continues one that was taken for dropped',
    action: 'plan.edit',
    params: shape.ItemPath,
    body: shape.ContinueShape,
    target: onCampaign,
    reply: shape.DraftChangeReply,
    handle: async (call, { params, body }) =>
      changed(
        call,
        params.campaign,
        await continueItem(call.trx, call, params.campaign, params.item, body.itemId),
      ),
  }),
  guarded({
    method: 'patch',
    path: `${DRAFT}/phrases/:phrase`,
    summary: 'Set aside a phrase that was not understood, with a reason, or open it again',
    action: 'plan.edit',
    params: shape.PhrasePath,
    body: shape.PhraseShape,
    target: onCampaign,
    reply: shape.DraftChangeReply,
    handle: async (call, { params, body }) => {
      const phrase = await decidePhrase(call.trx, call, params.campaign, params.phrase, body);
      return isProblem(phrase) ? phrase : draftChange(call.trx, params.campaign, [], phrase);
    },
  }),
];

const settlings: Endpoint[] = [
  guarded({
    method: 'put',
    path: `${DRAFT}/actors`,
    summary: 'What a name of the paper means in this ward; remembered for the next paper',
    action: 'plan.edit',
    params: shape.CampaignPath,
    body: shape.ActorShape,
    target: onCampaign,
    reply: shape.DraftChangeReply,
    handle: async (call, { params, body }) =>
      changed(
        call,
        params.campaign,
        await sayActor(call.trx, call, params.campaign, body.name, body.meaning),
      ),
  }),
  guarded({
    method: 'post',
    path: `${DRAFT}/actors/accept`,
    summary: 'Take every suggestion for names nobody has decided',
    action: 'plan.edit',
    params: shape.CampaignPath,
    target: onCampaign,
    reply: z.object({ settled: z.int() }),
    handle: async (call, { params }) => {
      const settled = await acceptSuggestedActors(call.trx, call, params.campaign);
      return isProblem(settled) ? settled : { settled };
    },
  }),
  guarded({
    method: 'put',
    path: `${DRAFT}/doubts/:doubt`,
    summary: 'Answer a doubt, or take the answer back',
    action: 'plan.edit',
    params: shape.DoubtPath,
    body: shape.AnswerShape,
    target: onCampaign,
    reply: shape.DraftChangeReply,
    handle: async (call, { params, body }) =>
      changed(
        call,
        params.campaign,
        await answerDoubt(call.trx, call, params.campaign, params.doubt, body.answer),
      ),
  }),
  guarded({
    method: 'put',
    path: `${DRAFT}/links`,
    summary: 'Say of pairs of duties whether one act fulfils both',
    action: 'plan.edit',
    params: shape.CampaignPath,
    body: shape.LinksShape,
    target: onCampaign,
    reply: shape.DraftChangeReply,
    handle: async (call, { params, body }) => {
      const done = await decideLinks(call.trx, call, params.campaign, body.pairs, body.state);
      return isProblem(done) ? done : draftChange(call.trx, params.campaign, []);
    },
  }),
];

const endings: Endpoint[] = [
  guarded({
    method: 'post',
    path: `${DRAFT}/confirm`,
    summary: 'The leading unit’s head confirms the reading; it becomes a version for good',
    action: 'plan.confirm',
    params: shape.CampaignPath,
    body: shape.ConfirmShape,
    target: onCampaign,
    reply: shape.VersionReply,
    handle: async (call, { params, body }) => {
      const version = await confirmPlan(call.trx, call, params.campaign, body);
      return isProblem(version) ? version : { version };
    },
  }),
  guarded({
    method: 'put',
    path: '/wards/:ward/campaigns/:campaign/plan/versions/:version/amending',
    summary: 'Name the amending document once it has been issued',
    action: 'plan.confirm',
    params: shape.VersionPath,
    body: shape.AmendingShape,
    target: onCampaign,
    reply: shape.VersionReply,
    handle: async (call, { params, body }) => {
      const version = await nameAmendingPaper(call.trx, call, params.campaign, params.version, body);
      return isProblem(version) ? version : { version };
    },
  }),
];

export const draftEndpoints: readonly Endpoint[] = [...beginnings, ...items, ...settlings, ...endings];
