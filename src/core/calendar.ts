/**
 * Days as `YYYY-MM-DD` strings (they compare and sort as text) and pure arithmetic on them. No time zone comes
 * into it: which day an instant falls on is asked of clock.ts. No temporal library, since this runs on the phone.
 */

/** A day of the proleptic Gregorian calendar, `YYYY-MM-DD`, years 0001 to 9999. */
export type DateOn = string;

/** Days from the first to the last, both counted, as papers say "từ ngày … đến ngày …"; `to: null` has no end. */
export interface DayRange {
  readonly from: DateOn;
  readonly to: DateOn | null;
}

/** A range whose end is known. */
export interface ClosedRange {
  readonly from: DateOn;
  readonly to: DateOn;
}

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function dateOn(year: number, month: number, day: number): DateOn {
  const two = (n: number) => (n < 10 ? `0${n}` : `${n}`);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Whether the text names a day that exists: 2025-02-29 does not. */
export function isDateOn(text: string): boolean {
  const match = SHAPE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function parts(day: DateOn): { year: number; month: number; day: number } {
  if (!isDateOn(day)) throw new Error(`not a day: ${day}`);
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

/** The same few hundred days are asked for thousands of times while a page is reckoned. */
const numbers = new Map<DateOn, number>();
const MOST_NUMBERS = 4_000;

/** Days since 1970-01-01. */
export function dayNumber(day: DateOn): number {
  const known = numbers.get(day);
  if (known !== undefined) return known;
  const number = reckonNumber(day);
  if (numbers.size >= MOST_NUMBERS) numbers.clear();
  numbers.set(day, number);
  return number;
}

/** Years are counted from March, so the leap day is the last of its year. */
function reckonNumber(day: DateOn): number {
  const { year, month, day: d } = parts(day);
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + d - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

/** The inverse of `dayNumber`. */
export function dateOfNumber(number: number): DateOn {
  const days = number + 719_468;
  const era = Math.floor(days / 146_097);
  const inEra = days - era * 146_097;
  const yearInEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * yearInEra + Math.floor(yearInEra / 4) - Math.floor(yearInEra / 100));
  const fromMarch = Math.floor((5 * inYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = era * 400 + yearInEra + (month <= 2 ? 1 : 0);
  return dateOn(year, month, inYear - Math.floor((153 * fromMarch + 2) / 5) + 1);
}

export function addDays(day: DateOn, count: number): DateOn {
  return dateOfNumber(dayNumber(day) + count);
}

/** From one day to another; 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: DateOn, to: DateOn): number {
  return dayNumber(to) - dayNumber(from);
}

/** The same day of another month; 31 January and a month is 28 or 29 February. */
export function addMonths(day: DateOn, count: number): DateOn {
  const { year, month, day: d } = parts(day);
  const months = year * 12 + (month - 1) + count;
  const [y, m] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  return dateOn(y, m, Math.min(d, daysInMonth(y, m)));
}

/** 1 Monday to 7 Sunday (ISO 8601), in Vietnamese Thứ Hai to Chủ nhật. */
export function weekday(day: DateOn): number {
  return weekdayOfNumber(dayNumber(day));
}

/** 1970-01-01 was a Thursday. */
export function weekdayOfNumber(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1;
}

/** The week of a day, Monday to Sunday, as offices here count it. */
export function weekOf(day: DateOn): ClosedRange {
  const monday = addDays(day, 1 - weekday(day));
  return { from: monday, to: addDays(monday, 6) };
}

/** Two whole weeks. Calendars do not number them, so they are counted from the week that holds `anchor`. */
export function fortnightOf(day: DateOn, anchor: DateOn): ClosedRange {
  const first = weekOf(anchor).from;
  const from = addDays(first, Math.floor(daysBetween(first, day) / 14) * 14);
  return { from, to: addDays(from, 13) };
}

export function monthOf(day: DateOn): ClosedRange {
  return monthsOf(day, 1);
}

export function quarterOf(day: DateOn): ClosedRange {
  return monthsOf(day, 3);
}

export function halfYearOf(day: DateOn): ClosedRange {
  return monthsOf(day, 6);
}

export function yearOf(day: DateOn): ClosedRange {
  return monthsOf(day, 12);
}

/** The stretch of 1, 3, 6 or 12 calendar months that holds the day. */
function monthsOf(day: DateOn, size: number): ClosedRange {
  const { year, month } = parts(day);
  const first = Math.floor((month - 1) / size) * size + 1;
  const last = first + size - 1;
  return { from: dateOn(year, first, 1), to: dateOn(year, last, daysInMonth(year, last)) };
}

export function compareDays(a: DateOn, b: DateOn): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function earlier(a: DateOn, b: DateOn): DateOn {
  return a <= b ? a : b;
}

export function later(a: DateOn, b: DateOn): DateOn {
  return a >= b ? a : b;
}

export function inRange(day: DateOn, range: DayRange): boolean {
  return range.from <= day && (range.to === null || day <= range.to);
}

/** The days both have; undefined where they have none. */
export function intersect(a: DayRange, b: ClosedRange): ClosedRange | undefined;
export function intersect(a: DayRange, b: DayRange): DayRange | undefined;
export function intersect(a: DayRange, b: DayRange): DayRange | undefined {
  const from = later(a.from, b.from);
  const to = a.to === null ? b.to : b.to === null ? a.to : earlier(a.to, b.to);
  return to !== null && to < from ? undefined : { from, to };
}

/** How many days a range holds, both ends counted. */
export function lengthOf(range: ClosedRange): number {
  return daysBetween(range.from, range.to) + 1;
}

export function daysOf(range: ClosedRange): DateOn[] {
  const first = dayNumber(range.from);
  return Array.from({ length: Math.max(0, lengthOf(range)) }, (_, i) => dateOfNumber(first + i));
}

/**
 * From a stored validity, where the end is the first day that no longer counts (so successive rows share a
 * date and cannot leave a gap), to days counted at both ends. Undefined for a validity that holds no day.
 */
export function validDays(validFrom: DateOn, validTo: DateOn | null): DayRange | undefined {
  if (validTo === null) return { from: validFrom, to: null };
  return validTo <= validFrom ? undefined : { from: validFrom, to: addDays(validTo, -1) };
}
