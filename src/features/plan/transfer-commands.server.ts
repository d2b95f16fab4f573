// A plan taken elsewhere: to new dates or another campaign of this ward (clone), or out of it and into another ward as
// JSON. What arrives is always a draft: whoever leads there confirms it anew.
import { dayOf } from '#core/clock.ts';
import { daysBetween } from '#core/calendar.ts';
import { newId } from '#core/ids.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { AuditContext } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { createCampaign, noSuchCampaign, stampOf } from '#features/plan/commands.server.ts';
import { shiftBody, shiftDays } from '#features/plan/draft.ts';
import type { Place } from '#features/plan/draft-commands.server.ts';
import {
  insertItems,
  insertPhrases,
  listItems,
  listLinks,
  listPhrases,
  pairOf,
  putLinks,
  readNames,
} from '#features/plan/draft-store.server.ts';
import type { Phrase } from '#features/plan/draft-store.server.ts';
import { withKnownNames } from '#features/plan/known-names.ts';
import { PaperShape } from '#features/plan/paper.ts';
import type { PlanFile } from '#features/plan/plan-file.ts';
import { GROUPS } from '#features/plan/model.ts';
import { OUTSIDE } from '#features/plan/unit-keys.ts';
import { CampaignDays } from '#features/plan/schema.ts';
import type { ItemBody } from '#features/plan/schema.ts';
import {
  findCampaign,
  findLastConfirmed,
  findVersion,
  insertDraft,
  listUnits,
} from '#features/plan/store.server.ts';
import { suggestActor } from '#features/plan/unit-names.ts';

/** Every unit an item names, under what it is called where the item arrives; null where nobody knows yet. */
function withUnits(body: ItemBody, there: (key: string) => string | null): ItemBody {
  const one = (key: string | null) => (key === null ? null : there(key));
  if (body.kind === 'target') return { ...body, accountable: one(body.accountable) };
  const cooperating = [...new Set(body.cooperating.flatMap((key) => there(key) ?? []))];
  const owed = { ...body, accountable: one(body.accountable), cooperating };
  return owed.kind === 'duty' ? owed : { ...owed, addressee: one(owed.addressee) };
}

/** The version in force (or the one asked for) as an open file. */
export async function exportPlan(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  wished?: number,
): Promise<PlanFile | Problem> {
  const campaign = await findCampaign(trx, campaignId);
  if (!campaign) return noSuchCampaign();
  const number = wished ?? (await findLastConfirmed(trx, campaignId))?.version;
  const version = number === undefined ? undefined : await findVersion(trx, campaignId, number);
  if (!version || version.state === 'discarded') return problem('plan.no-such-version', { status: 404 });
  const place = { campaignId, version: version.version };
  const units = await listUnits(trx, dayOf(context.now));
  const items = await listItems(trx, place);
  await audit(trx, context, {
    action: 'plan.exported',
    subjectKind: 'plan-version',
    subjectId: `${campaignId}/${version.version}`,
  });
  return {
    format: 'tung-nha-plan',
    formatVersion: 1,
    campaign: { name: campaign.name, shortName: campaign.short_name },
    version: version.version,
    inForceFrom: version.in_force_from,
    amending: { number: version.amending_number, on: version.amending_on },
    days: version.days === null ? null : CampaignDays.parse(version.days),
    units: units.map(({ id, name }) => ({ id, name })),
    source: version.source,
    paper: PaperShape.parse(version.reading),
    answers: Object.fromEntries(
      Object.entries(version.answers).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
    items: items.map((item) => ({
      id: item.id,
      review: item.review,
      ignoredReason: item.ignoredReason,
      quote: item.quote,
      words: item.quote ? version.source.slice(item.quote.start, item.quote.end) : null,
      body: item.body,
    })),
    links: (await listLinks(trx, place)).map(({ itemA, itemB, state }) => ({ items: [itemA, itemB], state })),
    phrases: (await listPhrases(trx, place)).map(({ quote, lacks, why, state, itemId, reason }) => ({
      quote,
      lacks,
      why,
      state,
      itemId,
      reason,
    })),
  };
}

export interface TransferWish {
  readonly name: string;
  readonly shortName: string;
  readonly leadingUnitId: string;
  /** The new first day; every other day moves by the same number. Absent: the days of the file. */
  readonly startOn?: string | undefined;
}

interface Fresh {
  readonly campaignId: string;
  readonly version: number;
}

/** Ids are new: evidence of one campaign never counts for another. */
function freshIds(file: PlanFile) {
  const items = new Map(file.items.map(({ id }) => [id, newId()]));
  const doubts = new Map(file.paper.doubts.map(({ id }) => [id, newId()]));
  return {
    item: (id: string) => items.get(id),
    paper: {
      ...file.paper,
      doubts: file.paper.doubts.map((doubt) => ({
        ...doubt,
        id: doubts.get(doubt.id),
        about: doubt.about.flatMap((id) => items.get(id) ?? []),
      })),
    },
    answers: Object.fromEntries(
      Object.entries(file.answers).flatMap(([id, answer]) => {
        const known = doubts.get(id);
        return known === undefined ? [] : [[known, answer]];
      }),
    ),
  };
}

/** What the file's units are here: the same one, or one of exactly that name; the rest is asked again. */
async function namer(
  trx: WardTransaction,
  context: AuditContext,
  file: PlanFile,
): Promise<(body: ItemBody) => ItemBody> {
  const units = await listUnits(trx, dayOf(context.now));
  const here = new Set(units.map(({ id }) => id));
  const names = new Map(file.units.map(({ id, name }) => [id, name]));
  const there = (key: string) => {
    if (key === GROUPS || key === OUTSIDE || here.has(key)) return key;
    const suggestion = suggestActor(names.get(key) ?? '', units);
    return suggestion?.score === 1 && suggestion.meaning.kind === 'unit' ? suggestion.meaning.unitId : null;
  };
  const known = await readNames(trx);
  return (body) => withKnownNames(withUnits(body, there), known, units, 'unknown');
}

async function fill(
  trx: WardTransaction,
  context: AuditContext,
  file: PlanFile,
  place: Place,
  ids: ReturnType<typeof freshIds>,
  shift: number,
): Promise<void> {
  const rename = await namer(trx, context, file);
  await insertItems(
    trx,
    place,
    file.items.map((item, at) => ({
      id: ids.item(item.id) ?? newId(),
      kind: item.body.kind,
      position: item.quote?.start ?? file.source.length + at,
      body: rename(shiftBody(item.body, shift)),
      quote: item.quote,
      review: item.review,
      ignoredReason: item.ignoredReason,
      revision: 1,
      origin: 'copied' as const,
      changedIn: null,
    })),
  );
  const links = file.links.flatMap(({ items: [one, other], state }) => {
    const [a, b] = [ids.item(one), ids.item(other)];
    return a !== undefined && b !== undefined && a !== b ? [{ ...pairOf(a, b), state }] : [];
  });
  await putLinks(trx, place, links);
  const phrases = file.phrases.map((phrase): Phrase => {
    const itemId = phrase.itemId === null ? null : (ids.item(phrase.itemId) ?? null);
    const state = phrase.state === 'read' && itemId === null ? 'open' : phrase.state;
    return { ...phrase, id: newId(), itemId, state, revision: 1 };
  });
  await insertPhrases(trx, place, phrases);
}

export async function takeOverPlan(
  trx: WardTransaction,
  context: AuditContext,
  file: PlanFile,
  wish: TransferWish,
  copiedFrom?: string,
): Promise<Fresh | Problem> {
  if (!file.days) return problem('plan.days-missing', { status: 422 });
  const shift = wish.startOn === undefined ? 0 : daysBetween(file.days.from, wish.startOn);
  const days = shiftDays(file.days, shift);
  const campaignId = await createCampaign(trx, context, {
    name: wish.name,
    shortName: wish.shortName,
    leadingUnitId: wish.leadingUnitId,
    fromOn: days.from,
    toOn: days.to,
    ...(copiedFrom === undefined ? {} : { copiedFrom }),
  });
  if (isProblem(campaignId)) return campaignId;
  const ids = freshIds(file);
  const version = await insertDraft(
    trx,
    {
      campaignId,
      source: file.source,
      documentName: null,
      documentSha256: null,
      reading: ids.paper,
      answers: ids.answers,
      days,
    },
    stampOf(context),
  );
  await fill(trx, context, file, { campaignId, version }, ids, shift);
  await audit(trx, context, {
    action: 'plan.taken-over',
    subjectKind: 'campaign',
    subjectId: campaignId,
    after: { ...wish, shift, copiedFrom: copiedFrom ?? null },
  });
  return { campaignId, version };
}

/** The plan in force once more, for other days or another campaign of the same ward. */
export async function cloneCampaign(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  wish: TransferWish,
): Promise<Fresh | Problem> {
  const file = await exportPlan(trx, context, campaignId);
  return isProblem(file) ? file : takeOverPlan(trx, context, file, wish, campaignId);
}
