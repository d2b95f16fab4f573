// The target lines: who counts a target is asked of the sources in their order; what a plan asks per month or week is
// owed like a duty and counted from its evidence.
import { dateOfNumber, dayNumber, daysBetween, earlier, type DateOn } from '#core/calendar.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import * as model from '#features/dashboards/model.ts';
import type { MeasureKey, PlaceSeries, PlaceStanding } from '#features/dashboards/model.ts';
import type { MeasureAsk, MeasureDay, MeasureSource, Running, Whole } from '#features/dashboards/ports.ts';
import type { ForecastView, TargetLine } from '#features/dashboards/schema.ts';
import type { DeclaredGroup } from '#features/dashboards/store.server.ts';
import { isKnown } from '#features/plan/engine/acts.ts';
import { occurrences, stateOfOccurrence } from '#features/plan/engine/calendar.ts';
import { forecast as forecastOf } from '#features/plan/engine/forecast.ts';
import type { Target } from '#features/plan/model.ts';

export interface Measured {
  readonly line: TargetLine;
  readonly measure: MeasureKey;
  /** By group, where the target counts households. */
  readonly places: readonly PlaceStanding[];
}

const endOf = (item: Target, running: Running): DateOn => item.by ?? running.campaign.toOn;

const blank = (item: Target, running: Running): TargetLine => ({
  itemId: item.id,
  measure: model.measureOf(item),
  title: item.title,
  unit: item.unit,
  value: item.value,
  goal: null,
  itemised: 0,
  stated: 0,
  over: { groups: 0, n: 0 },
  left: null,
  mark: null,
  endOn: endOf(item, running),
  forecast: null,
  behind: [],
  undeclared: 0,
  countedBy: [],
});

/** By group and day of the campaign; work dated before the first day is the first day's, it was done for this campaign. */
function spread(daily: readonly MeasureDay[], { days }: MeasureAsk): Map<string | null, number[]> {
  const length = daysBetween(days.from, days.to) + 1;
  // Reading a date costs more than all else here, and work falls on few days.
  const columns = new Map<DateOn, number>();
  const lists = new Map<string | null, number[]>();
  for (const { areaId, day, n } of daily) {
    let at = columns.get(day);
    if (at === undefined)
      columns.set(day, (at = Math.min(length - 1, Math.max(0, daysBetween(days.from, day)))));
    let list = lists.get(areaId);
    if (!list) lists.set(areaId, (list = Array.from({ length }, () => 0)));
    list[at] = (list[at] ?? 0) + n;
  }
  return lists;
}

interface Counted {
  readonly series: PlaceSeries[];
  readonly countedBy: string[];
}

async function countHouseholds(
  ask: MeasureAsk,
  sources: readonly MeasureSource[],
  declared: readonly DeclaredGroup[],
): Promise<Counted | null> {
  const told: { readonly source: MeasureSource; readonly lists: Map<string | null, number[]> }[] = [];
  let wholes: ReadonlyMap<string, Whole> | undefined;
  for (const source of sources) {
    const daily = await source.daily(ask);
    if (daily) told.push({ source, lists: spread(daily, ask) });
    wholes ??= await source.wholes?.(ask);
  }
  if (told.length === 0) return null;
  const none = Array.from({ length: daysBetween(ask.days.from, ask.days.to) + 1 }, () => 0);
  const of = (areaId: string, weight: MeasureSource['weight']): number[] => {
    const lists = told.flatMap(({ source, lists: own }) =>
      source.weight === weight ? [own.get(areaId) ?? none] : [],
    );
    const [only] = lists;
    if (lists.length <= 1) return only ?? none;
    return none.map((_, day) => lists.reduce((sum, list) => sum + (list[day] ?? 0), 0));
  };
  return {
    series: declared.map(({ areaId, households }) => {
      const { named = 0, excluded = 0 } = wholes?.get(areaId) ?? {};
      return {
        areaId,
        of: model.denominatorOf(households, named, excluded),
        itemised: of(areaId, 'itemised'),
        stated: of(areaId, 'stated'),
      };
    }),
    countedBy: told.flatMap(({ source }) => [...source.items(ask.running, ask.measure)]),
  };
}

/** Of a share below the whole it does not matter which group brings it: they are reckoned as one. */
function pooled(
  places: readonly PlaceStanding[],
  series: readonly PlaceSeries[],
  percent: number,
  running: Running,
  endOn: DateOn,
): ForecastView | null {
  const known = places.flatMap(({ outlook }) => outlook ?? []);
  if (known.length === 0) return null;
  if (percent >= 100) return model.together(known);
  const counted = series.filter(({ of }) => of !== null);
  const days = counted[0]?.itemised.length ?? 0;
  const sum = (pick: (one: PlaceSeries) => readonly number[]) =>
    Array.from({ length: days }, (_, day) => counted.reduce((all, one) => all + (pick(one)[day] ?? 0), 0));
  const whole = {
    areaId: null,
    of: counted.reduce((all, one) => all + (one.of ?? 0), 0),
    itemised: sum(({ itemised }) => itemised),
    stated: sum(({ stated }) => stated),
  };
  return model.standingOf(whole, percent, running.today, endOn).outlook;
}

async function householdLine(
  call: Call,
  running: Running,
  sources: readonly MeasureSource[],
  declared: readonly DeclaredGroup[],
  item: Target,
): Promise<Measured> {
  const measure = model.measureOf(item);
  const { today, campaign } = running;
  const from = earlier(campaign.fromOn, today);
  const groupIds = declared.map(({ areaId }) => areaId);
  const counted = await countHouseholds(
    { call, running, groupIds, days: { from, to: today }, measure },
    sources,
    declared,
  );
  if (!counted) return { line: blank(item, running), measure, places: [] };
  const endOn = endOf(item, running);
  const places = counted.series.map((one) => model.standingOf(one, item.value, today, endOn));
  const sum = (pick: (one: PlaceStanding) => number | null) =>
    places.reduce((all, one) => all + (pick(one) ?? 0), 0);
  const goal = sum((one) => one.goal);
  const line: TargetLine = {
    ...blank(item, running),
    goal,
    itemised: sum((one) => one.itemised),
    stated: sum((one) => one.stated),
    over: { groups: places.filter(({ over }) => over > 0).length, n: sum(({ over }) => over) },
    left: sum(({ left }) => left),
    mark: model.paceMark(goal, campaign.fromOn, endOn, today),
    forecast: pooled(places, counted.series, item.value, running, endOn),
    behind: places
      .flatMap(({ areaId, outlook }) =>
        areaId !== null && outlook && outlook.shortBy > 0 ? [{ areaId, shortBy: outlook.shortBy }] : [],
      )
      .sort((a, b) => b.shortBy - a.shortBy || (a.areaId < b.areaId ? -1 : 1)),
    undeclared: places.filter(({ of }) => of === null).length,
    countedBy: counted.countedBy,
  };
  return { line, measure, places };
}

/** "Hằng tháng ít nhất 05 tin": this period's count, and when it is full at the pace of its days so far. */
function periodLine(running: Running, item: Target): TargetLine {
  const { calendar, acts, excuses, today } = running;
  const [found] = occurrences(calendar, { from: today, to: today }, 'open', { itemIds: new Set([item.id]) });
  if (!found) return blank(item, running);
  const { done, required } = stateOfOccurrence(found, acts, excuses);
  const from = found.periodStart;
  const endOn = found.periodEnd ?? endOf(item, running);
  const daily = Array.from({ length: Math.max(0, daysBetween(from, today)) }, () => 0);
  const first = dayNumber(from);
  let now = 0;
  for (const act of acts.of(item.id, found.place)) {
    if (!isKnown(act, acts.seenAt) || dateOfNumber(act.day) > today) continue;
    if (dateOfNumber(act.day) === today) now += act.count;
    else if (act.day >= first) daily[act.day - first] = (daily[act.day - first] ?? 0) + act.count;
  }
  const outlook =
    done >= required
      ? forecastOf({ daily, remaining: 0, from: today, endOn })
      : model.outlookOf(daily, now, required, today, endOn);
  return {
    ...blank(item, running),
    goal: required,
    itemised: done,
    left: Math.max(0, required - done),
    mark: model.paceMark(required, from, endOn, today),
    endOn,
    forecast: outlook,
    countedBy: [item.id],
  };
}

export async function readLines(
  call: Call,
  running: Running,
  sources: readonly MeasureSource[],
  declared: readonly DeclaredGroup[],
): Promise<Measured[]> {
  const made: Measured[] = [];
  for (const item of running.version.items) {
    if (item.kind !== 'target') continue;
    if (item.unit === 'percent') made.push(await householdLine(call, running, sources, declared, item));
    else made.push({ line: periodLine(running, item), measure: model.measureOf(item), places: [] });
  }
  return made;
}
