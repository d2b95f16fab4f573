import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fixedMachineClock,
  dayOf,
  endOfDay,
  instantOf,
  isOnTime,
  isoOf,
  minutesLate,
  parseInstant,
  shiftedClock,
  timeOf,
} from '#core/clock.ts';
import { dateOfNumber } from '#core/calendar.ts';

const anyInstant = fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2100, 0, 1) });

describe('Viet Nam time', () => {
  it('agrees with the time zone database since 1980', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Ho_Chi_Minh',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2100, 0, 1) }), (at) => {
        expect(`${dayOf(at)} ${timeOf(at)}`).toBe(format.format(at));
      }),
    );
  });

  it('turns over at midnight there, not in Greenwich', () => {
    expect(dayOf(Date.parse('2025-08-04T16:59:59.999Z'))).toBe('2025-08-04');
    expect(dayOf(Date.parse('2025-08-04T17:00:00.000Z'))).toBe('2025-08-05');
    expect(instantOf('2025-08-05', '07:50')).toBe(Date.parse('2025-08-05T00:50:00Z'));
    expect(endOfDay('2025-08-13')).toBe(instantOf('2025-08-14'));
    expect(() => instantOf('2025-08-05', '8:30')).toThrow();
    expect(() => instantOf('2025-08-05', '24:01')).toThrow();
  });

  it('goes from day and time to the instant and back', () => {
    const day = fc.integer({ min: 0, max: 50_000 }).map(dateOfNumber);
    fc.assert(
      fc.property(day, fc.nat(1439), (on, minute) => {
        const at = instantOf(
          on,
          `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
        );
        expect(instantOf(dayOf(at), timeOf(at))).toBe(at);
        expect(dayOf(at)).toBe(on);
      }),
    );
  });

  it('is written and read without loss, in whatever offset it comes', () => {
    fc.assert(
      fc.property(anyInstant, (at) => {
        expect(parseInstant(isoOf(at))).toBe(at);
        expect(parseInstant(new Date(at).toISOString())).toBe(at);
      }),
    );
    expect(parseInstant('2025-08-05T07:50+07:00')).toBe(instantOf('2025-08-05', '07:50'));
    expect(parseInstant('2025-08-04T20:50:00-04:00')).toBe(instantOf('2025-08-05', '07:50'));
    for (const text of [
      '2025-08-05T07:50',
      '2025-08-05',
      '2025-02-30T07:50Z',
      '2025-08-05T25:00Z',
      'now',
      '2025-08-05T07:50:61Z',
    ]) {
      expect(parseInstant(text)).toBeUndefined();
    }
  });
});

describe('punctuality', () => {
  const due = instantOf('2025-08-05', '08:30');

  it('ends with the last millisecond before 08:30', () => {
    expect(isOnTime(due - 1, due)).toBe(true);
    expect(isOnTime(due, due)).toBe(false);
    expect(minutesLate(due - 1, due)).toBe(0);
  });

  it('counts whole minutes late, and never fewer than one', () => {
    expect(minutesLate(due, due)).toBe(1);
    expect(minutesLate(due + 119_999, due)).toBe(1);
    expect(minutesLate(due + 120_000, due)).toBe(2);
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -1_000_000, max: 100_000_000 }), (at, gap) => {
        expect(minutesLate(at + gap, at) > 0).toBe(!isOnTime(at + gap, at));
      }),
    );
  });
});

describe('a rehearsed clock', () => {
  it('starts at its base and runs on at the speed of the machine, never before the base', () => {
    const base = instantOf('2025-08-05', '07:50');
    expect(shiftedClock(base, 1_000, fixedMachineClock(1_000)).now()).toBe(base);
    expect(shiftedClock(base, 1_000, fixedMachineClock(61_000)).now()).toBe(base + 60_000);
    expect(shiftedClock(base, 1_000, fixedMachineClock(10)).now()).toBe(base);
  });
});
