// The leader's page: target lines, three urgent things, units × days, groups beside one another. All of it is reckoned
// from the plan, evidence and clock as they stand; nothing is kept.
import { dateOfNumber, daysOf, earlier, type ClosedRange, type DateOn } from '#core/calendar.ts';
import { dayOf, isoOf } from '#core/clock.ts';
import { isProblem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { readLines } from '#features/dashboards/lines.server.ts';
import type { Measured } from '#features/dashboards/lines.server.ts';
import * as model from '#features/dashboards/model.ts';
import type { DashboardPorts, Running } from '#features/dashboards/ports.ts';
import type { DashboardReply, GroupLine, UnitLine, UrgentView } from '#features/dashboards/schema.ts';
import { readDeclared } from '#features/dashboards/store.server.ts';
import type { DeclaredGroup } from '#features/dashboards/store.server.ts';
import { tallyAll, tallyOf } from '#features/dashboards/tally.ts';
import * as urgent from '#features/dashboards/urgent.ts';
import type { Heard, OpenOne } from '#features/dashboards/urgent.ts';
import { isKnown } from '#features/plan/engine/acts.ts';
import { occurrences, stateOfOccurrence } from '#features/plan/engine/calendar.ts';
import { addCounts, summarise, type Summary } from '#features/plan/engine/summary.ts';
import { GROUPS, type UnitKey } from '#features/plan/model.ts';

export async function common(call: Call, ports: DashboardPorts, running: Running, range: ClosedRange) {
  const { campaign, version, today } = running;
  const { id, name, shortName, fromOn, toOn, leadingUnitId } = campaign;
  return {
    now: isoOf(call.now),
    today,
    campaign: { id, name, shortName, fromOn, toOn, leadingUnitId },
    units: [...(await ports.units(call))],
    groups: [...(await ports.groups(call, range))],
    items: version.items.map((item) => ({
      id: item.id,
      title: item.title,
      kind: item.kind,
      accountable: item.accountable,
      scope: item.kind === 'target' ? ('ward' as const) : item.scope,
      proposal: item.proposal,
    })),
  };
}

const lineOf = (
  id: string | null,
  days: readonly DateOn[],
  of: (day: DateOn) => Summary['total'],
): UnitLine => {
  const counts = days.map(of);
  return { id, total: tallyAll(counts), days: counts.map(tallyOf) };
};

/** Who answers, in the order of the ward's units; the groups together; what nobody answers for last. */
function unitLines(summary: Summary, days: readonly DateOn[], order: readonly string[]): UnitLine[] {
  const asked = new Set<UnitKey | null>(summary.units);
  return [...order, GROUPS, null]
    .filter((id) => asked.has(id))
    .map((id) => lineOf(id, days, (day) => summary.ofUnit(id, day)))
    .filter(({ total }) => total.owed + total.due + total.upcoming + total.excused > 0);
}

/** Not done and not let off, of what falls due in the range. */
function openOnes(running: Running, range: ClosedRange): OpenOne[] {
  const { calendar, acts, excuses } = running;
  return occurrences(calendar, range, 'due').flatMap((one) => {
    if (one.dueAt === null || one.opensAt > acts.seenAt) return [];
    const standing = stateOfOccurrence(one, acts, excuses);
    const late = standing.state === 'late' && standing.fulfilled < standing.required;
    if (!late && standing.state !== 'due') return [];
    const { itemId, areaId, accountable, periodStart, dueAt } = one;
    return [{ itemId, areaId, accountable, periodStart, dueAt, late }];
  });
}

/** What matters to the urgent list fell due already or does within its two hours, be it past midnight. */
const soonOf = (call: Call, range: ClosedRange): ClosedRange => {
  const to = dayOf(call.now + urgent.CLOSING_WITHIN);
  return { from: earlier(range.from, to), to };
};

/** When something was last told of each group, whatever it was. */
function heardOf(running: Running, declared: readonly DeclaredGroup[]): Heard[] {
  const { calendar, acts, version } = running;
  const items = version.items.filter((item) => item.kind !== 'target' && item.scope === 'group');
  const places = new Map(calendar.groups.map((place) => [place.areaId, place]));
  return declared.map(({ areaId, households }) => {
    const place = places.get(areaId);
    let last = -Infinity;
    if (place)
      for (const { id } of items)
        for (const act of acts.of(id, place)) if (act.day > last && isKnown(act, acts.seenAt)) last = act.day;
    return {
      areaId,
      households: households ?? 0,
      lastOn: last === -Infinity ? null : dateOfNumber(last),
    };
  });
}

function urgentOf(
  call: Call,
  running: Running,
  range: ClosedRange,
  heard: readonly Heard[],
  measured: readonly Measured[],
): UrgentView[] {
  const chosen = urgent.chooseUrgent({
    now: call.now,
    today: running.today,
    campaignFrom: running.campaign.fromOn,
    open: openOnes(running, range),
    heard,
    short: measured.flatMap(({ line }) =>
      line.forecast &&
      line.goal !== null &&
      (line.forecast.status === 'short' || line.forecast.status === 'no-pace')
        ? [{ key: line.itemId, shortBy: line.forecast.shortBy, goal: line.goal }]
        : [],
    ),
    unnamed: running.version.items.flatMap((item) =>
      item.kind !== 'target' && item.accountable === null && !item.proposal ? [item.id] : [],
    ),
  });
  return chosen.map((one) => ({
    ...one,
    areaIds: [...one.areaIds],
    dueAt: one.dueAt === null ? null : isoOf(one.dueAt),
  }));
}

function groupLines(
  running: Running,
  measured: Measured | undefined,
  summary: Summary,
  days: readonly DateOn[],
  heard: readonly Heard[],
): GroupLine[] {
  const { today, campaign } = running;
  const past = days.filter((day) => day <= today);
  const quiet = new Map(heard.map(({ areaId, lastOn }) => [areaId, lastOn]));
  const lines = (measured?.places ?? []).flatMap((place): GroupLine[] => {
    const { areaId, of, left, over, outlook } = place;
    if (areaId === null) return [];
    return [
      {
        areaId,
        of,
        done: place.itemised + place.stated,
        left,
        over,
        rate: outlook && left !== null ? model.rateOf(outlook.pace, left) : null,
        forecast: outlook,
        silentDays: urgent.silentDays(quiet.get(areaId) ?? null, campaign.fromOn, today),
        duties: tallyAll(past.map((day) => summary.ofArea(areaId, day))),
      },
    ];
  });
  // Slowest for its size first; who is done has no rate and stands last, who has no number of households before it.
  const rank = ({ rate, left }: GroupLine) => rate ?? (left === null ? 1e6 : 1e9);
  return lines.sort((a, b) => rank(a) - rank(b) || (b.left ?? 0) - (a.left ?? 0));
}

export async function readDashboard(
  call: Call,
  ports: DashboardPorts,
  campaignId: string,
): Promise<DashboardReply | Problem> {
  const running = await ports.open(call, campaignId);
  if (isProblem(running)) return running;
  const { campaign, today, calendar, acts, excuses } = running;
  const range = model.mapDays({ from: campaign.fromOn, to: campaign.toOn }, today);
  const days = daysOf(range);
  const declared = await readDeclared(call.trx, today);
  const measured = await readLines(call, running, ports.sources, declared);
  const summary = summarise(calendar, range, acts, excuses);
  const heard = heardOf(running, declared);
  const names = await common(call, ports, running, range);
  const compared = measured.find(({ places }) => places.length > 0);
  return {
    ...names,
    lines: measured.map(({ line }) => line),
    urgent: urgentOf(call, running, soonOf(call, range), heard, measured),
    days,
    ward: lineOf(null, days, (day) => dayTotal(summary, day)),
    unitDays: unitLines(
      summary,
      days,
      names.units.map(({ id }) => id),
    ),
    groupLines: groupLines(running, compared, summary, days, heard),
    comparedBy: compared?.measure ?? null,
    rateNeeded: compared ? model.rateNeeded(today, compared.line.endOn) : null,
  };
}

export const dayTotal = (summary: Summary, day: DateOn): Summary['total'] =>
  addCounts(summary.units.map((unit) => summary.ofUnit(unit, day)));
