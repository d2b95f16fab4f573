// Where each household stands in each campaign, as a phone needs it: the last visit, what was reached, pledged, on Zalo.
// Computed from the visits and pledges that stand and from what the group's member list found; a household comes again
// whenever one of them changed.
import { isoOf } from '#core/clock.ts';
import { feedReader } from '#platform/sync/feed-reader.server.ts';
import type { FeedReader } from '#platform/sync/record-type.server.ts';

interface Progress {
  id: string;
  n: number;
  campaign_id: string;
  visits: number | null;
  reached: boolean | null;
  reached_remotely: boolean | null;
  pledge_id: string | null;
  pledge_original: string | null;
  zalo_state: string | null;
  last_visit_id: string | null;
  last_outcome: string | null;
  last_channel: string | null;
  last_done_at: Date | null;
  come_back_at: Date | null;
  last_author_id: string | null;
  author_name: string | null;
}

export const visitReaders: readonly FeedReader[] = [
  feedReader<Progress>('progress', {
    text: `with changed as (
        select household_id, campaign_id, max(change_n) as n from (
          select household_id, campaign_id, change_n from visits
            where ward_id = $1 and feed_id = $2 and change_n > $3 and change_n <= $4
          union all
          select household_id, campaign_id, change_n from pledges
            where ward_id = $1 and feed_id = $2 and change_n > $3 and change_n <= $4
          union all
          select household_id, campaign_id, change_n from zalo_matches
            where ward_id = $1 and feed_id = $2 and change_n > $3 and change_n <= $4) moved
        group by household_id, campaign_id
      ), counted as (
        select coalesce(h.merged_into, h.id) as id, c.campaign_id, max(c.n) as n
        from changed c join households h on h.ward_id = $1 and h.id = c.household_id
        group by 1, 2
      ), asked as (
        select c.*, array(select h.id from households h where h.ward_id = $1 and h.merged_into = c.id) || c.id as ids
        from counted c
      )
      select c.id, c.n, c.campaign_id, v.visits, v.reached, v.reached_remotely, p.pledge_id, p.pledge_original,
        case when m.matched_at >= coalesce(v.zalo_at, m.matched_at) then 'own-member' else v.zalo_state end as zalo_state,
        l.id as last_visit_id, l.outcome as last_outcome, l.channel as last_channel,
        l.done_at as last_done_at, l.come_back_at, l.author_id as last_author_id, a.name as author_name
      from asked c
      left join lateral (
        select count(*)::int as visits, bool_or(outcome = 'met' and channel = 'direct') as reached,
          bool_or(outcome = 'met' and channel <> 'direct') as reached_remotely,
          (array_agg(zalo_state order by done_at desc, id desc) filter (where zalo_state is not null))[1] as zalo_state,
          max(done_at) filter (where zalo_state is not null) as zalo_at
        from visits where ward_id = $1 and household_id = any(c.ids) and campaign_id = c.campaign_id
          and taken_back_at is null) v on true
      left join lateral (
        select id, outcome, channel, done_at, come_back_at, author_id from visits
        where ward_id = $1 and household_id = any(c.ids) and campaign_id = c.campaign_id and taken_back_at is null
        order by done_at desc, id desc limit 1) l on true
      left join lateral (
        select id as pledge_id, original as pledge_original from pledges
        where ward_id = $1 and household_id = any(c.ids) and campaign_id = c.campaign_id
          and withdrawn_at is null and taken_back_at is null
        order by signed_at, id limit 1) p on true
      left join lateral (
        select max(matched_at) as matched_at from zalo_matches
        where ward_id = $1 and household_id = any(c.ids) and campaign_id = c.campaign_id and undone_at is null) m on true
      left join people a on a.ward_id = $1 and a.id = l.author_id
      order by c.n`,
    row: (row) => ({
      campaignId: row.campaign_id,
      visits: row.visits ?? 0,
      reached: row.reached ?? false,
      ...(row.reached_remotely ? { reachedRemotely: true } : {}),
      ...(row.pledge_id === null ? {} : { pledgeId: row.pledge_id, pledged: row.pledge_original }),
      ...(row.zalo_state === null ? {} : { zalo: row.zalo_state }),
      ...(row.last_visit_id === null
        ? {}
        : {
            last: {
              id: row.last_visit_id,
              outcome: row.last_outcome,
              channel: row.last_channel,
              doneAt: row.last_done_at ? isoOf(row.last_done_at.getTime()) : null,
              authorId: row.last_author_id,
              authorName: row.author_name,
              ...(row.come_back_at ? { comeBackAt: isoOf(row.come_back_at.getTime()) } : {}),
            },
          }),
    }),
  }),
];
