import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '#core/calendar.ts';
import { forecast } from '#features/plan/engine/forecast.ts';

const daily = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 10 });
const remaining = fc.integer({ min: -5, max: 3000 });
const daysLeft = fc.integer({ min: -3, max: 40 });
const from = '2025-08-06';
const at = (done: readonly number[], left: number, days: number) =>
  forecast({ daily: done, remaining: left, from, endOn: addDays(from, days - 1) });

describe('a forecast', () => {
  it('can be recounted by hand', () => {
    // 12,000 households, 4 days: 900, 1,100, 700, 1,300 done, 8,000 left, 8 days to go.
    expect(at([900, 1100, 700, 1300], 8000, 8)).toEqual({
      status: 'on-pace',
      pace: 1000,
      expectedOn: '2025-08-13',
      earliestOn: '2025-08-13',
      latestOn: '2025-08-14',
      shortBy: 0,
      paceNeeded: 1000,
    });
    expect(at([900, 1100, 700, 1300], 8214, 8)).toMatchObject({
      status: 'short',
      shortBy: 214,
      paceNeeded: 1027,
      expectedOn: '2025-08-14',
    });
  });

  it('with no work left is today', () => {
    fc.assert(
      fc.property(daily, fc.integer({ min: -10, max: 0 }), daysLeft, (done, left, days) => {
        expect(at(done, left, days)).toMatchObject({
          status: 'done',
          expectedOn: from,
          earliestOn: from,
          latestOn: from,
          shortBy: 0,
          paceNeeded: 0,
        });
      }),
    );
  });

  it('without pace says so, and after a single day that it is too early', () => {
    expect(at([0, 0, 0], 40, 5)).toMatchObject({
      status: 'no-pace',
      expectedOn: null,
      shortBy: 40,
      paceNeeded: 8,
    });
    expect(at([25], 40, 5)).toMatchObject({ status: 'too-early', expectedOn: null, paceNeeded: 8 });
    expect(at([], 40, 5)).toMatchObject({ status: 'too-early' });
  });

  it('names no pace when no day is left', () => {
    expect(at([10, 10], 40, 0)).toMatchObject({ status: 'short', paceNeeded: null, shortBy: 40 });
  });

  it('is never moved later, nor made worse, by more work done on any day', () => {
    const later = (a: string | null, b: string | null) => (a ?? '9999-12-31') > (b ?? '9999-12-31');
    fc.assert(
      fc.property(
        daily,
        remaining,
        daysLeft,
        fc.nat(),
        fc.integer({ min: 1, max: 100 }),
        (done, left, days, pick, more) => {
          if (done.length === 0) return;
          const better = done.map((n, i) => (i === pick % done.length ? n + more : n));
          const [before, after] = [at(done, left, days), at(better, left - more, days)];
          for (const field of ['expectedOn', 'earliestOn', 'latestOn'] as const)
            expect(later(after[field], before[field])).toBe(false);
          expect(after.shortBy).toBeLessThanOrEqual(before.shortBy);
          expect(after.paceNeeded ?? 0).toBeLessThanOrEqual(before.paceNeeded ?? Infinity);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('holds the expected day between the earliest and the latest', () => {
    fc.assert(
      fc.property(daily, remaining, daysLeft, (done, left, days) => {
        const { expectedOn, earliestOn, latestOn } = at(done, left, days);
        if (expectedOn === null) return;
        expect((earliestOn ?? '') <= expectedOn).toBe(true);
        expect(latestOn === null || expectedOn <= latestOn).toBe(true);
      }),
    );
  });

  it('is on pace exactly when the expected day is in time, and then nothing is short', () => {
    fc.assert(
      fc.property(daily, remaining, daysLeft, (done, left, days) => {
        const { status, expectedOn, shortBy } = at(done, left, days);
        if (status !== 'on-pace' && status !== 'short') return;
        expect(status === 'on-pace').toBe(shortBy === 0);
        const inTime = expectedOn !== null && daysBetween(from, expectedOn) < days;
        expect(inTime).toBe(status === 'on-pace');
      }),
    );
  });

  it('meets the target when the pace it asks for is kept', () => {
    fc.assert(
      fc.property(remaining, fc.integer({ min: 1, max: 40 }), (left, days) => {
        const { paceNeeded } = at([1, 1], left, days);
        expect((paceNeeded ?? 0) * days).toBeGreaterThanOrEqual(left);
        if ((paceNeeded ?? 0) > 0) expect(((paceNeeded ?? 0) - 1) * days).toBeLessThan(left);
      }),
    );
  });
});
