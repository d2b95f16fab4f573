// SQL of the call board: people with their telephones, what was said to whom by whom, the last notices.
import type { Selectable } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { ContactWay } from '#features/reminders/model.ts';
import { reminderTables, type ReminderTables } from '#features/reminders/tables.ts';

export interface Reachable {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly phone: string | null;
}

export async function peopleById(
  trx: WardTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Reachable>> {
  if (ids.length === 0) return new Map();
  const rows = await reminderTables(trx)
    .selectFrom('people')
    .select(['id', 'name', 'title', 'phone'])
    .where('ward_id', '=', trx.wardId)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export type ContactRow = Selectable<ReminderTables['reminder_contacts']>;

/** Newest last; what was taken back is not there. */
export async function contactsAbout(
  trx: WardTransaction,
  occurrences: readonly string[],
): Promise<ContactRow[]> {
  if (occurrences.length === 0) return [];
  return reminderTables(trx)
    .selectFrom('reminder_contacts')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('occurrence', 'in', [...occurrences])
    .where('undone_at', 'is', null)
    .orderBy('contacted_at')
    .orderBy('id')
    .execute();
}

export interface NewContact {
  readonly id: string;
  readonly occurrence: string;
  readonly itemId: string;
  readonly areaId: string | null;
  readonly personId: string;
  readonly way: ContactWay;
  readonly note: string | null;
  readonly at: Date;
  readonly by: string;
}

/** Noted twice under one id, it is one. */
export async function insertContacts(trx: WardTransaction, contacts: readonly NewContact[]): Promise<void> {
  await reminderTables(trx)
    .insertInto('reminder_contacts')
    .values(
      contacts.map((contact) => ({
        ward_id: trx.wardId,
        id: contact.id,
        occurrence: contact.occurrence,
        item_id: contact.itemId,
        area_id: contact.areaId,
        person_id: contact.personId,
        way: contact.way,
        note: contact.note,
        contacted_at: contact.at,
        contacted_by: contact.by,
        undone_at: null,
        undone_by: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['ward_id', 'id']).doNothing())
    .execute();
}

export const findContact = (trx: WardTransaction, id: string): Promise<ContactRow | undefined> =>
  reminderTables(trx)
    .selectFrom('reminder_contacts')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst();

export async function undoContact(trx: WardTransaction, id: string, by: string, at: Date): Promise<void> {
  await reminderTables(trx)
    .updateTable('reminder_contacts')
    .set({ undone_at: at, undone_by: by })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .execute();
}

/** Of each person, when the last notice was taken by a push service or mail server. Says nothing of its being read. */
export async function lastNotices(
  trx: WardTransaction,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (personIds.length === 0) return new Map();
  const rows = await reminderTables(trx)
    .selectFrom('reminders as r')
    .innerJoin('reminder_deliveries as d', (join) =>
      join.onRef('d.ward_id', '=', 'r.ward_id').onRef('d.reminder_id', '=', 'r.id'),
    )
    .select((eb) => ['r.person_id', eb.fn.max('r.campaign_at').as('at')])
    .where('r.ward_id', '=', trx.wardId)
    .where('r.person_id', 'in', [...new Set(personIds)])
    .where('r.origin', '<>', 'test')
    .where('d.state', '=', 'sent')
    .groupBy('r.person_id')
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.at.getTime()]));
}
