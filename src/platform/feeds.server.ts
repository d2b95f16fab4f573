// Every change a phone will pull takes the next number of its feed under that row's lock, in the same transaction:
// the order of numbers is then the order of commits, which timestamps and sequences do not give.
import type { WardTransaction } from '#platform/database/database.server.ts';

/** The feed's next change number. Take feeds in ascending id where a transaction needs two, or two can deadlock. */
export async function nextChange(trx: WardTransaction, feedId: string): Promise<number> {
  const row = await trx
    .updateTable('feeds')
    .set((eb) => ({ n: eb('n', '+', 1) }))
    .where('ward_id', '=', trx.wardId)
    .where('feed_id', '=', feedId)
    .returning('n')
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function wardFeed(trx: WardTransaction): Promise<string> {
  const row = await trx
    .selectFrom('feeds')
    .select('feed_id')
    .where('ward_id', '=', trx.wardId)
    .where('kind', '=', 'ward')
    .executeTakeFirstOrThrow();
  return row.feed_id;
}

/** A group's feed carries the group's own id. */
export async function openFeed(trx: WardTransaction, feedId: string, kind: 'ward' | 'group'): Promise<void> {
  await trx.insertInto('feeds').values({ ward_id: trx.wardId, feed_id: feedId, kind }).execute();
}
