// SQL of sending. A row is claimed by moving its next moment past the longest wait for an answer, and that is committed
// before anything is sent: whoever dies while sending leaves a row that comes up again, and nobody sends it meanwhile.
import { sql } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { NoticeLine } from '#features/reminders/schema.ts';
import { reminderTables, type DeliveryState, type SubscriptionEnd } from '#features/reminders/tables.ts';

/** Longer than push (10 s) and mail (15 s, three times) wait for an answer. */
export const LEASE_MS = 60_000;
/** Past them a service is broken and the notice stale. */
const MOST_ATTEMPTS = 10;
/** Minutes after each try that did not come right. */
const BACKOFF_MINUTES = [1, 2, 4, 8, 15, 30, 60] as const;

export interface Claimed {
  readonly id: string;
  readonly attempts: number;
  readonly channel: 'push' | 'mail';
  readonly reminderId: string;
  readonly personId: string;
  readonly origin: 'rule' | 'person' | 'test';
  readonly lines: readonly NoticeLine[];
  /** Campaign time. */
  readonly expiresAt: number;
  readonly subscription: {
    readonly id: string;
    readonly endpoint: string;
    readonly p256dh: string;
    readonly auth: string;
    readonly ended: boolean;
  } | null;
  readonly email: string | null;
  readonly language: 'vi' | 'en';
}

/** @param now machine time */
export async function claimDeliveries(trx: WardTransaction, now: number, most: number): Promise<Claimed[]> {
  const { rows } = await sql<{
    id: string;
    attempts: number;
    channel: 'push' | 'mail';
    reminder_id: string;
    person_id: string;
    origin: 'rule' | 'person' | 'test';
    lines: NoticeLine[];
    expires_at: Date;
    subscription_id: string | null;
    endpoint: string | null;
    p256dh: string | null;
    auth: string | null;
    ended_at: Date | null;
    email: string | null;
    language: 'vi' | 'en' | null;
  }>`with claimed as (
      update reminder_deliveries set attempts = attempts + 1, next_at = ${new Date(now + LEASE_MS)}
      where ward_id = ${trx.wardId} and id in (
        select id from reminder_deliveries
        where ward_id = ${trx.wardId} and state = 'planned' and next_at <= ${new Date(now)}
        order by next_at, id limit ${most} for update skip locked)
      returning id, attempts, channel, reminder_id, subscription_id)
    select c.id, c.attempts, c.channel, c.reminder_id, r.person_id, r.origin, r.lines, r.expires_at,
           c.subscription_id, s.endpoint, s.p256dh, s.auth, s.ended_at, p.email, h.language
    from claimed c
    join reminders r on r.ward_id = ${trx.wardId} and r.id = c.reminder_id
    join people p on p.ward_id = ${trx.wardId} and p.id = r.person_id
    left join push_subscriptions s on s.ward_id = ${trx.wardId} and s.id = c.subscription_id
    left join reminder_choices h on h.ward_id = ${trx.wardId} and h.person_id = r.person_id
    order by c.id`.execute(trx);
  return rows.map((row) => ({
    id: row.id,
    attempts: row.attempts,
    channel: row.channel,
    reminderId: row.reminder_id,
    personId: row.person_id,
    origin: row.origin,
    lines: row.lines,
    expiresAt: row.expires_at.getTime(),
    subscription:
      row.subscription_id !== null && row.endpoint !== null && row.p256dh !== null && row.auth !== null
        ? {
            id: row.subscription_id,
            endpoint: row.endpoint,
            p256dh: row.p256dh,
            auth: row.auth,
            ended: row.ended_at !== null,
          }
        : null,
    email: row.email,
    language: row.language ?? 'vi',
  }));
}

export type Outcome =
  | { readonly is: 'sent' }
  | { readonly is: 'expired' }
  | { readonly is: 'gone'; readonly status: number | null; readonly why: SubscriptionEnd | null }
  | { readonly is: 'failed'; readonly status: number | null }
  | { readonly is: 'later'; readonly status: number | null; readonly afterMs: number | null };

/** When to try again; null: no more. A service's own wish stands, ours is the least. */
export function nextTry(attempts: number, afterMs: number | null, now: number): number | null {
  if (attempts >= MOST_ATTEMPTS) return null;
  const minutes = BACKOFF_MINUTES[Math.min(attempts, BACKOFF_MINUTES.length) - 1] ?? BACKOFF_MINUTES[0];
  return now + Math.max(minutes * 60_000, afterMs ?? 0);
}

/** @param now machine time */
export async function recordOutcome(
  trx: WardTransaction,
  delivery: Pick<Claimed, 'id' | 'attempts' | 'subscription'>,
  outcome: Outcome,
  now: number,
): Promise<void> {
  const at = new Date(now);
  const status = 'status' in outcome ? outcome.status : null;
  const again = outcome.is === 'later' ? nextTry(delivery.attempts, outcome.afterMs, now) : null;
  const state: DeliveryState = outcome.is === 'later' ? (again === null ? 'failed' : 'planned') : outcome.is;
  await reminderTables(trx)
    .updateTable('reminder_deliveries')
    .set({
      state,
      last_status: status,
      ended_at: state === 'planned' ? null : at,
      ...(again === null ? {} : { next_at: new Date(again) }),
    })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', delivery.id)
    .where('state', '=', 'planned')
    .execute();
  if (!delivery.subscription) return;
  if (outcome.is === 'sent') await noteAccepted(trx, delivery.subscription.id, at);
  if (outcome.is === 'gone' && outcome.why !== null)
    await endSubscription(trx, delivery.subscription.id, outcome.why, at);
}

async function noteAccepted(trx: WardTransaction, id: string, at: Date): Promise<void> {
  await reminderTables(trx)
    .updateTable('push_subscriptions')
    .set({ accepted_at: at })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

export async function endSubscription(
  trx: WardTransaction,
  id: string,
  why: SubscriptionEnd,
  at: Date,
): Promise<boolean> {
  const ended = await reminderTables(trx)
    .updateTable('push_subscriptions')
    .set({ ended_at: at, ended_why: why })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}
