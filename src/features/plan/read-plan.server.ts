// What the plan's pages show, put together from the store: campaigns, a whole version, one item with its words.
import { dayOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type {
  CampaignReply,
  ChangeReply,
  DraftChangeReply,
  ItemReply,
  PhraseReply,
  PlanReply,
  VersionHeadReply,
  WordsReply,
} from '#features/plan/api-schema.ts';
import { noSuchCampaign } from '#features/plan/commands.server.ts';
import { listItems, listLinks, listPhrases } from '#features/plan/draft-store.server.ts';
import type { Phrase, VersionItem } from '#features/plan/draft-store.server.ts';
import { diffPlans, needsDocument } from '#features/plan/engine/diff.ts';
import { PaperShape } from '#features/plan/paper.ts';
import { CampaignDays, planItem } from '#features/plan/schema.ts';
import {
  findCampaign,
  findVersion,
  findVersionOn,
  findLastConfirmed,
  listUnits,
  listVersions,
  personName,
} from '#features/plan/store.server.ts';
import type { CampaignRow, VersionHead, VersionRow } from '#features/plan/store.server.ts';
import { missingIn } from '#features/plan/version-commands.server.ts';
import { suggestActor } from '#features/plan/unit-names.ts';

export const campaignReply = (row: CampaignRow): CampaignReply => ({
  id: row.id,
  name: row.name,
  shortName: row.short_name,
  leadingUnitId: row.leading_unit_id,
  fromOn: row.from_on,
  toOn: row.to_on,
  state: row.state,
  copiedFrom: row.copied_from,
});

export async function versionReply(trx: WardTransaction, head: VersionHead): Promise<VersionHeadReply> {
  return {
    version: head.version,
    state: head.state,
    documentName: head.document_name,
    hasDocument: head.document_sha256 !== null,
    days: head.days === null ? null : CampaignDays.parse(head.days),
    inForceFrom: head.in_force_from,
    amendingNumber: head.amending_number,
    amendingOn: head.amending_on,
    amendingNote: head.amending_note,
    createdAt: head.created_at.toISOString(),
    confirmedAt: head.confirmed_at?.toISOString() ?? null,
    confirmedBy: head.confirmed_by === null ? null : await personName(trx, head.confirmed_by),
  };
}

export const rights = (call: Call, campaign: CampaignRow) => {
  const target = { unitId: campaign.leading_unit_id };
  return {
    edit: campaign.state !== 'closed' && call.may('plan.edit', target),
    confirm: campaign.state !== 'closed' && call.may('plan.confirm', target),
    run: call.may('campaign.edit', target),
  };
};

/** Versions that name their amending document; the first one is the plan itself. */
async function papered(trx: WardTransaction, campaignId: string): Promise<ReadonlySet<number>> {
  const versions = await listVersions(trx, campaignId);
  return new Set(versions.filter((row) => row.amending_number !== null).map(({ version }) => version));
}

const itemReply = (item: VersionItem, withPaper: ReadonlySet<number>): ItemReply => ({
  id: item.id,
  kind: item.kind,
  body: item.body,
  quote: item.quote,
  review: item.review,
  ignoredReason: item.ignoredReason,
  revision: item.revision,
  origin: item.origin,
  withoutPaper: item.changedIn !== null && !withPaper.has(item.changedIn),
});

const phraseReply = (phrase: Phrase): PhraseReply => ({ ...phrase });

interface Side {
  readonly source: string;
  readonly items: readonly VersionItem[];
}

/** What `after` says otherwise than `before`; ignored items are not in a plan. */
export function changesBetween(before: Side, after: Side): ChangeReply[] {
  const alive = (side: Side) => side.items.filter(({ review }) => review !== 'ignored');
  const plan = (side: Side) => alive(side).map(({ id, quote, body }) => planItem(id, quote, body));
  const words = (side: Side) =>
    new Map(
      alive(side).map(({ id, quote, body }) => [
        id,
        { body, words: quote && side.source.slice(quote.start, quote.end) },
      ]),
    );
  const [olds, news] = [words(before), words(after)];
  return diffPlans(plan(before), plan(after)).map((change) => {
    const [old, fresh] = [olds.get(change.id), news.get(change.id)];
    return {
      id: change.id,
      state: change.state,
      fields: [...change.fields],
      formal: needsDocument(change),
      before: old?.body ?? null,
      beforeWords: old?.words ?? null,
      after: fresh?.body ?? null,
      afterWords: fresh?.words ?? null,
    };
  });
}

async function sideOf(trx: WardTransaction, campaignId: string, version: number): Promise<Side | null> {
  const row = await findVersion(trx, campaignId, version);
  return row && row.state !== 'discarded'
    ? { source: row.source, items: await listItems(trx, { campaignId, version }) }
    : null;
}

export async function readChanges(
  trx: WardTransaction,
  campaignId: string,
  from: number,
  to: number,
): Promise<ChangeReply[] | Problem> {
  const [before, after] = [await sideOf(trx, campaignId, from), await sideOf(trx, campaignId, to)];
  if (!before || !after) return problem('plan.no-such-version', { status: 404 });
  return changesBetween(before, after);
}

async function suggestionsFor(trx: WardTransaction, names: readonly (string | null)[], now: number) {
  const units = await listUnits(trx, dayOf(now));
  return [...new Set(names)].flatMap((name) => {
    const suggestion = name === null ? null : suggestActor(name, units);
    return name !== null && suggestion ? [{ name, meaning: suggestion.meaning }] : [];
  });
}

/** The version confirmed before this one. */
async function previous(trx: WardTransaction, row: VersionRow): Promise<Side | null> {
  const versions = await listVersions(trx, row.campaign_id);
  const before = versions
    .filter(({ version, state }) => state === 'confirmed' && version < row.version)
    .at(-1);
  return before ? sideOf(trx, row.campaign_id, before.version) : null;
}

export async function readPlan(
  call: Call,
  campaignId: string,
  version: number | 'draft' | 'current',
): Promise<PlanReply | Problem> {
  const { trx } = call;
  const campaign = await findCampaign(trx, campaignId);
  if (!campaign) return noSuchCampaign();
  const row = await wishedVersion(trx, campaignId, version, dayOf(call.now));
  if (!row || row.state === 'discarded')
    return problem(version === 'draft' ? 'plan.no-draft' : 'plan.no-such-version', { status: 404 });
  const place = { campaignId, version: row.version };
  const items = await listItems(trx, place);
  const missing = row.state === 'draft' ? await missingIn(trx, row) : [];
  const withPaper = await papered(trx, campaignId);
  const before = await previous(trx, row);
  return {
    campaign: campaignReply(campaign),
    version: await versionReply(trx, row),
    source: row.source,
    paper: PaperShape.parse(row.reading),
    answers: Object.fromEntries(
      Object.entries(row.answers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    items: items.map((item) => itemReply(item, withPaper)),
    phrases: (await listPhrases(trx, place)).map(phraseReply),
    links: (await listLinks(trx, place)).map((link) => ({ ...link })),
    units: await listUnits(trx, dayOf(call.now)),
    missing: missing.map((one) => (one.kind === 'actor' ? { ...one, itemIds: [...one.itemIds] } : one)),
    suggestions: await suggestionsFor(
      trx,
      missing.flatMap((one) => (one.kind === 'actor' ? [one.name] : [])),
      call.now,
    ),
    changes: before ? changesBetween(before, { source: row.source, items }) : [],
    may: rights(call, campaign),
  };
}

async function wishedVersion(
  trx: WardTransaction,
  campaignId: string,
  version: number | 'draft' | 'current',
  today: string,
): Promise<VersionRow | undefined> {
  if (version === 'current') {
    // Before its first day a plan is already worth reading.
    const head = (await findVersionOn(trx, campaignId, today)) ?? (await findLastConfirmed(trx, campaignId));
    return head && findVersion(trx, campaignId, head.version);
  }
  if (version !== 'draft') return findVersion(trx, campaignId, version);
  const draft = (await listVersions(trx, campaignId)).find(({ state }) => state === 'draft');
  return draft && findVersion(trx, campaignId, draft.version);
}

/** Code units shown on either side of the words. */
const AROUND = 320;

/** The stretch before and after the words: whole lines where one begins or ends within reach, else whole words. */
function around(source: string, quote: { start: number; end: number }) {
  const from = Math.max(0, quote.start - AROUND);
  const to = Math.min(source.length, quote.end + AROUND);
  const before = source.slice(from, quote.start);
  const after = source.slice(quote.end, to);
  const [line, space] = [before.indexOf('\n'), before.indexOf(' ')];
  const [lineEnd, spaceEnd] = [after.lastIndexOf('\n'), after.lastIndexOf(' ')];
  return {
    before:
      from === 0
        ? before
        : line >= 0
          ? before.slice(line + 1).replace(/^\n+/, '')
          : `…${before.slice(Math.max(space, 0))}`,
    after:
      to === source.length
        ? after
        : lineEnd >= 0
          ? after.slice(0, lineEnd).replace(/\n+$/, '')
          : `${after.slice(0, spaceEnd < 0 ? after.length : spaceEnd)} …`,
  };
}

/** The words of an item in the newest version that has it: a dropped duty still opens to what it was. */
export async function readWords(
  call: Call,
  campaignId: string,
  itemId: string,
): Promise<WordsReply | Problem> {
  const { trx } = call;
  const campaign = await findCampaign(trx, campaignId);
  if (!campaign) return noSuchCampaign();
  const confirmed = (await listVersions(trx, campaignId)).filter(({ state }) => state === 'confirmed');
  const current = (await wishedVersion(trx, campaignId, 'current', dayOf(call.now)))?.version;
  const order = confirmed.map(({ version }) => version).sort((a, b) => b - a);
  for (const version of [...(current === undefined ? [] : [current]), ...order]) {
    const items = await listItems(trx, { campaignId, version });
    const item = items.find(({ id, review }) => id === itemId && review === 'accepted');
    const row = item && (await findVersion(trx, campaignId, version));
    if (!item || !row) continue;
    const links = await listLinks(trx, { campaignId, version });
    const linked = links
      .filter(({ state, itemA, itemB }) => state === 'linked' && (itemA === itemId || itemB === itemId))
      .map(({ itemA, itemB }) => (itemA === itemId ? itemB : itemA));
    return {
      campaign: campaignReply(campaign),
      version: await versionReply(trx, row),
      item: itemReply(item, await papered(trx, campaignId)),
      words: item.quote && row.source.slice(item.quote.start, item.quote.end),
      context: item.quote ? around(row.source, item.quote) : { before: '', after: '' },
      units: await listUnits(trx, dayOf(call.now)),
      links: items.flatMap(({ id, body }) => (linked.includes(id) ? [{ id, title: body.title }] : [])),
    };
  }
  return problem('plan.no-such-item', { status: 404 });
}

/** After a change of the draft: what it touched, and what is still missing. */
export async function draftChange(
  trx: WardTransaction,
  campaignId: string,
  items: readonly VersionItem[],
  phrase: Phrase | null = null,
): Promise<DraftChangeReply | Problem> {
  const row = await wishedVersion(trx, campaignId, 'draft', '');
  if (!row) return problem('plan.no-draft', { status: 404 });
  const withPaper = await papered(trx, campaignId);
  const missing = await missingIn(trx, row);
  return {
    items: items.map((item) => itemReply(item, withPaper)),
    phrase: phrase && phraseReply(phrase),
    missing: missing.map((one) => (one.kind === 'actor' ? { ...one, itemIds: [...one.itemIds] } : one)),
  };
}
