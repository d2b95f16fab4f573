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

describe('the reports of a morning', () => {
  it('are owed on public holidays, unless the ward left days off out', () => {
    const days = ['2025-08-30', '2025-09-01', '2025-09-02', '2025-09-03'];
    const owed = (weekends: 'counted' | 'skipped') => days.map((day) => owedOn(daily(weekends), day).length);
    expect(owed('counted')).toEqual([1, 1, 1, 1]);
    expect(owed('skipped')).toEqual([0, 0, 0, 1]);
  });
});
