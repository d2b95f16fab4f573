/**
 * Two clocks that must not be mixed (the field `of` makes passing one for the other a type error). The campaign
 * clock says when things happen in the campaign and can be rehearsed at any date. The machine clock serves
 * sessions, tokens, push, queues, backups and logs, which outside parties check against real time.
 * Instants are epoch milliseconds. Viet Nam is +07:00 all year and has no summer time, so days and hours are
 * plain arithmetic here, the same on a phone set to any zone.
 */
import { dateOfNumber, dayNumber, isDateOn, type DateOn } from '#core/calendar.ts';

/** Epoch milliseconds. */
export type Instant = number;

export interface CampaignClock {
  readonly of: 'campaign';
  readonly now: () => Instant;
}

export interface MachineClock {
  readonly of: 'machine';
  readonly now: () => Instant;
}

export type Clock = CampaignClock | MachineClock;

export const machineClock: MachineClock = { of: 'machine', now: () => Date.now() };

/** The clock of a real campaign: real time. */
export function realClock(machine: MachineClock): CampaignClock {
  return { of: 'campaign', now: () => machine.now() };
}

/** For tests and for pictures of one moment. */
export function fixedClock(at: Instant): CampaignClock {
  return { of: 'campaign', now: () => at };
}

export function fixedMachineClock(at: Instant): MachineClock {
  return { of: 'machine', now: () => at };
}

/**
 * A rehearsed clock: it showed `base` when the machine showed `startedAt`, and runs on at the same speed. A
 * machine whose time is set back holds it at `base`: what was recorded in a rehearsal never lies in its future.
 */
export function shiftedClock(base: Instant, startedAt: Instant, machine: MachineClock): CampaignClock {
  return { of: 'campaign', now: () => base + Math.max(0, machine.now() - startedAt) };
}

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
const OFFSET = 7 * HOUR;

/** The day in Viet Nam on which an instant falls. */
export function dayOf(at: Instant): DateOn {
  return dateOfNumber(Math.floor((at + OFFSET) / DAY));
}

/** The time of day in Viet Nam, `HH:MM`. */
export function timeOf(at: Instant): string {
  const minutes = Math.floor(((((at + OFFSET) % DAY) + DAY) % DAY) / MINUTE);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

const TIME = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/** `HH:MM` from 00:00 to 24:00; the last is how papers write the end of a day. */
export function isTimeOfDay(text: string): boolean {
  return TIME.test(text);
}

/** Milliseconds from midnight. */
export function timeOffset(time: string): number {
  const match = TIME.exec(time);
  if (!match) throw new Error(`not a time of day: ${time}`);
  return match[1] === undefined ? DAY : Number(match[1]) * HOUR + Number(match[2]) * MINUTE;
}

/** When a day in Viet Nam reaches a time; `24:00` is the midnight at its end. */
export function instantOf(day: DateOn, time = '00:00'): Instant {
  return instantOfNumber(dayNumber(day)) + timeOffset(time);
}

/** Midnight at the beginning of a day given as a number of days since 1970-01-01 (calendar.ts). */
export function instantOfNumber(day: number): Instant {
  return day * DAY - OFFSET;
}

/** The first instant after a day. Every due time is of this kind: what arrives at it is already late. */
export function endOfDay(day: DateOn): Instant {
  return instantOf(day, '24:00');
}

/** `2025-08-05T07:50:00.000+07:00`, for files and records that people may read. */
export function isoOf(at: Instant): string {
  return new Date(at + OFFSET).toISOString().replace('Z', '+07:00');
}

const ISO = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::([0-5]\d)(?:\.(\d{1,3}))?)?(Z|([+-])(\d{2}):([0-5]\d))$/;

/** An instant written with its offset; undefined for anything else, so that no local zone is ever guessed. */
export function parseInstant(text: string): Instant | undefined {
  const match = ISO.exec(text);
  const [day, time] = [match?.[1], match?.[2]];
  if (!match || day === undefined || time === undefined || !isDateOn(day) || !isTimeOfDay(time))
    return undefined;
  const seconds = Number(match[3] ?? 0) * 1000 + Number((match[4] ?? '').padEnd(3, '0'));
  const ahead = match[5] === 'Z' ? 0 : Number(match[7]) * HOUR + Number(match[8]) * MINUTE;
  if (ahead > 14 * HOUR) return undefined;
  return dayNumber(day) * DAY + timeOffset(time) + seconds - (match[6] === '-' ? -ahead : ahead);
}

/** On time means received before the due instant: for 08:30 that is 08:29:59.999 and not 08:30:00.000. */
export function isOnTime(receivedAt: Instant, dueAt: Instant): boolean {
  return receivedAt < dueAt;
}

/** 0 when on time, else whole minutes and at least 1, so that nothing late is ever shown as "0 minutes late". */
export function minutesLate(receivedAt: Instant, dueAt: Instant): number {
  return isOnTime(receivedAt, dueAt) ? 0 : Math.max(1, Math.floor((receivedAt - dueAt) / MINUTE));
}
