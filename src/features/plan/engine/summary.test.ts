import { describe, expect, it } from 'vitest';
import { instantOf } from '#core/clock.ts';
import { actsOf } from '#features/plan/engine/acts.ts';
import { calendarOf, excusesAt } from '#features/plan/engine/calendar.ts';
import { summarise } from '#features/plan/engine/summary.ts';
import { act, duty, group, PEAK, report, version } from '../../../../tests/support/plan-items.ts';

const versions = [
  version(1, [
    report('quick', {
      cadence: { count: 1, per: 'day' },
      time: '08:30',
      scope: 'group',
      accountable: 'groups',
    }),
    duty('posts', { cadence: { count: 2, per: 'day' } }),
    duty('check', { standing: true }),
  ]),
];
const calendar = calendarOf(
  { versions, areas: [group('g1'), group('g2'), group('g3')], daysOff: new Set() },
  '2025-12-31',
);
const due = instantOf('2025-08-05', '08:30');
const seen = actsOf(
  [
    act('quick', '2025-08-05', { areaId: 'g1', receivedAt: due - 1 }),
    act('quick', '2025-08-05', { areaId: 'g2', receivedAt: due }),
    act('posts', '2025-08-04'),
  ],
  versions,
  instantOf('2025-08-06', '07:00'),
);

describe('a summary', () => {
  const summary = summarise(calendar, PEAK, seen, new Set());

  it('opens to units, groups and days that can be counted by hand', () => {
    expect(summary.ofUnit('groups', '2025-08-05')).toMatchObject({ met: 1, late: 1, missed: 1 });
    expect(summary.ofArea('g1', '2025-08-05').met).toBe(1);
    expect(summary.ofArea('g2', '2025-08-05').late).toBe(1);
    expect(summary.ofItem('quick')).toMatchObject({ met: 1, late: 1, missed: 10, due: 3, upcoming: 24 });
    expect(summary.ofUnit('police').ongoing).toBe(1);
    expect(summary.ofUnit('police', '2025-08-04')).toMatchObject({ met: 0, missed: 1 });
  });

  it('does not take one act for two', () => {
    expect(summary.ofItemDay('posts', '2025-08-04')).toMatchObject({ missed: 1, met: 0 });
  });

  it('moves an excused occurrence and nothing else', () => {
    const excuse = {
      itemId: 'quick',
      areaId: 'g3',
      periodStart: '2025-08-05',
      grantedAt: due,
      revokedAt: null,
    };
    const excused = summarise(calendar, PEAK, seen, excusesAt([excuse], seen.seenAt));
    expect(excused.ofArea('g3', '2025-08-05')).toMatchObject({ missed: 0, excused: 1 });
    expect(excused.total).toEqual({ ...summary.total, missed: summary.total.missed - 1, excused: 1 });
  });
});
