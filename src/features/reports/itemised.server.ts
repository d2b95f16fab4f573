// What the records show for a window, group by group: households by the group they were recorded in, each once, up to a
// change number of the group's feed; acts of the group by their way. What was recorded in a group merged into it counts
// too: a record keeps the group it was made in, and lies in the feed of today's. A group without any row has nothing
// itemised.
import { sql } from 'kysely';
import type { Instant } from '#core/clock.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Figure, Figures, Measure } from '#features/reports/figures.ts';
import type { Window } from '#features/reports/model.ts';

export interface CountedGroup {
  readonly areaId: string;
  /** Rows up to this number of the group's feed; null: all there are now. */
  readonly upTo: number | null;
  /** Groups merged into it, however many steps away. */
  readonly before?: readonly string[];
  /** Groups it went on as: its rows may lie in their feeds by now. */
  readonly after?: readonly string[];
  /** Where no number bounds them, rows received up to this instant: a closed group's rows get new numbers as they move on. */
  readonly receivedBy?: Instant | null;
}

const ALL = Number.MAX_SAFE_INTEGER;

/** Each group with every feed its rows may lie in and every group they may have been made in: nearly always one of each. */
const placesOf = <T extends CountedGroup>(groups: readonly T[]) =>
  groups.flatMap((group) => {
    const { areaId, upTo, before = [], after = [], receivedBy = null } = group;
    return [areaId, ...before].flatMap((member) =>
      [areaId, ...before, ...after].map((feed) => ({
        group,
        member,
        feed,
        n: member === areaId ? (upTo ?? ALL) : ALL,
        by: member === areaId && upTo !== null ? null : receivedBy,
      })),
    );
  });

const atOf = (instant: Instant | null): string =>
  instant === null ? 'infinity' : new Date(instant).toISOString();

function wanted(groups: readonly CountedGroup[]) {
  const all = placesOf(groups);
  return sql`unnest(${all.map(({ group }) => group.areaId)}::uuid[], ${all.map(({ feed }) => feed)}::uuid[],
    ${all.map(({ member }) => member)}::uuid[], ${all.map(({ n }) => n)}::bigint[],
    ${all.map(({ by }) => atOf(by))}::timestamptz[]) as g (area_id, feed_id, member, n, received_by)`;
}

/** Ways of an act → the figure it counts for. Who files it under another way counts it elsewhere. */
const WAYS: Readonly<Record<string, Measure>> = {
  'zalo-group': 'posts',
  loudspeaker: 'broadcasts',
  poster: 'notices',
  flyer: 'leaflets',
  meeting: 'sessions',
};

const COUNTED: Readonly<Record<string, Measure>> = { reached: 'reached', pledged: 'pledged', ...WAYS };

interface Row {
  readonly area_id: string;
  /** Households by measure, acts by their way. */
  readonly counted: string;
  readonly day: number;
  readonly total: number;
}

/** By the group's feed, which carries the group's own id: a group's rows lie together there. */
async function countRows(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly CountedGroup[],
  { from, to }: Window,
): Promise<readonly Row[]> {
  const [begin, end] = [new Date(from), new Date(to)];
  const { rows } = await sql<Row>`
    with met as (
      select g.area_id, v.household_id, min(v.done_at) as at
      from visits_told v join ${wanted(groups)} on v.feed_id = g.feed_id and v.group_id = g.member
        and v.change_n <= g.n and v.received_at <= g.received_by
      where v.ward_id = ${trx.wardId} and v.campaign_id = ${campaignId} and v.outcome = 'met'
        and v.channel = 'direct' and v.taken_back_at is null and v.done_at < ${end}
      group by 1, 2
    ), signed as (
      select g.area_id, p.household_id, min(p.signed_at) as at
      from pledges_told p join ${wanted(groups)} on p.feed_id = g.feed_id and p.group_id = g.member
        and p.change_n <= g.n and p.received_at <= g.received_by
      where p.ward_id = ${trx.wardId} and p.campaign_id = ${campaignId} and p.ended_at is null
        and p.signed_at < ${end}
      group by 1, 2
    )
    select area_id, 'reached' as counted, count(*) filter (where at >= ${begin})::int as day, count(*)::int as total
      from met group by 1
    union all
    select area_id, 'pledged', count(*) filter (where at >= ${begin})::int, count(*)::int from signed group by 1
    union all
    select g.area_id, e.channel, coalesce(sum(e.count) filter (where e.done_at >= ${begin}), 0)::int, sum(e.count)::int
      from evidence_told e join ${wanted(groups)} on e.feed_id = g.feed_id and e.area_id = g.member
      where e.ward_id = ${trx.wardId} and e.campaign_id = ${campaignId} and e.undone_at is null
        and e.source <> 'report' and e.channel = any(${Object.keys(WAYS)}::text[])
        and e.done_at < ${end}
      group by 1, 2`.execute(trx);
  return rows;
}

export async function itemisedOf(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly CountedGroup[],
  window: Window,
): Promise<ReadonlyMap<string, Figures>> {
  if (groups.length === 0) return new Map();
  const found = new Map<string, Partial<Record<Measure, Figure>>>();
  for (const { area_id, counted, day, total } of await countRows(trx, campaignId, groups, window)) {
    const measure = COUNTED[counted];
    if (!measure) continue;
    const figures = found.get(area_id) ?? {};
    figures[measure] = { day, total };
    found.set(area_id, figures);
  }
  return found;
}

/**
 * The ward's own count of the same rows: distinct households over all groups, each up to the change number its report
 * was counted at. A household recorded in two groups is one here.
 */
export async function recountWard(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly (CountedGroup & { readonly window: Window })[],
): Promise<ReadonlyMap<Measure, number>> {
  if (groups.length === 0) return new Map();
  const all = placesOf(groups);
  const each = sql`unnest(${all.map(({ feed }) => feed)}::uuid[], ${all.map(({ member }) => member)}::uuid[],
    ${all.map(({ n }) => n)}::bigint[], ${all.map(({ by }) => atOf(by))}::timestamptz[],
    ${all.map(({ group }) => new Date(group.window.to))}::timestamptz[])
    as g (feed_id, member, n, received_by, until)`;
  const { rows } = await sql<{ measure: Measure; distinct: number }>`
    select 'reached' as measure, count(distinct v.household_id)::int as "distinct"
    from visits_told v join ${each} on v.feed_id = g.feed_id and v.group_id = g.member
      and v.change_n <= g.n and v.received_at <= g.received_by and v.done_at < g.until
    where v.ward_id = ${trx.wardId} and v.campaign_id = ${campaignId} and v.outcome = 'met'
      and v.channel = 'direct' and v.taken_back_at is null
    union all
    select 'pledged', count(distinct p.household_id)::int
    from pledges_told p join ${each} on p.feed_id = g.feed_id and p.group_id = g.member
      and p.change_n <= g.n and p.received_at <= g.received_by and p.signed_at < g.until
    where p.ward_id = ${trx.wardId} and p.campaign_id = ${campaignId} and p.ended_at is null`.execute(trx);
  return new Map(rows.map(({ measure, distinct }) => [measure, distinct]));
}
