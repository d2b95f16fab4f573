import { describe, expect, it } from 'vitest';
import { isDateOn, weekday } from '#core/calendar.ts';
import { DAYS_OFF, nameOfDayOff, YEARS_KNOWN } from '#features/plan/engine/days-off.ts';
import years from './days-off.json' with { type: 'json' };

describe('the announced public holidays', () => {
  it('are weekdays of their year, each once, in order, with a dated source', () => {
    for (const { year, days, source } of years) {
      const on = days.map((day) => day.on);
      expect(on).toEqual([...new Set(on)].toSorted());
      for (const day of on) {
        expect(isDateOn(day), day).toBe(true);
        expect(day.slice(0, 4)).toBe(String(year));
        expect(weekday(day), day).toBeLessThanOrEqual(5);
      }
      expect(isDateOn(source.on)).toBe(true);
      expect(source.name).not.toBe('');
    }
    expect(YEARS_KNOWN).toEqual(YEARS_KNOWN.toSorted((a, b) => a - b));
  });

  it('hold the eleven days of the labour code, or the weekday given in their place', () => {
    // Article 112: one of the new year, five of Tết, one of the Hung Kings, 30/4, 1/5, two of the national day. A year
    // may have more by exchange; one whose holiday falls on a weekend has the day in lieu.
    for (const year of YEARS_KNOWN) {
      const own = [...DAYS_OFF].filter((day) => day.startsWith(String(year)));
      expect(own.filter((day) => nameOfDayOff(day, 'vi')?.startsWith('Tết Nguyên đán'))).toHaveLength(5);
      expect(own.length).toBeGreaterThanOrEqual(11);
      for (const fixed of ['01-01', '04-30', '05-01', '09-02']) expect(own).toContain(`${year}-${fixed}`);
    }
  });

  it('say nothing of an ordinary day', () => {
    expect(nameOfDayOff('2025-08-05', 'vi')).toBeNull();
  });
});
