import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { denominatorOf, figuresOf, gainsByDay, MEASURES, shareOf, sumFigures } from './coverage.ts';
import type { HouseholdFacts } from './coverage.ts';

const facts = (given: Partial<HouseholdFacts> = {}): HouseholdFacts => ({
  id: 'a',
  groupId: 'g',
  laneId: null,
  metOn: [],
  calledOn: [],
  pledgedOn: [],
  zaloOn: [],
  excludedFrom: null,
  lastReason: null,
  ...given,
});

const DAYS = ['2025-08-02', '2025-08-03', '2025-08-04', '2025-08-05'];
const days = fc.array(fc.constantFrom(...DAYS), { maxLength: 4 });
const household: fc.Arbitrary<HouseholdFacts> = fc.record({
  id: fc.uuid(),
  groupId: fc.constantFrom('g1', 'g2', 'g3'),
  laneId: fc.constant(null),
  metOn: days,
  calledOn: days,
  pledgedOn: days,
  zaloOn: days,
  excludedFrom: fc.option(fc.constantFrom(...DAYS)),
  lastReason: fc.constantFrom(null, 'nobody-home', 'refused', 'working-away'),
});
const ward = fc.record({
  households: fc.array(household, { maxLength: 60 }),
  declared: fc.option(fc.integer({ min: 0, max: 80 })),
  on: fc.constantFrom(...DAYS),
});

describe('the denominator', () => {
  test('a group with only a declared number is measured by it', () => {
    expect(figuresOf([], 176, '2025-08-05')).toMatchObject({ denominator: 176, unlisted: 176, reached: 0 });
  });

  test('more named than declared raises it and asks', () => {
    const two = [facts({ id: 'a' }), facts({ id: 'b' })];
    expect(figuresOf(two, 1, '2025-08-05')).toMatchObject({ denominator: 2, overNamed: true, unlisted: 0 });
  });

  test('only an approved exclusion takes a household out, from its day on, with what it had counted', () => {
    const gone = facts({ metOn: ['2025-08-02'], excludedFrom: '2025-08-04' });
    expect(figuresOf([gone], 1, '2025-08-03')).toMatchObject({ denominator: 1, reached: 1 });
    expect(figuresOf([gone], 1, '2025-08-04')).toMatchObject({ denominator: 0, reached: 0, excluded: 1 });
  });

  test('exclusions never take more than were named', () => {
    expect(denominatorOf(10, 2, 5)).toBe(8);
    expect(denominatorOf(null, 0, 3)).toBe(0);
  });
});

describe('the three figures', () => {
  test('a second visit never counts twice', () => {
    const twice = facts({ metOn: ['2025-08-03', '2025-08-02', '2025-08-03'] });
    expect(figuresOf([twice], 5, '2025-08-05').reached).toBe(1);
    expect(gainsByDay([twice], '2025-08-05').reached).toEqual(new Map([['2025-08-02', 1]]));
  });

  test('reached by telephone alone stands apart, and ends once somebody is met', () => {
    const called = facts({ calledOn: ['2025-08-02'] });
    expect(figuresOf([called], 1, '2025-08-05')).toMatchObject({ reached: 0, remote: 1, leftNamed: 0 });
    const met = { ...called, metOn: ['2025-08-04'] };
    expect(figuresOf([met], 1, '2025-08-05')).toMatchObject({ reached: 1, remote: 0 });
    expect(figuresOf([met], 1, '2025-08-03')).toMatchObject({ reached: 0, remote: 1 });
  });

  test('doors left are told by what the last visit found', () => {
    const some = [
      facts(),
      facts({ lastReason: 'refused' }),
      facts({ lastReason: 'refused', metOn: ['2025-08-02'] }),
    ];
    expect(figuresOf(some, 3, '2025-08-05').leftBy).toEqual({ none: 1, refused: 1 });
  });

  test('a stated count above the denominator is no share', () => {
    expect(shareOf(177, 176)).toBeNull();
    expect(shareOf(176, 176)).toBe(1);
    expect(shareOf(0, 0)).toBeNull();
  });
});

describe('properties', () => {
  test('no figure passes its denominator', () => {
    fc.assert(
      fc.property(ward, ({ households, declared, on }) => {
        const figures = figuresOf(households, declared, on);
        for (const measure of MEASURES) expect(figures[measure]).toBeLessThanOrEqual(figures.denominator);
        expect(figures.reached + figures.remote).toBeLessThanOrEqual(figures.denominator);
      }),
    );
  });

  test('named households are reached, reached otherwise, left or excluded: nothing between', () => {
    fc.assert(
      fc.property(ward, ({ households, declared, on }) => {
        const f = figuresOf(households, declared, on);
        expect(f.reached + f.remote + f.leftNamed + f.excluded).toBe(f.named);
        expect(Object.values(f.leftBy).reduce((a, b) => a + b, 0)).toBe(f.leftNamed);
        expect(f.denominator).toBe(Math.max(f.declared ?? 0, f.named) - f.excluded);
      }),
    );
  });

  test('the days add up to the figure', () => {
    fc.assert(
      fc.property(ward, ({ households, declared, on }) => {
        const figures = figuresOf(households, declared, on);
        const gains = gainsByDay(households, on);
        for (const measure of MEASURES)
          expect([...gains[measure].values()].reduce((a, b) => a + b, 0)).toBe(figures[measure]);
      }),
    );
  });

  test('a merged group counts what its parts counted, and lists in any order count the same', () => {
    fc.assert(
      fc.property(ward, ({ households, on }) => {
        const parts = [...Map.groupBy(households, ({ groupId }) => groupId).values()];
        const apart = sumFigures(parts.map((part) => figuresOf(part, null, on)));
        const together = figuresOf([...households].reverse(), null, on);
        for (const key of ['named', 'excluded', 'denominator', ...MEASURES] as const)
          expect(apart[key]).toBe(together[key]);
      }),
    );
  });

  test('without exclusions a figure never falls from one day to the next', () => {
    fc.assert(
      fc.property(fc.array(household, { maxLength: 40 }), (households) => {
        const kept = households.map((one) => ({ ...one, excludedFrom: null }));
        const reached = DAYS.map((day) => figuresOf(kept, null, day).reached);
        expect(reached).toEqual(reached.toSorted((a, b) => a - b));
      }),
    );
  });
});
