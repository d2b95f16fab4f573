// SQL of planning: who is responsible, what everybody chose, what was already said, and the notices made of it.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { newId } from '#core/ids.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import {
  DEFAULT_CHOICES,
  FORGET_AFTER,
  lineKey,
  type Choices,
  type Said,
} from '#features/reminders/model.ts';
import type { NoticeLine } from '#features/reminders/schema.ts';
import { reminderTables, type ReminderTables } from '#features/reminders/tables.ts';
import { ResponsibilityBook, type Hand } from '#features/reminders/responsible.ts';

/** One planner of a ward at a time; the primary key of the lines stands behind it. */
export async function takePlanning(trx: WardTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(7220131, ${trx.wardId})`.execute(trx);
}

/** Roles in force at a moment of the campaign, of people who have not left. */
export async function responsibilityBook(trx: WardTransaction, now: number): Promise<ResponsibilityBook> {
  const at = new Date(now);
  const grants = await reminderTables(trx)
    .selectFrom('grants as g')
    .innerJoin('people as p', (join) =>
      join.onRef('p.ward_id', '=', 'g.ward_id').onRef('p.id', '=', 'g.person_id'),
    )
    .select(['g.person_id as personId', 'g.role', 'g.area_id as areaId', 'g.unit_id as unitId'])
    .where('g.ward_id', '=', trx.wardId)
    .where('p.closed_at', 'is', null)
    .where('g.from_at', '<=', at)
    .where((eb) => eb.or([eb('g.to_at', 'is', null), eb('g.to_at', '>', at)]))
    // Whoever is away and stood in for is not urged; the stand-in is.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('grants as s')
            .select('s.id')
            .whereRef('s.ward_id', '=', 'g.ward_id')
            .whereRef('s.stands_in_for', '=', 'g.id')
            .where('s.from_at', '<=', at)
            .where('s.to_at', '>', at),
        ),
      ),
    )
    .orderBy('g.from_at')
    .orderBy('g.id')
    .execute();
  const police = await reminderTables(trx)
    .selectFrom('units')
    .select('id')
    .where('ward_id', '=', trx.wardId)
    .where('kind', '=', 'police')
    .execute();
  const { rows: hands } = await sql<Hand>`
    select item_id as "itemId", unit_id as "unitId", person_id as "personId"
    from duties_in_hand(${trx.wardId}, ${at})`.execute(trx);
  return new ResponsibilityBook(grants, new Set(police.map(({ id }) => id)), hands);
}

/** Short names of groups (TDP 7) and full names of units (Công an phường), by id: so letters name them. */
export async function placeNames(trx: WardTransaction): Promise<ReadonlyMap<string, string>> {
  const tables = reminderTables(trx);
  const areas = await tables
    .selectFrom('areas')
    .select(['id', 'short_name'])
    .where('ward_id', '=', trx.wardId)
    .where('kind', '=', 'group')
    .execute();
  const units = await tables
    .selectFrom('units')
    .select(['id', 'name'])
    .where('ward_id', '=', trx.wardId)
    .execute();
  return new Map([
    ...areas.map(({ id, short_name }) => [id, short_name] as const),
    ...units.map(({ id, name }) => [id, name] as const),
  ]);
}

export type ChoicesRow = Selectable<ReminderTables['reminder_choices']>;

export const choicesOfRow = (row: ChoicesRow): Choices => ({
  kinds: { before: row.before, late: row.late, head: row.head },
  leadMinutes: row.lead_minutes,
  quiet: row.quiet_from !== null && row.quiet_to !== null ? { from: row.quiet_from, to: row.quiet_to } : null,
  push: row.push,
  mail: row.mail,
});

export async function allChoices(trx: WardTransaction): Promise<(personId: string) => Choices> {
  const rows = await reminderTables(trx)
    .selectFrom('reminder_choices')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .execute();
  const kept = new Map(rows.map((row) => [row.person_id, choicesOfRow(row)]));
  return (personId) => kept.get(personId) ?? DEFAULT_CHOICES;
}

/** Lines older than the rule looks back need not be read. */
export async function whatWasSaid(trx: WardTransaction, now: number): Promise<Said> {
  const since = new Date(now - FORGET_AFTER);
  const lines = await reminderTables(trx)
    .selectFrom('reminder_lines')
    .select(['person_id', 'kind', 'occurrence'])
    .where('ward_id', '=', trx.wardId)
    .where('due_at', '>=', since)
    .execute();
  const last = await reminderTables(trx)
    .selectFrom('reminders')
    .select((eb) => ['person_id', eb.fn.max('campaign_at').as('at')])
    .where('ward_id', '=', trx.wardId)
    .where('origin', '=', 'rule')
    .where('campaign_at', '>=', since)
    .groupBy('person_id')
    .execute();
  return {
    lines: new Set(lines.map(({ person_id, kind, occurrence }) => lineKey(person_id, { kind, occurrence }))),
    lastAt: new Map(last.map(({ person_id, at }) => [person_id, at.getTime()])),
  };
}

export interface NewReminder {
  readonly id: string;
  readonly personId: string;
  readonly origin: 'rule' | 'person' | 'test';
  readonly lines: readonly NoticeLine[];
  readonly campaignAt: number;
  readonly expiresAt: number;
  readonly askedBy: string | null;
}

/** One statement takes some thousands of values: a ward's notices of a morning go in a few. */
const AT_ONCE = 500;

/** @returns the ids of those that were not made before */
export async function insertReminders(
  trx: WardTransaction,
  reminders: readonly NewReminder[],
  machineNow: number,
): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  for (let at = 0; at < reminders.length; at += AT_ONCE) {
    const rows = await reminderTables(trx)
      .insertInto('reminders')
      .values(
        reminders.slice(at, at + AT_ONCE).map((reminder) => ({
          ward_id: trx.wardId,
          id: reminder.id,
          person_id: reminder.personId,
          origin: reminder.origin,
          lines: JSON.stringify(reminder.lines),
          made_at: new Date(machineNow),
          campaign_at: new Date(reminder.campaignAt),
          expires_at: new Date(reminder.expiresAt),
          read_at: null,
          asked_by: reminder.askedBy,
        })),
      )
      .onConflict((conflict) => conflict.columns(['ward_id', 'id']).doNothing())
      .returning('id')
      .execute();
    for (const { id } of rows) made.add(id);
  }
  await insertLines(
    trx,
    reminders.filter(({ id, origin }) => origin === 'rule' && made.has(id)),
  );
  return made;
}

async function insertLines(trx: WardTransaction, reminders: readonly NewReminder[]): Promise<void> {
  const lines = reminders.flatMap(({ id, personId, lines: said }) =>
    said.map((line) => ({
      ward_id: trx.wardId,
      person_id: personId,
      kind: line.kind,
      occurrence: line.occurrence,
      reminder_id: id,
      due_at: new Date(line.dueAt),
    })),
  );
  for (let at = 0; at < lines.length; at += AT_ONCE)
    await reminderTables(trx)
      .insertInto('reminder_lines')
      .values(lines.slice(at, at + AT_ONCE))
      .execute();
}

export interface Reach {
  readonly subscriptions: readonly string[];
  readonly hasEmail: boolean;
}

/** Where each of these people's notices can go, whatever they chose. */
export async function reachOf(
  trx: WardTransaction,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Reach>> {
  if (personIds.length === 0) return new Map();
  const subscriptions = await reminderTables(trx)
    .selectFrom('push_subscriptions')
    .select(['id', 'person_id'])
    .where('ward_id', '=', trx.wardId)
    .where('person_id', 'in', [...personIds])
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  const people = await reminderTables(trx)
    .selectFrom('people')
    .select(['id', 'email'])
    .where('ward_id', '=', trx.wardId)
    .where('id', 'in', [...personIds])
    .where('closed_at', 'is', null)
    .execute();
  return new Map(
    people.map(({ id, email }) => [
      id,
      {
        subscriptions: subscriptions.filter((one) => one.person_id === id).map((one) => one.id),
        hasEmail: email !== null,
      },
    ]),
  );
}

export interface Outbox {
  readonly reminderId: string;
  readonly subscriptions: readonly string[];
  readonly mail: boolean;
}

/** The outbox rows of notices: written with them, before anything is sent. */
export async function planDeliveries(
  trx: WardTransaction,
  outboxes: readonly Outbox[],
  machineNow: number,
): Promise<void> {
  const values = outboxes.flatMap(({ reminderId, subscriptions, mail }) => {
    const row = {
      ward_id: trx.wardId,
      reminder_id: reminderId,
      state: 'planned' as const,
      next_at: new Date(machineNow),
      ended_at: null,
      last_status: null,
    };
    return [
      ...subscriptions.map((id) => ({ ...row, id: newId(), channel: 'push' as const, subscription_id: id })),
      ...(mail ? [{ ...row, id: newId(), channel: 'mail' as const, subscription_id: null }] : []),
    ];
  });
  for (let at = 0; at < values.length; at += AT_ONCE)
    await reminderTables(trx)
      .insertInto('reminder_deliveries')
      .values(values.slice(at, at + AT_ONCE))
      .execute();
}
