// What is played where and when. Pure: states of a line, hours the plan asks for, names of files on a stick.
import { daysOf, lengthOf } from '#core/calendar.ts';
import type { ClosedRange, DateOn } from '#core/calendar.ts';
import { instantOf, MINUTE } from '#core/clock.ts';
import { fold } from '#core/vietnamese.ts';

export const BROADCAST_STATES = ['planned', 'due', 'played', 'missed', 'cancelled'] as const;
export type BroadcastState = (typeof BROADCAST_STATES)[number];

export interface Line {
  readonly day: DateOn;
  readonly time: string;
  readonly played: boolean;
  readonly cancelled: boolean;
}

/** A horn is switched on by hand, by somebody who has other work too: an hour is still the morning's broadcast. */
const GRACE_MS = 60 * MINUTE;

/** Missed is no verdict: whoever played it and had no time to say so may still say so. */
export function stateOf(line: Line, now: number): BroadcastState {
  if (line.played) return 'played';
  if (line.cancelled) return 'cancelled';
  const at = instantOf(line.day, line.time);
  if (now < at) return 'planned';
  return now < at + GRACE_MS ? 'due' : 'missed';
}

interface Window {
  readonly from: string;
  readonly to: string;
}

/** Usual hours of ward loudspeakers where the plan names none: before work and after it. */
export const USUAL_WINDOWS: readonly Window[] = [
  { from: '05:30', to: '06:30' },
  { from: '17:00', to: '18:00' },
];

/** The plan's hours, each once, in order of the day. */
export function windowsOf(asked: readonly Window[]): readonly Window[] {
  if (asked.length === 0) return USUAL_WINDOWS;
  const known = new Map(asked.map((window) => [`${window.from}${window.to}`, window]));
  return [...known.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

export const isInside = (time: string, windows: readonly Window[]): boolean =>
  windows.some(({ from, to }) => time >= from && time < to);

/** The longest stretch planned at once: a peak of a campaign and its preparation. */
export const MOST_DAYS = 92;

/** Every day of a stretch at every hour; null: too long a stretch. */
export function slotsOf(
  range: ClosedRange,
  times: readonly string[],
): { day: DateOn; time: string }[] | null {
  if (range.to < range.from || lengthOf(range) > MOST_DAYS) return null;
  const hours = [...new Set(times)].sort();
  return daysOf(range).flatMap((day) => hours.map((time) => ({ day, time })));
}

const NAME_LETTERS = 40;

/** Plain letters, in the order in which they are played: old amplifiers read nothing else from a stick. */
export function fileName(
  line: { readonly day: DateOn; readonly time: string; readonly title: string },
  end: string,
): string {
  const words = fold(line.title)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, NAME_LETTERS);
  return `${line.day}_${line.time.replace(':', 'h')}_${words}.${end}`;
}

export interface Track {
  readonly title: string;
  readonly seconds: number | null;
  readonly file: string;
}

/** An M3U list; a line break in a title would begin an entry of its own. */
export const playlistOf = (tracks: readonly Track[]): string =>
  [
    '#EXTM3U',
    ...tracks.flatMap(({ title, seconds, file }) => [
      `#EXTINF:${seconds ?? -1},${title.replaceAll(/\s+/g, ' ')}`,
      file,
    ]),
    '',
  ].join('\n');
