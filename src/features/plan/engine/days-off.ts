/**
 * Public holidays on which officials do not work, by year as announced: dated data with its source, added to each year.
 * Weekdays only; Saturdays and Sundays are days off by themselves. A working Saturday given in exchange is not kept:
 * whoever owes a daily duty on weekdays owes none on it.
 */
import type { DateOn } from '#core/calendar.ts';
import years from './days-off.json' with { type: 'json' };

const days = new Map(years.flatMap((year) => year.days.map((day) => [day.on, day] as const)));

/** For the duties whose `weekends` are skipped. */
export const DAYS_OFF: ReadonlySet<DateOn> = new Set(days.keys());

/** Years whose holidays have been announced and stand here, ascending. */
export const YEARS_KNOWN: readonly number[] = years.map(({ year }) => year);

export const nameOfDayOff = (day: DateOn, language: 'vi' | 'en'): string | null =>
  days.get(day)?.[language] ?? null;
