// All SQL of sites, what hangs there, prints, and of the doors that need a leaflet.
import { sql } from 'kysely';
import type { DateOn } from '#core/calendar.ts';
import type { Condition, PRINT_KINDS, SiteKind } from '#features/publishing/sites/model.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

export type PrintKind = (typeof PRINT_KINDS)[number];
type SiteTables = {
  sites: {
    ward_id: number;
    id: string;
    channel_id: string;
    kind: SiteKind;
    name: string;
    address: string | null;
    check_days: number;
    opened_on: string;
    closed_on: string | null;
  };
  hangings: {
    ward_id: number;
    id: string;
    site_id: string;
    what: string;
    copies: number;
    hung_on: string;
    down_on: string | null;
    down_by: string | null;
  };
  site_checks: {
    ward_id: number;
    id: string;
    site_id: string;
    condition: Condition;
    picture_sha256: Buffer | null;
    note: string | null;
    checked_at: Date;
    checked_by: string;
  };
  print_runs: {
    ward_id: number;
    id: string;
    kind: PrintKind;
    what: string;
    printed: number;
    printed_on: string;
    noted_by: string;
  };
  print_handouts: {
    ward_id: number;
    run_id: string;
    id: string;
    area_id: string | null;
    copies: number;
    note: string | null;
    given_on: string;
    given_by: string;
  };
};
const tables = (trx: WardTransaction) => trx.withTables<SiteTables>();

export interface SiteRow {
  readonly id: string;
  readonly channelId: string;
  readonly kind: SiteKind;
  readonly name: string;
  readonly address: string | null;
  readonly checkDays: number;
}

export async function listSites(trx: WardTransaction, id?: string): Promise<SiteRow[]> {
  let query = tables(trx)
    .selectFrom('sites')
    .select(['id', 'channel_id as channelId', 'kind', 'name', 'address', 'check_days as checkDays'])
    .where('ward_id', '=', trx.wardId)
    .where('closed_on', 'is', null);
  if (id !== undefined) query = query.where('id', '=', id);
  return query.orderBy('kind').orderBy('name').execute();
}

type Written<T extends keyof SiteTables> = Omit<SiteTables[T], 'ward_id'>;

export const insertSite = (trx: WardTransaction, row: Written<'sites'>): Promise<void> =>
  insertSites(trx, [row]);

export async function insertSites(trx: WardTransaction, rows: readonly Written<'sites'>[]): Promise<void> {
  await tables(trx)
    .insertInto('sites')
    .values(rows.map((row) => ({ ward_id: trx.wardId, ...row })))
    .execute();
}

export async function closeSite(trx: WardTransaction, id: string, on: DateOn): Promise<void> {
  await tables(trx)
    .updateTable('sites')
    .set({ closed_on: on })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

export interface HangingRow {
  readonly id: string;
  readonly siteId: string;
  readonly what: string;
  readonly copies: number;
  readonly hungOn: DateOn;
  readonly hungBy: string;
  readonly downOn: DateOn | null;
  readonly campaignId: string;
  readonly picture: string | null;
  readonly withdrawn: boolean;
}

/** Newest first. One that was taken back as a post never hung. */
export async function listHangings(
  trx: WardTransaction,
  wanted: { readonly siteId?: string; readonly id?: string },
): Promise<HangingRow[]> {
  const { rows } = await sql<HangingRow>`
    select h.id, h.site_id as "siteId", h.what, h.copies, h.hung_on as "hungOn", w.name as "hungBy",
      h.down_on as "downOn", p.campaign_id as "campaignId", encode(p.picture_sha256, 'hex') as picture,
      exists (select 1 from text_versions t where t.ward_id = p.ward_id and t.text_id = p.text_id
        and t.state = 'withdrawn') as withdrawn
    from hangings h
    join posts p on p.ward_id = h.ward_id and p.id = h.id and p.undone_at is null
    join people w on w.ward_id = p.ward_id and w.id = p.author_id
    where h.ward_id = ${trx.wardId}
      and (${wanted.siteId ?? null}::uuid is null or h.site_id = ${wanted.siteId ?? null}::uuid)
      and (${wanted.id ?? null}::uuid is null or h.id = ${wanted.id ?? null}::uuid)
    order by h.hung_on desc, h.id desc`.execute(trx);
  return rows;
}

/** A repeat of the same id writes nothing. */
export async function insertHanging(
  trx: WardTransaction,
  row: Omit<Written<'hangings'>, 'down_on' | 'down_by'>,
): Promise<void> {
  await tables(trx)
    .insertInto('hangings')
    .values({ ward_id: trx.wardId, ...row, down_on: null, down_by: null })
    .onConflict((conflict) => conflict.columns(['ward_id', 'id']).doNothing())
    .execute();
}

export async function takeDown(
  trx: WardTransaction,
  id: string,
  by: { readonly personId: string; readonly on: DateOn },
): Promise<void> {
  await tables(trx)
    .updateTable('hangings')
    .set({ down_on: by.on, down_by: by.personId })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('down_on', 'is', null)
    .execute();
}

export interface CheckRow {
  readonly id: string;
  readonly siteId: string;
  readonly condition: Condition;
  readonly picture: Buffer | null;
  readonly note: string | null;
  readonly by: string;
  readonly at: Date;
}

/** Newest first. */
export async function listChecks(
  trx: WardTransaction,
  wanted: { readonly siteId?: string; readonly id?: string },
): Promise<CheckRow[]> {
  const { rows } = await sql<CheckRow>`
    select c.id, c.site_id as "siteId", c.condition, c.picture_sha256 as picture, c.note, w.name as by,
      c.checked_at as at
    from site_checks c join people w on w.ward_id = c.ward_id and w.id = c.checked_by
    where c.ward_id = ${trx.wardId}
      and (${wanted.siteId ?? null}::uuid is null or c.site_id = ${wanted.siteId ?? null}::uuid)
      and (${wanted.id ?? null}::uuid is null or c.id = ${wanted.id ?? null}::uuid)
    order by c.checked_at desc, c.id desc`.execute(trx);
  return rows;
}

/** A repeat of the same id writes nothing. */
export async function insertCheck(trx: WardTransaction, row: Written<'site_checks'>): Promise<void> {
  await tables(trx)
    .insertInto('site_checks')
    .values({ ward_id: trx.wardId, ...row })
    .onConflict((conflict) => conflict.columns(['ward_id', 'id']).doNothing())
    .execute();
}

export async function mediaOf(
  trx: WardTransaction,
  sha256: Buffer,
): Promise<{ mediaType: string; bytes: number } | null> {
  const row = await trx
    .selectFrom('media')
    .select(['media_type as mediaType', 'bytes'])
    .where('ward_id', '=', trx.wardId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row ?? null;
}

// ── prints

export type RunRow = Omit<Written<'print_runs'>, 'noted_by'>;
/** Newest first; `lock` keeps two people from giving out the same copies. */
export async function listRuns(trx: WardTransaction, id?: string, lock = false): Promise<RunRow[]> {
  let query = tables(trx)
    .selectFrom('print_runs')
    .select(['id', 'kind', 'what', 'printed', 'printed_on'])
    .where('ward_id', '=', trx.wardId);
  if (id !== undefined) query = query.where('id', '=', id);
  if (lock) query = query.forUpdate();
  return query.orderBy('printed_on', 'desc').orderBy('id', 'desc').execute();
}

export async function insertRun(trx: WardTransaction, row: Written<'print_runs'>): Promise<void> {
  await tables(trx)
    .insertInto('print_runs')
    .values({ ward_id: trx.wardId, ...row })
    .execute();
}

export interface HandoutRow {
  readonly runId: string;
  readonly id: string;
  readonly areaId: string | null;
  readonly to: string;
  readonly copies: number;
  readonly on: DateOn;
  readonly by: string;
}
export async function listHandouts(trx: WardTransaction): Promise<HandoutRow[]> {
  const { rows } = await sql<HandoutRow>`
    select o.run_id as "runId", o.id, o.area_id as "areaId", coalesce(a.short_name, o.note, '') as "to", o.copies,
      o.given_on as "on", w.name as by
    from print_handouts o
    join people w on w.ward_id = o.ward_id and w.id = o.given_by
    left join areas a on a.ward_id = o.ward_id and a.id = o.area_id
    where o.ward_id = ${trx.wardId} order by o.given_on desc, o.id desc`.execute(trx);
  return rows;
}

/** A repeat of the same id writes nothing. */
export const insertHandout = (trx: WardTransaction, row: Written<'print_handouts'>): Promise<void> =>
  insertHandouts(trx, [row]);

export async function insertHandouts(
  trx: WardTransaction,
  rows: readonly Written<'print_handouts'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await tables(trx)
    .insertInto('print_handouts')
    .values(rows.map((row) => ({ ward_id: trx.wardId, ...row })))
    .onConflict((conflict) => conflict.columns(['ward_id', 'run_id', 'id']).doNothing())
    .execute();
}

// ── doors that need paper: households as their owner publishes them

export async function countPaperDoors(
  trx: WardTransaction,
  campaignId: string,
): Promise<{ areaId: string; group: string; households: number }[]> {
  const { rows } = await sql<{ areaId: string; group: string; households: number }>`
    with standing as materialized (
      select household_id, group_id from household_standing
      where ward_id = ${trx.wardId} and campaign_id = ${campaignId} and excluded_on is null)
    select s.group_id as "areaId", a.short_name as "group", count(*)::int as households
    from household_zalo z join standing s using (household_id)
    join areas a on a.ward_id = z.ward_id and a.id = s.group_id
    where z.ward_id = ${trx.wardId} and z.campaign_id = ${campaignId} and z.zalo_state = 'no-smartphone'
    group by 1, 2, a.position order by a.position`.execute(trx);
  return rows;
}

/** In the order of a walk. */
export async function listPaperDoors(
  trx: WardTransaction,
  campaignId: string,
  groupId: string,
): Promise<{ lane: string; house: string; head: string }[]> {
  const { rows } = await sql<{ lane: string; house: string; head: string }>`
    with standing as materialized (
      select household_id from household_standing
      where ward_id = ${trx.wardId} and campaign_id = ${campaignId} and group_id = ${groupId}
        and excluded_on is null)
    select d.lane, d.house_number as house, d.head_name as head
    from household_zalo z join standing s using (household_id)
    join household_doors d on d.ward_id = z.ward_id and d.household_id = z.household_id
    where z.ward_id = ${trx.wardId} and z.campaign_id = ${campaignId} and z.zalo_state = 'no-smartphone'
    order by d.lane_position, d.lane, nullif(substring(d.house_number from '^\\d+'), '')::bigint nulls last,
      d.house_number, d.head_name`.execute(trx);
  return rows;
}

export async function groupName(trx: WardTransaction, groupId: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select short_name as name from areas
    where ward_id = ${trx.wardId} and id = ${groupId} and kind = 'group'`.execute(trx);
  return rows[0]?.name ?? null;
}
