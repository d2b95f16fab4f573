// Coverage of a ward or of one group, all from the same tallies of standings: the figures of a page are sums over the
// same rows, so they cannot disagree.
import { sql } from 'kysely';
import { dayOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { compareVietnamese } from '#core/vietnamese.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { keptCoverage } from '#features/households/coverage-kept.server.ts';
import type { Work } from '#features/households/coverage-kept.server.ts';
import { denominatorOf, sumFigures } from '#features/households/engine/coverage.ts';
import type { Figures } from '#features/households/engine/coverage.ts';
import type { CoverageReply } from '#features/households/office-schema.ts';
import { reasonOf } from '#features/households/standing.ts';
import type { Tally } from '#features/households/standing.ts';

function figuresOfTallies(tallies: readonly Tally[], declared: number | null): Figures {
  let [named, excluded, reached, remote, pledged, zalo] = [0, 0, 0, 0, 0, 0];
  const leftBy: Record<string, number> = {};
  for (const one of tallies) {
    const n = one.ids.length;
    named += n;
    if (one.excluded_on !== null) {
      excluded += n;
      continue;
    }
    if (one.reached_on !== null) reached += n;
    if (one.remote_on !== null) remote += n;
    if (one.pledged_on !== null) pledged += n;
    if (one.zalo_on !== null) zalo += n;
    const reason = reasonOf(one);
    if (reason !== null) leftBy[reason] = (leftBy[reason] ?? 0) + n;
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
    if (one.excluded_on !== null) continue;
    const n = one.ids.length;
    add(one.reached_on, 'reached', n);
    add(one.remote_on, 'remote', n);
    add(one.pledged_on, 'pledged', n);
    add(one.zalo_on, 'zalo', n);
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

/** Those who did most; the page shows no more. */
const MOST_PEOPLE = 200;

async function readPeople(trx: WardTransaction, work: readonly Work[]): Promise<CoverageReply['people']> {
  const sum = (of: readonly Work[], field: 'visits' | 'households' | 'reached' | 'pledged') =>
    of.reduce((total, one) => total + one[field], 0);
  const lines = [...Map.groupBy(work, ({ personId }) => personId)]
    .map(([personId, of]) => ({
      personId,
      visits: sum(of, 'visits'),
      // A household is in one group: nobody's households are counted in two.
      households: sum(of, 'households'),
      reached: sum(of, 'reached'),
      pledged: sum(of, 'pledged'),
      days: new Set(of.flatMap(({ days }) => days)).size,
    }))
    .toSorted((a, b) => b.reached - a.reached || b.visits - a.visits)
    .slice(0, MOST_PEOPLE);
  const { rows } = await sql<{ id: string; name: string }>`select id, name from people
    where ward_id = ${trx.wardId} and id = any(${lines.map(({ personId }) => personId)}::uuid[])`.execute(
    trx,
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return lines.map((line) => ({ ...line, name: names.get(line.personId) ?? '' }));
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
  const counted = await keptCoverage(call.runtime, trx, campaignId);
  const own = ids === null ? [...counted.values()] : ids.flatMap((id) => counted.get(id) ?? []);
  const tallies = own.flatMap((group) => group.tallies);
  const byPlace = Map.groupBy(tallies, ({ groupId, laneId }) => (areaId === undefined ? groupId : laneId));
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
    people: await readPeople(
      trx,
      own.flatMap(({ work }) => work),
    ),
    waiting: {
      exclusions: await countWaiting(trx, campaignId, ids),
      flagged: tallies.reduce((sum, { flagged, ids: of }) => sum + flagged * of.length, 0),
    },
  };
}
