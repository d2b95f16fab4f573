import { describe, expect, it } from 'vitest';
import { sectionsOf, type OwedOccurrence } from '#features/dashboards/duty-sections.ts';

const today = '2025-08-05';
const one = (fields: Partial<OwedOccurrence>): OwedOccurrence => {
  const made = {
    itemId: 'a',
    areaId: null,
    periodStart: today,
    dueOn: today,
    dueAt: `${fields.dueOn ?? today}T18:30:00+07:00`,
    state: 'due' as const,
    required: 1,
    done: 0,
    fulfilled: 0,
    timeLeft: 0,
    mayRecord: true,
    ...fields,
  };
  return { ...made, key: `${made.itemId}/${made.areaId ?? 'ward'}/${made.periodStart}` };
};
const keys = (entries: readonly { itemId: string; ones: readonly OwedOccurrence[] }[]) =>
  entries.map(({ itemId, ones }) => `${itemId} ${ones.length}`);

describe('what somebody owes', () => {
  it('stands under late, today and the next seven days, each occurrence once', () => {
    const made = sectionsOf(
      [
        one({}),
        one({}),
        one({ itemId: 'b', dueOn: '2025-08-04', periodStart: '2025-08-04', state: 'late' }),
        one({ itemId: 'c', dueOn: '2025-08-10', state: 'due' }),
        one({ itemId: 'd', dueOn: '2025-08-06', periodStart: '2025-08-06', state: 'upcoming' }),
        one({ itemId: 'd', dueOn: '2025-08-07', periodStart: '2025-08-07', state: 'upcoming' }),
        one({ itemId: 'e', dueOn: '2025-08-20', state: 'upcoming' }),
        one({ itemId: 'f', state: 'met', fulfilled: 1 }),
        one({ itemId: 'g', dueOn: null, dueAt: null, state: 'ongoing' }),
      ],
      today,
    );
    expect(keys(made.late)).toEqual(['b 1']);
    expect(keys(made.today)).toEqual(['a 1']);
    expect(keys(made.week)).toEqual(['d 2', 'c 1']);
    expect(keys(made.done)).toEqual(['f 1']);
    expect(keys(made.standing)).toEqual(['g 1']);
  });

  it('what was made good late is not late any more', () => {
    const made = sectionsOf([one({ state: 'late', fulfilled: 1 })], today);
    expect(keys(made.late)).toEqual([]);
  });

  it('one duty in many groups is one entry', () => {
    const made = sectionsOf([one({ areaId: 'x' }), one({ areaId: 'y' })], today);
    expect(keys(made.today)).toEqual(['a 2']);
  });
});
