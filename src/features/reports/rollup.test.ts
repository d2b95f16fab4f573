import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measure } from '#features/reports/figures.ts';
import {
  brokenEqualities,
  wardLines,
  wardSum,
  type GroupLife,
  type GroupTold,
  type Recounts,
} from '#features/reports/rollup.ts';

const life = (id: string, more: Partial<GroupLife> = {}): GroupLife => ({
  id,
  validFrom: '2025-07-01',
  validTo: null,
  successors: [],
  households: 100,
  ...more,
});

const told = (areaId: string, reportOn: string, total: number, more: Partial<GroupTold> = {}): GroupTold => ({
  areaId,
  reportOn,
  version: 1,
  figures: { reached: { day: 10, total } },
  itemised: { reached: { day: 10, total } },
  reasons: {},
  nothingReason: null,
  ...more,
});

const reachedOf = (lives: readonly GroupLife[], reports: readonly GroupTold[], morning: string) => {
  const lines = wardLines(lives, reports, morning);
  const sum = wardSum(lines, {});
  return { lines, sum, reached: sum.figures.find(({ measure }) => measure === 'reached') };
};

describe('roll-up of groups to the ward', () => {
  it('has nothing to say of a ward without a report, and no zero either', () => {
    const { sum } = reachedOf([life('a'), life('b')], [], '2025-08-05');
    expect(sum).toMatchObject({ groups: 2, told: 0, figures: [] });
    expect(sum.silent).toHaveLength(2);
    expect(wardSum([], {})).toEqual({ households: null, groups: 0, told: 0, silent: [], figures: [] });
  });

  it('of one group is that group', () => {
    const { sum, reached } = reachedOf([life('a')], [told('a', '2025-08-05', 40)], '2025-08-05');
    expect(sum).toMatchObject({ households: 100, groups: 1, told: 1 });
    expect(reached).toMatchObject({ day: 10, total: 40, share: 40, exceeds: false });
  });

  it('keeps a silent group’s total with its date and gives it no day', () => {
    const reports = [told('a', '2025-08-04', 40), told('b', '2025-08-05', 30)];
    const { lines, reached } = reachedOf([life('a'), life('b')], reports, '2025-08-05');
    expect(lines[0]).toMatchObject({ told: false, carriedFrom: '2025-08-04' });
    expect(lines[0]?.figures.reached).toEqual({ day: null, total: 40 });
    expect(reached).toMatchObject({ day: 10, total: 70 });
  });

  it('uses the latest version of a morning and says which', () => {
    const reports = [told('a', '2025-08-05', 40), told('a', '2025-08-05', 38, { version: 2 })];
    const { lines, reached } = reachedOf([life('a')], reports, '2025-08-05');
    expect(lines[0]?.version).toBe(2);
    expect(reached?.total).toBe(38);
  });

  it('hands a merged group’s total on to its successor until that one reports', () => {
    const lives = [
      life('a', { validTo: '2025-08-04', successors: ['c'] }),
      life('b', { validTo: '2025-08-04', successors: ['c'] }),
      life('c', { validFrom: '2025-08-04', households: 200 }),
    ];
    const before = [told('a', '2025-08-04', 40), told('b', '2025-08-03', 30)];
    const { lines, reached } = reachedOf(lives, before, '2025-08-05');
    expect(lines.map(({ areaId }) => areaId)).toEqual(['c']);
    expect(lines[0]).toMatchObject({ inherited: ['a', 'b'], carriedFrom: '2025-08-03' });
    expect(reached?.total).toBe(70);
    expect(reachedOf(lives, [...before, told('c', '2025-08-05', 82)], '2025-08-05').reached?.total).toBe(82);
    // The morning before the merger both still stand for themselves; on its day the new one is asked.
    expect(reachedOf(lives, before, '2025-08-03').lines.map(({ areaId }) => areaId)).toEqual(['a', 'b']);
    const onTheDay = [told('a', '2025-08-03', 40), told('b', '2025-08-03', 30)];
    expect(reachedOf(lives, onTheDay, '2025-08-04')).toMatchObject({
      lines: [{ areaId: 'c', inherited: ['a', 'b'] }],
      reached: { total: 70 },
    });
  });

  it('does not count twice what a merged group had itself taken over and reported', () => {
    const lives = [
      life('x', { validTo: '2025-08-03', successors: ['a'] }),
      life('a', { validFrom: '2025-08-03', validTo: '2025-08-05', successors: ['c'] }),
      life('b', { validTo: '2025-08-05', successors: ['c'] }),
      life('c', { validFrom: '2025-08-05' }),
    ];
    const reports = [told('x', '2025-08-02', 25), told('a', '2025-08-04', 40), told('b', '2025-08-04', 30)];
    const { lines, reached } = reachedOf(lives, reports, '2025-08-05');
    expect(lines).toMatchObject([{ areaId: 'c', inherited: ['a', 'b'] }]);
    expect(reached?.total).toBe(70);
    // Where the one between was silent, what stood behind it still counts.
    const silent = reports.filter(({ areaId }) => areaId !== 'a');
    expect(reachedOf(lives, silent, '2025-08-05').reached?.total).toBe(55);
  });

  it('names the total of a split group until all its successors have reported', () => {
    const lives = [
      life('a', { validTo: '2025-08-04', successors: ['b', 'c'] }),
      life('b', { validFrom: '2025-08-04' }),
      life('c', { validFrom: '2025-08-04' }),
    ];
    const { lines, sum, reached } = reachedOf(lives, [told('a', '2025-08-04', 40)], '2025-08-05');
    expect(lines.map(({ areaId, undivided }) => [areaId, undivided])).toEqual([
      ['b', false],
      ['c', false],
      ['a', true],
    ]);
    expect(sum.groups).toBe(2);
    expect(reached?.total).toBe(40);
    const both = [told('a', '2025-08-04', 40), told('b', '2025-08-05', 25), told('c', '2025-08-05', 20)];
    expect(reachedOf(lives, both, '2025-08-05').reached?.total).toBe(45);
  });

  it('carries over a month end and a leap day', () => {
    expect(reachedOf([life('a')], [told('a', '2025-08-31', 40)], '2025-09-01').lines[0]?.carriedFrom).toBe(
      '2025-08-31',
    );
    const leap = [life('a', { validFrom: '2028-02-01', validTo: '2028-03-02' })];
    expect(reachedOf(leap, [told('a', '2028-02-29', 12)], '2028-03-01').reached?.total).toBe(12);
    expect(reachedOf(leap, [told('a', '2028-02-29', 12)], '2028-03-02').lines).toEqual([]);
  });

  it('takes a figure nobody stated for unknown, never for nought', () => {
    const reports = [
      told('a', '2025-08-05', 40),
      told('b', '2025-08-05', 0, {
        figures: { tips: { day: 1, total: null } },
        itemised: { reached: { day: 2, total: 7 } },
      }),
    ];
    const lines = wardLines([life('a'), life('b')], reports, '2025-08-05');
    const sum = wardSum(lines, {});
    const reached = sum.figures.find(({ measure }) => measure === 'reached');
    expect(reached).toMatchObject({ total: 40, differences: [{ reason: '', count: -7, unstated: true }] });
    expect(brokenEqualities(lines, sum, () => null)).toEqual([]);
  });

  it('prints a count above the households as a count, never as a share', () => {
    const { reached } = reachedOf([life('a')], [told('a', '2025-08-05', 102)], '2025-08-05');
    expect(reached).toMatchObject({ total: 102, share: null, exceeds: true });
  });
});

const figures = fc.record({ day: fc.nat(50), total: fc.integer({ min: 50, max: 300 }) });
const someReport = (areaId: string) =>
  fc.record({
    areaId: fc.constant(areaId),
    reportOn: fc.constantFrom('2025-08-03', '2025-08-04', '2025-08-05'),
    version: fc.integer({ min: 1, max: 3 }),
    figures: fc.record({ reached: figures, pledged: figures }),
    itemised: fc.record({ reached: figures, pledged: figures }),
    reasons: fc.constantFrom({}, { reached: 'ghi trên giấy' }),
    nothingReason: fc.constant(null),
  });

const wards = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.tuple(
    fc.constant(Array.from({ length: count }, (_, n) => life(`g${n}`))),
    fc
      .tuple(...Array.from({ length: count }, (_, n) => fc.array(someReport(`g${n}`), { maxLength: 4 })))
      .map((lists) => lists.flat()),
    fc.nat(5),
  ),
);

describe('the four equalities of a ward report', () => {
  it('hold for any ward, and a change of any one figure breaks one', () => {
    fc.assert(
      fc.property(wards, ([lives, reports, twice]) => {
        const lines = wardLines(lives, reports, '2025-08-05');
        const groups = (measure: Measure) =>
          lines.reduce((sum, { itemised }) => sum + (itemised[measure]?.total ?? 0), 0);
        const held = wardSum(lines, {}).figures.map(({ measure }) => measure);
        const recounts: Recounts = Object.fromEntries(
          held.map((measure) => [measure, { distinct: groups(measure) - twice }]),
        );
        const sum = wardSum(lines, recounts);
        const recount = (measure: Measure) => recounts[measure]?.distinct ?? null;
        expect(brokenEqualities(lines, sum, recount)).toEqual([]);
        for (const [n, figure] of sum.figures.entries()) {
          const changed = (more: object) => ({
            ...sum,
            figures: sum.figures.map((one, at) => (at === n ? { ...one, ...more } : one)),
          });
          expect(brokenEqualities(lines, changed({ total: (figure.total ?? 0) + 1 }), recount)).not.toEqual(
            [],
          );
          expect(
            brokenEqualities(lines, changed({ itemisedTotal: (figure.itemisedTotal ?? 0) + 1 }), recount),
          ).not.toEqual([]);
          expect(brokenEqualities(lines, changed({ twice: figure.twice + 1 }), recount)).not.toEqual([]);
          const extra = [...figure.differences, { reason: 'x', count: 1 }];
          expect(brokenEqualities(lines, changed({ differences: extra }), recount)).not.toEqual([]);
        }
      }),
    );
  });

  it('a later silent morning never makes a total fall', () => {
    fc.assert(
      fc.property(wards, ([lives, reports]) => {
        const total = (morning: string) =>
          wardSum(wardLines(lives, reports, morning), {}).figures.map(({ measure, total: sum }) => [
            measure,
            sum,
          ]);
        expect(total('2025-08-06')).toEqual(total('2025-08-05'));
      }),
    );
  });
});
