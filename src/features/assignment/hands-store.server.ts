// SQL of duties in somebody's hands: the unit's duties in the plan in force, its members, and the hands with their times.
import { sql } from 'kysely';
import { newId } from '#core/ids.ts';
import type { DateOn } from '#core/calendar.ts';
import { assignmentTables } from '#features/assignment/tables.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

export interface UnitDuty {
  readonly itemId: string;
  readonly title: string;
}

/** Duties and reports the unit answers for, in the plan's order. */
export async function readUnitDuties(
  trx: WardTransaction,
  campaignId: string,
  unitId: string,
  on: DateOn,
): Promise<UnitDuty[]> {
  const { rows } = await sql<UnitDuty>`
    select i.item_id as "itemId", i.body->>'title' as title
    from plan_confirmed_items i
    join plan_confirmed_versions v on v.ward_id = i.ward_id and v.campaign_id = i.campaign_id and v.version = i.version
    where i.ward_id = ${trx.wardId} and i.campaign_id = ${campaignId}
      and v.in_force_from <= ${on} and (v.in_force_to is null or v.in_force_to > ${on})
      and i.body->>'kind' <> 'target' and i.body->>'accountable' = ${unitId}
    order by i.position, i.item_id`.execute(trx);
  return rows;
}

export const findUnit = (trx: WardTransaction, id: string) =>
  assignmentTables(trx)
    .selectFrom('units')
    .select(['id', 'name'])
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly head: boolean;
  readonly away: boolean;
}

/** Who serves in the unit at the instant, its head first. */
export async function readMembers(
  trx: WardTransaction,
  unitId: string,
  at: Date,
  on: DateOn,
): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select r.person_id as id, r.person as name, bool_or(r.role = 'unit-head') as head,
      exists (select from absences a where a.ward_id = r.ward_id and a.person_id = r.person_id
        and ${on}::date between a.from_on and a.to_on and (a.ended_at is null or a.ended_at > ${at})) as away
    from responsibilities r join people p on p.ward_id = r.ward_id and p.id = r.person_id
    where r.ward_id = ${trx.wardId} and r.unit_id = ${unitId} and r.role in ('unit-head', 'unit-member')
      and r.from_at <= ${at} and (r.to_at is null or r.to_at > ${at})
    group by r.ward_id, r.person_id, r.person, p.sort_key
    order by 3 desc, p.sort_key, 1`.execute(trx);
  return rows;
}

export interface KeptHand {
  readonly id: string;
  readonly itemId: string;
  readonly personId: string;
  readonly name: string;
  readonly fromAt: Date;
  readonly toAt: Date | null;
  readonly by: string | null;
  readonly endedBy: string | null;
}

/** Every hand a duty of the unit was ever in, the latest first. */
export async function readHands(
  trx: WardTransaction,
  campaignId: string,
  unitId: string,
): Promise<KeptHand[]> {
  const rows = await assignmentTables(trx)
    .selectFrom('duty_hands as h')
    .innerJoin('people as p', (join) =>
      join.onRef('p.ward_id', '=', 'h.ward_id').onRef('p.id', '=', 'h.person_id'),
    )
    .leftJoin('people as giver', (join) =>
      join.onRef('giver.ward_id', '=', 'h.ward_id').onRef('giver.id', '=', 'h.handed_by'),
    )
    .leftJoin('people as ender', (join) =>
      join.onRef('ender.ward_id', '=', 'h.ward_id').onRef('ender.id', '=', 'h.ended_by'),
    )
    .select(['h.id', 'h.item_id', 'h.person_id', 'p.name', 'h.from_at', 'h.to_at'])
    .select(['giver.name as giver', 'ender.name as ender'])
    .where('h.ward_id', '=', trx.wardId)
    .where('h.campaign_id', '=', campaignId)
    .where('h.unit_id', '=', unitId)
    .orderBy('h.from_at', 'desc')
    .orderBy('h.id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    personId: row.person_id,
    name: row.name,
    fromAt: row.from_at,
    toAt: row.to_at,
    by: row.giver,
    endedBy: row.ender,
  }));
}

export async function endHand(trx: WardTransaction, id: string, at: Date, by: string): Promise<void> {
  await assignmentTables(trx)
    .updateTable('duty_hands')
    .set({ to_at: at, ended_by: by })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

export interface NewHand {
  readonly campaignId: string;
  readonly unitId: string;
  readonly itemId: string;
  readonly personId: string;
  readonly fromAt: Date;
  readonly by: string;
}

export async function addHand(trx: WardTransaction, hand: NewHand): Promise<string> {
  const id = newId();
  await assignmentTables(trx)
    .insertInto('duty_hands')
    .values({
      ward_id: trx.wardId,
      id,
      campaign_id: hand.campaignId,
      item_id: hand.itemId,
      unit_id: hand.unitId,
      person_id: hand.personId,
      from_at: hand.fromAt,
      to_at: null,
      handed_by: hand.by,
      ended_by: null,
    })
    .execute();
  return id;
}
