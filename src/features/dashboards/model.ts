/**
 * What the leader's page says of a target: where it stands, when it is met at the pace of the last days, and who is
 * behind. Pure; a group leader must be able to recount it by hand.
 */
import { addDays, daysBetween, earlier, later, type ClosedRange, type DateOn } from '#core/calendar.ts';
import { fold } from '#core/vietnamese.ts';
import { forecast, LOOK_BACK_DAYS, type Forecast } from '#features/plan/engine/forecast.ts';
import type { Target } from '#features/plan/model.ts';

/** Whom a figure counts. The paper's words are free; these are what the ward keeps books of. */
export const SUBJECTS = ['household', 'organisation', 'member', 'tip', 'other'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** The order decides: "cơ quan, tổ chức … 100% cán bộ" speaks of organisations where it begins with them. */
const SUBJECT_WORDS: readonly (readonly [Subject, RegExp])[] = [
  ['household', /\bho\b|\bho (?:dan|gia dinh)\b/],
  ['tip', /\bto giac\b|\btin bao\b|\bdon thu\b/],
  ['organisation', /\bco quan\b|\bto chuc\b|\bdoanh nghiep\b|\bdon vi\b|\btruong hoc\b/],
  ['member', /\bcan bo\b|\bcong nhan\b|\bvien chuc\b|\bdoan vien\b|\bhoi vien\b|\blao dong\b|\bdang vien\b/],
];

export function subjectOf(words: string): Subject {
  const folded = fold(words);
  return SUBJECT_WORDS.find(([, pattern]) => pattern.test(folded))?.[0] ?? 'other';
}

/** `household.reached`, `household.pledged`, `tip.handled` …: by this name sources say what they can count. */
export type MeasureKey = `${Subject}.${string}`;

export const measureOf = ({ subject, measure }: Pick<Target, 'subject' | 'measure'>): MeasureKey =>
  `${subjectOf(subject)}.${measure}`;

/** One place's work, counted by day from the first day of the campaign. */
export interface PlaceSeries {
  readonly areaId: string | null;
  /** The denominator; null: nobody has declared it. */
  readonly of: number | null;
  /** Rows behind it, and stated without rows, each by day; the last entry is today. */
  readonly itemised: readonly number[];
  readonly stated: readonly number[];
}

export interface PlaceStanding {
  readonly areaId: string | null;
  readonly of: number | null;
  readonly goal: number | null;
  readonly itemised: number;
  /** Stated on top of what has rows. */
  readonly stated: number;
  /** Stated beyond the denominator; never part of a share. */
  readonly over: number;
  readonly left: number | null;
  readonly outlook: Forecast | null;
}

/** null where nobody declared a number and nobody is named. */
export function denominatorOf(declared: number | null, named: number, excluded: number): number | null {
  return declared === null && named === 0 ? null : Math.max(0, Math.max(declared ?? 0, named) - excluded);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : sum(numbers) / numbers.length;

/**
 * The forecast of one place. `done` holds whole days, oldest first; the pace is that of the last seven of them. Today
 * is taken to end with a usual day's work, or with what was done already where that is more: so work in the evening
 * never looks like a day still to come, and more work never moves the day later.
 */
export function outlookOf(
  done: readonly number[],
  doneToday: number,
  goal: number,
  today: DateOn,
  endOn: DateOn,
): Forecast {
  const left = Math.max(0, goal - sum(done) - doneToday);
  const daily = done.slice(-LOOK_BACK_DAYS);
  const remaining = left === 0 ? 0 : left + Math.min(doneToday, mean(daily));
  const made = forecast({ daily, remaining, from: today, endOn });
  return { ...made, shortBy: Math.min(left, made.shortBy) };
}

/** What is known by the end of each day: rows or statements, whichever is more, and never above the denominator. */
function knownByDay({ of, itemised, stated }: PlaceSeries): number[] {
  let [rows, said] = [0, 0];
  return itemised.map((n, day) => {
    rows += n;
    said += stated[day] ?? 0;
    return Math.min(of ?? Infinity, Math.max(rows, said));
  });
}

/** @param percent the target, of the denominator */
export function standingOf(
  series: PlaceSeries,
  percent: number,
  today: DateOn,
  endOn: DateOn,
): PlaceStanding {
  const { areaId, of } = series;
  const [rows, said] = [sum(series.itemised), sum(series.stated)];
  const itemised = Math.min(of ?? Infinity, rows);
  const known = knownByDay(series);
  const total = known.at(-1) ?? 0;
  const stated = Math.max(0, total - itemised);
  const over = of === null ? 0 : Math.max(0, Math.max(rows, said) - of);
  if (of === null) return { areaId, of, goal: null, itemised, stated, over, left: null, outlook: null };
  const goal = Math.ceil((of * percent) / 100 - 1e-9);
  const each = known.map((n, day) => n - (known[day - 1] ?? 0));
  return {
    areaId,
    of,
    goal,
    itemised,
    stated,
    over,
    left: Math.max(0, goal - total),
    outlook: outlookOf(each.slice(0, -1), each.at(-1) ?? 0, goal, today, endOn),
  };
}

const latestOf = (days: readonly (DateOn | null)[]): DateOn | null =>
  days.some((day) => day === null)
    ? null
    : days.reduce<DateOn | null>((a, b) => (a !== null && a > (b ?? '') ? a : b), null);

/**
 * Many places together. No group can do another's doors, so the whole is done when the last one is, and what will be
 * missing is the sum of what each will miss: a pooled pace would let three quick groups hide a silent one.
 */
export function together(places: readonly Forecast[]): Forecast {
  const open = places.filter(({ status }) => status !== 'done');
  const shortBy = sum(places.map((place) => place.shortBy));
  const paces = open.map(({ paceNeeded }) => paceNeeded);
  const status = (): Forecast['status'] => {
    if (open.length === 0) return 'done';
    if (open.every((place) => place.status === 'too-early')) return 'too-early';
    if (shortBy === 0) return 'on-pace';
    return open.every(({ pace }) => pace === 0) ? 'no-pace' : 'short';
  };
  return {
    status: status(),
    pace: sum(open.map(({ pace }) => pace)),
    expectedOn: latestOf(places.map(({ expectedOn }) => expectedOn)),
    earliestOn: latestOf(places.map(({ earliestOn }) => earliestOn)),
    latestOn: latestOf(places.map(({ latestOn }) => latestOn)),
    shortBy,
    paceNeeded: paces.some((pace) => pace === null) ? null : sum(paces.map((pace) => pace ?? 0)),
  };
}

/** What should be reached by this morning if every day bore the same: the notch on the bar. */
export function paceMark(goal: number, from: DateOn, endOn: DateOn, today: DateOn): number {
  const days = daysBetween(from, endOn) + 1;
  const gone = Math.min(days, Math.max(0, daysBetween(from, today)));
  return days <= 0 ? goal : Math.round((goal * gone) / days);
}

/** Days of the map: the whole campaign where it fits, else two weeks that end with today. */
export const MAP_DAYS = 14;
export function mapDays(campaign: ClosedRange, today: DateOn): ClosedRange {
  const to =
    today > campaign.to ? today : earlier(campaign.to, later(today, addDays(campaign.from, MAP_DAYS - 1)));
  return { from: later(campaign.from, addDays(to, 1 - MAP_DAYS)), to };
}

/**
 * A yardstick that is the same for a group of 90 homes and one of 600: doors a day for every 100 still to do. Who
 * keeps `needed` is done on the last day, however large the group.
 */
export function rateOf(pace: number, left: number): number | null {
  return left <= 0 ? null : (pace / left) * 100;
}
export function rateNeeded(today: DateOn, endOn: DateOn): number | null {
  const days = daysBetween(today, endOn) + 1;
  return days <= 0 ? null : 100 / days;
}
