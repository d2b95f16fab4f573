import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressKey, capitalised, nameKey, readAddress, tidyLane } from './address.ts';

describe('an address taken apart', () => {
  test.each([
    ['Số 12, ngõ 45, TDP Đình Hạ 2', '12', 'Ngõ 45', 'Đình Hạ 2'],
    ['SN 12 ngõ 45 Trần Phú', '12', 'Ngõ 45', null],
    ['nhà số 7 NGÕ 12', '7', 'Ngõ 12', null],
    ['12/45 Trần Phú', '12/45', 'Trần Phú', null],
    ['45a đường Lê Lợi, tổ 5', '45A', 'Đường Lê Lợi', '5'],
    ['Ngách 5 ngõ 12, số 3', '3', 'Ngách 5', null],
    ['SO NHA 9 NGO 3', '9', 'Ngõ 3', null],
    ['Ngõ 8', null, 'Ngõ 8', null],
    ['', null, null, null],
  ])('%s', (text, houseNumber, lane, group) => {
    expect(readAddress(text)).toEqual({ houseNumber, lane, group });
  });

  test('property: any text is read without fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(typeof readAddress(text)).toBe('object');
        expect(addressKey(text)).toBe(addressKey(addressKey(text)));
      }),
    );
  });

  test('one lane has one name', () => {
    for (const written of ['ngõ 45', 'NGO 45', 'Ng. 45', 'Ngõ  45', '45'])
      expect(tidyLane(written)).toBe('Ngõ 45');
  });

  test('names in capitals are written as names', () => {
    expect(capitalised('NGUYỄN THỊ ĐỨC HÒA')).toBe('Nguyễn Thị Đức Hòa');
    expect(capitalised('McDonald')).toBe('McDonald');
  });

  test('names meet over marks, tone places, i and y, titles', () => {
    for (const name of ['Nguyễn Thị Thúy', 'NGUYEN THI THUY', 'Bà Nguyễn Thị Thuý', 'nguyễn thị thúi'])
      expect(nameKey(name)).toBe('nguien thi thui');
    expect(nameKey('Bà Na')).toBe('ba na');
  });
});
