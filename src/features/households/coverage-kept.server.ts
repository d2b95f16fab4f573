/**
 * Where each household of a campaign stands, kept between questions group by group; figures are counts of them, the
 * register's filters choose among them. A group's feed gives a number to every change that can move a standing, so only
 * groups whose feed has moved are read anew, from their own rows; any number of processes answer alike. Every few minutes
 * the whole ward is read again from the view and held against what was kept: a difference is logged and the recount
 * stands, so nothing drifts unseen. Only for questions: inside a change that may still be rolled back nothing is kept.
 */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import type { Tally } from '#features/households/standing.ts';

export interface Work {
  readonly groupId: string;
  readonly personId: string;
  readonly visits: number;
  readonly households: number;
  readonly reached: number;
  readonly pledged: number;
  readonly days: readonly string[];
}

export interface Group {
  readonly tallies: readonly Tally[];
  readonly work: readonly Work[];
}

interface Kept {
  /** Closed groups and where they go on: a merger counts all anew. */
  readonly homes: string;
  readonly feeds: ReadonlyMap<string, number>;
  readonly byGroup: ReadonlyMap<string, Group>;
  readonly countedAt: number;
}

const kept = new WeakMap<Database, Map<string, Kept>>();
/** Some 2 MB each for a ward of 20,000 households. */
const MOST_KEPT = 60;
/** From here on counting the whole ward in one go is quicker than group by group. */
const FEW = 20;
const RECOUNT_MS = 5 * 60_000;

interface Home {
  readonly id: string;
  readonly present: string;
  readonly n: number;
}

/** Every group with its feed's number and the group its doors belong to today. */
async function readHomes(trx: WardTransaction): Promise<readonly Home[]> {
  const { rows } = await sql<Home>`
    select a.id, f.n, case when a.valid_to is null then a.id else present_group(a.ward_id, a.id) end as present
    from areas a join feeds f on f.ward_id = a.ward_id and f.feed_id = a.feed_id
    where a.ward_id = ${trx.wardId} and a.kind = 'group' order by a.id`.execute(trx);
  return rows;
}

async function readTallies(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly string[] | null,
): Promise<readonly Tally[]> {
  const standing: RawBuilder<unknown> = groups
    ? sql`household_standings(${trx.wardId}, ${campaignId}::uuid, ${[...groups]}::uuid[])`
    : sql`household_standing where ward_id = ${trx.wardId} and campaign_id = ${campaignId}`;
  const { rows } = await sql<Omit<Tally, 'ids'> & { ids: string }>`
    select group_id as "groupId", home_id as "homeId", lane_id as "laneId", reached_on, remote_on, pledged_on, zalo_on,
      excluded_on, last_outcome, zalo_state, visits, flagged, string_agg(household_id::text, ' ') as ids
    from ${standing} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12`.execute(trx);
  return rows.map((row) => ({ ...row, ids: row.ids.split(' ') }));
}

/** What each person did, by the feed their visits came in. */
async function readWork(
  trx: WardTransaction,
  campaignId: string,
  feeds: readonly string[] | null,
): Promise<readonly Work[]> {
  const within = feeds ? sql`v.feed_id = any(${[...feeds]}::uuid[])` : sql`true`;
  const { rows } = await sql<Work>`
    select v.feed_id as "groupId", v.author_id as "personId", count(*)::int as visits,
      count(distinct v.household_id)::int as households,
      count(distinct v.household_id) filter (where v.outcome = 'met' and v.channel = 'direct')::int as reached,
      count(distinct g.household_id)::int as pledged, array_agg(distinct v.work_on)::text[] as days
    from visits v
    left join pledges g on g.ward_id = v.ward_id and g.visit_id = v.id and g.household_id = v.household_id
      and g.withdrawn_at is null and g.taken_back_at is null
    where v.ward_id = ${trx.wardId} and v.campaign_id = ${campaignId} and v.taken_back_at is null and ${within}
    group by 1, 2`.execute(trx);
  return rows;
}

async function count(
  trx: WardTransaction,
  campaignId: string,
  homes: readonly Home[],
  groups: readonly string[] | null,
): Promise<Map<string, Group>> {
  const feeds = groups && homes.filter(({ present }) => groups.includes(present)).map(({ id }) => id);
  const tallies = Map.groupBy(await readTallies(trx, campaignId, groups), ({ groupId }) => groupId);
  const present = new Map(homes.map(({ id, present: at }) => [id, at]));
  const work = Map.groupBy(
    await readWork(trx, campaignId, feeds),
    ({ groupId }) => present.get(groupId) ?? groupId,
  );
  const named = groups ?? new Set([...tallies.keys(), ...work.keys()]);
  return new Map([...named].map((id) => [id, { tallies: tallies.get(id) ?? [], work: work.get(id) ?? [] }]));
}

const plain = (groups: ReadonlyMap<string, Group>): string =>
  JSON.stringify(
    [...groups]
      .filter(([, { tallies }]) => tallies.length > 0)
      .map(([id, { tallies }]) => [
        id,
        tallies.map(({ ids, ...tally }) => JSON.stringify({ ...tally, ids: ids.toSorted() })).sort(),
      ])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );

/** @returns what was kept brought up to date, and the whole ward where it was counted anew */
export async function keptCoverage(
  runtime: Runtime,
  trx: WardTransaction,
  campaignId: string,
  now = performance.now(),
): Promise<ReadonlyMap<string, Group>> {
  const all = kept.get(runtime.database) ?? new Map<string, Kept>();
  kept.set(runtime.database, all);
  const key = `${trx.wardId}/${campaignId}`;
  // Read before the rows: what commits in between is counted now and, its number being new, once more next time.
  const homes = await readHomes(trx);
  const shape = homes.map(({ id, present }) => `${id}>${present}`).join(' ');
  const feeds = new Map(homes.map(({ id, n }) => [id, n]));
  const before = all.get(key)?.homes === shape ? all.get(key) : undefined;
  const moved = [
    ...new Set(homes.filter(({ id, n }) => before?.feeds.get(id) !== n).map(({ present }) => present)),
  ];
  const due = before !== undefined && now - before.countedAt > RECOUNT_MS;
  let byGroup = before?.byGroup ?? new Map<string, Group>();
  if (before && moved.length > 0 && moved.length <= FEW)
    byGroup = new Map([...byGroup, ...(await count(trx, campaignId, homes, moved))]);
  const whole = !before || due || moved.length > FEW;
  if (whole) {
    const recount = await count(trx, campaignId, homes, null);
    if (due && moved.length === 0 && plain(recount) !== plain(byGroup))
      runtime.log.error('households.coverage-drifted', { ward: trx.wardId, campaign: campaignId });
    byGroup = recount;
  }
  all.delete(key);
  all.set(key, { homes: shape, feeds, byGroup, countedAt: whole ? now : (before?.countedAt ?? now) });
  const [oldest] = all.keys();
  if (all.size > MOST_KEPT && oldest !== undefined) all.delete(oldest);
  return byGroup;
}
