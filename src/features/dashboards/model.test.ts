import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#core/calendar.ts';
import {
  mapDays,
  outlookOf,
  paceMark,
  rateNeeded,
  rateOf,
  standingOf,
  subjectOf,
  together,
} from '#features/dashboards/model.ts';

const today = '2025-08-05';
const days = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 10 });
const end = fc.integer({ min: -2, max: 30 }).map((left) => addDays(today, left));
const place = fc.record({ done: days, now: fc.nat(60), goal: fc.integer({ min: 0, max: 900 }) });
const later = (a: string | null, b: string | null) => (a ?? '9999-12-31') > (b ?? '9999-12-31');
const DATES = ['expectedOn', 'earliestOn', 'latestOn'] as const;

describe('the outlook of a group', () => {
  it('can be recounted by hand', () => {
    // 176 homes; 14, 22 and 18 done on three days, nothing yet today: 122 left at 18 a day are 7 days, today the first.
    expect(outlookOf([14, 22, 18], 0, 176, today, '2025-08-14')).toMatchObject({
      status: 'on-pace',
      pace: 18,
      expectedOn: '2025-08-11',
      shortBy: 0,
      paceNeeded: 13,
    });
  });

  it('with no work left is today, whatever the pace', () => {
    fc.assert(
      fc.property(days, fc.nat(60), end, (done, now, endOn) => {
        const goal = done.reduce((a, b) => a + b, 0) + now;
        const made = outlookOf(done, now, goal, today, endOn);
        expect(made).toMatchObject({ status: 'done', expectedOn: today, shortBy: 0 });
      }),
    );
  });

  it('with no pace says so', () => {
    expect(outlookOf([0, 0, 0], 0, 40, today, '2025-08-14')).toMatchObject({
      status: 'no-pace',
      expectedOn: null,
      shortBy: 40,
    });
  });

  it('is never moved later, nor made shorter of its goal, by more work on any day or today', () => {
    fc.assert(
      fc.property(place, end, fc.nat(), fc.integer({ min: 1, max: 80 }), (one, endOn, pick, more) => {
        const { done, now, goal } = one;
        const before = outlookOf(done, now, goal, today, endOn);
        const at = pick % (done.length + 1);
        const after = outlookOf(
          done.map((n, i) => (i === at ? n + more : n)),
          at === done.length ? now + more : now,
          goal,
          today,
          endOn,
        );
        for (const field of DATES) expect(later(after[field], before[field])).toBe(false);
        expect(after.shortBy).toBeLessThanOrEqual(before.shortBy);
      }),
      { numRuns: 2000 },
    );
  });

  it('never lacks more than is left', () => {
    fc.assert(
      fc.property(place, end, ({ done, now, goal }, endOn) => {
        const left = Math.max(0, goal - done.reduce((a, b) => a + b, 0) - now);
        expect(outlookOf(done, now, goal, today, endOn).shortBy).toBeLessThanOrEqual(left);
      }),
    );
  });
});

describe('groups together', () => {
  const all = fc.array(place, { minLength: 1, maxLength: 8 });
  const outlooks = (places: readonly { done: number[]; now: number; goal: number }[], endOn: string) =>
    places.map(({ done, now, goal }) => outlookOf(done, now, goal, today, endOn));

  it('lack what each of them lacks: a quick group does not hide a silent one', () => {
    const quick = outlookOf([100, 100, 100], 0, 400, today, '2025-08-14');
    const silent = outlookOf([0, 0, 0], 0, 90, today, '2025-08-14');
    expect(together([quick, silent])).toMatchObject({ status: 'short', shortBy: 90, expectedOn: null });
  });

  it('are done when the last is, between the earliest and the latest day', () => {
    fc.assert(
      fc.property(all, end, (places, endOn) => {
        const each = outlooks(places, endOn);
        const whole = together(each);
        expect(whole.status === 'done').toBe(each.every(({ status }) => status === 'done'));
        for (const one of each) expect(later(one.expectedOn, whole.expectedOn)).toBe(false);
        if (whole.expectedOn === null) return;
        expect((whole.earliestOn ?? '') <= whole.expectedOn).toBe(true);
        expect(later(whole.expectedOn, whole.latestOn)).toBe(false);
      }),
    );
  });

  it('are never later by more work in one of them', () => {
    fc.assert(
      fc.property(all, end, fc.nat(), fc.integer({ min: 1, max: 80 }), (places, endOn, pick, more) => {
        const at = pick % places.length;
        const better = places.map((one, i) => (i === at ? { ...one, now: one.now + more } : one));
        const [before, after] = [together(outlooks(places, endOn)), together(outlooks(better, endOn))];
        for (const field of DATES) expect(later(after[field], before[field])).toBe(false);
        expect(after.shortBy).toBeLessThanOrEqual(before.shortBy);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what a place has done', () => {
  it('counts rows or statements, whichever is more, and never above the denominator', () => {
    const series = { areaId: 'g', of: 100, itemised: [10, 20, 5], stated: [30, 0, 0] };
    expect(standingOf(series, 100, today, '2025-08-14')).toMatchObject({
      itemised: 35,
      stated: 0,
      over: 0,
      left: 65,
    });
    expect(standingOf({ ...series, stated: [30, 40, 60] }, 100, today, '2025-08-14')).toMatchObject({
      itemised: 35,
      stated: 65,
      over: 30,
      left: 0,
    });
  });

  it('has no share without a denominator', () => {
    const made = standingOf({ areaId: 'g', of: null, itemised: [1], stated: [4] }, 100, today, '2025-08-14');
    expect(made).toMatchObject({ left: null, outlook: null, itemised: 1, stated: 3 });
  });

  it('never is more than the denominator, nor less than nothing left', () => {
    fc.assert(
      fc.property(days, days, fc.integer({ min: 0, max: 300 }), (itemised, stated, of) => {
        const made = standingOf({ areaId: 'g', of, itemised, stated }, 100, today, '2025-08-14');
        expect(made.itemised + made.stated).toBeLessThanOrEqual(of);
        expect((made.left ?? 0) + made.itemised + made.stated).toBe(of);
      }),
    );
  });
});

describe('the yardstick between groups', () => {
  it('is the same for all: who keeps it is done on the last day, large or small', () => {
    const needed = rateNeeded(today, '2025-08-14') ?? 0;
    expect(needed).toBe(10);
    for (const left of [90, 600]) expect(rateOf(left / 10, left)).toBeCloseTo(needed);
    expect(rateOf(5, 0)).toBeNull();
    expect(rateNeeded(today, '2025-08-04')).toBeNull();
  });
});

it('reads whom a target counts from its words', () => {
  expect(subjectOf('hộ dân trên địa bàn phường')).toBe('household');
  expect(subjectOf('Hộ gia đình')).toBe('household');
  expect(subjectOf('cơ quan, tổ chức, doanh nghiệp')).toBe('organisation');
  expect(subjectOf('cán bộ, công nhân')).toBe('member');
  expect(subjectOf('tố giác, tin báo')).toBe('tip');
  expect(subjectOf('trường mầm non')).toBe('other');
});

it('marks what should be reached by this morning', () => {
  expect(paceMark(130, '2025-08-02', '2025-08-14', today)).toBe(30);
  expect(paceMark(130, '2025-08-02', '2025-08-14', '2025-08-01')).toBe(0);
  expect(paceMark(130, '2025-08-02', '2025-08-14', '2025-09-01')).toBe(130);
});

it('shows the whole campaign where it fits in two weeks, else two weeks to today', () => {
  expect(mapDays({ from: '2025-08-02', to: '2025-08-14' }, today)).toEqual({
    from: '2025-08-02',
    to: '2025-08-14',
  });
  expect(mapDays({ from: '2025-08-02', to: '2025-08-14' }, '2025-08-20')).toEqual({
    from: '2025-08-07',
    to: '2025-08-20',
  });
  const year = { from: '2025-01-01', to: '2025-12-31' };
  expect(mapDays(year, '2025-06-15')).toEqual({ from: '2025-06-02', to: '2025-06-15' });
  expect(mapDays(year, '2025-01-03')).toEqual({ from: '2025-01-01', to: '2025-01-14' });
});
