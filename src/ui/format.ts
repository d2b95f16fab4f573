/**
 * Time and numbers as people read them on a screen: 08:30, 05/8, "còn 40 phút", 12.000, 79,8%. Official documents
 * write otherwise (as the law says) and do not come here. Instants are ISO strings or epoch milliseconds and are shown
 * in Vietnam's time whatever the device's zone; days without time are `YYYY-MM-DD`. Pure: no clock is read here.
 */
import { m } from '#messages/messages.js';

export type Language = 'vi' | 'en';
export type Instant = string | number | Date;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const zoned = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

const numbers: Record<Language, Intl.NumberFormat> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const WEEKDAYS = [
  [m.ui_weekday_0, m.ui_weekday_short_0],
  [m.ui_weekday_1, m.ui_weekday_short_1],
  [m.ui_weekday_2, m.ui_weekday_short_2],
  [m.ui_weekday_3, m.ui_weekday_short_3],
  [m.ui_weekday_4, m.ui_weekday_short_4],
  [m.ui_weekday_5, m.ui_weekday_short_5],
  [m.ui_weekday_6, m.ui_weekday_short_6],
] as const;

interface Parts {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
}

/** A day stays itself; an instant falls on its day in Vietnam. */
function partsOf(value: Instant): Parts {
  const dayOnly = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  if (dayOnly) {
    const [, year = '', month = '', day = ''] = dayOnly;
    return { year, month, day, hour: '00', minute: '00' };
  }
  const found: Parts = { year: '', month: '', day: '', hour: '', minute: '' };
  for (const { type, value: text } of zoned.formatToParts(new Date(value))) {
    if (type === 'year' || type === 'month' || type === 'day' || type === 'hour' || type === 'minute')
      found[type] = text;
  }
  return found;
}

/** The day in Vietnam, `YYYY-MM-DD`. */
function dayOf(value: Instant): string {
  const { year, month, day } = partsOf(value);
  return `${year}-${month}-${day}`;
}

/** 08:30 */
export function formatTime(at: Instant): string {
  const { hour, minute } = partsOf(at);
  return `${hour}:${minute}`;
}

/** 05/8, in English 5 Aug. Single-digit days carry a nought, months do not: so it is written in Vietnam. */
export function formatDate(value: Instant, language: Language): string {
  const { month, day } = partsOf(value);
  if (language === 'en') return `${Number(day)} ${MONTHS[Number(month) - 1] ?? ''}`;
  return `${day}/${Number(month)}`;
}

/** 05/8/2025, in English 5 Aug 2025 */
export function formatDateYear(value: Instant, language: Language): string {
  return `${formatDate(value, language)}${language === 'en' ? ' ' : '/'}${partsOf(value).year}`;
}

function weekday(value: Instant, language: Language, short: boolean): string {
  const { year, month, day } = partsOf(value);
  const index = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay();
  const words = WEEKDAYS[index];
  return words === undefined ? '' : words[short ? 1 : 0]({}, { locale: language });
}

/** Thứ Ba 05/8, in English Tuesday 5 Aug */
export function formatWeekday(value: Instant, language: Language): string {
  return `${weekday(value, language, false)} ${formatDate(value, language)}`;
}

/** T3 05/8: for heads of narrow columns. */
export function formatWeekdayShort(value: Instant, language: Language): string {
  return `${weekday(value, language, true)} ${formatDate(value, language)}`;
}

/** 08:30 05/8 */
export function formatDateTime(at: Instant, language: Language): string {
  return `${formatTime(at)} ${formatDate(at, language)}`;
}

/** "Hôm nay", "Ngày mai", "Hôm qua" beside `today`, else the weekday and date. */
export function formatDayNear(value: Instant, today: Instant, language: Language): string {
  const days = Math.round((Date.parse(dayOf(value)) - Date.parse(dayOf(today))) / DAY);
  if (days === 0) return m.ui_today({}, { locale: language });
  if (days === 1) return m.ui_tomorrow({}, { locale: language });
  if (days === -1) return m.ui_yesterday({}, { locale: language });
  return formatWeekday(value, language);
}

/**
 * "còn 40 phút". Minutes left are rounded down: who reads "còn 1 phút" still has a minute. From two days on, days.
 */
export function formatLeft(ms: number, language: Language): string {
  const locale = { locale: language };
  const minutes = Math.floor(ms / MINUTE);
  if (minutes < 1) return m.ui_left_now({}, locale);
  if (minutes < 60) return m.ui_left_minutes({ minutes }, locale);
  if (ms >= 2 * DAY) return m.ui_left_days({ days: Math.floor(ms / DAY) }, locale);
  const hours = Math.floor(ms / HOUR);
  const rest = minutes - hours * 60;
  return rest === 0
    ? m.ui_left_hours({ hours }, locale)
    : m.ui_left_hours_minutes({ hours, minutes: rest }, locale);
}

/** "chậm 11 phút": whole minutes, at least one, as lateness is counted. */
export function formatLate(ms: number, language: Language): string {
  const locale = { locale: language };
  const minutes = Math.max(1, Math.floor(ms / MINUTE));
  if (minutes < 60) return m.ui_late_minutes({ minutes }, locale);
  if (ms >= 2 * DAY) return m.ui_late_days({ days: Math.floor(ms / DAY) }, locale);
  const hours = Math.floor(minutes / 60);
  const rest = minutes - hours * 60;
  return rest === 0
    ? m.ui_late_hours({ hours }, locale)
    : m.ui_late_hours_minutes({ hours, minutes: rest }, locale);
}

/** 12.000, in English 12,000 */
export function formatCount(count: number, language: Language): string {
  return numbers[language].format(count);
}

/**
 * A share (0…1) as 79,8%. Never rounded up to the whole or down to nothing: 100% means all of them, 0% none.
 */
export function formatPercent(share: number, language: Language): string {
  let tenths = Math.round(share * 1000);
  if (share < 1 && tenths >= 1000) tenths = 999;
  if (share > 0 && tenths === 0) tenths = 1;
  return `${numbers[language].format(tenths / 10)}%`;
}

/** 1,4 MB */
export function formatBytes(bytes: number, language: Language): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${numbers[language].format(Math.round(bytes / 1000))} kB`;
  return `${numbers[language].format(bytes / 1_000_000)} MB`;
}
