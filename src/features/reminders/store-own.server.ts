// SQL of one's own things: notices under the bell, choices, devices.
import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { newId } from '#core/ids.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { ChoicesBody, SubscribeBody } from '#features/reminders/schema.ts';
import { endSubscription } from '#features/reminders/outbox.server.ts';
import type { ChoicesRow } from '#features/reminders/store.server.ts';
import { reminderTables, type ReminderTables } from '#features/reminders/tables.ts';

export type ReminderRow = Selectable<ReminderTables['reminders']>;

const own = (trx: WardTransaction, personId: string) =>
  reminderTables(trx)
    .selectFrom('reminders')
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', personId);

export const listReminders = (
  trx: WardTransaction,
  personId: string,
  limit: number,
): Promise<ReminderRow[]> =>
  own(trx, personId).selectAll().orderBy('campaign_at', 'desc').orderBy('id').limit(limit).execute();

export const findReminder = (
  trx: WardTransaction,
  personId: string,
  id: string,
): Promise<ReminderRow | undefined> => own(trx, personId).selectAll().where('id', '=', id).executeTakeFirst();

export async function countUnread(trx: WardTransaction, personId: string): Promise<number> {
  const row = await own(trx, personId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** @param ids absent: all of them */
export async function markRead(
  trx: WardTransaction,
  personId: string,
  ids: readonly string[] | undefined,
  at: Date,
): Promise<void> {
  let query = reminderTables(trx)
    .updateTable('reminders')
    .set({ read_at: at })
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', personId)
    .where('read_at', 'is', null);
  if (ids) query = query.where('id', 'in', [...ids]);
  await query.execute();
}

export const findChoices = (trx: WardTransaction, personId: string): Promise<ChoicesRow | undefined> =>
  reminderTables(trx)
    .selectFrom('reminder_choices')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', personId)
    .executeTakeFirst();

export async function keepChoices(
  trx: WardTransaction,
  personId: string,
  body: ChoicesBody,
  language: 'vi' | 'en',
  at: Date,
): Promise<void> {
  const values = {
    before: body.before,
    late: body.late,
    head: body.head,
    lead_minutes: body.leadMinutes,
    quiet_from: body.quiet?.from ?? null,
    quiet_to: body.quiet?.to ?? null,
    push: body.push,
    mail: body.mail,
    language,
    updated_at: at,
  };
  await reminderTables(trx)
    .insertInto('reminder_choices')
    .values({ ward_id: trx.wardId, person_id: personId, ...values })
    .onConflict((conflict) => conflict.columns(['ward_id', 'person_id']).doUpdateSet(values))
    .execute();
}

export const emailOf = async (trx: WardTransaction, personId: string): Promise<string | null> => {
  const row = await reminderTables(trx)
    .selectFrom('people')
    .select('email')
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', personId)
    .executeTakeFirst();
  return row?.email ?? null;
};

// ── Devices ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export type SubscriptionRow = Selectable<ReminderTables['push_subscriptions']>;

const hashOf = (endpoint: string): Buffer => createHash('sha256').update(endpoint).digest();

const standing = (trx: WardTransaction) =>
  reminderTables(trx)
    .selectFrom('push_subscriptions')
    .where('ward_id', '=', trx.wardId)
    .where('ended_at', 'is', null);

export const listDevices = (trx: WardTransaction, personId: string): Promise<SubscriptionRow[]> =>
  standing(trx).selectAll().where('person_id', '=', personId).orderBy('created_at').execute();

export const findDevice = (
  trx: WardTransaction,
  personId: string,
  id: string,
): Promise<SubscriptionRow | undefined> =>
  standing(trx).selectAll().where('person_id', '=', personId).where('id', '=', id).executeTakeFirst();

export const findByEndpoint = (
  trx: WardTransaction,
  endpoint: string,
): Promise<SubscriptionRow | undefined> =>
  standing(trx).selectAll().where('endpoint_hash', '=', hashOf(endpoint)).executeTakeFirst();

export interface Subscriber {
  readonly personId: string;
  readonly deviceId: string | null;
  /** null on a phone bound by a card: its device is its sign-in. */
  readonly sessionId: string | null;
}

/**
 * The same browser twice is one subscription. A browser on which somebody else signed in is theirs from now on: the
 * notices of the one before must not appear on it.
 */
export async function subscribe(
  trx: WardTransaction,
  who: Subscriber,
  body: SubscribeBody,
  at: Date,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const found = await findByEndpoint(trx, body.endpoint);
  if (found?.person_id === who.personId && found.p256dh === body.p256dh && found.auth === body.auth) {
    // The same browser under a newer sign-in: signing out there must still end it.
    if (found.session_id !== who.sessionId) await moveToSession(trx, found.id, who.sessionId);
    return { id: found.id, isNew: false };
  }
  if (found) await endSubscription(trx, found.id, 'replaced', at);
  if (body.replaces) {
    const old = await findByEndpoint(trx, body.replaces);
    if (old?.person_id === who.personId) await endSubscription(trx, old.id, 'replaced', at);
  }
  const id = newId();
  await reminderTables(trx)
    .insertInto('push_subscriptions')
    .values({
      ward_id: trx.wardId,
      id,
      person_id: who.personId,
      device_id: who.deviceId,
      session_id: who.sessionId,
      endpoint: body.endpoint,
      endpoint_hash: hashOf(body.endpoint),
      p256dh: body.p256dh,
      auth: body.auth,
      label: body.label,
      created_at: at,
      accepted_at: null,
      ended_at: null,
      ended_why: null,
    })
    .execute();
  return { id, isNew: true };
}

async function moveToSession(trx: WardTransaction, id: string, sessionId: string | null): Promise<void> {
  await reminderTables(trx)
    .updateTable('push_subscriptions')
    .set({ session_id: sessionId })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}
