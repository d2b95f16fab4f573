/** The pure halves of components: bars, lines, menus, cells, files, themes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusalWords, takeFiles } from './file-intake.ts';
import { heatLevel } from './heat.ts';
import { nextEntry, placeMenu } from './menus.ts';
import { progressShape } from './progress.ts';
import { sparkPath, sparkPoints } from './sparkline.ts';
import { turnedSort } from './tables.ts';
import { readTheme, themeAttribute } from './theme-choice.ts';

test('a bar is never fuller than full, whatever was stated', () => {
  fc.assert(
    fc.property(
      fc.nat(30_000),
      fc.nat(30_000),
      fc.nat(30_000),
      fc.nat(30_000),
      (value, stated, max, pace) => {
        const shape = progressShape(value, stated, max, pace);
        expect(shape.itemised + shape.stated).toBeLessThanOrEqual(100);
        expect(Math.min(shape.itemised, shape.stated, shape.pace ?? 0)).toBeGreaterThanOrEqual(0);
        expect(shape.over).toBe(max > 0 && value + stated > max);
      },
    ),
  );
});

test('with nothing to reach there is no share and no pace', () => {
  expect(progressShape(5, 0, 0, 3)).toEqual({ itemised: 0, stated: 0, pace: undefined, over: false });
});

test('a day without a figure breaks the line and is not drawn as nought', () => {
  const points = sparkPoints([1, null, 3, 4], 100, 30);
  expect(points[1]).toBeNull();
  expect(sparkPath(points).match(/M/g)).toHaveLength(2);
  expect(sparkPath(sparkPoints([], 100, 30))).toBe('');
});

test('only all of it has the full tint and only nothing has none', () => {
  expect([0, 0.001, 0.5, 0.9, 0.9999, 1].map(heatLevel)).toEqual([0, 1, 2, 3, 3, 4]);
});

test('a menu stays on the screen wherever its button is', () => {
  const screen = { width: 360, height: 740 };
  const menu = { width: 240, height: 300 };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 312 }), fc.integer({ min: 0, max: 692 }), (left, top) => {
      const place = placeMenu({ left, right: left + 48, top, bottom: top + 48 }, menu, screen);
      expect(place.left).toBeGreaterThanOrEqual(8);
      expect(place.left + menu.width).toBeLessThanOrEqual(screen.width - 8);
      expect(place.top).toBeGreaterThanOrEqual(8);
      expect(place.top + menu.height).toBeLessThanOrEqual(screen.height);
    }),
  );
});

test('arrows go round a menu and letters find entries without their marks', () => {
  const labels = ['Sửa', 'Đồng ý', 'Ảnh', 'Đóng'];
  expect(nextEntry('ArrowUp', 0, labels)).toBe(3);
  expect(nextEntry('ArrowDown', 3, labels)).toBe(0);
  expect(nextEntry('ArrowDown', -1, labels)).toBe(0);
  expect(nextEntry('d', 0, labels)).toBe(1);
  expect(nextEntry('d', 1, labels)).toBe(3);
  expect(nextEntry('a', 0, labels)).toBe(2);
  expect(nextEntry('z', 0, labels)).toBeUndefined();
  expect(nextEntry('Enter', 0, labels)).toBeUndefined();
});

test('a column’s head sorts upwards first, then turns', () => {
  expect(turnedSort('name', undefined)).toEqual({ key: 'name', direction: 'ascending' });
  expect(turnedSort('name', { key: 'name', direction: 'ascending' })).toEqual({
    key: 'name',
    direction: 'descending',
  });
  expect(turnedSort('name', { key: 'count', direction: 'ascending' })).toEqual({
    key: 'name',
    direction: 'ascending',
  });
});

test('files of the wrong kind or size are refused in words, the others are taken once', () => {
  const limits = { accept: '.docx,image/*', maxFiles: 2, maxBytes: 1_000_000 };
  const plan = { name: 'Ke hoach.DOCX', size: 10, type: '' };
  const photo = { name: 'anh.jpg', size: 20, type: 'image/jpeg' };
  const big = { name: 'to.png', size: 1_000_001, type: 'image/png' };
  const script = { name: 'x.exe', size: 1, type: 'application/x-msdownload' };
  const taken = takeFiles([plan], [plan, photo, big, script, { ...photo, name: 'ba.jpg' }], limits);
  expect(taken.files).toEqual([plan, photo]);
  expect(taken.refusals.map((each) => refusalWords(each, limits, 'vi'))).toEqual([
    'Tệp “to.png” lớn hơn 1 MB. Xin chọn tệp nhỏ hơn.',
    'Tệp “x.exe” không đúng loại. Nhận: .docx, image/*.',
    'Chỉ nhận tối đa 2 tệp.',
  ]);
});

test('where one file is asked for, another takes its place and a refused one does not', () => {
  const limits = { accept: '.pdf', maxFiles: 1, maxBytes: 100 };
  const first = { name: 'a.pdf', size: 1, type: '' };
  const second = { name: 'b.pdf', size: 1, type: '' };
  expect(takeFiles([first], [second], limits).files).toEqual([second]);
  expect(takeFiles([first], [{ name: 'c.txt', size: 1, type: '' }], limits).files).toEqual([first]);
});

test('an unknown theme in a cookie is no theme, and nothing of it reaches the page', () => {
  expect(readTheme('outdoor')).toBe('outdoor');
  expect(readTheme('"><script>')).toBe('auto');
  expect(themeAttribute('dark')).toBe('data-theme="dark"');
  expect(themeAttribute('"><script>')).toBe('');
  expect(themeAttribute(undefined)).toBe('');
});
