// SQL of assigning: the roles of all groups with their times, the absences, the groups and people of the board.
import { sql } from 'kysely';
import type { DateOn } from '#core/calendar.ts';
import type { Absence, Responsibility } from '#features/assignment/model.ts';
import { assignmentTables } from '#features/assignment/tables.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

/** One changer of a ward's assignments at a time: two heads must not each give a group its one leader. */
export async function takeAssigning(trx: WardTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(7220140, ${trx.wardId})`.execute(trx);
}

export const findCampaign = (trx: WardTransaction, id: string) =>
  assignmentTables(trx)
    .selectFrom('campaigns')
    .select(['id', 'leading_unit_id', 'state', 'from_on', 'to_on', 'short_name'])
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();

export interface Named extends Responsibility {
  readonly name: string;
  readonly reason: string | null;
  readonly by: string | null;
  readonly endReason: string | null;
  readonly endedBy: string | null;
}

export interface HeldQuery {
  readonly areaId?: string;
  readonly personId?: string;
  /** Over before this instant: left out. Absent: every role ever held. */
  readonly since?: Date;
}

/** Roles with their holders, oldest first. */
export async function readHeld(trx: WardTransaction, query: HeldQuery): Promise<Named[]> {
  let found = assignmentTables(trx)
    .selectFrom('responsibilities as r')
    .leftJoin('people as giver', (join) =>
      join.onRef('giver.ward_id', '=', 'r.ward_id').onRef('giver.id', '=', 'r.granted_by'),
    )
    .leftJoin('people as ender', (join) =>
      join.onRef('ender.ward_id', '=', 'r.ward_id').onRef('ender.id', '=', 'r.ended_by'),
    )
    .select([
      'r.grant_id',
      'r.person_id',
      'r.person',
      'r.role',
      'r.area_id',
      'r.unit_id',
      'r.from_at',
      'r.to_at',
      'r.stands_in_for',
      'r.reason',
      'r.end_reason',
      'giver.name as giver',
      'ender.name as ender',
    ])
    .where('r.ward_id', '=', trx.wardId);
  const { areaId, personId, since } = query;
  if (areaId !== undefined) found = found.where('r.area_id', '=', areaId);
  if (personId !== undefined) found = found.where('r.person_id', '=', personId);
  if (since) found = found.where((eb) => eb.or([eb('r.to_at', 'is', null), eb('r.to_at', '>', since)]));
  const rows = await found.orderBy('r.from_at').orderBy('r.grant_id').execute();
  return rows.map((row) => ({
    grantId: row.grant_id,
    personId: row.person_id,
    name: row.person,
    role: row.role,
    areaId: row.area_id,
    unitId: row.unit_id,
    fromAt: row.from_at.getTime(),
    toAt: row.to_at?.getTime() ?? null,
    standsInFor: row.stands_in_for,
    reason: row.reason,
    by: row.giver,
    endReason: row.end_reason,
    endedBy: row.ender,
  }));
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly confirmed: number | null;
  readonly stated: number | null;
}

/** Groups that stand on a day, in the ward's order. */
export async function readGroups(trx: WardTransaction, on: DateOn): Promise<Group[]> {
  const rows = await assignmentTables(trx)
    .selectFrom('group_households')
    .select(['group_id', 'name', 'short_name', 'households', 'stated_households'])
    .where('ward_id', '=', trx.wardId)
    .where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]))
    .orderBy('position')
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    id: row.group_id,
    name: row.name,
    shortName: row.short_name,
    confirmed: row.households,
    stated: row.stated_households,
  }));
}

/** A group at any time, a closed one too: its history stays readable. */
export const findGroup = (trx: WardTransaction, id: string) =>
  assignmentTables(trx)
    .selectFrom('group_households')
    .select(['group_id as id', 'name', 'short_name as shortName'])
    .where('ward_id', '=', trx.wardId)
    .where('group_id', '=', id)
    .executeTakeFirst();

export const readUnitNames = async (trx: WardTransaction): Promise<ReadonlyMap<string, string>> => {
  const rows = await assignmentTables(trx)
    .selectFrom('units')
    .select(['id', 'short_name'])
    .where('ward_id', '=', trx.wardId)
    .execute();
  return new Map(rows.map(({ id, short_name }) => [id, short_name]));
};

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
}

/** Everybody whose entry is open, in the order of a register. */
export const readPeople = (trx: WardTransaction, at: Date): Promise<Person[]> =>
  assignmentTables(trx)
    .selectFrom('people')
    .select(['id', 'name', 'title'])
    .where('ward_id', '=', trx.wardId)
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>', at)]))
    .orderBy(sql`sort_key collate "C"`)
    .execute();

export interface KeptAbsence extends Absence {
  readonly reason: string;
}

const ABSENCE = [
  'id',
  'person_id as personId',
  'from_on as fromOn',
  'to_on as toOn',
  'reason',
  'ended_at',
] as const;

/** Absences that last until a day or longer; one that ended early stays with its end. */
export async function readAbsences(trx: WardTransaction, from: DateOn): Promise<KeptAbsence[]> {
  const rows = await assignmentTables(trx)
    .selectFrom('absences')
    .select(ABSENCE)
    .where('ward_id', '=', trx.wardId)
    .where('to_on', '>=', from)
    .orderBy('from_on')
    .orderBy('id')
    .execute();
  return rows.map(({ ended_at, ...row }) => ({ ...row, endedAt: ended_at?.getTime() ?? null }));
}

export async function findAbsence(trx: WardTransaction, id: string): Promise<KeptAbsence | null> {
  const row = await assignmentTables(trx)
    .selectFrom('absences')
    .select(ABSENCE)
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const { ended_at, ...absence } = row;
  return { ...absence, endedAt: ended_at?.getTime() ?? null };
}

export interface NewAbsence {
  readonly id: string;
  readonly personId: string;
  readonly fromOn: DateOn;
  readonly toOn: DateOn;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

export async function insertAbsence(trx: WardTransaction, absence: NewAbsence): Promise<void> {
  await assignmentTables(trx)
    .insertInto('absences')
    .values({
      ward_id: trx.wardId,
      id: absence.id,
      person_id: absence.personId,
      from_on: absence.fromOn,
      to_on: absence.toOn,
      reason: absence.reason,
      noted_by: absence.by,
      noted_at: absence.at,
      ended_at: null,
      ended_by: null,
    })
    .execute();
}

/** False where it had ended before. */
export async function endAbsence(trx: WardTransaction, id: string, at: Date, by: string): Promise<boolean> {
  const [result] = await assignmentTables(trx)
    .updateTable('absences')
    .set({ ended_at: at, ended_by: by })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
  return Number(result?.numUpdatedRows ?? 0) === 1;
}

export async function readBoundPhones(trx: WardTransaction): Promise<ReadonlySet<string>> {
  const rows = await assignmentTables(trx)
    .selectFrom('bound_phones')
    .select('person_id')
    .where('ward_id', '=', trx.wardId)
    .execute();
  return new Set(rows.map(({ person_id }) => person_id));
}

/** Telephone numbers by person; who has none is not in it. */
export async function readNumbers(
  trx: WardTransaction,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await assignmentTables(trx)
    .selectFrom('people')
    .select(['id', 'phone'])
    .where('ward_id', '=', trx.wardId)
    .where('id', 'in', [...personIds])
    .execute();
  return new Map(rows.flatMap(({ id, phone }) => (phone === null ? [] : [[id, phone] as const])));
}
