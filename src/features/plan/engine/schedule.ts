/**
 * The periods of one item through all versions of its plan. A period belongs to the version in force on its due
 * day, so an amendment changes nothing that was due before it; and it begins where the last judged one ended, so
 * every day lies in exactly one period whatever was amended. Days are numbers here: a ward-year is half a
 * million occurrences, and only what is shown is ever turned into text.
 */
import {
  dateOfNumber,
  dayNumber,
  fortnightOf,
  halfYearOf,
  monthOf,
  quarterOf,
  weekOf,
  yearOf,
  type ClosedRange,
  type DateOn,
} from '#core/calendar.ts';
import { instantOfNumber, type Instant } from '#core/clock.ts';
import {
  dueAtOf,
  dueDayOf,
  isWorkday,
  namesDueDay,
  obligationOf,
  type Obligation,
  type Span,
} from '#features/plan/engine/obligation.ts';
import type { ItemId, PlanVersion } from '#features/plan/model.ts';

/**
 * How long after a period the telling of an act done in it is still in time: until the end of the next day.
 * People write in the evening or next morning what they did; an act nobody mentions for longer cannot be shown
 * as done in time. A report is itself the telling and gets no such day.
 */
export const TELLING_DAYS = 1;

export interface Period extends Span {
  readonly obligation: Obligation;
  /** Day on which it falls due, as a day number; null: no end known. */
  readonly dueOn: number | null;
  readonly opensAt: Instant;
  /** Due before this. */
  readonly dueAt: Instant | null;
  /** From here on what is not done is missed; null: never. */
  readonly closesAt: Instant | null;
  /** How many are owed; 0 for what is ongoing, and for a cut period too short to owe any. */
  readonly required: number;
  /** Days of the uncut period, for areas founded inside it. */
  readonly fullDays: number;
  /** Acts of earlier or later days count too: what is owed once is done whenever it is done. */
  readonly anyDay: boolean;
}

export interface Schedule {
  readonly itemId: ItemId;
  /** In order of days. Periods that owe nothing are in it (`owes` tells), so that the days leave no gap. */
  readonly periods: readonly Period[];
}

/** Ongoing work owes its presence in the calendar, though no figure. */
export function owes(period: Period): boolean {
  return period.required > 0 || period.obligation.rhythm === 'ongoing';
}

/**
 * @param versions confirmed versions in order
 * @param until generate no period that begins after this day; an earlier or later one changes no period before it
 */
export function scheduleOf(
  itemId: ItemId,
  versions: readonly PlanVersion[],
  until: DateOn,
  daysOff: ReadonlySet<DateOn>,
): Schedule {
  const periods: Period[] = [];
  const last = dayNumber(until);
  let cursor = -Infinity;
  let lifeFrom: DateOn | undefined;
  versions.forEach((version, index) => {
    const item = version.items.find(({ id }) => id === itemId);
    if (!item) {
      lifeFrom = undefined;
      return;
    }
    lifeFrom ??= version.inForceFrom;
    const obligation = obligationOf(item, version, lifeFrom);
    if (!obligation) return;
    // What the paper dates before its own coming into force is judged by the first version: there is no other.
    const from = index === 0 ? -Infinity : dayNumber(version.inForceFrom);
    const to = version.inForceTo === null ? Infinity : dayNumber(version.inForceTo);
    const once = obligation.rhythm === 'once';
    if (once && periods.some((period) => period.obligation.rhythm === 'once')) return;
    // An earlier version's periods decide where a later one's begin, so all of them are laid out first.
    const horizon = to === Infinity ? last : Math.max(last, to - 1);
    for (const period of periodsOf(obligation, cursor, horizon, daysOff)) {
      const due = period.dueOn ?? Infinity;
      if (due < from) continue;
      // What has no end belongs to the version that has none.
      if (due >= to && to !== Infinity) break;
      periods.push(period);
      cursor = period.to + 1;
    }
  });
  return { itemId, periods: periods.filter((period) => period.from <= last) };
}

/** All periods of one obligation that hold a day from `cursor` to `until`. */
function periodsOf(
  obligation: Obligation,
  cursor: number,
  until: number,
  daysOff: ReadonlySet<DateOn>,
): Period[] {
  const { range, rhythm } = obligation;
  const first = Math.max(dayNumber(range.from), cursor);
  const last = range.to === null ? Infinity : dayNumber(range.to);
  if (first > last || first > until) return [];
  if (rhythm === 'once' || rhythm === 'ongoing') return [onePeriod(obligation, first, last)];
  if (rhythm === 'day') return dailyPeriods(obligation, first, Math.min(last, until), daysOff);
  const periods: Period[] = [];
  const short = nothingWouldBeOwed(obligation);
  for (let day = first; day <= Math.min(last, until);) {
    const whole = span(naturalPeriod(obligation, dateOfNumber(day)));
    const cut = { from: Math.max(whole.from, first), to: Math.min(whole.to, last) };
    periods.push(cutPeriod(obligation, whole, cut, short));
    day = whole.to + 1;
  }
  return periods;
}

function span(range: ClosedRange): Span {
  return { from: dayNumber(range.from), to: dayNumber(range.to) };
}

function naturalPeriod({ rhythm, range }: Obligation, day: DateOn): ClosedRange {
  switch (rhythm) {
    case 'week':
      return weekOf(day);
    case 'fortnight':
      return fortnightOf(day, range.from);
    case 'month':
      return monthOf(day);
    case 'quarter':
      return quarterOf(day);
    case 'half-year':
      return halfYearOf(day);
    case 'year':
      return yearOf(day);
    default:
      return { from: day, to: day };
  }
}

function onePeriod(obligation: Obligation, first: number, last: number): Period {
  const { rhythm, range, campaignTo, count } = obligation;
  const required = rhythm === 'ongoing' ? 0 : count;
  const base = { obligation, from: first, to: last, required, anyDay: true, fullDays: 0 };
  const opensAt = instantOfNumber(first);
  if (range.to === null || rhythm === 'ongoing') {
    return { ...base, opensAt, dueOn: null, dueAt: null, closesAt: null };
  }
  const closesOn = Math.max(last, dayNumber(campaignTo)) + TELLING_DAYS;
  return {
    ...base,
    opensAt,
    dueOn: last,
    dueAt: dueAtOf(obligation, last),
    closesAt: instantOfNumber(closesOn + 1),
  };
}

function dailyPeriods(
  obligation: Obligation,
  first: number,
  last: number,
  daysOff: ReadonlySet<DateOn>,
): Period[] {
  const periods: Period[] = [];
  for (let day = first; day <= last; day++) {
    const required = isWorkday(obligation, day, daysOff) ? obligation.count : 0;
    periods.push(periodOn(obligation, { from: day, to: day }, day, required, 1));
  }
  return periods;
}

function cutPeriod(obligation: Obligation, whole: Span, cut: Span, short: boolean): Period {
  const fullDays = whole.to - whole.from + 1;
  const dueOn = dueDayOf(obligation, whole, cut);
  if (dueOn === undefined) return periodOn(obligation, cut, cut.to, 0, fullDays);
  const share = short
    ? shortShare(obligation, cut, fullDays)
    : countFor(obligation, cut.to - cut.from + 1, fullDays);
  return periodOn(obligation, cut, dueOn, share, fullDays);
}

/**
 * What is owed for `days` of a period of `fullDays`. A share is rounded to the nearest, half up: of a weekly act
 * that leaves one for four days or more and none for three, as ISO 8601 gives a week to the year that holds most
 * of it.
 */
export function countFor(obligation: Obligation, days: number, fullDays: number): number {
  const { count, choices } = obligation;
  if (days >= fullDays || namesDueDay(obligation) || choices.partialPeriods === 'owed') return count;
  if (choices.partialPeriods === 'waived') return 0;
  return Math.floor((count * days) / fullDays + 0.5);
}

/** A campaign of three days with a weekly duty must not end up owing nothing at all. */
function nothingWouldBeOwed(obligation: Obligation): boolean {
  const { range, choices } = obligation;
  if (range.to === null || choices.partialPeriods !== 'prorata') return false;
  const whole = span({ from: range.from, to: range.to });
  // Of three periods in a row the middle one is whole and owes something.
  for (let day = whole.from, n = 0; day <= whole.to && n < 3; n++) {
    const natural = span(naturalPeriod(obligation, dateOfNumber(day)));
    const days = Math.min(natural.to, whole.to) - Math.max(natural.from, whole.from) + 1;
    if (countFor(obligation, days, natural.to - natural.from + 1) > 0) return false;
    day = natural.to + 1;
  }
  return true;
}

/** Then the share of the whole range, at least one, falls to the period that holds the range's last day. */
function shortShare(obligation: Obligation, cut: Span, fullDays: number): number {
  const { range, count } = obligation;
  const last = range.to === null ? Infinity : dayNumber(range.to);
  const days = last - dayNumber(range.from) + 1;
  return cut.to === last ? Math.max(1, Math.floor((count * days) / fullDays + 0.5)) : 0;
}

function periodOn(
  obligation: Obligation,
  cut: Span,
  dueOn: number,
  required: number,
  fullDays: number,
): Period {
  const closing = obligation.item.kind === 'report' ? 0 : TELLING_DAYS;
  return {
    obligation,
    from: cut.from,
    to: cut.to,
    dueOn,
    opensAt: instantOfNumber(cut.from),
    dueAt: dueAtOf(obligation, dueOn),
    closesAt: instantOfNumber(cut.to + closing + 1),
    required,
    fullDays,
    anyDay: false,
  };
}
