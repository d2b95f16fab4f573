// A kind of row in a feed: its SQL and how a row looks on the phone.
import type { FeedReader, FeedRowOut } from '#platform/sync/record-type.server.ts';

/**
 * @param made.text `$1` ward, `$2` feed, `$3` after, `$4` up to; gives id and n, ascending by n. Rows that share the
 *   last number come along whole, or a page could end between them and never be complete.
 */
export function feedReader<R extends { readonly id: string; readonly n: number }>(
  kind: string,
  made: {
    readonly text: string;
    readonly row: (row: R) => Record<string, unknown>;
    readonly wardFeed?: true;
  },
): FeedReader {
  return {
    kind,
    async read(flight, { feed, isWardFeed, after, upTo, limit }) {
      if (isWardFeed !== (made.wardFeed === true)) return [];
      const rows = await flight.read<R>({
        name: `feed_${kind}`,
        text: `${made.text} fetch first ($5::bigint) rows with ties`,
        values: [flight.wardId, feed, after, upTo, limit],
      });
      return rows.map((row): FeedRowOut => ({ kind, id: row.id, n: row.n, ...made.row(row) }));
    },
  };
}

/** What left a feed: moved to another group, or gone. */
export const tombstoneReader: FeedReader = {
  kind: 'tombstone',
  async read(flight, { feed, after, upTo, limit }) {
    const rows = await flight.read<{ kind: string; id: string; n: number }>({
      name: 'feed_tombstones',
      text: `select kind, id, change_n as n from feed_tombstones
        where ward_id = $1 and feed_id = $2 and change_n > $3 and change_n <= $4
        order by change_n fetch first ($5::bigint) rows with ties`,
      values: [flight.wardId, feed, after, upTo, limit],
    });
    return rows.map(({ kind, id, n }): FeedRowOut => ({ kind, id, n, deleted: true }));
  },
};
