// Below the leader's page: one unit's record over the campaign, and the rows behind every figure.
import { daysOf } from '#core/calendar.ts';
import { isoOf } from '#core/clock.ts';
import { isProblem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { common, dayTotal } from '#features/dashboards/dashboard.server.ts';
import * as model from '#features/dashboards/model.ts';
import type { DashboardPorts, Running } from '#features/dashboards/ports.ts';
import type { OwedQuery, OwedReply, OwedRow, UnitReply } from '#features/dashboards/schema.ts';
import { countStates, tallyAll, tallyOf } from '#features/dashboards/tally.ts';
import { occurrences, stateOfOccurrence, type Occurrence } from '#features/plan/engine/calendar.ts';
import { summarise } from '#features/plan/engine/summary.ts';

/** One unit's record over the campaign, beside the ward's own. */
export async function readUnit(
  call: Call,
  ports: DashboardPorts,
  campaignId: string,
  unitId: string,
): Promise<UnitReply | Problem | null> {
  const running = await ports.open(call, campaignId);
  if (isProblem(running)) return running;
  const { campaign, today, calendar, acts, excuses } = running;
  const range = model.mapDays({ from: campaign.fromOn, to: campaign.toOn }, today);
  const days = daysOf(range);
  const names = await common(call, ports, running, range);
  const unit = names.units.find(({ id }) => id === unitId);
  if (!unit) return null;
  const own = summarise(calendar, range, acts, excuses, { units: new Set([unitId]) });
  const ward = summarise(calendar, range, acts, excuses);
  return {
    ...names,
    unit,
    days,
    total: tallyAll(days.map((day) => own.ofUnit(unitId, day))),
    wardTotal: tallyAll(days.map((day) => dayTotal(ward, day))),
    perDay: days.map((day) => tallyOf(own.ofUnit(unitId, day))),
    itemDays: own.items
      .map((itemId) => {
        const counts = days.map((day) => own.ofItemDay(itemId, day));
        return { itemId, total: tallyAll(counts), days: counts.map(tallyOf) };
      })
      .filter(({ total }) => total.owed + total.due + total.upcoming + total.excused > 0),
  };
}

const rowOf = (one: Occurrence, running: Running): OwedRow | null => {
  if (one.dueOn === null || one.dueAt === null) return null;
  const { state, done, required, minutesLate } = stateOfOccurrence(one, running.acts, running.excuses);
  const { key, itemId, areaId, accountable, periodStart, dueOn } = one;
  return {
    key,
    itemId,
    areaId,
    accountable,
    periodStart,
    dueOn,
    dueAt: isoOf(one.dueAt),
    state,
    done,
    required,
    minutesLate,
  };
};

/** The rows behind a figure: what fell due in the days, of the unit, group or duty, in the states counted. */
export async function readOwed(
  call: Call,
  ports: DashboardPorts,
  campaignId: string,
  query: OwedQuery,
): Promise<OwedReply | Problem> {
  const running = await ports.open(call, campaignId);
  if (isProblem(running)) return running;
  const { campaign, today } = running;
  const map = model.mapDays({ from: campaign.fromOn, to: campaign.toOn }, today);
  const range = { from: query.from ?? map.from, to: query.to ?? (today < map.from ? map.from : today) };
  const found =
    range.from > range.to || range.to > running.calendar.until
      ? []
      : occurrences(running.calendar, range, 'due', {
          ...(query.item ? { itemIds: new Set([query.item]) } : {}),
          ...(query.area ? { areaIds: new Set([query.area]) } : {}),
          ...(query.unit ? { units: new Set([query.unit]) } : {}),
        });
  const rows = found
    .flatMap((one) => rowOf(one, running) ?? [])
    .filter(({ state }) => !query.state || query.state.includes(state))
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.key < b.key ? -1 : 1));
  return {
    ...(await common(call, ports, running, range)),
    ...range,
    rows,
    tally: tallyOf(countStates(rows.map(({ state }) => state))),
  };
}
