// What stands beside the figures of the coverage page: the pace of each group, and where the doors are.
import { sql } from 'kysely';
import { dayOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { readCampaign, readGroups, visibleGroups } from '#features/households/coverage.server.ts';
import type { DoorsReply, PaceReply } from '#features/households/office-schema.ts';
import { daysLookedAt, paceOf } from '#features/households/pace.ts';

export async function readPace(
  call: Call,
  campaignId: string,
  area: string | undefined,
): Promise<PaceReply | Problem> {
  const { trx } = call;
  const campaign = await readCampaign(trx, campaignId);
  if (!campaign) return problem('plan.no-such-campaign', { status: 404 });
  const visible = visibleGroups(call);
  const groups = (await readGroups(trx, visible)).filter(({ id }) => area === undefined || id === area);
  const ids = groups.map(({ id }) => id);
  const today = dayOf(call.now);
  const days = daysLookedAt(campaign.fromOn, today);
  const { rows: figures } = await sql<{ id: string; denominator: number; reached: number }>`
    select group_id as id, denominator, reached from group_coverage
    where ward_id = ${trx.wardId} and campaign_id = ${campaignId} and group_id = any(${ids}::uuid[])`.execute(
    trx,
  );
  const { rows: gains } = await sql<{ id: string; day: string; n: number }>`
    select group_id as id, day, n from household_coverage
    where ward_id = ${trx.wardId} and campaign_id = ${campaignId} and measure = 'reached'
      and group_id = any(${ids}::uuid[]) and day = any(${days}::date[])`.execute(trx);
  const { rows: respected } = await sql<PaceReply['respected']>`
    select count(*)::int as households, count(s.reached_on)::int as reached, count(s.pledged_on)::int as pledged
    from household_standing s
    join households h on h.ward_id = s.ward_id and h.id = s.household_id
    where s.ward_id = ${trx.wardId} and s.campaign_id = ${campaignId} and s.group_id = any(${ids}::uuid[])
      and h.respected and s.excluded_on is null`.execute(trx);
  const gained = new Map(gains.map(({ id, day, n }) => [`${id}/${day}`, n]));
  const of = new Map(figures.map((one) => [one.id, one]));
  return {
    today,
    endOn: campaign.toOn,
    respected: respected[0] ?? { households: 0, reached: 0, pledged: 0 },
    days: days.length,
    groups: groups.map(({ id, shortName }) => {
      const { denominator = 0, reached = 0 } = of.get(id) ?? {};
      const daily = days.map((day) => gained.get(`${id}/${day}`) ?? 0);
      return { id, name: shortName, ...paceOf({ denominator, reached, daily, today, endOn: campaign.toOn }) };
    }),
  };
}

/** More dots than a screen can show apart. */
const MOST = 5_000;

/** Moves whenever a figure of these groups may have moved: a page that is open asks for it and reads the figures anew. */
export async function readMark(call: Call, area: string | undefined): Promise<{ mark: number }> {
  const visible = visibleGroups(call);
  const ids = area === undefined ? visible : visible && !visible.includes(area) ? [] : [area];
  const which = ids ? sql`feed_id = any(${[...ids]}::uuid[])` : sql`true`;
  const { rows } = await sql<{ mark: number }>`select coalesce(sum(n), 0)::int8 as mark from feeds
    where ward_id = ${call.trx.wardId} and ${which}`.execute(call.trx);
  return { mark: Number(rows[0]?.mark ?? 0) };
}

export async function readDoorMap(call: Call, campaignId: string, area: string): Promise<DoorsReply> {
  const { trx } = call;
  const { rows } = await sql<DoorsReply['doors'][number]>`
    select d.id, l.name || ', ' || d.house_number as place, d.position_lat as lat, d.position_lon as lon,
      min(s.household_id::text) as "householdId", count(*)::int as households,
      count(*) filter (where s.reached_on is not null)::int as reached,
      count(*) filter (where s.excluded_on is not null)::int as excluded,
      count(*) filter (where s.reached_on is null and s.last_outcome is not null)::int as tried
    from household_standing s
    join dwellings d on d.ward_id = s.ward_id and d.id = s.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    where s.ward_id = ${trx.wardId} and s.campaign_id = ${campaignId} and s.group_id = ${area}
      and d.position_lat is not null and d.position_lon is not null
    group by d.id, l.name, d.house_number, d.position_lat, d.position_lon limit ${MOST}`.execute(trx);
  const { rows: without } = await sql<{ n: number }>`
    select count(distinct d.id)::int as n from household_standing s
    join dwellings d on d.ward_id = s.ward_id and d.id = s.dwelling_id
    where s.ward_id = ${trx.wardId} and s.campaign_id = ${campaignId} and s.group_id = ${area}
      and (d.position_lat is null or d.position_lon is null)`.execute(trx);
  return { doors: rows, without: without[0]?.n ?? 0 };
}
