// Items of a version, phrases not understood, links, and what names mean in this ward. Bodies are parsed where they
// come out of the database, so that everything inside may trust them.
import { sql } from 'kysely';
import type { Quote } from '#features/plan/reader/reading.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { planTables } from '#features/plan/tables.server.ts';
import type {
  ItemKind,
  ItemOrigin,
  ItemReview,
  LinkState,
  PhraseState,
} from '#features/plan/tables.server.ts';
import { ItemBody } from '#features/plan/schema.ts';
import type { ActorMeaning } from '#features/plan/unit-names.ts';

export interface VersionItem {
  readonly id: string;
  readonly kind: ItemKind;
  readonly position: number;
  readonly body: ItemBody;
  readonly quote: Quote | null;
  readonly review: ItemReview;
  readonly ignoredReason: string | null;
  readonly revision: number;
  readonly origin: ItemOrigin;
  readonly changedIn: number | null;
}

export interface Phrase {
  readonly id: string;
  readonly quote: Quote;
  readonly lacks: string;
  readonly why: string;
  readonly state: PhraseState;
  readonly itemId: string | null;
  readonly reason: string | null;
  readonly revision: number;
}

export interface ItemLink {
  readonly itemA: string;
  readonly itemB: string;
  readonly state: LinkState;
}

interface Place {
  readonly campaignId: string;
  readonly version: number;
}

const key = (trx: WardTransaction, { campaignId, version }: Place) => ({
  ward_id: trx.wardId,
  campaign_id: campaignId,
  version,
});

/** Written in pieces: PostgreSQL takes at most 65,535 parameters in one statement. */
const PIECE = 1_000;
const pieces = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / PIECE) }, (_, at) => list.slice(at * PIECE, (at + 1) * PIECE));

export async function insertItems(
  trx: WardTransaction,
  place: Place,
  items: readonly VersionItem[],
): Promise<void> {
  const db = planTables(trx);
  for (const piece of pieces(items)) {
    await db
      .insertInto('plan_items')
      .values(piece.map(({ id, kind }) => ({ ward_id: trx.wardId, campaign_id: place.campaignId, id, kind })))
      // An item of an earlier version is the same item.
      .onConflict((conflict) => conflict.columns(['ward_id', 'campaign_id', 'id']).doNothing())
      .execute();
    await db
      .insertInto('plan_version_items')
      .values(
        piece.map((item) => ({
          ...key(trx, place),
          item_id: item.id,
          position: item.position,
          body: JSON.stringify(item.body),
          quote_start: item.quote?.start ?? null,
          quote_end: item.quote?.end ?? null,
          review: item.review,
          ignored_reason: item.ignoredReason,
          revision: item.revision,
          origin: item.origin,
          changed_in: item.changedIn,
          edited_at: null,
          edited_by: null,
        })),
      )
      .execute();
  }
}

const itemsOf = (trx: WardTransaction, { campaignId, version }: Place) =>
  planTables(trx)
    .selectFrom('plan_version_items as v')
    .innerJoin('plan_items as i', (join) =>
      join
        .onRef('i.ward_id', '=', 'v.ward_id')
        .onRef('i.campaign_id', '=', 'v.campaign_id')
        .onRef('i.id', '=', 'v.item_id'),
    )
    .where('v.ward_id', '=', trx.wardId)
    .where('v.campaign_id', '=', campaignId)
    .where('v.version', '=', version)
    .selectAll('v')
    .select('i.kind');

type ItemRow = Awaited<ReturnType<ReturnType<typeof itemsOf>['execute']>>[number];

const quoteOf = (start: number | null, end: number | null): Quote | null =>
  start === null || end === null ? null : { start, end };

const itemOf = (row: ItemRow): VersionItem => ({
  id: row.item_id,
  kind: row.kind,
  position: row.position,
  body: ItemBody.parse(row.body),
  quote: quoteOf(row.quote_start, row.quote_end),
  review: row.review,
  ignoredReason: row.ignored_reason,
  revision: row.revision,
  origin: row.origin,
  changedIn: row.changed_in,
});

export const listItems = async (trx: WardTransaction, place: Place): Promise<VersionItem[]> =>
  (await itemsOf(trx, place).orderBy('v.position').orderBy('v.item_id').execute()).map(itemOf);

export async function findItem(
  trx: WardTransaction,
  place: Place,
  id: string,
): Promise<VersionItem | undefined> {
  const row = await itemsOf(trx, place).where('v.item_id', '=', id).executeTakeFirst();
  return row && itemOf(row);
}

/** The caller holds the draft's lock, has seen `item` under it, and so cannot overwrite what it has not seen. */
export async function writeItem(
  trx: WardTransaction,
  place: Place,
  item: VersionItem,
  stamp: { readonly at: Date; readonly by: string | null },
): Promise<void> {
  await planTables(trx)
    .updateTable('plan_version_items')
    .set({
      body: JSON.stringify(item.body),
      quote_start: item.quote?.start ?? null,
      quote_end: item.quote?.end ?? null,
      review: item.review,
      ignored_reason: item.ignoredReason,
      revision: item.revision,
      changed_in: item.changedIn,
      position: item.position,
      edited_at: stamp.at,
      edited_by: stamp.by,
    })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', place.campaignId)
    .where('version', '=', place.version)
    .where('item_id', '=', item.id)
    .execute();
}

export async function insertPhrases(
  trx: WardTransaction,
  place: Place,
  phrases: readonly Phrase[],
): Promise<void> {
  for (const piece of pieces(phrases)) {
    await planTables(trx)
      .insertInto('plan_version_phrases')
      .values(
        piece.map((phrase) => ({
          ...key(trx, place),
          id: phrase.id,
          quote_start: phrase.quote.start,
          quote_end: phrase.quote.end,
          lacks: phrase.lacks,
          why: phrase.why,
          state: phrase.state,
          item_id: phrase.itemId,
          reason: phrase.reason,
          revision: phrase.revision,
        })),
      )
      .execute();
  }
}

export async function listPhrases(trx: WardTransaction, place: Place): Promise<Phrase[]> {
  const rows = await planTables(trx)
    .selectFrom('plan_version_phrases')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', place.campaignId)
    .where('version', '=', place.version)
    .orderBy('quote_start')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    quote: { start: row.quote_start, end: row.quote_end },
    lacks: row.lacks,
    why: row.why,
    state: row.state,
    itemId: row.item_id,
    reason: row.reason,
    revision: row.revision,
  }));
}

export async function writePhrase(trx: WardTransaction, place: Place, phrase: Phrase): Promise<void> {
  await planTables(trx)
    .updateTable('plan_version_phrases')
    .set({
      state: phrase.state,
      item_id: phrase.itemId,
      reason: phrase.reason,
      revision: phrase.revision,
    })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', place.campaignId)
    .where('version', '=', place.version)
    .where('id', '=', phrase.id)
    .execute();
}

/** A pair stands once whichever way it is named. */
export const pairOf = (one: string, other: string): { itemA: string; itemB: string } =>
  one < other ? { itemA: one, itemB: other } : { itemA: other, itemB: one };

export async function putLinks(
  trx: WardTransaction,
  place: Place,
  links: readonly ItemLink[],
): Promise<void> {
  for (const piece of pieces(links)) {
    await planTables(trx)
      .insertInto('plan_version_links')
      .values(
        piece.map(({ itemA, itemB, state }) => ({
          ...key(trx, place),
          item_a: itemA,
          item_b: itemB,
          state,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['ward_id', 'campaign_id', 'version', 'item_a', 'item_b'])
          .doUpdateSet((eb) => ({ state: eb.ref('excluded.state') })),
      )
      .execute();
  }
}

export async function listLinks(trx: WardTransaction, place: Place): Promise<ItemLink[]> {
  const rows = await planTables(trx)
    .selectFrom('plan_version_links')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', place.campaignId)
    .where('version', '=', place.version)
    .orderBy('item_a')
    .orderBy('item_b')
    .execute();
  return rows.map((row) => ({ itemA: row.item_a, itemB: row.item_b, state: row.state }));
}

export async function readNames(trx: WardTransaction): Promise<ReadonlyMap<string, ActorMeaning>> {
  const rows = await planTables(trx)
    .selectFrom('plan_actor_names')
    .select(['name_key', 'meaning', 'unit_id'])
    .where('ward_id', '=', trx.wardId)
    .execute();
  return new Map(
    rows.map(({ name_key, meaning, unit_id }) => [
      name_key,
      meaning === 'unit' && unit_id !== null
        ? { kind: 'unit', unitId: unit_id }
        : { kind: meaning === 'groups' ? 'groups' : 'outside' },
    ]),
  );
}

export async function writeName(
  trx: WardTransaction,
  name: { readonly key: string; readonly name: string; readonly meaning: ActorMeaning },
  stamp: { readonly at: Date; readonly by: string | null },
): Promise<void> {
  const said = {
    name: name.name,
    meaning: name.meaning.kind,
    unit_id: name.meaning.kind === 'unit' ? name.meaning.unitId : null,
    said_at: stamp.at,
    said_by: stamp.by,
  };
  await planTables(trx)
    .insertInto('plan_actor_names')
    .values({ ward_id: trx.wardId, name_key: name.key, ...said })
    .onConflict((conflict) => conflict.columns(['ward_id', 'name_key']).doUpdateSet(said))
    .execute();
}

/** The same words under the id of the item they continue; what points at them follows. */
export async function renameItem(
  trx: WardTransaction,
  place: Place,
  from: string,
  to: string,
): Promise<void> {
  const db = planTables(trx);
  const at = <T extends string>(column: T) => sql.ref(column);
  await db
    .updateTable('plan_version_items')
    .set({ item_id: to })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', place.campaignId)
    .where('version', '=', place.version)
    .where('item_id', '=', from)
    .execute();
  await db
    .updateTable('plan_version_phrases')
    .set({ item_id: to })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', place.campaignId)
    .where('version', '=', place.version)
    .where('item_id', '=', from)
    .execute();
  const other = sql<string>`case when ${at('item_a')} = ${from} then ${at('item_b')} else ${at('item_a')} end`;
  await db
    .updateTable('plan_version_links')
    .set({ item_a: sql`least(${other}, ${to}::uuid)`, item_b: sql`greatest(${other}, ${to}::uuid)` })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', place.campaignId)
    .where('version', '=', place.version)
    .where((eb) => eb.or([eb('item_a', '=', from), eb('item_b', '=', from)]))
    .execute();
  await db
    .updateTable('plan_versions')
    .set({ reading: sql`replace(reading::text, ${from}::text, ${to}::text)::jsonb` })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', place.campaignId)
    .where('version', '=', place.version)
    .execute();
}
