/** A point or short stretch of the calendar as papers write it: a day, a month, a quarter, half a year, a year. */
import { bareRx } from './paper-text.ts';

export const two = (n: number): string => String(n).padStart(2, '0');
const lastOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
export function dayOf(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || year < 1990 || year > 2100) return null;
  return day > lastOf(year, month) ? null : `${year}-${two(month)}-${two(day)}`;
}
export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
const fullYear = (text: string): number =>
  text.length === 2 ? (Number(text) > 70 ? 1900 : 2000) + Number(text) : Number(text);

const Y = String.raw`(?: ?[/.-] ?((?:20|19)\d\d|\d\d(?![\d/]))| ?,? nam ((?:20|19)\d\d))`;
const ROMAN: Record<string, number> = {
  i: 1,
  ii: 2,
  iii: 3,
  iv: 4,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  l: 1,
  ll: 2,
  lll: 3,
  lv: 4,
};

/** A point or short stretch of the calendar; `first` and `last` are its days, year null when left out. */
export interface Span {
  length: number;
  year: number | null;
  first: (year: number) => string | null;
  last: (year: number) => string | null;
  /** Told by a day, not only by a month, a quarter or a year. */
  exact: boolean;
  /** Month it ends in, to order a range across two years. */
  month: number;
  /** Only a day: "từ ngày 05 đến ngày 15/8" leaves month and year to the end of the range. */
  dayOnly?: number;
}

const DAY_RX = bareRx(
  String.raw`^(?:ngay )?(\d{1,2}) ?[/.-] ?(\d{1,2})(?:${Y})?(?!\d|/ ?\d|[%a-z]|[.,]\d| ?(?:%|so ))`,
  '',
);
// "3 tháng 1 lần" is a rhythm, no day.
const DAY_LONG = bareRx(
  String.raw`^(?:ngay )?(\d{1,2}) thang (\d{1,2})(?:${Y})?(?!\d| (?:lan|luot|buoi|ky|cuoc|dot|phien)(?![a-z]))`,
  '',
);
const MONTH_RX = bareRx(
  String.raw`^(?:cuoi |het |trong )?thang (\d{1,2})(?: ?[/-] ?((?:19|20)\d\d)| ?,? nam ((?:19|20)\d\d))?(?![\d/])`,
  '',
);
const MONTH_BARE = /^(\d{1,2}) ?\/ ?((?:19|20)\d\d)(?![\d/])/;
const QUARTER_RX = bareRx(
  String.raw`^(?:cuoi |het |trong )?quy ([1-4]|iv|i{1,3}|l{1,3}|lv)(?: ?[/-] ?((?:19|20)\d\d)| ?,? nam ((?:19|20)\d\d))?(?![\da-z])`,
  '',
);
const HALF_RX = bareRx(String.raw`^(?:6|06|sau) thang (dau|cuoi) nam(?: ((?:19|20)\d\d))?(?!\d)`, '');
const YEAR_RX = bareRx(String.raw`^(?:cuoi |het |trong )?nam ((?:19|20)\d\d)(?![\d/]| ?-)`, '');
export const DAY_ONLY = bareRx(
  String.raw`^(?:ngay )?(\d{1,2})(?= ?(?:-|,? ?(?:cho )?(?:den|toi)(?![a-z])))`,
  '',
);

const yearIn = (a: string | undefined, b: string | undefined): number | null => {
  const text = a ?? b;
  return text === undefined ? null : fullYear(text);
};

export function daySpan(text: string): Span | null {
  const match = DAY_RX.exec(text) ?? DAY_LONG.exec(text);
  if (!match) return null;
  const day = Number(match[1]);
  const month = Number(match[2]);
  if (day < 1 || day > 31 || month < 1 || month > 12) return null;
  const on = (year: number): string | null => dayOf(year, month, day);
  return {
    length: match[0].length,
    year: yearIn(match[3], match[4]),
    first: on,
    last: on,
    exact: true,
    month,
  };
}

function monthSpan(text: string): Span | null {
  const long = MONTH_RX.exec(text);
  const match = long ?? MONTH_BARE.exec(text);
  if (!match) return null;
  const month = Number(match[1]);
  if (month < 1 || month > 12) return null;
  return {
    length: match[0].length,
    year: yearIn(match[2], match[3]),
    first: (year) => dayOf(year, month, 1),
    last: (year) => dayOf(year, month, lastOf(year, month)),
    exact: false,
    month,
  };
}

function longSpan(text: string): Span | null {
  const quarter = QUARTER_RX.exec(text);
  if (quarter) {
    const n = ROMAN[quarter[1] ?? ''] ?? 1;
    return {
      length: quarter[0].length,
      year: yearIn(quarter[2], quarter[3]),
      first: (year) => dayOf(year, n * 3 - 2, 1),
      last: (year) => dayOf(year, n * 3, lastOf(year, n * 3)),
      exact: false,
      month: n * 3,
    };
  }
  const half = HALF_RX.exec(text);
  if (half) {
    const early = half[1] === 'dau';
    return {
      length: half[0].length,
      year: yearIn(half[2], undefined),
      first: (year) => (early ? `${year}-01-01` : `${year}-07-01`),
      last: (year) => (early ? `${year}-06-30` : `${year}-12-31`),
      exact: false,
      month: early ? 6 : 12,
    };
  }
  const whole = YEAR_RX.exec(text);
  if (!whole) return null;
  const year = Number(whole[1]);
  return {
    length: whole[0].length,
    year,
    first: () => `${year}-01-01`,
    last: () => `${year}-12-31`,
    exact: false,
    month: 12,
  };
}

export const spanAt = (text: string): Span | null => daySpan(text) ?? monthSpan(text) ?? longSpan(text);
