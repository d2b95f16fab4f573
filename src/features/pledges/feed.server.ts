// The texts a household signs, for every phone of the ward.
import { feedReader } from '#platform/sync/feed-reader.server.ts';
import type { FeedReader } from '#platform/sync/record-type.server.ts';

interface Text {
  id: string;
  n: number;
  campaign_id: string;
  version: number;
  title: string;
  body: string;
  consents: unknown;
  audio: string | null;
  in_force_from: string;
  ward: string | null;
}

export const pledgeReaders: readonly FeedReader[] = [
  feedReader<Text>('pledge-text', {
    wardFeed: true,
    text: `select campaign_id || ':' || version as id, change_n as n, campaign_id, version, title, body, consents,
        encode(audio_sha256, 'hex') as audio, in_force_from,
        (select c.code from ward_codes c where c.ward_id = $1 and c.valid_to is null
          order by c.valid_from desc limit 1) as ward
      from pledge_texts where ward_id = $1 and feed_id = $2 and change_n > $3 and change_n <= $4 order by change_n`,
    row: (row) => ({
      campaignId: row.campaign_id,
      version: row.version,
      title: row.title,
      body: row.body,
      consents: row.consents,
      ...(row.audio === null ? {} : { audio: row.audio }),
      inForceFrom: row.in_force_from,
      ...(row.ward === null ? {} : { ward: row.ward }),
    }),
  }),
];
