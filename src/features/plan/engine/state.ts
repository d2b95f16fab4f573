/**
 * How one occurrence stands at a moment, from the acts that count for it. The table in README.md defines every
 * state; this is that table. More evidence never makes a state worse.
 */
import { minutesLate, timeOffset, type Instant } from '#core/clock.ts';
import { isKnown, type Act } from '#features/plan/engine/acts.ts';
import type { Obligation } from '#features/plan/engine/obligation.ts';
import type { Period } from '#features/plan/engine/schedule.ts';
import type { DayWindow, State } from '#features/plan/model.ts';

export interface Standing {
  readonly state: State;
  readonly required: number;
  /** What was done in the period, however much. */
  readonly done: number;
  /** What of it counts towards `required`: differs where each channel or each window is owed. */
  readonly fulfilled: number;
  /** Done outside the hours of the plan: counted, and shown as such. */
  readonly outsideWindows: number;
  /** Lacks the channel or hour by which it would count. */
  readonly unplaced: number;
  /** When late: of the act that completed it, or so far. Otherwise 0. */
  readonly minutesLate: number;
  /** Until due, in ms; 0 when past; null without a due time. */
  readonly timeLeft: number | null;
}

/**
 * @param acts all acts of the item at the place, in order of days; those of other periods and those not known at
 *   `now` are passed over
 * @param required what this place owes in the period
 */
export function standingOf(
  period: Period,
  required: number,
  acts: readonly Act[],
  excused: boolean,
  now: Instant,
): Standing {
  const { slots, done, fulfilled, outside, unplaced, completedAt } = tallyOf(
    period,
    required,
    countingActs(period, acts).filter((act) => isKnown(act, now)),
  );
  const { dueAt } = period;
  const complete = completedAt !== undefined;
  const onTime = complete && (dueAt === null || completedAt < dueAt);
  const state = stateOf(period, { now, excused, done, complete, onTime });
  return {
    state,
    required: required * slots,
    done,
    fulfilled,
    outsideWindows: outside,
    unplaced,
    minutesLate: state === 'late' && dueAt !== null ? minutesLate(completedAt ?? now, dueAt) : 0,
    timeLeft: dueAt === null ? null : Math.max(0, dueAt - now),
  };
}

export interface Judged {
  readonly now: Instant;
  readonly excused: boolean;
  readonly done: number;
  readonly complete: boolean;
  readonly onTime: boolean;
}

/** Read from top to bottom: the first line that holds gives the state. */
export function stateOf(period: Period, { now, excused, done, complete, onTime }: Judged): State {
  const { proposal } = period.obligation.item;
  const ongoing = period.obligation.rhythm === 'ongoing';
  if (!ongoing && complete && (onTime || proposal)) return 'met';
  if (excused) return 'excused';
  if (!ongoing && complete) return 'late';
  if (now < period.opensAt && !(ongoing && done > 0)) return 'upcoming';
  if (ongoing) return proposal && done === 0 ? 'no-information' : 'ongoing';
  if (period.dueAt === null || now < period.dueAt) return 'due';
  if (proposal) return 'no-information';
  return period.closesAt === null || now < period.closesAt ? 'late' : 'missed';
}

/** Acts whose day of work lies in the period. */
export function countingActs(period: Period, acts: readonly Act[]): readonly Act[] {
  if (period.anyDay) return acts;
  const first = lowerBound(acts, period.from);
  const end = lowerBound(acts, period.to + 1);
  return first === end ? NONE : acts.slice(first, end);
}

const NONE: readonly Act[] = [];

function lowerBound(acts: readonly Act[], day: number): number {
  let [low, high] = [0, acts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((acts[middle]?.day ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Tally {
  readonly done: number;
  readonly fulfilled: number;
  readonly slots: number;
  readonly outside: number;
  readonly unplaced: number;
  /** When the count was reached; undefined: not yet. */
  readonly completedAt: Instant | undefined;
}

interface Slot {
  readonly channel: string | null;
  readonly window: DayWindow | null;
  done: number;
}

const NOTHING_DONE = { done: 0, fulfilled: 0, outside: 0, unplaced: 0, completedAt: undefined };

function tallyOf(period: Period, required: number, acts: readonly Act[]): Tally {
  // Most occurrences of a year have nothing yet; making their slots was a fifth of a page's time.
  if (acts.length === 0) return { ...NOTHING_DONE, slots: slotCount(period.obligation) };
  const slots = slotsOf(period.obligation);
  const { windows } = period.obligation;
  let [done, fulfilled, outside, unplaced] = [0, 0, 0, 0];
  let completedAt: Instant | undefined;
  const judged = acts
    .map((act) => ({ act, at: judgedAt(period, act.at, act.receivedAt) }))
    .sort((a, b) => a.at - b.at);
  for (const { act, at } of judged) {
    done += act.count;
    const hour = act.hour;
    if (windows.length > 0 && hour !== null && !windows.some((window) => isWithin(hour, window))) {
      outside += act.count;
    }
    const slot = slots.find(({ channel, window }) => suits(act, channel, window));
    if (!slot) unplaced += act.count;
    else {
      fulfilled += Math.max(0, Math.min(act.count, required - slot.done));
      slot.done += act.count;
      if (required > 0 && completedAt === undefined && fulfilled === required * slots.length)
        completedAt = at;
    }
  }
  return { done, fulfilled, slots: slots.length, outside, unplaced, completedAt };
}

/** One slot, or one for each channel and window where the ward reads the plan so. */
function slotsOf({ channels, windows, choices }: Obligation): Slot[] {
  const byChannel = choices.channels === 'each' && channels.length > 1 ? channels : [null];
  const byWindow = choices.windows === 'each' && windows.length > 1 ? windows : [null];
  return byChannel.flatMap((channel) => byWindow.map((window) => ({ channel, window, done: 0 })));
}

/** How many times `required` is owed; counted without making the slots, since every occurrence asks. */
export function slotCount({ channels, windows, choices }: Obligation): number {
  const byChannel = choices.channels === 'each' ? Math.max(1, channels.length) : 1;
  return byChannel * (choices.windows === 'each' ? Math.max(1, windows.length) : 1);
}

function suits(act: Act, channel: string | null, window: DayWindow | null): boolean {
  return (
    (channel === null || act.channel === channel) &&
    (window === null || (act.hour !== null && isWithin(act.hour, window)))
  );
}

function isWithin(hour: number, window: DayWindow): boolean {
  return hour >= timeOffset(window.from) && hour < timeOffset(window.to);
}

/**
 * The moment by which an act is judged. A report is in time when it is received in time. Any other act is in
 * time when it was done in time and told of before the period closed; told of later, it is judged by when it was
 * told, since until then nobody could have known of it.
 */
export function judgedAt(period: Period, at: Instant, receivedAt: Instant): Instant {
  if (period.obligation.item.kind === 'report') return receivedAt;
  return period.closesAt !== null && receivedAt >= period.closesAt ? Math.max(at, receivedAt) : at;
}
