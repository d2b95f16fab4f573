import { describe, expect, it } from 'vitest';
import { instantOf } from '#core/clock.ts';
import { totalOf } from '#features/plan/engine/acts.ts';
import { calendarOf, occurrences } from '#features/plan/engine/calendar.ts';
import { DEFAULT_CHOICES, type Area, type PlanVersion } from '#features/plan/model.ts';
import {
  act,
  duty,
  group,
  PEAK,
  report,
  standing,
  target,
  version,
} from '../../../../tests/support/plan-items.ts';

const UNTIL = '2026-12-31';
const calendar = (
  versions: readonly PlanVersion[],
  areas: readonly Area[] = [],
  daysOff: readonly string[] = [],
) => calendarOf({ versions, areas, daysOff: new Set(daysOff) }, UNTIL);

/** All of an item, as "period start → due day, count". */
const owed = (
  versions: readonly PlanVersion[],
  range = PEAK,
  areas: readonly Area[] = [],
  daysOff: readonly string[] = [],
) =>
  occurrences(calendar(versions, areas, daysOff), range).map(
    ({ periodStart, dueOn, required }) => `${periodStart} → ${dueOn ?? '…'}: ${required}`,
  );

describe('what is owed', () => {
  it('is each day of the peak for a daily report, weekends included, due before 08:30', () => {
    const quick = report('r', {
      cadence: { count: 1, per: 'day' },
      between: { from: '2025-08-02', to: '2025-08-13' },
      time: '08:30',
      scope: 'group',
    });
    const found = occurrences(calendar([version(1, [quick])], [group('g1'), group('g2')]), PEAK);
    expect(found).toHaveLength(24);
    expect(found[0]?.dueAt).toBe(instantOf('2025-08-02', '08:30'));
    expect(found.at(-1)?.dueAt).toBe(instantOf('2025-08-13', '08:30'));
  });

  it('is due at the end of the last window of the day', () => {
    const broadcast = duty('d', {
      cadence: { count: 1, per: 'day' },
      windows: [
        { name: 'late-afternoon', from: '16:30', to: '18:30' },
        { name: 'early-morning', from: '05:00', to: '07:30' },
      ],
    });
    expect(occurrences(calendar([version(1, [broadcast])]), PEAK)[0]?.dueAt).toBe(
      instantOf('2025-08-02', '18:30'),
    );
  });

  it('leaves out a week cut to less than half, and keeps one of four days', () => {
    const weekly = duty('d', { cadence: { count: 1, per: 'week' } });
    // 02 and 03/8 are a weekend; 11 to 14/8 are four days.
    expect(owed([version(1, [weekly])])).toEqual([
      '2025-08-04 → 2025-08-10: 1',
      '2025-08-11 → 2025-08-14: 1',
    ]);
  });

  it('is a share of a cut month, all of it, or nothing, as the ward chose', () => {
    const monthly = (partialPeriods: 'owed' | 'prorata' | 'waived') => {
      const cadence = { count: 5, per: 'month' } as const;
      return owed([version(1, [duty('d', { cadence, choices: { ...DEFAULT_CHOICES, partialPeriods } })])]);
    };
    expect(monthly('prorata')).toEqual(['2025-08-02 → 2025-08-14: 2']);
    expect(monthly('owed')).toEqual(['2025-08-02 → 2025-08-14: 5']);
    expect(monthly('waived')).toEqual([]);
  });

  it('runs on after the peak for a level to keep up, "05 a month"', () => {
    expect(owed([version(1, [target('t')])], { from: '2025-08-02', to: '2025-09-30' })).toEqual([
      '2025-08-02 → 2025-08-31: 5',
      '2025-09-01 → 2025-09-30: 5',
    ]);
  });

  it('is due at the end of the campaign for what is owed once, though it be called standing', () => {
    const panel = duty('d', { standing: true, cadence: { count: 1, per: 'campaign' } });
    expect(owed([version(1, [panel])])).toEqual(['2025-08-02 → 2025-08-14: 1']);
  });

  it('is nothing for a stretch of the campaign itself', () => {
    expect(owed([version(1, [duty('d', { activity: 'phase' })])])).toEqual([]);
  });

  it('is never nothing for a whole campaign, however short', () => {
    const days = { from: '2025-08-09', to: '2025-08-11' };
    expect(owed([version(1, [duty('d', { cadence: { count: 1, per: 'week' } })], { days })])).toEqual([
      '2025-08-11 → 2025-08-11: 1',
    ]);
    expect(owed([version(1, [duty('d', { cadence: { count: 2, per: 'quarter' } })], { days })])).toEqual([
      '2025-08-09 → 2025-08-11: 1',
    ]);
  });

  it('ends with the peak for what is not standing, and goes on for what is', () => {
    const later = { from: '2025-09-01', to: '2025-09-07' };
    const weekly = { cadence: { count: 1, per: 'week' } } as const;
    expect(owed([version(1, [duty('d', weekly)])], later)).toEqual([]);
    expect(owed([version(1, [duty('d', { ...weekly, standing: true })])], later)).toEqual([
      '2025-09-01 → 2025-09-07: 1',
    ]);
  });

  it('follows the day the paper names: a weekday, a day of the month that February lacks', () => {
    const friday = report('r', { cadence: { count: 1, per: 'week' }, weekdays: [5], time: '16:00' });
    expect(owed([version(1, [friday])])).toEqual(['2025-08-04 → 2025-08-08: 1']);
    const days = { from: '2026-01-15', to: '2026-04-29' };
    const monthly = report('r', { cadence: { count: 1, per: 'month' }, dayOfMonth: 30 });
    expect(owed([version(1, [monthly], { days, inForceFrom: days.from })], days)).toEqual([
      '2026-01-15 → 2026-01-30: 1',
      '2026-02-01 → 2026-02-28: 1',
      '2026-03-01 → 2026-03-30: 1',
    ]);
  });

  it('leaves out weekends and public holidays only where the ward chose so', () => {
    const daily = duty('d', {
      cadence: { count: 1, per: 'day' },
      choices: { ...DEFAULT_CHOICES, weekends: 'skipped' },
    });
    expect(owed([version(1, [daily])], PEAK, [], ['2025-08-06'])).toHaveLength(8);
  });

  it('reads "before the 14th" as the person who confirmed it said', () => {
    const final = (lastDay: 'included' | 'excluded') =>
      occurrences(
        calendar([
          version(1, [
            report('r', {
              reportKind: 'final',
              by: { on: '2025-08-14', time: null },
              choices: { ...DEFAULT_CHOICES, lastDay },
            }),
          ]),
        ]),
        PEAK,
      )[0]?.dueAt;
    expect(final('excluded')).toBe(instantOf('2025-08-13', '24:00'));
    expect(final('included')).toBe(instantOf('2025-08-14', '24:00'));
  });

  it('keeps a deadline that lies before the campaign', () => {
    const prepare = version(1, [duty('d', { by: { on: '2025-07-30', time: '17:00' } })]);
    const found = occurrences(calendar([prepare]), { from: '2025-07-01', to: '2025-07-31' });
    expect(found.map(({ dueAt }) => dueAt)).toEqual([instantOf('2025-07-30', '17:00')]);
  });

  it('is nothing on any day for a share to reach', () => {
    expect(owed([version(1, [target('t', { unit: 'percent', value: 100, per: null })])])).toEqual([]);
    expect(owed([version(1, [target('t', { unit: 'percent', value: 100 })])])).toEqual([]);
  });

  it('is nothing for a limit, and one more for "more than"', () => {
    expect(owed([version(1, [target('t', { comparator: '<=', value: 3 })])])).toEqual([]);
    const above = target('t', { comparator: '>', value: 3, per: 'campaign' });
    expect(owed([version(1, [above])])).toEqual(['2025-08-02 → 2025-08-14: 4']);
  });

  it('is refused, not cut short, beyond the days the calendar was made for', () => {
    expect(() => occurrences(calendar([]), { from: '2025-08-02', to: '2027-01-01' })).toThrow();
  });
});

describe('linked duties', () => {
  const versions = [
    version(
      1,
      [
        duty('police', { cadence: { count: 1, per: 'day' } }),
        duty('culture', { cadence: { count: 1, per: 'day' } }),
        duty('other', { cadence: { count: 1, per: 'day' } }),
      ],
      { links: [['police', 'culture']] },
    ),
  ];

  it('are both met by one act, once each, and the act is once in the total', () => {
    const acts = [act('police', '2025-08-05', { itemIds: ['police', 'culture'] })];
    const at = instantOf('2025-08-06');
    expect(standing(versions, 'police', '2025-08-05', { at, acts })).toMatchObject({ state: 'met', done: 1 });
    expect(standing(versions, 'culture', '2025-08-05', { at, acts })).toMatchObject({
      state: 'met',
      done: 1,
    });
    expect(standing(versions, 'other', '2025-08-05', { at, acts })).toMatchObject({ done: 0 });
    expect(totalOf([...acts, ...acts], at)).toBe(1);
  });

  it('hold in both directions, and an act given twice is still one', () => {
    const one = act('culture', '2025-08-05');
    expect(
      standing(versions, 'police', '2025-08-05', { at: instantOf('2025-08-06'), acts: [one, one] }),
    ).toMatchObject({ state: 'met', done: 1 });
  });
});

describe('groups that merge in the middle of a week', () => {
  const areas = [
    group('a', { validTo: '2025-08-08', successors: ['c'] }),
    group('b', { validTo: '2025-08-08', successors: ['c'] }),
    group('c', { validFrom: '2025-08-08' }),
    group('new', { validFrom: '2025-08-08' }),
  ];
  const versions = [
    version(1, [duty('d', { scope: 'group', cadence: { count: 1, per: 'week' }, standing: true })]),
  ];

  it('leave the week to the successor, with the acts of both', () => {
    const week = occurrences(calendar(versions, areas), { from: '2025-08-04', to: '2025-08-10' });
    expect(week.map(({ areaId }) => areaId)).toEqual(['c']);
    expect(
      standing(versions, 'd', '2025-08-04', {
        at: instantOf('2025-08-09'),
        areas,
        area: 'c',
        acts: [act('d', '2025-08-05', { areaId: 'b' })],
      }).state,
    ).toBe('met');
  });

  it('keep what fell due before, and a group founded from nothing owes no week cut to three days', () => {
    const daily = [version(1, [duty('d', { scope: 'group', cadence: { count: 1, per: 'day' } })])];
    const of = (day: string) =>
      occurrences(calendar(daily, areas), { from: day, to: day }).map(({ areaId }) => areaId);
    expect(of('2025-08-07')).toEqual(['a', 'b']);
    expect(of('2025-08-08')).toEqual(['c', 'new']);
    const next = occurrences(calendar(versions, areas), { from: '2025-08-11', to: '2025-08-17' });
    expect(next.map(({ areaId }) => areaId)).toEqual(['c', 'new']);
  });
});

describe('an amendment', () => {
  const weekly = duty('d', { cadence: { count: 1, per: 'week' }, standing: true });
  const twice = duty('d', { cadence: { count: 2, per: 'week' }, standing: true });
  const amended = (items: PlanVersion['items'], from = '2025-08-20', days = PEAK) => [
    version(1, [weekly], { inForceTo: from }),
    version(2, items, { inForceFrom: from, days }),
  ];
  const AUGUST = { from: '2025-08-02', to: '2025-08-31' };

  it('judges what falls due from its first day on, the running week included', () => {
    expect(owed(amended([twice]), AUGUST)).toEqual([
      '2025-08-04 → 2025-08-10: 1',
      '2025-08-11 → 2025-08-17: 1',
      '2025-08-18 → 2025-08-24: 2',
      '2025-08-25 → 2025-08-31: 2',
    ]);
  });

  it('that drops a duty frees it from what was not yet due', () => {
    expect(owed(amended([]), AUGUST)).toEqual(['2025-08-04 → 2025-08-10: 1', '2025-08-11 → 2025-08-17: 1']);
  });

  it('to another cadence leaves no day out and counts none twice', () => {
    const monthly = duty('d', { cadence: { count: 4, per: 'month' }, standing: true });
    expect(owed(amended([monthly]), AUGUST)).toEqual([
      '2025-08-04 → 2025-08-10: 1',
      '2025-08-11 → 2025-08-17: 1',
      '2025-08-18 → 2025-08-31: 2',
    ]);
  });

  it('that lengthens the campaign does not ask again for what was owed once', () => {
    const once = duty('o');
    const longer = { from: PEAK.from, to: '2025-08-31' };
    const versions = [
      version(1, [once], { inForceTo: '2025-08-20' }),
      version(2, [once], { inForceFrom: '2025-08-20', days: longer }),
    ];
    expect(owed(versions, AUGUST)).toEqual(['2025-08-02 → 2025-08-14: 1']);
    const early = [
      version(1, [once], { inForceTo: '2025-08-10' }),
      version(2, [once], { inForceFrom: '2025-08-10', days: longer }),
    ];
    expect(owed(early, AUGUST)).toEqual(['2025-08-02 → 2025-08-31: 1']);
  });

  it('that brings a dropped duty back owes nothing for the time between', () => {
    const versions = [
      version(1, [weekly], { inForceTo: '2025-08-11' }),
      version(2, [], { inForceFrom: '2025-08-11', inForceTo: '2025-08-20' }),
      version(3, [weekly], { inForceFrom: '2025-08-20' }),
    ];
    expect(owed(versions, AUGUST)).toEqual([
      '2025-08-04 → 2025-08-10: 1',
      '2025-08-20 → 2025-08-24: 1',
      '2025-08-25 → 2025-08-31: 1',
    ]);
  });

  it('with a new duty owes it from the amendment on', () => {
    const versions = [
      version(1, [], { inForceTo: '2025-08-07' }),
      version(2, [duty('n', { cadence: { count: 1, per: 'day' } })], { inForceFrom: '2025-08-07' }),
    ];
    expect(owed(versions)[0]).toBe('2025-08-07 → 2025-08-07: 1');
    expect(owed(versions)).toHaveLength(8);
  });
});
