import { describe, expect, it } from 'vitest';
import { instantOf } from '#core/clock.ts';
import { chooseUrgent, type OpenOne, type UrgentInput } from '#features/dashboards/urgent.ts';

const today = '2025-08-05';
const now = instantOf(today, '07:50');
const quiet: UrgentInput = {
  now,
  today,
  campaignFrom: '2025-08-02',
  open: [],
  heard: [
    { areaId: 'a', households: 300, lastOn: '2025-08-04' },
    { areaId: 'b', households: 200, lastOn: today },
  ],
  short: [],
  unnamed: [],
};
const owed = (fields: Partial<OpenOne>): OpenOne => ({
  itemId: 'report',
  areaId: 'a',
  accountable: 'groups',
  periodStart: today,
  dueAt: instantOf(today, '08:30'),
  late: false,
  ...fields,
});
const kinds = (input: Partial<UrgentInput>) => chooseUrgent({ ...quiet, ...input }).map(({ kind }) => kind);

describe('three things that need you', () => {
  it('are none on a quiet day', () => expect(kinds({})).toEqual([]));

  it('begin with what falls due within two hours, and leave out what falls due later', () => {
    const far = owed({ itemId: 'evening', dueAt: instantOf(today, '18:30') });
    expect(kinds({ open: [owed({}), far] })).toEqual(['closing']);
  });

  it('make one matter of all groups that owe the same, the largest group first', () => {
    const [one] = chooseUrgent({ ...quiet, open: [owed({ areaId: 'b' }), owed({ areaId: 'a' })] });
    expect(one).toMatchObject({ kind: 'closing', count: 2, households: 500, areaIds: ['a', 'b'] });
  });

  it('name one of each kind before a second of any', () => {
    const late = (itemId: string, n: number) =>
      Array.from({ length: n }, (_, i) =>
        owed({ itemId, areaId: `g${i}`, late: true, dueAt: instantOf('2025-08-03', '18:30') }),
      );
    const input = {
      open: [...late('x', 3), ...late('y', 5)],
      short: [{ key: 't', shortBy: 214, goal: 12_000 }],
      heard: [{ areaId: 'a', households: 300, lastOn: null }],
    };
    expect(kinds(input)).toEqual(['overdue', 'silent', 'short']);
    expect(chooseUrgent({ ...quiet, ...input })[0]).toMatchObject({ itemId: 'y', count: 5 });
    const { open } = input;
    expect(kinds({ open })).toEqual(['overdue', 'overdue']);
  });

  it('call a group silent after two whole days, today not counted', () => {
    const heard = (lastOn: string) => [{ areaId: 'a', households: 300, lastOn }];
    expect(kinds({ heard: heard('2025-08-03') })).toEqual([]);
    expect(kinds({ heard: heard('2025-08-02') })).toEqual(['silent']);
  });

  it('put the target that lacks the largest share first', () => {
    const [one] = chooseUrgent({
      ...quiet,
      short: [
        { key: 'many', shortBy: 500, goal: 12_000 },
        { key: 'most', shortBy: 4, goal: 5 },
      ],
    });
    expect(one).toMatchObject({ kind: 'short', line: 'most' });
  });
});
