import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine, CsvReader } from './csv.ts';
import type { Cell } from './csv.ts';

test('whatever is written is read again, in pieces of any size', () => {
  const cell = fc.option(
    fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\r', '')),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
      fc.integer({ min: 1, max: 7 }),
      (rows: Cell[][], size) => {
        const text = rows.map(csvLine).join('');
        const reader = new CsvReader();
        const read: Cell[][] = [];
        for (let at = 0; at < text.length; at += size) read.push(...reader.push(text.slice(at, at + size)));
        expect(read).toEqual(rows);
        expect(reader.complete).toBe(true);
      },
    ),
  );
});

test('nothing and an empty text are told apart; marks and line breaks survive', () => {
  const row = ['Đào Thị Lành', null, '', 'a "b"\nc, d', '{1,2}'];
  const reader = new CsvReader();
  expect([...reader.push(csvLine(row))]).toEqual([row]);
  expect([...reader.push('"nửa chừng')]).toEqual([]);
  expect(reader.complete).toBe(false);
});
