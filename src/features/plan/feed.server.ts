// Campaigns, for every phone of the ward.
import { feedReader } from '#platform/sync/feed-reader.server.ts';
import type { FeedReader } from '#platform/sync/record-type.server.ts';

interface Campaign {
  id: string;
  n: number;
  name: string;
  short_name: string;
  from_on: string;
  to_on: string;
  state: string;
  settings: unknown;
}

export const campaignReaders: readonly FeedReader[] = [
  feedReader<Campaign>('campaign', {
    wardFeed: true,
    text: `select id, change_n as n, name, short_name, from_on, to_on, state, settings from campaigns
      where ward_id = $1 and feed_id = $2 and change_n > $3 and change_n <= $4 and state <> 'draft'
      order by change_n`,
    row: (row) => ({
      name: row.name,
      shortName: row.short_name,
      from: row.from_on,
      to: row.to_on,
      state: row.state,
      settings: row.settings,
    }),
  }),
];
