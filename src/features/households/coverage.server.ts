// Coverage of a ward or of one group, counted from the one view of standings in a single reading: all figures of a
// page are sums over the same rows, so they cannot disagree.
import { sql } from 'kysely';
import { dayOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { compareVietnamese } from '#core/vietnamese.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { denominatorOf, sumFigures } from '#features/households/engine/coverage.ts';
import type { Figures } from '#features/households/engine/coverage.ts';
import type { CoverageReply } from '#features/households/office-schema.ts';

interface Tally {
  place: string;
  reached_on: string | null;
  remote_on: string | null;
  pledged_on: string | null;
  zalo_on: string | null;
  excluded: boolean;
  last_outcome: string | null;
  flagged: number;
  n: number;
}

async function readTallies(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly string[] | null,
  byLane: boolean,
): Promise<Tally[]> {
  const place = sql.ref(byLane ? 'lane_id' : 'group_id');
  const within = groups === null ? sql`true` : sql`group_id = any(${groups}::uuid[])`;
  const { rows } = await sql<Tally>`
    select ${place} as place, reached_on, remote_on, pledged_on, zalo_on, excluded_on is not null as excluded,
      case when reached_on is null and remote_on is null then coalesce(last_outcome, 'none') end as last_outcome,
      sum(flagged)::int as flagged, count(*)::int as n
    from household_standing
    where ward_id = ${trx.wardId} and campaign_id = ${campaignId} and ${within}
    group by 1, 2, 3, 4, 5, 6, 7`.execute(trx);
  return rows;
}

function figuresOfTallies(tallies: readonly Tally[], declared: number | null): Figures {
  let [named, excluded, reached, remote, pledged, zalo] = [0, 0, 0, 0, 0, 0];
  const leftBy: Record<string, number> = {};
  for (const one of tallies) {
    named += one.n;
    if (one.excluded) {
      excluded += one.n;
      continue;
    }
    if (one.reached_on !== null) reached += one.n;
    if (one.remote_on !== null) remote += one.n;
    if (one.pledged_on !== null) pledged += one.n;
    if (one.zalo_on !== null) zalo += one.n;
    if (one.last_outcome !== null) leftBy[one.last_outcome] = (leftBy[one.last_outcome] ?? 0) + one.n;
  }
  return {
    declared,
    named,
    excluded,
    denominator: denominatorOf(declared, named, excluded),
    reached,
    remote,
    pledged,
    zalo,
    leftNamed: named - excluded - reached - remote,
    unlisted: Math.max(0, (declared ?? 0) - named),
    overNamed: declared !== null && named > declared,
    leftBy,
  };
}

function daysOf(tallies: readonly Tally[]): CoverageReply['days'] {
  const days = new Map<string, { reached: number; remote: number; pledged: number; zalo: number }>();
  const add = (day: string | null, measure: 'reached' | 'remote' | 'pledged' | 'zalo', n: number) => {
    if (day === null) return;
    let line = days.get(day);
    if (!line) days.set(day, (line = { reached: 0, remote: 0, pledged: 0, zalo: 0 }));
    line[measure] += n;
  };
  for (const one of tallies) {
    if (one.excluded) continue;
    add(one.reached_on, 'reached', one.n);
    add(one.remote_on, 'remote', one.n);
    add(one.pledged_on, 'pledged', one.n);
    add(one.zalo_on, 'zalo', one.n);
  }
  return [...days].map(([day, line]) => ({ day, ...line })).toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

interface Group {
  id: string;
  name: string;
  shortName: string;
  position: number;
  declared: number | null;
}

export async function readGroups(trx: WardTransaction, visible: readonly string[] | null): Promise<Group[]> {
  const { rows } = await sql<Group>`
    select group_id as id, name, short_name as "shortName", position, households as declared
    from group_households where ward_id = ${trx.wardId} and valid_to is null`.execute(trx);
  return rows
    .filter(({ id }) => visible === null || visible.includes(id))
    .toSorted((a, b) => a.position - b.position || compareVietnamese(a.name, b.name));
}

async function readPeople(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly string[] | null,
): Promise<CoverageReply['people']> {
  const within = groups === null ? sql`true` : sql`v.feed_id = any(${groups}::uuid[])`;
  const { rows } = await sql<CoverageReply['people'][number]>`
    select v.author_id as "personId", coalesce(p.name, '') as name, count(*)::int as visits,
      count(distinct v.household_id)::int as households,
      count(distinct v.household_id) filter (where v.outcome = 'met' and v.channel = 'direct')::int as reached,
      count(distinct g.household_id)::int as pledged, count(distinct v.work_on)::int as days
    from visits v
    left join people p on p.ward_id = v.ward_id and p.id = v.author_id
    left join pledges g on g.ward_id = v.ward_id and g.visit_id = v.id and g.household_id = v.household_id
      and g.withdrawn_at is null and g.taken_back_at is null
    where v.ward_id = ${trx.wardId} and v.campaign_id = ${campaignId} and v.taken_back_at is null and ${within}
    group by 1, 2 order by reached desc, visits desc limit 200`.execute(trx);
  return rows;
}

export const visibleGroups = (call: Call, action = 'coverage.read'): readonly string[] | null => {
  const scope = call.scope(action);
  return scope.everything ? null : scope.areaIds;
};

async function countWaiting(
  trx: WardTransaction,
  campaignId: string,
  groups: readonly string[] | null,
): Promise<number> {
  const within = groups === null ? sql`true` : sql`feed_id = any(${groups}::uuid[])`;
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from exclusions
    where ward_id = ${trx.wardId} and campaign_id = ${campaignId} and decided_at is null and ended_at is null and ${within}`.execute(
    trx,
  );
  return rows[0]?.n ?? 0;
}

async function readLanes(trx: WardTransaction, groupId: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from areas
    where ward_id = ${trx.wardId} and parent_id = ${groupId} and kind = 'lane'`.execute(trx);
  return rows.toSorted((a, b) => compareVietnamese(a.name, b.name));
}

export async function readCampaign(
  trx: WardTransaction,
  campaignId: string,
): Promise<CoverageReply['campaign'] | null> {
  const { rows } = await sql<CoverageReply['campaign']>`
    select id, name, short_name as "shortName", from_on as "fromOn", to_on as "toOn" from campaigns
    where ward_id = ${trx.wardId} and id = ${campaignId}`.execute(trx);
  return rows[0] ?? null;
}

export async function readCoverage(
  call: Call,
  campaignId: string,
  areaId: string | undefined,
): Promise<CoverageReply | Problem> {
  const { trx } = call;
  const campaign = await readCampaign(trx, campaignId);
  if (!campaign) return problem('plan.no-such-campaign', { status: 404 });
  const visible = visibleGroups(call);
  if (areaId !== undefined && visible !== null && !visible.includes(areaId))
    return problem('people.not-allowed', { status: 403 });
  const groups = await readGroups(trx, areaId === undefined ? visible : [areaId]);
  const ids = areaId === undefined ? visible : [areaId];
  const asked = groups[0];
  if (areaId !== undefined && !asked) return problem('areas.no-such-group', { status: 404 });
  const tallies = await readTallies(trx, campaignId, ids, areaId !== undefined);
  const byPlace = Map.groupBy(tallies, ({ place }) => place);
  const lines =
    areaId === undefined
      ? groups.map(({ id, shortName, declared }) => ({
          id,
          name: shortName,
          figures: figuresOfTallies(byPlace.get(id) ?? [], declared),
        }))
      : (await readLanes(trx, areaId)).map(({ id, name }) => ({
          id,
          name,
          figures: figuresOfTallies(byPlace.get(id) ?? [], null),
        }));
  const total =
    areaId === undefined
      ? sumFigures(lines.map(({ figures }) => figures))
      : figuresOfTallies(tallies, asked?.declared ?? null);
  return {
    today: dayOf(call.now),
    campaign,
    group: areaId !== undefined && asked ? { id: asked.id, name: asked.name } : null,
    total,
    lines,
    days: daysOf(tallies),
    people: await readPeople(trx, campaignId, ids),
    waiting: {
      exclusions: await countWaiting(trx, campaignId, ids),
      flagged: tallies.reduce((sum, { flagged }) => sum + flagged, 0),
    },
  };
}
