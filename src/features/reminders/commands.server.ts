// What others ask of reminding.
import { machineClock } from '#core/clock.ts';
import { reminderTables } from '#features/reminders/tables.ts';
import type { SignedOut } from '#platform/signed-out.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

/**
 * Whoever signs out of a browser must not find their notices on it afterwards, nor the next person who sits there. Runs
 * in the transaction of the signing out. A session that merely ran out keeps its notices: the person is still the one.
 */
export async function endSubscriptionsOf(trx: WardTransaction, who: SignedOut): Promise<void> {
  let ending = reminderTables(trx)
    .updateTable('push_subscriptions')
    .set({ ended_at: new Date(machineClock.now()), ended_why: 'left' })
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', who.personId)
    .where('ended_at', 'is', null);
  if ('devices' in who) ending = ending.where('device_id', 'in', [...who.devices]);
  else {
    ending = ending.where('device_id', 'is', null);
    const { sessions } = who;
    if (sessions !== 'all')
      ending =
        'only' in sessions
          ? ending.where('session_id', '=', sessions.only)
          : ending.where('session_id', 'is distinct from', sessions.except);
  }
  await ending.execute();
}
