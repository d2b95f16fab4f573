// The next numbers of a ward's feeds for many rows at once. Only while nothing else writes in the ward: a sample being
// made, or a rehearsal about to be served.
import { sql } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';

export interface FeedNumbers {
  next(feedId: string): number;
  /** Writes how far they went. */
  keep(): Promise<void>;
}

export async function feedNumbers(trx: WardTransaction): Promise<FeedNumbers> {
  const feeds = await trx
    .selectFrom('feeds')
    .select(['feed_id', 'n'])
    .where('ward_id', '=', trx.wardId)
    .execute();
  const at = new Map(feeds.map(({ feed_id, n }) => [feed_id, n]));
  const taken = new Set<string>();
  return {
    next(feedId) {
      const n = (at.get(feedId) ?? 0) + 1;
      at.set(feedId, n);
      taken.add(feedId);
      return n;
    },
    async keep() {
      if (taken.size === 0) return;
      const ids = [...taken];
      await sql`
        update feeds f set n = v.n from unnest(${ids}::uuid[], ${ids.map((id) => at.get(id) ?? 0)}::bigint[]) as v (id, n)
        where f.ward_id = ${trx.wardId} and f.feed_id = v.id`.execute(trx);
    },
  };
}
