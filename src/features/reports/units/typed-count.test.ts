import { expect, it } from 'vitest';
import { typedCount } from '#features/reports/units/typed-count.ts';

it.each([
  ['12', 12],
  [' 007 ', 7],
  ['1.234', 1234],
  ['12 345', 12345],
  ['', null],
  ['0', 0],
])('reads %j as a count', (text, count) => {
  expect(typedCount(text)).toEqual({ ok: true, count });
});

it.each(['-5', '1,5', '1.5', '12 hộ', 'mười', '12345678', '1e3', '1.2345'])(
  'guesses nothing from %j',
  (text) => {
    expect(typedCount(text)).toEqual({ ok: false });
  },
);
