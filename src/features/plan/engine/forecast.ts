/**
 * When work that is counted day by day will be finished at the pace of the last days, how sure that is, and what
 * pace would finish it in time. Plain on purpose: a group leader must be able to recount it. The pace is the mean
 * of the last days; the spread is the same question asked of their best and their worst stretch. A statistician's
 * interval was tried and left: one good day more widens it, so its far end moves away although more was done.
 */
import { addDays, daysBetween, later, type DateOn } from '#core/calendar.ts';

export interface ForecastInput {
  /** What was done on each of the last days, oldest first; a day of nothing is a 0, not left out. */
  readonly daily: readonly number[];
  readonly remaining: number;
  /** The first day on which more can be done. */
  readonly from: DateOn;
  /** The last day on which it still counts. */
  readonly endOn: DateOn;
}

export type ForecastStatus =
  /** Nothing is left. */
  | 'done'
  /** At this pace it is finished by the last day. */
  | 'on-pace'
  /** At this pace `shortBy` will be left. */
  | 'short'
  /** Nothing was done on any of the days looked at. */
  | 'no-pace'
  /** Fewer than `LEAST_DAYS` days to look at. */
  | 'too-early';

export interface Forecast {
  readonly status: ForecastStatus;
  /** Mean per day. */
  readonly pace: number;
  /** Null: not within the horizon at this pace. */
  readonly expectedOn: DateOn | null;
  /** At the pace of the best stretch of the last days, and of the worst; null as above. */
  readonly earliestOn: DateOn | null;
  readonly latestOn: DateOn | null;
  /** What will be left after the last day at this pace; 0 when on pace. */
  readonly shortBy: number;
  /** Per day, rounded up, from `from` to the last day; null when no day is left. */
  readonly paceNeeded: number | null;
}

/** How many days back a caller should look: one week holds both workdays and a weekend. */
export const LOOK_BACK_DAYS = 7;
const LEAST_DAYS = 2;
/** Beyond two years a date only pretends to know. */
const HORIZON_DAYS = 730;
export function forecast({ daily, remaining, from, endOn }: ForecastInput): Forecast {
  const daysLeft = Math.max(0, daysBetween(from, endOn) + 1);
  const n = daily.length;
  const pace = n === 0 ? 0 : daily.reduce((sum, one) => sum + one, 0) / n;
  const paceNeeded = remaining <= 0 ? 0 : daysLeft === 0 ? null : Math.ceil(remaining / daysLeft);
  const none = { pace, expectedOn: null, earliestOn: null, latestOn: null, paceNeeded };
  if (remaining <= 0) {
    return { ...none, status: 'done', expectedOn: from, earliestOn: from, latestOn: from, shortBy: 0 };
  }
  const shortBy = Math.max(0, Math.ceil(remaining - pace * daysLeft - 1e-9));
  if (n < LEAST_DAYS) return { ...none, status: 'too-early', shortBy: remaining };
  if (pace <= 0) return { ...none, status: 'no-pace', shortBy: remaining };
  // The mean is among them: days at either end lie in fewer stretches than those between.
  const stretches = [pace, ...stretchPaces(daily)];
  const expectedOn = finishedOn(remaining, pace, from);
  return {
    ...none,
    status: shortBy === 0 ? 'on-pace' : 'short',
    expectedOn,
    earliestOn: finishedOn(remaining, Math.max(...stretches), from),
    latestOn: finishedOn(remaining, Math.min(...stretches), from),
    shortBy,
  };
}

/** The pace of every unbroken stretch of half the days: of a week, of each three days in a row. */
function stretchPaces(daily: readonly number[]): number[] {
  const size = Math.max(1, Math.floor(daily.length / 2));
  return Array.from({ length: daily.length - size + 1 }, (_, start) =>
    daily.slice(start, start + size).reduce((sum, one) => sum + one / size, 0),
  );
}

function finishedOn(remaining: number, pace: number, from: DateOn): DateOn | null {
  if (pace <= 0) return null;
  const days = Math.ceil(remaining / pace - 1e-9);
  return days > HORIZON_DAYS ? null : later(from, addDays(from, days - 1));
}
