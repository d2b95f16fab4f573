import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_DOORS, readLaneLayout, tidyHouseNumber } from './lane-range.ts';

describe('a lane laid out in words', () => {
  test('the odd side of a lane', () => {
    const { lane, houseNumbers, unread } = readLaneLayout('Ngõ 12, số 1–45 lẻ');
    expect([lane, unread]).toEqual(['Ngõ 12', []]);
    expect(houseNumbers).toHaveLength(23);
    expect([houseNumbers[0], houseNumbers.at(-1)]).toEqual(['1', '45']);
  });

  test('the even side, single doors, letters and doors left out', () => {
    const { houseNumbers } = readLaneLayout('số 2 - 12 chẵn; 12a, 14/3, trừ 4, 8');
    expect(houseNumbers).toEqual(['2', '6', '10', '12', '12A', '14/3']);
  });

  test('ways of saying a range', () => {
    for (const said of ['1-3', 'số 1 đến 3', 'từ 1 đến 3', 'nhà số 1—3', 'SỐ NHÀ 1-3'])
      expect(readLaneLayout(said).houseNumbers, said).toEqual(['1', '2', '3']);
    expect(readLaneLayout('5-1 lẻ').houseNumbers).toEqual(['5', '3', '1']);
  });

  test('what is not understood is said back, never dropped', () => {
    expect(readLaneLayout('Ngõ 3, 1-5, nhà bà Tư đầu ngõ').unread).toEqual(['nhà bà Tư đầu ngõ']);
    expect(readLaneLayout('1-4500').unread).toEqual(['1-4500']);
    expect(readLaneLayout('')).toEqual({ lane: null, houseNumbers: [], unread: [] });
  });

  test('a door said twice is one door', () => {
    expect(readLaneLayout('1-5, 3, 4-6').houseNumbers).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  test('property: both sides of a range are the whole range', () => {
    const number = fc.integer({ min: 1, max: 900 });
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: MOST_DOORS - 1 }), (from, more) => {
        const said = `${from}-${from + more}`;
        const all = readLaneLayout(said).houseNumbers;
        const odd = readLaneLayout(`${said} lẻ`).houseNumbers;
        const even = readLaneLayout(`${said} chẵn`).houseNumbers;
        expect(new Set([...odd, ...even])).toEqual(new Set(all));
        expect(odd.length + even.length).toBe(all.length);
        expect(odd.every((door) => Number(door) % 2 === 1)).toBe(true);
      }),
    );
  });

  test('house numbers have one spelling', () => {
    expect(tidyHouseNumber(' 12a ')).toBe('12A');
    expect(tidyHouseNumber('45 / 3b')).toBe('45/3B');
    expect(tidyHouseNumber('Nhà ông Tư')).toBe('Nhà ông Tư');
  });
});
