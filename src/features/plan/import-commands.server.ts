// How a draft comes to be: from a paper (the first, or an amended one matched to the plan in force), or as a copy of the
// version in force to be amended by hand. One draft at a time; a second is refused as `plan.draft-open`.
import { newId } from '#core/ids.ts';
import { dayOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { AuditContext } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { noSuchCampaign, stampOf } from '#features/plan/commands.server.ts';
import { isFormalChange } from '#features/plan/draft.ts';
import { noDraft } from '#features/plan/draft-commands.server.ts';
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
import type { Phrase, VersionItem } from '#features/plan/draft-store.server.ts';
import { withKnownNames } from '#features/plan/known-names.ts';
import { matchItems } from '#features/plan/matching.ts';
import type { Matchable } from '#features/plan/matching.ts';
import { CampaignDays } from '#features/plan/schema.ts';
import type { ItemBody } from '#features/plan/schema.ts';
import type { Reading } from '#features/plan/reader/reading.ts';
import { readDraft } from '#features/plan/read-items.ts';
import type { ReadDraft } from '#features/plan/read-items.ts';
import {
  findCampaign,
  findLastConfirmed,
  findVersion,
  insertDraft,
  listUnits,
  listVersions,
  lockDraft,
  updateVersion,
} from '#features/plan/store.server.ts';
import { nameKey } from '#features/plan/unit-names.ts';

export interface PaperToImport {
  readonly campaignId: string;
  readonly reading: Reading;
  readonly documentName: string | null;
  readonly documentSha256: Buffer | null;
}

async function mayDraft(trx: WardTransaction, campaignId: string): Promise<Problem | null> {
  const campaign = await findCampaign(trx, campaignId);
  if (!campaign) return noSuchCampaign();
  if (campaign.state === 'closed') return problem('plan.campaign-closed', { status: 409 });
  const versions = await listVersions(trx, campaignId);
  return versions.some(({ state }) => state === 'draft') ? problem('plan.draft-open', { status: 409 }) : null;
}

const traitOf = (body: ItemBody): string => {
  if (body.kind === 'target') return `${body.measure}/${body.unit}`;
  if (body.kind === 'report') return body.reportKind;
  return `${body.activity}/${body.channels.join('+')}`;
};
const amountOf = (body: ItemBody): string =>
  body.kind === 'target'
    ? `${body.comparator}${body.value}/${body.per}`
    : `${body.cadence?.count}/${body.cadence?.per}/${body.by?.on}`;

const wordsOf = ({ quote, body }: Pick<VersionItem, 'quote' | 'body'>, source: string): string =>
  quote ? source.slice(quote.start, quote.end).replace(/\s+/g, ' ').trim() : body.title;

const matchable = (item: Pick<VersionItem, 'id' | 'body' | 'quote'>, source: string): Matchable => ({
  id: item.id,
  kind: item.body.kind,
  words: wordsOf(item, source),
  actor: item.body.kind === 'target' ? item.body.subject : item.body.actor,
  trait: traitOf(item.body),
  amount: amountOf(item.body),
});

/** What people had settled about an item goes over to its new words: who answers for it and how it is meant. */
function inherit(read: ItemBody, old: ItemBody): ItemBody {
  const settled = { choices: old.choices, title: old.title };
  if (read.kind === 'target' || old.kind === 'target')
    return { ...read, ...settled, accountable: read.accountable ?? old.accountable };
  const sameActor = nameKey(read.actor) === nameKey(old.actor);
  const accountable = read.accountable ?? (sameActor ? old.accountable : null);
  return { ...read, ...settled, accountable, scope: sameActor ? old.scope : read.scope };
}

interface Before {
  readonly source: string;
  readonly version: number;
  readonly items: readonly VersionItem[];
}

async function planInForce(trx: WardTransaction, campaignId: string): Promise<Before | null> {
  const head = await findLastConfirmed(trx, campaignId);
  const version = head && (await findVersion(trx, campaignId, head.version));
  if (!version) return null;
  const items = await listItems(trx, { campaignId, version: version.version });
  return {
    source: version.source,
    version: version.version,
    items: items.filter(({ review }) => review === 'accepted'),
  };
}

/** Items of the paper under the ids of those they continue. */
function continued(read: ReadDraft, source: string, before: Before | null): VersionItem[] {
  const fresh = (item: ReadDraft['items'][number], position: number): VersionItem => ({
    id: item.id,
    kind: item.body.kind,
    position,
    body: item.body,
    quote: item.quote,
    review: 'open',
    ignoredReason: null,
    revision: 1,
    origin: 'read',
    changedIn: null,
  });
  const items = read.items.map(fresh);
  if (!before) return items;
  const olds = new Map(before.items.map((item) => [item.id, item]));
  const matches = matchItems(
    before.items.map((item) => matchable(item, before.source)),
    items.map((item) => matchable(item, source)),
  );
  const oldOf = new Map(matches.map((match) => [match.after, olds.get(match.before)]));
  return items.map((item) => {
    const old = oldOf.get(item.id);
    if (!old || !before) return item;
    const body = inherit(item.body, old.body);
    const same = !isFormalChange(old.body, body) && wordsOf(item, source) === wordsOf(old, before.source);
    // What was confirmed once and did not change need not be looked at again.
    return { ...item, id: old.id, body, changedIn: old.changedIn, review: same ? 'accepted' : 'open' };
  });
}

const openPhrase = ({ quote, why, kind }: Reading['unread'][number]): Phrase => ({
  id: newId(),
  quote: { start: quote.start, end: quote.end },
  lacks: kind,
  why,
  state: 'open',
  itemId: null,
  reason: null,
  revision: 1,
});

/**
 * The words as read, kept for good; what the names mean where that is known; everything else waits for people.
 * @returns the draft's version number; `plan.draft-open`, `plan.campaign-closed`, `plan.no-such-campaign`
 */
export async function importPlan(
  trx: WardTransaction,
  context: AuditContext,
  paper: PaperToImport,
): Promise<number | Problem> {
  const { campaignId, reading } = paper;
  const refused = await mayDraft(trx, campaignId);
  if (refused) return refused;
  const read = readDraft(reading, newId);
  const before = await planInForce(trx, campaignId);
  const [names, units] = [await readNames(trx), await listUnits(trx, dayOf(context.now))];
  const named = {
    ...read,
    items: read.items.map((item) => ({ ...item, body: withKnownNames(item.body, names, units) })),
  };
  const items = continued(named, reading.source, before);
  const idNow = new Map(read.items.map(({ id }, at) => [id, items[at]?.id ?? id]));
  const now = (id: string) => idNow.get(id) ?? id;
  const version = await insertDraft(
    trx,
    {
      campaignId,
      source: reading.source,
      documentName: paper.documentName,
      documentSha256: paper.documentSha256,
      reading: {
        ...read.facts,
        doubts: read.facts.doubts.map((doubt) => ({ ...doubt, about: doubt.about.map(now) })),
      },
      answers: {},
      days: read.days,
    },
    stampOf(context),
  );
  const place: Place = { campaignId, version };
  await insertItems(trx, place, items);
  await insertPhrases(trx, place, reading.unread.map(openPhrase));
  const proposed = read.links.map(([one, other]) => ({
    ...pairOf(now(one), now(other)),
    state: 'proposed' as const,
  }));
  const settled = before ? await listLinks(trx, { campaignId, version: before.version }) : [];
  await putLinks(trx, place, keepSettled(proposed, settled, new Set(items.map(({ id }) => id))));
  await audit(trx, context, {
    action: before ? 'plan.amendment-imported' : 'plan.imported',
    subjectKind: 'plan-version',
    subjectId: `${campaignId}/${version}`,
    after: { document: paper.documentName, items: items.length, unread: reading.unread.length },
  });
  return version;
}

type Link = Awaited<ReturnType<typeof listLinks>>[number];

/** What was decided of a pair once need not be asked again. */
function keepSettled(
  proposed: readonly Link[],
  settled: readonly Link[],
  alive: ReadonlySet<string>,
): Link[] {
  const pairs = new Map<string, Link>();
  for (const link of proposed) pairs.set(`${link.itemA} ${link.itemB}`, link);
  for (const link of settled)
    if (alive.has(link.itemA) && alive.has(link.itemB)) pairs.set(`${link.itemA} ${link.itemB}`, link);
  return [...pairs.values()];
}

/** The version in force as the next draft: the same words, the same ids, everything already accepted. */
export async function startAmendment(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
): Promise<number | Problem> {
  const refused = await mayDraft(trx, campaignId);
  if (refused) return refused;
  const head = await findLastConfirmed(trx, campaignId);
  const last = head && (await findVersion(trx, campaignId, head.version));
  if (!last) return problem('plan.not-confirmed', { status: 409 });
  const from: Place = { campaignId, version: last.version };
  const version = await insertDraft(
    trx,
    {
      campaignId,
      source: last.source,
      documentName: last.document_name,
      documentSha256: last.document_sha256,
      reading: last.reading,
      answers: last.answers,
      days: CampaignDays.parse(last.days),
    },
    stampOf(context),
  );
  const place: Place = { campaignId, version };
  const items = await listItems(trx, from);
  await insertItems(
    trx,
    place,
    items.map((item) => ({ ...item, revision: 1, origin: 'copied' as const })),
  );
  await insertPhrases(trx, place, await listPhrases(trx, from));
  await putLinks(trx, place, await listLinks(trx, from));
  await audit(trx, context, {
    action: 'plan.amendment-begun',
    subjectKind: 'plan-version',
    subjectId: `${campaignId}/${version}`,
    after: { copiedFrom: last.version },
  });
  return version;
}

/** The draft is put away, not deleted: what was decided in it stays in the log. */
export async function discardDraft(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
): Promise<number | Problem> {
  const draft = await lockDraft(trx, campaignId);
  if (!draft) return noDraft();
  await updateVersion(trx, campaignId, draft.version, { state: 'discarded' });
  await audit(trx, context, {
    action: 'plan.draft-discarded',
    subjectKind: 'plan-version',
    subjectId: `${campaignId}/${draft.version}`,
  });
  return draft.version;
}
