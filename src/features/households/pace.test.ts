import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysLookedAt, paceOf } from './pace.ts';

const of = (denominator: number, reached: number, daily: number[]) =>
  paceOf({ denominator, reached, daily, today: '2025-08-05', endOn: '2025-08-14' });

test('a group on pace names the day it is done', () => {
  expect(of(100, 60, [10, 10, 10])).toMatchObject({
    left: 40,
    now: 10,
    needed: 4,
    doneOn: '2025-08-08',
    shortBy: 0,
    state: 'on-pace',
  });
});

test('a group that misses says by how many, and whether a second team would do', () => {
  expect(of(200, 50, [10, 8])).toMatchObject({
    left: 150,
    now: 9,
    needed: 15,
    shortBy: 60,
    teams: 2,
    state: 'second-team',
  });
  expect(of(500, 50, [10, 8])).toMatchObject({ needed: 45, teams: 5, state: 'short' });
  expect(of(100, 0, [0, 0])).toMatchObject({ doneOn: null, teams: null, state: 'no-pace' });
  expect(of(100, 100, [])).toMatchObject({ left: 0, needed: 0, state: 'done' });
});

test('the running day is not looked at, nor days before the campaign', () => {
  expect(daysLookedAt('2025-08-02', '2025-08-05')).toEqual(['2025-08-02', '2025-08-03', '2025-08-04']);
  expect(daysLookedAt('2025-08-02', '2025-08-02')).toEqual([]);
  expect(daysLookedAt('2025-07-01', '2025-08-05')).toHaveLength(7);
});

test('the pace needed is enough, and one household less is not', () => {
  const n = fc.integer({ min: 0, max: 2_000 });
  fc.assert(
    fc.property(
      n,
      n,
      fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 7 }),
      (denominator, reached, daily) => {
        const { left, needed, teams, now } = of(denominator, reached, daily);
        expect((needed ?? 0) * 10).toBeGreaterThanOrEqual(left);
        if ((needed ?? 0) > 0) expect(((needed ?? 0) - 1) * 10).toBeLessThan(left);
        if (teams !== null) expect(teams * now * 10).toBeGreaterThanOrEqual(left - 1e-6);
      },
    ),
  );
});
