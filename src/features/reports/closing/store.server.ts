// SQL of closing a campaign.
import { sql, type Selectable } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { closingTables, type Act, type ClosingTables } from '#features/reports/closing/tables.server.ts';

export type ActRow = Selectable<ClosingTables['closing_acts']>;
export type CommendationRow = Selectable<ClosingTables['commendations']>;

export const listActs = (trx: WardTransaction, campaignId: string): Promise<ActRow[]> =>
  closingTables(trx)
    .selectFrom('closing_acts')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .orderBy('n')
    .execute();

/** Acts of one campaign take turns: each is the next. */
export async function addAct(
  trx: WardTransaction,
  campaignId: string,
  act: {
    readonly act: Act;
    readonly at: Date;
    readonly by: string | null;
    readonly note?: string | null;
    readonly data?: unknown;
  },
): Promise<number> {
  await sql`select pg_advisory_xact_lock(${trx.wardId}::int, hashtext(${`closing/${campaignId}`}))`.execute(
    trx,
  );
  const { rows } = await sql<{ n: number }>`
    insert into closing_acts (ward_id, campaign_id, n, act, at, by, note, data)
    values (${trx.wardId}, ${campaignId}, (select coalesce(max(n), 0) + 1 from closing_acts
      where ward_id = ${trx.wardId} and campaign_id = ${campaignId}), ${act.act}, ${act.at}, ${act.by},
      ${act.note ?? null}, ${JSON.stringify(act.data ?? {})}::jsonb)
    returning n`.execute(trx);
  return rows[0]?.n ?? 0;
}

export async function remarksOf(
  trx: WardTransaction,
  campaignId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await closingTables(trx)
    .selectFrom('closing_remarks')
    .select(['subject', 'note'])
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return new Map(rows.map(({ subject, note }) => [subject, note]));
}

export async function addRemark(
  trx: WardTransaction,
  campaignId: string,
  remark: { readonly id: string; readonly subject: string; readonly note: string },
  by: { readonly at: Date; readonly personId: string },
): Promise<void> {
  await closingTables(trx)
    .insertInto('closing_remarks')
    .values({ ...remark, ward_id: trx.wardId, campaign_id: campaignId, at: by.at, by: by.personId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface DoorRow {
  readonly household_id: string;
  readonly group_id: string;
  readonly lane: string;
  readonly number: string;
  readonly head: string;
  readonly phone: string | null;
  readonly last_outcome: string | null;
  readonly last_at: Date | null;
  readonly listed: boolean;
}

/** Households nobody reached face to face and nobody has taken out of the count, in the order one walks. */
export async function doorsLeft(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly string[],
): Promise<DoorRow[]> {
  const { rows } = await sql<DoorRow>`
    select s.household_id, s.group_id, l.name as lane, d.house_number as number, coalesce(h.head_name, '') as head,
      h.phone, s.last_outcome, v.last_at, x.household_id is not null as listed
    from household_standings(${trx.wardId}, ${campaignId}::uuid, ${[...groups]}::uuid[]) s
    join households h on h.ward_id = ${trx.wardId} and h.id = s.household_id
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    left join supplementary_households x on x.ward_id = h.ward_id and x.campaign_id = ${campaignId}
      and x.household_id = h.id
    left join lateral (select max(done_at) as last_at from visits v where v.ward_id = h.ward_id
      and v.household_id = h.id and v.campaign_id = ${campaignId} and v.taken_back_at is null) v on true
    where s.reached_on is null and s.excluded_on is null
    order by l.position nulls last, l.name, (substring(d.house_number from '^[0-9]{1,8}'))::int nulls last,
      d.house_number, h.n`.execute(trx);
  return rows;
}

export async function putOnList(
  trx: WardTransaction,
  campaignId: string,
  n: number,
  households: readonly string[],
): Promise<void> {
  await sql`insert into supplementary_households (ward_id, campaign_id, household_id, listed_n)
    select ${trx.wardId}::int, ${campaignId}::uuid, id, ${n}::int from unnest(${[...households]}::uuid[]) as id
    on conflict do nothing`.execute(trx);
}

export interface CustodyRow {
  readonly group_id: string;
  readonly signed: number;
  readonly taken: number;
}

export async function custody(trx: WardTransaction, campaignId: string): Promise<CustodyRow[]> {
  const { rows } = await sql<CustodyRow>`
    select group_id, count(*)::int as signed, count(taken_at)::int as taken from paper_custody
    where ward_id = ${trx.wardId} and campaign_id = ${campaignId} group by group_id`.execute(trx);
  return rows;
}

export async function phonesInUse(trx: WardTransaction) {
  const { rows } = await sql<{
    device_id: string;
    name: string;
    last_used_at: Date;
    pushed_at: Date | null;
    waiting: number | null;
  }>`select device_id, name, last_used_at, pushed_at, waiting from phones_in_use
    where ward_id = ${trx.wardId} order by last_used_at`.execute(trx);
  return rows;
}

export async function heldRecords(trx: WardTransaction, campaignId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select n from records_waiting
    where ward_id = ${trx.wardId} and campaign_id = ${campaignId}`.execute(trx);
  return rows[0]?.n ?? 0;
}

/** Of each group how many mornings it owed and how many of them were in time, as the pictures froze them. */
export async function punctuality(trx: WardTransaction, campaignId: string) {
  const { rows } = await sql<{ area_id: string; owed: number; on_time: number }>`
    select c.cell ->> 'areaId' as area_id, count(*)::int as owed,
      count(*) filter (where c.cell ->> 'state' in ('on-time', 'on-time-for-another'))::int as on_time
    from report_mornings r, jsonb_array_elements(r.picture -> 'cells') as c (cell)
    where r.ward_id = ${trx.wardId} and r.campaign_id = ${campaignId} and c.cell ->> 'state' <> 'excused'
    group by 1`.execute(trx);
  return new Map(rows.map(({ area_id, owed, on_time }) => [area_id, { owed, onTime: on_time }]));
}

export async function mostReaching(trx: WardTransaction, campaignId: string, most: number) {
  const { rows } = await sql<{ name: string; reached: number }>`
    select p.name, r.reached from people_reaching r
    join people p on p.ward_id = r.ward_id and p.id = r.person_id
    where r.ward_id = ${trx.wardId} and r.campaign_id = ${campaignId}
    order by r.reached desc, p.id limit ${most}`.execute(trx);
  return rows;
}

export const listCommendations = (trx: WardTransaction, campaignId: string): Promise<CommendationRow[]> =>
  closingTables(trx)
    .selectFrom('commendations')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .orderBy('kind')
    .orderBy('id')
    .execute();

export async function insertCommendations(
  trx: WardTransaction,
  rows: readonly Omit<CommendationRow, 'ward_id'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await closingTables(trx)
    .insertInto('commendations')
    .values(
      rows.map((row) => ({
        ...row,
        ward_id: trx.wardId,
        figures: row.figures === null ? null : JSON.stringify(row.figures),
      })),
    )
    .execute();
}

/** False where somebody else changed it meanwhile. */
export async function updateCommendation(
  trx: WardTransaction,
  campaignId: string,
  id: string,
  revision: number,
  to: Pick<CommendationRow, 'kind' | 'name' | 'words' | 'state' | 'changed_at' | 'changed_by'>,
): Promise<boolean> {
  const done = await closingTables(trx)
    .updateTable('commendations')
    .set({ ...to, revision: revision + 1 })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
