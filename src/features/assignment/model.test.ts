import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf } from '#core/clock.ts';
import {
  daysAway,
  gapsOf,
  holdersAt,
  isAwayAt,
  isAwayWithin,
  phoneLoad,
  responsibleAt,
} from '#features/assignment/model.ts';
import type { Absence, Responsibility } from '#features/assignment/model.ts';

const AREA = 'a';
const at = (day: string, time = '12:00') => instantOf(day, time);

const held = (grantId: string, over: Partial<Responsibility> = {}): Responsibility => ({
  grantId,
  personId: `p-${grantId}`,
  role: 'group-leader',
  areaId: AREA,
  unitId: null,
  fromAt: at('2025-07-01'),
  toAt: null,
  standsInFor: null,
  ...over,
});

const away = (over: Partial<Absence> = {}): Absence => ({
  id: 'x',
  personId: 'p-leader',
  fromOn: '2025-08-06',
  toOn: '2025-08-07',
  endedAt: null,
  ...over,
});

const STAND_IN = held('stand-in', {
  fromAt: instantOf('2025-08-06'),
  toAt: instantOf('2025-08-08'),
  standsInFor: 'leader',
});

describe('who answers', () => {
  const all = [held('leader'), STAND_IN, held('other', { areaId: 'b' })];
  const who = (day: string) =>
    responsibleAt(all, { areaId: AREA }, 'group-leader', at(day)).map((one) => one.grantId);

  test('the stand-in does on the days away, the holder before and after', () => {
    expect(who('2025-08-05')).toEqual(['leader']);
    expect(who('2025-08-06')).toEqual(['stand-in']);
    expect(who('2025-08-07')).toEqual(['stand-in']);
    expect(who('2025-08-08')).toEqual(['leader']);
  });

  test('work of the holder on a day away is still entitled', () => {
    expect(
      holdersAt(all, { areaId: AREA }, 'group-leader', at('2025-08-06')).map(({ grantId }) => grantId),
    ).toEqual(['leader', 'stand-in']);
  });

  test('before the role began nobody did', () => {
    expect(who('2025-06-30')).toEqual([]);
  });

  test('what happens later never changes who answered before', () => {
    const instant = fc.integer({ min: at('2025-07-01'), max: at('2025-09-01') });
    const role = fc.record({
      fromAt: instant,
      length: fc.integer({ min: 1, max: 40 * 86_400_000 }),
      open: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(role, { maxLength: 8 }), instant, instant, (roles, one, two) => {
        const [before, after] = [Math.min(one, two), Math.max(one, two)];
        const past = roles.map(({ fromAt, length, open }, n) =>
          held(`g${n}`, { fromAt, toAt: open ? null : fromAt + length }),
        );
        // From `after` on: every open role ends, and a new one begins.
        const ended = past.map((role) =>
          role.toAt === null && role.fromAt < after ? { ...role, toAt: after } : role,
        );
        const ids = (list: readonly Responsibility[], when: number) =>
          responsibleAt(list, { areaId: AREA }, 'group-leader', when).map(({ grantId }) => grantId);
        if (before < after)
          expect(ids([...ended, held('new', { fromAt: after })], before)).toEqual(ids(past, before));
      }),
    );
  });
});

describe('being away', () => {
  test('counts the first and the last day', () => {
    expect(isAwayAt(away(), instantOf('2025-08-05', '23:59'))).toBe(false);
    expect(isAwayAt(away(), instantOf('2025-08-06'))).toBe(true);
    expect(isAwayAt(away(), instantOf('2025-08-07', '23:59'))).toBe(true);
    expect(isAwayAt(away(), instantOf('2025-08-08'))).toBe(false);
  });

  test('ends when the person is back, and never was where they came back before it began', () => {
    const back = away({ endedAt: at('2025-08-06') });
    expect(isAwayAt(back, at('2025-08-06', '11:00'))).toBe(true);
    expect(isAwayAt(back, at('2025-08-06', '13:00'))).toBe(false);
    expect(daysAway(back)).toEqual({ from: '2025-08-06', to: '2025-08-06' });
    const cancelled = away({ endedAt: at('2025-08-03') });
    expect(daysAway(cancelled)).toBeNull();
    expect(isAwayWithin(cancelled, '2025-08-01', '2025-08-31')).toBe(false);
    expect(isAwayWithin(away(), '2025-08-07', '2025-08-09')).toBe(true);
    expect(isAwayWithin(away(), '2025-08-08', '2025-08-09')).toBe(false);
  });
});

describe('gaps of a group', () => {
  const others = [
    held('officer', { role: 'area-officer' }),
    held('deputy', { role: 'deputy-leader' }),
    held('team', { role: 'field-member' }),
  ];
  const gaps = (list: readonly Responsibility[], absences: readonly Absence[], day: string) =>
    gapsOf({ held: list, absences, areaId: AREA }, at(day));

  test('a post nobody holds is vacant', () => {
    expect(gaps(others, [], '2025-08-05')).toEqual([{ post: 'group-leader', kind: 'vacant', on: null }]);
  });

  test('a holder who is away leaves a gap only while nobody stands in', () => {
    const manned = [...others, held('leader')];
    expect(gaps(manned, [away()], '2025-08-06')).toEqual([{ post: 'group-leader', kind: 'away', on: null }]);
    expect(gaps([...manned, STAND_IN], [away()], '2025-08-06')).toEqual([]);
  });

  test('an absence to come without a stand-in is told days ahead, with its day', () => {
    const manned = [...others, held('leader')];
    expect(gaps(manned, [away()], '2025-08-05')).toEqual([
      { post: 'group-leader', kind: 'ahead', on: '2025-08-06' },
    ]);
    expect(gaps([...manned, STAND_IN], [away()], '2025-08-05')).toEqual([]);
    expect(gaps(manned, [away({ fromOn: '2025-08-20', toOn: '2025-08-21' })], '2025-08-05')).toEqual([]);
  });

  test('a stand-in who is away herself leaves the gap open', () => {
    const also = away({ id: 'y', personId: 'p-stand-in' });
    expect(gaps([...others, held('leader'), STAND_IN], [away(), also], '2025-08-06')).toEqual([
      { post: 'group-leader', kind: 'away', on: null },
    ]);
  });
});

describe('what a phone carries', () => {
  test('is over budget from the first household above 2,000; the larger number of a group counts', () => {
    const full = [
      { confirmed: 1_900, stated: 100 },
      { confirmed: 80, stated: 100 },
    ];
    expect(phoneLoad(full)).toEqual({
      groups: 2,
      households: 2_000,
      megabytes: 30,
      unknown: 0,
      isOver: false,
    });
    expect(phoneLoad([...full, { confirmed: 1, stated: null }]).isOver).toBe(true);
  });

  test('names the groups whose number nobody knows', () => {
    expect(phoneLoad([{ confirmed: null, stated: null }])).toMatchObject({
      households: 0,
      unknown: 1,
      isOver: false,
    });
  });
});
