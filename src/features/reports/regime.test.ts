import { describe, expect, it } from 'vitest';
import { DEFAULT_CHOICES } from '#features/plan/model.ts';
import type { PlanOfReports } from '#features/reports/ports.ts';
import { owedOn } from '#features/reports/regime.ts';
import { group, report, version } from '../../../tests/support/plan-items.ts';

const daily = (weekends: 'counted' | 'skipped'): PlanOfReports => ({
  campaign: {
    id: 'c',
    name: 'Đợt',
    shortName: 'Đợt',
    leadingUnitId: 'police',
    fromOn: '2025-08-30',
    toOn: '2025-09-05',
    state: 'active',
  },
  versions: [
    version(
      1,
      [
        report('r', {
          scope: 'group',
          cadence: { count: 1, per: 'day' },
          choices: { ...DEFAULT_CHOICES, weekends },
        }),
      ],
      { days: { from: '2025-08-30', to: '2025-09-05' }, inForceFrom: '2025-08-30' },
    ),
  ],
  areas: [group('g1')],
});

const over = (from: string, to: string, areas: PlanOfReports['areas']): PlanOfReports => ({
  ...daily('counted'),
  campaign: { ...daily('counted').campaign, fromOn: from, toOn: to },
  versions: [
    version(1, [report('r', { scope: 'group', cadence: { count: 1, per: 'day' } })], {
      days: { from, to },
      inForceFrom: from,
    }),
  ],
  areas,
});

describe('the reports of a morning', () => {
  it('are owed on a leap day and on both sides of a month end, each day once', () => {
    const leap = over('2028-02-27', '2028-03-02', [group('g1', { validFrom: '2028-01-01' })]);
    const days = ['2028-02-26', '2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01', '2028-03-02'];
    const owed = days.map((day) => owedOn(leap, day));
    expect(owed.map((list) => list.length)).toEqual([0, 1, 1, 1, 1, 1]);
    expect(owed.flatMap((list) => list.map(({ reportOn }) => reportOn))).toEqual(days.slice(1));
    const common = over('2027-02-27', '2027-03-02', [group('g1', { validFrom: '2027-01-01' })]);
    expect(owedOn(common, '2027-03-01')).toHaveLength(1);
    const month = over('2025-08-30', '2025-09-02', [group('g1')]);
    expect(
      ['2025-08-31', '2025-09-01'].map((day) => owedOn(month, day).map(({ reportOn }) => reportOn)),
    ).toEqual([['2025-08-31'], ['2025-09-01']]);
  });

  it('are owed by the groups of that morning: from a merger’s day on by the new one alone', () => {
    const plan = over('2025-08-02', '2025-08-13', [
      group('a', { validTo: '2025-08-08', successors: ['c'] }),
      group('b', { validTo: '2025-08-08', successors: ['c'] }),
      group('c', { validFrom: '2025-08-08' }),
    ]);
    const who = (day: string) => owedOn(plan, day).map(({ areaId }) => areaId);
    expect(who('2025-08-07')).toEqual(['a', 'b']);
    expect(who('2025-08-08')).toEqual(['c']);
    expect(who('2025-08-13')).toEqual(['c']);
  });

  it('are owed on public holidays, unless the ward left days off out', () => {
    const days = ['2025-08-30', '2025-09-01', '2025-09-02', '2025-09-03'];
    const owed = (weekends: 'counted' | 'skipped') => days.map((day) => owedOn(daily(weekends), day).length);
    expect(owed('counted')).toEqual([1, 1, 1, 1]);
    expect(owed('skipped')).toEqual([0, 0, 0, 1]);
  });
});
