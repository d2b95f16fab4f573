// What the records show for a window, group by group: households by the group they were recorded in, each once, up to a
// change number of the group's feed; acts of the group by their way. A group without any row has nothing itemised.
import { sql } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Figure, Figures, Measure } from '#features/reports/figures.ts';
import type { Window } from '#features/reports/model.ts';

export interface CountedGroup {
  readonly areaId: string;
  /** Rows up to this number of the group's feed; null: all there are now. */
  readonly upTo: number | null;
}

interface Row {
  readonly area_id: string;
  readonly measure: Measure;
  readonly day: number;
  readonly total: number;
}

const ALL = Number.MAX_SAFE_INTEGER;

function wanted(groups: readonly CountedGroup[]) {
  return sql`unnest(${groups.map(({ areaId }) => areaId)}::uuid[],
    ${groups.map(({ upTo }) => upTo ?? ALL)}::bigint[]) as g (area_id, n)`;
}

async function households(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly CountedGroup[],
  { from, to }: Window,
): Promise<Row[]> {
  const [begin, end] = [new Date(from), new Date(to)];
  const { rows } = await sql<Row>`
    with met as (
      select v.group_id as area_id, v.household_id, min(v.done_at) as at
      from visits_told v join ${wanted(groups)} on v.group_id = g.area_id and v.change_n <= g.n
      where v.ward_id = ${trx.wardId} and v.campaign_id = ${campaignId} and v.outcome = 'met'
        and v.channel = 'direct' and v.taken_back_at is null and v.done_at < ${end}
      group by 1, 2
    ), signed as (
      select p.group_id as area_id, p.household_id, min(p.signed_at) as at
      from pledges_told p join ${wanted(groups)} on p.group_id = g.area_id and p.change_n <= g.n
      where p.ward_id = ${trx.wardId} and p.campaign_id = ${campaignId} and p.ended_at is null
        and p.signed_at < ${end}
      group by 1, 2
    )
    select area_id, 'reached' as measure, count(*) filter (where at >= ${begin})::int as day, count(*)::int as total
      from met group by 1
    union all
    select area_id, 'pledged', count(*) filter (where at >= ${begin})::int, count(*)::int from signed group by 1
  `.execute(trx);
  return rows;
}

/** Ways of an act → the figure it counts for. Who files it under another way counts it elsewhere. */
const WAYS: Readonly<Record<string, Measure>> = {
  'zalo-group': 'posts',
  loudspeaker: 'broadcasts',
  poster: 'notices',
  flyer: 'leaflets',
  meeting: 'sessions',
};

async function acts(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly CountedGroup[],
  { from, to }: Window,
): Promise<Row[]> {
  const { rows } = await sql<{ area_id: string; channel: string; day: number; total: number }>`
    select e.area_id, e.channel, coalesce(sum(e.count) filter (where e.done_at >= ${new Date(from)}), 0)::int as day,
      sum(e.count)::int as total
    from evidence_told e
    where e.ward_id = ${trx.wardId} and e.campaign_id = ${campaignId} and e.undone_at is null
      and e.source <> 'report' and e.channel = any(${Object.keys(WAYS)}::text[])
      and e.area_id = any(${groups.map(({ areaId }) => areaId)}::uuid[]) and e.done_at < ${new Date(to)}
    group by 1, 2`.execute(trx);
  return rows.flatMap(({ area_id, channel, day, total }) => {
    const measure = WAYS[channel];
    return measure ? [{ area_id, measure, day, total }] : [];
  });
}

export async function itemisedOf(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly CountedGroup[],
  window: Window,
): Promise<ReadonlyMap<string, Figures>> {
  if (groups.length === 0) return new Map();
  const found = new Map<string, Partial<Record<Measure, Figure>>>();
  const rows = [
    ...(await households(trx, campaignId, groups, window)),
    ...(await acts(trx, campaignId, groups, window)),
  ];
  for (const { area_id, measure, day, total } of rows) {
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
  const each = sql`unnest(${groups.map(({ areaId }) => areaId)}::uuid[],
    ${groups.map(({ upTo }) => upTo ?? ALL)}::bigint[],
    ${groups.map(({ window }) => new Date(window.to))}::timestamptz[]) as g (area_id, n, until)`;
  const { rows } = await sql<{ measure: Measure; distinct: number }>`
    select 'reached' as measure, count(distinct v.household_id)::int as "distinct"
    from visits_told v join ${each} on v.group_id = g.area_id and v.change_n <= g.n and v.done_at < g.until
    where v.ward_id = ${trx.wardId} and v.campaign_id = ${campaignId} and v.outcome = 'met'
      and v.channel = 'direct' and v.taken_back_at is null
    union all
    select 'pledged', count(distinct p.household_id)::int
    from pledges_told p join ${each} on p.group_id = g.area_id and p.change_n <= g.n and p.signed_at < g.until
    where p.ward_id = ${trx.wardId} and p.campaign_id = ${campaignId} and p.ended_at is null`.execute(trx);
  return new Map(rows.map(({ measure, distinct }) => [measure, distinct]));
}
