/**
 * Duties × places × days → occurrences with a due time and a state, from plan and evidence alone. Nothing is
 * stored and nothing is made anew when a plan is amended: an occurrence is (item, area, period start), and asking
 * for another range of days gives the same ones for the same days.
 */
import { dateOfNumber, dayNumber, type ClosedRange, type DateOn } from '#core/calendar.ts';
import type { Instant } from '#core/clock.ts';
import type { Acts } from '#features/plan/engine/acts.ts';
import { placesOf, requiredOf, WARD, type Place } from '#features/plan/engine/places.ts';
import { owes, scheduleOf, type Period, type Schedule } from '#features/plan/engine/schedule.ts';
import { slotCount, standingOf, type Standing } from '#features/plan/engine/state.ts';
import type { Area, AreaId, Excuse, ItemId, PlanItem, PlanVersion, UnitKey } from '#features/plan/model.ts';

export interface Calendar {
  readonly schedules: readonly Schedule[];
  readonly groups: readonly Place[];
  readonly until: DateOn;
}

export interface PlanHistory {
  /** Confirmed versions in order of number. */
  readonly versions: readonly PlanVersion[];
  readonly areas: readonly Area[];
  /** Public holidays and other days off, for the duties whose `weekends` are skipped. */
  readonly daysOff: ReadonlySet<DateOn>;
}

/** @param until the last day anybody will ask about */
export function calendarOf({ versions, areas, daysOff }: PlanHistory, until: DateOn): Calendar {
  const ids = new Set(versions.flatMap((version) => version.items.map(({ id }) => id)));
  return {
    schedules: [...ids].map((id) => scheduleOf(id, versions, until, daysOff)),
    groups: placesOf(areas),
    until,
  };
}

export type OccurrenceKey = string;

export function occurrenceKey(itemId: ItemId, areaId: AreaId | null, periodStart: DateOn): OccurrenceKey {
  return `${itemId}/${areaId ?? 'ward'}/${periodStart}`;
}

export interface Occurrence {
  readonly key: OccurrenceKey;
  readonly itemId: ItemId;
  /** As the version that judges it has it. */
  readonly item: PlanItem;
  readonly accountable: UnitKey | null;
  readonly areaId: AreaId | null;
  readonly periodStart: DateOn;
  readonly periodEnd: DateOn | null;
  readonly opensAt: Instant;
  /** Due before this; null: no end known. */
  readonly dueAt: Instant | null;
  readonly dueOn: DateOn | null;
  readonly closesAt: Instant | null;
  /** How many are owed, over all channels and windows. */
  readonly required: number;
  readonly period: Period;
  readonly place: Place;
}

/** `open`: its time from opening to due touches the range. `due`: it falls due in the range. */
export type Match = 'open' | 'due';

export interface Filter {
  readonly itemIds?: ReadonlySet<ItemId>;
  /** Null in it: what the ward itself owes. */
  readonly areaIds?: ReadonlySet<AreaId | null>;
  readonly units?: ReadonlySet<UnitKey | null>;
}

export function occurrences(
  calendar: Calendar,
  range: ClosedRange,
  match: Match = 'open',
  filter: Filter = {},
): Occurrence[] {
  const found: Occurrence[] = [];
  eachOwed(calendar, range, match, filter, (itemId, period, place, required) => {
    found.push(occurrenceOf(itemId, period, place, required));
  });
  return found;
}

type Take = (itemId: ItemId, period: Period, place: Place, required: number) => void;

function eachOwed(calendar: Calendar, range: ClosedRange, match: Match, filter: Filter, take: Take): void {
  checkRange(calendar, range);
  for (const { itemId, periods } of calendar.schedules) {
    if (filter.itemIds?.has(itemId) === false) continue;
    for (const period of within(periods, range, match)) {
      if (filter.units?.has(period.obligation.accountable) === false) continue;
      for (const place of placesFor(calendar, period)) {
        if (filter.areaIds?.has(place.areaId) === false) continue;
        const required = requiredOf(period, place);
        if (required === undefined || (required === 0 && period.obligation.rhythm !== 'ongoing')) continue;
        take(itemId, period, place, required);
      }
    }
  }
}

/** Past due and not done; the occurrence itself is made when somebody looks at it. */
export interface Overdue {
  readonly itemId: ItemId;
  readonly dueAt: Instant;
  readonly standing: Standing;
  readonly occurrence: () => Occurrence;
}

/**
 * What was due in the range and still stands open or was missed, in no order. A year holds tens of thousands of
 * occurrences of which a page shows a dozen: each is judged without being made.
 */
export function overdue(
  calendar: Calendar,
  range: ClosedRange,
  acts: Acts,
  excuses: Excuses,
  filter: Filter = {},
): Overdue[] {
  const found: Overdue[] = [];
  eachOwed(calendar, range, 'open', filter, (itemId, period, place, required) => {
    const { dueAt } = period;
    if (dueAt === null || dueAt > acts.seenAt) return;
    const excused =
      excuses.size > 0 && excuses.has(occurrenceKey(itemId, place.areaId, dateOfNumber(period.from)));
    const standing = standingOf(period, required, acts.of(itemId, place), excused, acts.seenAt);
    const open = standing.state === 'late' && standing.fulfilled < standing.required;
    if (!open && standing.state !== 'missed') return;
    found.push({ itemId, dueAt, standing, occurrence: () => occurrenceOf(itemId, period, place, required) });
  });
  return found;
}

export function placesFor(calendar: Calendar, period: Period): readonly Place[] {
  return period.obligation.scope === 'ward' ? WARD_ONLY : calendar.groups;
}

const WARD_ONLY = [WARD];

/** A calendar made for fewer days would answer with too little and look complete. */
export function checkRange(calendar: Calendar, range: ClosedRange): void {
  if (range.to > calendar.until) throw new Error('asked for days beyond those the calendar was made for');
}

/** The periods that owe something and match the range. */
export function within(periods: readonly Period[], range: ClosedRange, match: Match): Period[] {
  const [first, last] = [dayNumber(range.from), dayNumber(range.to)];
  return periods.filter((period) => {
    if (!owes(period)) return false;
    const due = period.dueOn ?? Infinity;
    return due >= first && (match === 'open' ? period.from <= last : due <= last);
  });
}

function occurrenceOf(itemId: ItemId, period: Period, place: Place, required: number): Occurrence {
  const periodStart = dateOfNumber(period.from);
  return {
    key: occurrenceKey(itemId, place.areaId, periodStart),
    itemId,
    item: period.obligation.item,
    accountable: period.obligation.accountable,
    areaId: place.areaId,
    periodStart,
    periodEnd: period.to === Infinity ? null : dateOfNumber(period.to),
    opensAt: period.opensAt,
    dueAt: period.dueAt,
    dueOn: period.dueOn === null ? null : dateOfNumber(period.dueOn),
    closesAt: period.closesAt,
    required: required * slotCount(period.obligation),
    period,
    place,
  };
}

/** One occurrence by its key's parts; undefined where the plan owes nothing there. */
export function occurrenceAt(
  calendar: Calendar,
  itemId: ItemId,
  areaId: AreaId | null,
  periodStart: DateOn,
): Occurrence | undefined {
  const start = dayNumber(periodStart);
  const schedule = calendar.schedules.find((one) => one.itemId === itemId);
  const period = schedule?.periods.find((one) => one.from === start && owes(one));
  const place = period && placesFor(calendar, period).find((one) => one.areaId === areaId);
  const required = place && requiredOf(period, place);
  if (!place || required === undefined || (required === 0 && period.obligation.rhythm !== 'ongoing'))
    return undefined;
  return occurrenceOf(itemId, period, place, required);
}

export type Excuses = ReadonlySet<OccurrenceKey>;

/** The excuses that stand at the moment asked about. */
export function excusesAt(excuses: Iterable<Excuse>, at: Instant): Excuses {
  const keys = new Set<OccurrenceKey>();
  for (const { itemId, areaId, periodStart, grantedAt, revokedAt } of excuses) {
    if (grantedAt <= at && (revokedAt === null || revokedAt > at))
      keys.add(occurrenceKey(itemId, areaId, periodStart));
  }
  return keys;
}

/** How an occurrence stands at the moment as of which `acts` were gathered. */
export function stateOfOccurrence(occurrence: Occurrence, acts: Acts, excuses: Excuses): Standing {
  const { period, place, itemId, key } = occurrence;
  const required = requiredOf(period, place) ?? 0;
  return standingOf(period, required, acts.of(itemId, place), excuses.has(key), acts.seenAt);
}
