/**
 * What an item of a plan version owes, reduced to days, a count and a rule for its due time: duties, reports and
 * counted targets become one thing, so that the rest of the engine knows only that. A target that is a share to
 * reach ("100% hộ dân") owes nothing on a day and is no obligation; coverage counts it.
 */
import {
  addDays,
  dateOfNumber,
  daysInMonth,
  earlier,
  later,
  weekdayOfNumber,
  type DateOn,
  type DayRange,
} from '#core/calendar.ts';
import { instantOfNumber, timeOffset, type Instant } from '#core/clock.ts';
import type { Choices, Deadline, DayWindow, PlanItem, PlanVersion, UnitKey } from '#features/plan/model.ts';
import type { Per } from '#features/plan/reader/reading.ts';

/** `once`: done is done. `ongoing`: no figure and no end. Otherwise so many in each period. */
export type Rhythm = 'once' | 'ongoing' | Exclude<Per, 'campaign'>;

export interface Obligation {
  readonly item: PlanItem;
  readonly accountable: UnitKey | null;
  readonly scope: 'ward' | 'group';
  readonly rhythm: Rhythm;
  readonly count: number;
  readonly range: DayRange;
  /** The campaign's last day: what is owed once may be made good, late, until just after it. */
  readonly campaignTo: DateOn;
  readonly windows: readonly DayWindow[];
  readonly channels: readonly string[];
  readonly weekdays: readonly number[];
  readonly dayOfMonth: number | null;
  readonly time: string | null;
  /** When in a day it falls due, in ms from midnight. */
  readonly dueTime: number;
  readonly by: Deadline | null;
  readonly choices: Choices;
}

/**
 * @param lifeFrom first day of the unbroken row of versions that hold the item: nothing is owed from before it,
 *   except what the paper itself dates earlier
 */
export function obligationOf(item: PlanItem, version: PlanVersion, lifeFrom: DateOn): Obligation | undefined {
  if (item.kind === 'target' && !isCountOwed(item)) return undefined;
  // "Trong đó tập trung đợt cao điểm từ … đến …" is a stretch of time, not something to be shown as done.
  if (item.kind === 'duty' && item.activity === 'phase') return undefined;
  const shape = item.kind === 'target' ? targetShape(item) : { ...item, windows: [], channels: [], ...item };
  const rhythm = rhythmOf(item);
  // A level to keep up ("hàng tháng duy trì") names no end; what is owed once is owed within the campaign.
  const standing = rhythm !== 'once' && (item.kind === 'target' || (item.kind === 'duty' && item.standing));
  const last = shape.by === null ? null : lastDay(shape.by, item.choices);
  const openTo = standing || rhythm === 'ongoing' ? null : version.days.to;
  const to = shape.between?.to ?? (shape.by === null ? openTo : null);
  const end = last === null ? to : to === null ? last : earlier(last, to);
  const openFrom = standing ? lifeFrom : version.days.from;
  const from = later(shape.between?.from ?? openFrom, lifeFrom);
  return {
    item,
    accountable: item.accountable,
    scope: item.kind === 'target' ? 'ward' : item.scope,
    rhythm,
    count: item.kind === 'target' ? leastOf(item) : (item.cadence?.count ?? 1),
    // A deadline that lies before the campaign or the version still has its day.
    range: { from: end !== null && end < from ? end : from, to: end },
    campaignTo: version.days.to,
    windows: shape.windows,
    channels: shape.channels,
    weekdays: shape.weekdays,
    dayOfMonth: shape.dayOfMonth,
    time: shape.time,
    dueTime: dueTimeOf(shape.time, shape.windows),
    by: shape.by,
    choices: item.choices,
  };
}

type CountedTarget = Extract<PlanItem, { kind: 'target' }>;

/** "Không quá 03 vụ" is a limit: nobody owes the three. */
function isCountOwed({ per, unit, comparator, value }: CountedTarget): boolean {
  return per !== null && unit !== 'percent' && comparator !== '<' && comparator !== '<=' && value > 0;
}

function leastOf({ comparator, value }: CountedTarget): number {
  return comparator === '>' ? Math.floor(value) + 1 : Math.ceil(value);
}

type Shape = Pick<Obligation, 'windows' | 'channels' | 'weekdays' | 'dayOfMonth' | 'time' | 'by'> & {
  readonly between: { readonly from: DateOn | null; readonly to: DateOn | null } | null;
};

function targetShape(item: CountedTarget): Shape {
  const by = item.by === null ? null : { on: item.by, time: null };
  return {
    windows: [],
    channels: item.channels,
    weekdays: [],
    dayOfMonth: null,
    time: null,
    by,
    between: null,
  };
}

function rhythmOf(item: PlanItem): Rhythm {
  const per = item.kind === 'target' ? item.per : (item.cadence?.per ?? null);
  if (per !== null) return per === 'campaign' ? 'once' : per;
  if (item.kind === 'target' || item.by !== null) return 'once';
  if (item.kind === 'report') return item.reportKind === 'final' ? 'once' : 'ongoing';
  return item.standing ? 'ongoing' : 'once';
}

/** A deadline's last day. With a time the paper has said it all; without, "before the 14th" is asked of a person. */
export function lastDay(by: Deadline, choices: Choices): DateOn {
  return by.time !== null || choices.lastDay === 'included' ? by.on : addDays(by.on, -1);
}

/** Whether the paper itself names the due day within the period; then a cut period is owed whole or not at all. */
export function namesDueDay({ rhythm, weekdays, dayOfMonth }: Obligation): boolean {
  if (rhythm === 'week' || rhythm === 'fortnight') return weekdays.length > 0;
  return dayOfMonth !== null && rhythm !== 'day' && rhythm !== 'once' && rhythm !== 'ongoing';
}

/**
 * The day of a period on which it falls due, as a day number; undefined where the due day was cut off with the
 * part of the period that lies outside the range.
 */
export function dueDayOf(obligation: Obligation, whole: Span, cut: Span): number | undefined {
  if (!namesDueDay(obligation)) return cut.to;
  const { rhythm, weekdays } = obligation;
  const dayOfMonth = obligation.dayOfMonth ?? 0;
  const due =
    rhythm === 'week' || rhythm === 'fortnight'
      ? whole.to - 7 + Math.max(...weekdays)
      : whole.to - Math.max(0, monthLength(dateOfNumber(whole.to)) - dayOfMonth);
  return due >= cut.from && due <= cut.to ? due : undefined;
}

/** Days as numbers, both ends counted. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Due before this instant of a day: at the time named, else at the end of the day's last window, else of the day. */
export function dueAtOf({ by, dueTime }: Obligation, day: number): Instant {
  const named =
    by !== null && by.time !== null && by.on === dateOfNumber(day) ? timeOffset(by.time) : undefined;
  return instantOfNumber(day) + (named ?? dueTime);
}

/** From midnight, in ms. */
function dueTimeOf(time: string | null, windows: readonly DayWindow[]): number {
  return timeOffset(
    time ??
      windows
        .map((window) => window.to)
        .sort()
        .at(-1) ??
      '24:00',
  );
}

function monthLength(day: DateOn): number {
  return daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
}

/** Whether a daily duty is owed on the day: weekdays named by the paper, and days off where the ward skips them. */
export function isWorkday(obligation: Obligation, day: number, daysOff: ReadonlySet<DateOn>): boolean {
  const { weekdays, choices } = obligation;
  const weekday = weekdayOfNumber(day);
  if (weekdays.length > 0 && !weekdays.includes(weekday)) return false;
  return choices.weekends === 'counted' || (weekday <= 5 && !daysOff.has(dateOfNumber(day)));
}
