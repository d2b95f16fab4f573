// SQL of quick reports, drafts, pictures of mornings and settings.
import { sql, type Selectable } from 'kysely';
import type { DateOn } from '#core/calendar.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { ReportBody } from '#features/reports/model.ts';
import { reportTables, type ReportTables } from '#features/reports/tables.server.ts';

export type ReportRow = Selectable<ReportTables['reports']>;

export interface PlaceRow {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly households: number | null;
  readonly validFrom: DateOn;
  readonly validTo: DateOn | null;
}

/** All groups that ever were, in the ward's order. */
export async function readGroups(trx: WardTransaction): Promise<PlaceRow[]> {
  const rows = await reportTables(trx)
    .selectFrom('group_households')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .orderBy('position')
    .orderBy('group_id')
    .execute();
  return rows.map((row) => ({
    id: row.group_id,
    name: row.name,
    shortName: row.short_name,
    households: row.households ?? row.stated_households,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}

export async function readUnits(
  trx: WardTransaction,
): Promise<{ id: string; name: string; shortName: string }[]> {
  const rows = await reportTables(trx)
    .selectFrom('units')
    .select(['id', 'name', 'short_name'])
    .where('ward_id', '=', trx.wardId)
    .execute();
  return rows.map(({ id, name, short_name }) => ({ id, name, shortName: short_name }));
}

/** Of each area itself and those above it, nearest first. */
export async function pathsOfAreas(
  trx: WardTransaction,
  areaIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (areaIds.length === 0) return new Map();
  const rows = await reportTables(trx)
    .selectFrom('area_paths')
    .select(['area_id', 'path'])
    .where('ward_id', '=', trx.wardId)
    .where('area_id', 'in', [...new Set(areaIds)])
    .execute();
  return new Map(rows.map(({ area_id, path }) => [area_id, path]));
}

/** Two reports of one place and morning take turns: each is the next version of the one before. */
export async function takeTurns(trx: WardTransaction, keys: readonly string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(${trx.wardId}::int, turn)
    from (select distinct hashtext(key) as turn from unnest(${[...keys]}::text[]) as key order by 1) t`.execute(
    trx,
  );
}

export interface OfPlace {
  readonly itemId: string;
  readonly placeId: string;
  readonly reportOn: DateOn;
}

/** What was kept before of any of these places and mornings, or under any of these ids, by version. */
export async function keptBefore(
  trx: WardTransaction,
  campaignId: string,
  of: readonly (OfPlace & { readonly id: string })[],
): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select r.* from reports r where r.ward_id = ${trx.wardId} and r.campaign_id = ${campaignId}
      and r.id = any(${of.map(({ id }) => id)}::uuid[])
    union
    select r.* from unnest(${of.map(({ itemId }) => itemId)}::uuid[], ${of.map(({ placeId }) => placeId)}::uuid[],
      ${of.map(({ reportOn }) => reportOn)}::date[]) as w (item_id, place_id, report_on)
    join reports r on r.ward_id = ${trx.wardId} and r.campaign_id = ${campaignId} and r.item_id = w.item_id
      and coalesce(r.area_id, r.unit_id) = w.place_id and r.report_on = w.report_on
    order by version`.execute(trx);
  return rows;
}

export const reportsOn = (trx: WardTransaction, campaignId: string, day: DateOn): Promise<ReportRow[]> =>
  reportTables(trx)
    .selectFrom('reports')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('report_on', '=', day)
    .orderBy('version')
    .execute();

/** Of each group the latest version of its last report up to a day: what is carried. */
export async function lastReports(
  trx: WardTransaction,
  campaignId: string,
  upTo: DateOn,
  areaIds?: readonly string[],
): Promise<ReportRow[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct on (area_id) id from reports
    where ward_id = ${trx.wardId} and campaign_id = ${campaignId} and area_id is not null
      and report_on <= ${upTo}::date and complete
      ${areaIds === undefined ? sql`` : sql`and area_id = any(${areaIds}::uuid[])`}
    order by area_id, report_on desc, version desc`.execute(trx);
  if (rows.length === 0) return [];
  return reportTables(trx)
    .selectFrom('reports')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
}

export async function insertReports(
  trx: WardTransaction,
  rows: readonly Omit<ReportRow, 'ward_id'>[],
): Promise<void> {
  await reportTables(trx)
    .insertInto('reports')
    .values(
      rows.map((row) => ({
        ...row,
        ward_id: trx.wardId,
        body: JSON.stringify(row.body) as unknown as ReportBody,
        itemised: JSON.stringify(row.itemised) as unknown as ReportRow['itemised'],
      })),
    )
    .execute();
}

// ── Drafts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function saveDraft(
  trx: WardTransaction,
  campaignId: string,
  of: OfPlace,
  body: ReportBody,
  by: { readonly at: Date; readonly personId: string },
): Promise<void> {
  await reportTables(trx)
    .insertInto('report_drafts')
    .values({
      ward_id: trx.wardId,
      campaign_id: campaignId,
      item_id: of.itemId,
      place_id: of.placeId,
      report_on: of.reportOn,
      body: JSON.stringify(body) as unknown as ReportBody,
      saved_at: by.at,
      saved_by: by.personId,
    })
    .onConflict((conflict) =>
      conflict.columns(['ward_id', 'campaign_id', 'item_id', 'place_id', 'report_on']).doUpdateSet((eb) => ({
        body: eb.ref('excluded.body'),
        saved_at: eb.ref('excluded.saved_at'),
        saved_by: eb.ref('excluded.saved_by'),
      })),
    )
    .execute();
}

export const draftsOn = (trx: WardTransaction, campaignId: string, day: DateOn) =>
  reportTables(trx)
    .selectFrom('report_drafts')
    .select(['item_id', 'place_id', 'body', 'saved_at'])
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('report_on', '=', day)
    .execute();

export async function dropDrafts(
  trx: WardTransaction,
  campaignId: string,
  of: readonly OfPlace[],
): Promise<void> {
  await sql`delete from report_drafts d using
    unnest(${of.map(({ itemId }) => itemId)}::uuid[], ${of.map(({ placeId }) => placeId)}::uuid[],
      ${of.map(({ reportOn }) => reportOn)}::date[]) as w (item_id, place_id, report_on)
    where d.ward_id = ${trx.wardId} and d.campaign_id = ${campaignId} and d.item_id = w.item_id
      and d.place_id = w.place_id and d.report_on = w.report_on`.execute(trx);
}

// ── Mornings ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const findMorning = (trx: WardTransaction, campaignId: string, itemId: string, day: DateOn) =>
  reportTables(trx)
    .selectFrom('report_mornings')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('item_id', '=', itemId)
    .where('report_on', '=', day)
    .executeTakeFirst();

export async function listMornings(trx: WardTransaction, campaignId: string): Promise<DateOn[]> {
  const rows = await reportTables(trx)
    .selectFrom('report_mornings')
    .select('report_on')
    .distinct()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .orderBy('report_on')
    .execute();
  return rows.map(({ report_on }) => report_on);
}

/** False where the picture of this morning was already taken: the first one stays for good. */
export async function keepMorning(
  trx: WardTransaction,
  morning: {
    readonly campaignId: string;
    readonly itemId: string;
    readonly reportOn: DateOn;
    readonly at: Date;
    readonly picture: unknown;
    readonly hash: Buffer;
  },
): Promise<boolean> {
  const done = await reportTables(trx)
    .insertInto('report_mornings')
    .values({
      ward_id: trx.wardId,
      campaign_id: morning.campaignId,
      item_id: morning.itemId,
      report_on: morning.reportOn,
      frozen_at: morning.at,
      picture: JSON.stringify(morning.picture),
      hash: morning.hash,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

// ── Settings, names ─────────────────────────────────────────────────────────────────────────────────────────────────

export const lastSettings = (trx: WardTransaction, campaignId: string) =>
  reportTables(trx)
    .selectFrom('report_settings')
    .select(['version', 'settings', 'set_at'])
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();

export async function insertSettings(
  trx: WardTransaction,
  campaignId: string,
  version: number,
  settings: unknown,
  by: { readonly at: Date; readonly personId: string | null },
): Promise<void> {
  await reportTables(trx)
    .insertInto('report_settings')
    .values({
      ward_id: trx.wardId,
      campaign_id: campaignId,
      version,
      settings: JSON.stringify(settings),
      set_at: by.at,
      set_by: by.personId,
    })
    .execute();
}

export async function peopleNames(
  trx: WardTransaction,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, { readonly name: string; readonly phone: string | null }>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await reportTables(trx)
    .selectFrom('people')
    .select(['id', 'name', 'phone'])
    .where('ward_id', '=', trx.wardId)
    .where('id', 'in', wanted)
    .execute();
  return new Map(rows.map(({ id, name, phone }) => [id, { name, phone }]));
}

/** Each unit's head on a moment. */
export async function headsAt(trx: WardTransaction, at: Date): Promise<ReadonlyMap<string, string>> {
  const rows = await reportTables(trx)
    .selectFrom('grants')
    .select(['unit_id', 'person_id'])
    .where('ward_id', '=', trx.wardId)
    .where('role', '=', 'unit-head')
    .where('unit_id', 'is not', null)
    .where('from_at', '<=', at)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', at)]))
    .execute();
  return new Map(rows.flatMap(({ unit_id, person_id }) => (unit_id ? [[unit_id, person_id] as const] : [])));
}

/** Each group's leader on a moment. */
export async function leadersAt(trx: WardTransaction, at: Date): Promise<ReadonlyMap<string, string>> {
  const rows = await reportTables(trx)
    .selectFrom('grants')
    .select(['area_id', 'person_id'])
    .where('ward_id', '=', trx.wardId)
    .where('role', '=', 'group-leader')
    .where('area_id', 'is not', null)
    .where('from_at', '<=', at)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', at)]))
    .execute();
  return new Map(rows.flatMap(({ area_id, person_id }) => (area_id ? [[area_id, person_id] as const] : [])));
}

// ── Stated figures ──────────────────────────────────────────────────────────────────────────────────────────────────

export async function insertStated(
  trx: WardTransaction,
  campaignId: string,
  row: Omit<Selectable<ReportTables['stated_figures']>, 'ward_id' | 'campaign_id'>,
): Promise<void> {
  await reportTables(trx)
    .insertInto('stated_figures')
    .values({ ...row, ward_id: trx.wardId, campaign_id: campaignId })
    .execute();
}

/** Of each figure the newest up to a day. */
export async function statedUpTo(trx: WardTransaction, campaignId: string, day: DateOn) {
  const { rows } = await sql<{
    id: string;
    figure: string;
    of_on: string;
    value: number;
    source: string;
    stated_at: Date;
    stated_by: string;
  }>`
    select distinct on (figure) id, figure, of_on, value, source, stated_at, stated_by from stated_figures
    where ward_id = ${trx.wardId} and campaign_id = ${campaignId} and of_on <= ${day}::date
    order by figure, of_on desc, stated_at desc`.execute(trx);
  return rows;
}
