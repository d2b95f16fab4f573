// Every change a phone will pull takes the next number of its feed under that row's lock, in the same transaction:
// the order of numbers is then the order of commits, which timestamps and sequences do not give.
import { sql } from 'kysely';
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

/**
 * Numbers for several changes at once, feeds taken in ascending id.
 * @param feedIds the feed of each change; one may be named more than once
 * @returns the number of each, in their order
 */
export async function nextChanges(trx: WardTransaction, feedIds: readonly string[]): Promise<number[]> {
  const wanted = new Map<string, number>();
  for (const id of feedIds) wanted.set(id, (wanted.get(id) ?? 0) + 1);
  const { rows } = await sql<{ feed_id: string; n: number }>`
    with mine as (
      select f.feed_id, w.k from feeds f
      join unnest(${[...wanted.keys()]}::uuid[], ${[...wanted.values()]}::int[]) as w (feed_id, k) on w.feed_id = f.feed_id
      where f.ward_id = ${trx.wardId} order by f.feed_id for update of f)
    update feeds f set n = f.n + mine.k from mine
    where f.ward_id = ${trx.wardId} and f.feed_id = mine.feed_id
    returning f.feed_id, f.n`.execute(trx);
  const last = new Map(rows.map(({ feed_id, n }) => [feed_id, n]));
  return feedIds.map((id) => {
    const n = last.get(id);
    const left = wanted.get(id) ?? 0;
    if (n === undefined) throw new Error('A change was made in a feed that does not exist');
    wanted.set(id, left - 1);
    return n - left + 1;
  });
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
