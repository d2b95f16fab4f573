// A draft becomes a version for good, and what came of it: the first day it holds, the paper that amends it, which item
// continues which. Confirming changes no evidence: a duty keeps its id and so everything done for it.
import { addDays, isDateOn } from '#core/calendar.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { AuditContext } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { noSuchCampaign, stampOf } from '#features/plan/commands.server.ts';
import { isFormalChange, missingOf, overBeforeItBegan } from '#features/plan/draft.ts';
import type { Missing } from '#features/plan/draft.ts';
import { onDraft } from '#features/plan/draft-commands.server.ts';
import type { Place } from '#features/plan/draft-commands.server.ts';
import {
  listItems,
  listLinks,
  listPhrases,
  renameItem,
  writeItem,
} from '#features/plan/draft-store.server.ts';
import type { VersionItem } from '#features/plan/draft-store.server.ts';
import { PaperShape } from '#features/plan/paper.ts';
import { CampaignDays } from '#features/plan/schema.ts';
import {
  findCampaign,
  findLastConfirmed,
  findVersion,
  updateCampaign,
  updateVersion,
} from '#features/plan/store.server.ts';
import type { CampaignRow, VersionHead, VersionRow } from '#features/plan/store.server.ts';

export interface Confirmation {
  /** First day the version holds; the campaign's first day for the first one unless told. */
  readonly inForceFrom?: string | undefined;
  readonly amendingNumber?: string | null | undefined;
  readonly amendingOn?: string | null | undefined;
  readonly note?: string | null | undefined;
}

export async function missingIn(trx: WardTransaction, draft: VersionRow): Promise<Missing[]> {
  const place: Place = { campaignId: draft.campaign_id, version: draft.version };
  return missingOf({
    items: await listItems(trx, place),
    phrases: await listPhrases(trx, place),
    doubts: PaperShape.parse(draft.reading).doubts,
    answers: draft.answers,
    links: await listLinks(trx, place),
    days: draft.days === null ? null : CampaignDays.parse(draft.days),
  });
}

/** The last day whose figures a report has frozen; the reports of a campaign write it into its settings. */
function frozenThrough(campaign: CampaignRow): string | null {
  const day = campaign.settings['frozenThrough'];
  return typeof day === 'string' && isDateOn(day) ? day : null;
}

/** An amendment begins after everything frozen and not before the version it follows. */
function refuseBegin(campaign: CampaignRow, last: VersionHead | undefined, from: string): Problem | null {
  const frozen = frozenThrough(campaign);
  if (frozen !== null && from <= frozen)
    return problem('plan.in-force-frozen', {
      status: 409,
      pointer: '/inForceFrom',
      params: { day: addDays(frozen, 1) },
    });
  const before = last?.in_force_from;
  if (before && from < before)
    return problem('plan.in-force-too-early', {
      status: 409,
      pointer: '/inForceFrom',
      params: { day: before },
    });
  return null;
}

/** Refuses what an amendment newly asks for by a day before its own first. */
async function refuseOver(
  trx: WardTransaction,
  place: Place,
  last: VersionHead | undefined,
  from: string,
): Promise<Problem | null> {
  if (!last) return null;
  const olds = await listItems(trx, { ...place, version: last.version });
  const before = new Map(olds.filter(({ review }) => review !== 'ignored').map(({ id, body }) => [id, body]));
  for (const { id, body, review } of await listItems(trx, place)) {
    const day = review === 'ignored' ? null : overBeforeItBegan(before.get(id), body, from);
    if (day !== null)
      return problem('plan.deadline-before-force', {
        status: 409,
        pointer: '/inForceFrom',
        params: { title: body.title, day, from },
      });
  }
  return null;
}

/** A number without its day names no paper, nor a day without a number. */
function refuseAmending(wish: Pick<Confirmation, 'amendingNumber' | 'amendingOn'>): Problem | null {
  const [number, on] = [Boolean(wish.amendingNumber?.trim()), Boolean(wish.amendingOn)];
  if (number === on) return null;
  return problem('plan.amending-half', {
    status: 422,
    pointer: number ? '/amendingOn' : '/amendingNumber',
  });
}

/** Items as they stand in the version: all not ignored are accepted, and formal changes remember where they were made. */
async function settleItems(
  trx: WardTransaction,
  context: AuditContext,
  place: Place,
  last: VersionHead | undefined,
): Promise<VersionItem[]> {
  const before = new Map(
    last ? (await listItems(trx, { ...place, version: last.version })).map((item) => [item.id, item]) : [],
  );
  const settled: VersionItem[] = [];
  for (const item of await listItems(trx, place)) {
    if (item.review === 'ignored') continue;
    const old = before.get(item.id);
    const formal = last !== undefined && (!old || isFormalChange(old.body, item.body));
    const changedIn = formal ? place.version : (old?.changedIn ?? null);
    const next: VersionItem = { ...item, review: 'accepted', changedIn };
    if (item.review !== 'accepted' || item.changedIn !== changedIn)
      await writeItem(trx, place, next, stampOf(context));
    settled.push(next);
  }
  return settled;
}

/**
 * The leading unit's head confirms the reading.
 * @returns the version's number; `plan.incomplete` with the list of what is missing in `current`
 */
export async function confirmPlan(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  wish: Confirmation = {},
): Promise<number | Problem> {
  const campaign = await findCampaign(trx, campaignId);
  if (!campaign) return noSuchCampaign();
  return onDraft(trx, campaignId, async (draft, place) => {
    const missing = await missingIn(trx, draft);
    if (missing.length > 0)
      return problem('plan.incomplete', {
        status: 409,
        params: { count: missing.length },
        current: missing,
      });
    const days = CampaignDays.parse(draft.days);
    const last = await findLastConfirmed(trx, campaignId);
    if (last && wish.inForceFrom === undefined)
      return problem('plan.in-force-missing', { status: 422, pointer: '/inForceFrom' });
    const from = wish.inForceFrom ?? days.from;
    const refused =
      refuseBegin(campaign, last, from) ?? refuseAmending(wish) ?? (await refuseOver(trx, place, last, from));
    if (refused) return refused;
    const items = await settleItems(trx, context, place, last);
    const { at, by } = stampOf(context);
    await updateVersion(trx, campaignId, draft.version, {
      state: 'confirmed',
      in_force_from: from,
      amending_number: wish.amendingNumber?.trim() || null,
      amending_on: wish.amendingOn ?? null,
      amending_note: wish.note?.trim() || null,
      confirmed_at: at,
      confirmed_by: by,
    });
    await updateCampaign(trx, campaignId, { from_on: days.from, to_on: days.to });
    await audit(trx, context, {
      action: 'plan.confirmed',
      subjectKind: 'plan-version',
      subjectId: `${campaignId}/${draft.version}`,
      after: { ...wish, inForceFrom: from, items: items.length },
    });
    return draft.version;
  });
}

/** The amending paper often follows the change: named later, it takes the mark "chưa có văn bản" away. */
export async function nameAmendingPaper(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  version: number,
  paper: { readonly number: string; readonly on: string; readonly note?: string | null | undefined },
): Promise<number | Problem> {
  const found = await findVersion(trx, campaignId, version);
  if (!found || found.state !== 'confirmed') return problem('plan.no-such-version', { status: 404 });
  await updateVersion(trx, campaignId, version, {
    amending_number: paper.number.trim(),
    amending_on: paper.on,
    amending_note: paper.note?.trim() || found.amending_note,
  });
  await audit(trx, context, {
    action: 'plan.amending-paper-named',
    subjectKind: 'plan-version',
    subjectId: `${campaignId}/${version}`,
    before: { number: found.amending_number, on: found.amending_on },
    after: paper,
  });
  return version;
}

/**
 * A person sees that an item of an amended paper continues one the matching had taken for dropped: it takes that id,
 * and with it everything done for it.
 */
export async function continueItem(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  itemId: string,
  oldId: string,
): Promise<VersionItem | Problem> {
  return onDraft(trx, campaignId, async (_draft, place) => {
    const last = await findLastConfirmed(trx, campaignId);
    const olds = last ? await listItems(trx, { campaignId, version: last.version }) : [];
    const old = olds.find(({ id, review }) => id === oldId && review === 'accepted');
    const items = await listItems(trx, place);
    const item = items.find(({ id }) => id === itemId);
    if (!old || !item || old.kind !== item.kind) return problem('plan.no-such-item', { status: 404 });
    if (items.some(({ id }) => id === oldId)) return problem('plan.item-continued', { status: 409 });
    await renameItem(trx, place, itemId, oldId);
    await audit(trx, context, {
      action: 'plan.item-continued',
      subjectKind: 'plan-item',
      subjectId: oldId,
      before: { id: itemId },
      after: { id: oldId },
    });
    return { ...item, id: oldId, changedIn: old.changedIn };
  });
}
