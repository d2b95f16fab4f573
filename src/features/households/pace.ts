// Which groups miss 100% at the pace of the last days, what pace they need, and where a second team would be enough.
// Plain on purpose: a group leader must be able to recount it. Pure.
import { addDays, daysBetween } from '#core/calendar.ts';
import type { DateOn } from '#core/calendar.ts';

/** A week back holds workdays and a weekend alike; the day that runs is not over and is left out. */
export const LOOK_BACK = 7;

export interface PaceInput {
  readonly denominator: number;
  readonly reached: number;
  /** Households first reached on each of the last whole days of the campaign; a day of nothing is a 0. */
  readonly daily: readonly number[];
  readonly today: DateOn;
  readonly endOn: DateOn;
}

export type PaceState = 'done' | 'on-pace' | 'second-team' | 'short' | 'no-pace' | 'over';

export interface Pace {
  readonly left: number;
  /** Households a day, mean of the days looked at. */
  readonly now: number;
  /** Households a day from today to the last day, rounded up; null where no day is left. */
  readonly needed: number | null;
  /** At this pace; null where nothing moves. */
  readonly doneOn: DateOn | null;
  /** Households left after the last day at this pace. */
  readonly shortBy: number;
  /** Teams of today's pace that would finish in time; null where there is no pace to multiply. */
  readonly teams: number | null;
  readonly state: PaceState;
}

/** The days of the campaign before today that the pace is taken from, oldest first. */
export function daysLookedAt(from: DateOn, today: DateOn): DateOn[] {
  const count = Math.max(0, Math.min(LOOK_BACK, daysBetween(from, today)));
  return Array.from({ length: count }, (_, n) => addDays(today, n - count));
}

export function paceOf({ denominator, reached, daily, today, endOn }: PaceInput): Pace {
  const left = Math.max(0, denominator - reached);
  const daysLeft = Math.max(0, daysBetween(today, endOn) + 1);
  const now = daily.length === 0 ? 0 : daily.reduce((sum, n) => sum + n, 0) / daily.length;
  const needed = left === 0 ? 0 : daysLeft === 0 ? null : Math.ceil(left / daysLeft);
  const doneOn = left === 0 ? today : now > 0 ? addDays(today, Math.ceil(left / now - 1e-9) - 1) : null;
  const shortBy = Math.max(0, Math.ceil(left - now * daysLeft - 1e-9));
  const teams = now > 0 && daysLeft > 0 ? Math.ceil(left / (now * daysLeft) - 1e-9) : null;
  return {
    left,
    now,
    needed,
    doneOn,
    shortBy,
    teams,
    state: stateOf({ left, daysLeft, now, shortBy, teams }),
  };
}

function stateOf(one: {
  left: number;
  daysLeft: number;
  now: number;
  shortBy: number;
  teams: number | null;
}): PaceState {
  if (one.left === 0) return 'done';
  if (one.daysLeft === 0) return 'over';
  if (one.now === 0) return 'no-pace';
  if (one.shortBy === 0) return 'on-pace';
  return one.teams === 2 ? 'second-team' : 'short';
}
