import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as calendar from '#core/calendar.ts';
import {
  addDays,
  addMonths,
  dateOfNumber,
  dayNumber,
  daysBetween,
  daysOf,
  intersect,
  inRange,
  isDateOn,
} from '#core/calendar.ts';

const FIRST = dayNumber('0001-01-01');
const LAST = dayNumber('9999-12-31');
const anyDay = fc.integer({ min: FIRST + 400, max: LAST - 400 }).map(dateOfNumber);
const nearDay = fc.integer({ min: dayNumber('2024-01-01'), max: dayNumber('2028-12-31') }).map(dateOfNumber);

describe('days', () => {
  it('agree with the platform calendar over every day of 400 years', () => {
    for (let n = dayNumber('1900-01-01'); n <= dayNumber('2299-12-31'); n++) {
      const expected = new Date(n * 86_400_000);
      const day = dateOfNumber(n);
      if (
        day !== expected.toISOString().slice(0, 10) ||
        calendar.weekday(day) !== (expected.getUTCDay() || 7)
      ) {
        throw new Error(`${day} is not ${expected.toISOString()}`);
      }
    }
  });

  it('go to numbers and back', () => {
    fc.assert(fc.property(anyDay, (day) => dateOfNumber(dayNumber(day)) === day));
  });

  it('are only those that exist', () => {
    for (const day of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])
      expect(isDateOn(day)).toBe(true);
    for (const day of [
      '2025-02-29',
      '1900-02-29',
      '2025-04-31',
      '2025-13-01',
      '2025-00-10',
      '2025-1-1',
      '0000-01-01',
      '2025-01-00',
      '2025-08-05 ',
      '',
    ]) {
      expect(isDateOn(day)).toBe(false);
    }
    expect(() => addDays('2025-02-30', 1)).toThrow();
  });

  it('are added and subtracted without loss', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -300, max: 300 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n);
        expect(addDays(addDays(day, n), -n)).toBe(day);
      }),
    );
  });

  it('add months by the same day, or the last one there is', () => {
    expect(addMonths('2025-01-31', 1)).toBe('2025-02-28');
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2025-03-31', -1)).toBe('2025-02-28');
    expect(addMonths('2025-12-15', 1)).toBe('2026-01-15');
    expect(addMonths('2025-01-15', -13)).toBe('2023-12-15');
  });
});

describe('periods', () => {
  it('are the ones an office counts by', () => {
    expect(calendar.weekOf('2025-08-03')).toEqual({ from: '2025-07-28', to: '2025-08-03' });
    expect(calendar.monthOf('2024-02-10')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(calendar.quarterOf('2025-08-05')).toEqual({ from: '2025-07-01', to: '2025-09-30' });
    expect(calendar.halfYearOf('2025-06-30')).toEqual({ from: '2025-01-01', to: '2025-06-30' });
    expect(calendar.yearOf('2025-08-05')).toEqual({ from: '2025-01-01', to: '2025-12-31' });
    expect(calendar.fortnightOf('2025-08-11', '2025-08-02')).toEqual({
      from: '2025-08-11',
      to: '2025-08-24',
    });
    expect(calendar.fortnightOf('2025-08-10', '2025-08-02')).toEqual({
      from: '2025-07-28',
      to: '2025-08-10',
    });
  });

  it('hold their day, and every day of theirs gives the same period, and the next begins the day after', () => {
    const kinds: ((day: string) => calendar.ClosedRange)[] = [
      calendar.weekOf,
      (day) => calendar.fortnightOf(day, '2025-08-02'),
      calendar.monthOf,
      calendar.quarterOf,
      calendar.halfYearOf,
      calendar.yearOf,
    ];
    fc.assert(
      fc.property(nearDay, fc.constantFrom(...kinds), fc.nat(), (day, of, pick) => {
        const period = of(day);
        expect(inRange(day, period)).toBe(true);
        expect(of(addDays(period.from, pick % calendar.lengthOf(period)))).toEqual(period);
        expect(of(addDays(period.to, 1)).from).toBe(addDays(period.to, 1));
      }),
    );
  });
});

describe('ranges', () => {
  const range = fc
    .tuple(nearDay, fc.option(fc.integer({ min: 0, max: 900 })))
    .map(([from, length]): calendar.DayRange => ({
      from,
      to: length === null ? null : addDays(from, length),
    }));

  it('have exactly the common days in their intersection', () => {
    fc.assert(
      fc.property(range, range, nearDay, (a, b, day) => {
        const common = intersect(a, b);
        expect(common !== undefined && inRange(day, common)).toBe(inRange(day, a) && inRange(day, b));
      }),
    );
  });

  it('list each of their days once', () => {
    expect(daysOf({ from: '2024-02-28', to: '2024-03-01' })).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
    expect(daysOf({ from: '2025-08-14', to: '2025-08-13' })).toEqual([]);
  });

  it('made from a stored validity leave out its end, so that successors share no day', () => {
    expect(calendar.validDays('2025-07-01', '2025-08-10')).toEqual({ from: '2025-07-01', to: '2025-08-09' });
    expect(calendar.validDays('2025-07-01', null)).toEqual({ from: '2025-07-01', to: null });
    expect(calendar.validDays('2025-07-01', '2025-07-01')).toBeUndefined();
  });
});
