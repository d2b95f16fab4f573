import { expect, test } from 'vitest';
import { readCode, receiptOf } from './receipt.ts';

test('a receipt tells day and text version and nothing else', () => {
  const found = { signedOn: '2025-08-04', textVersion: 1, withdrawn: false };
  expect(receiptOf(found)).toEqual({ state: 'valid', signedOn: '2025-08-04', textVersion: 1 });
  expect(receiptOf({ ...found, withdrawn: true })).toEqual({ state: 'not-valid' });
  expect(receiptOf(null)).toEqual({ state: 'not-received' });
});

test('a code is read as people type it', () => {
  const code = '0123456789abcdef0123456789abcdef';
  expect(readCode(`${code.slice(0, 8).toUpperCase()} ${code.slice(8, 16)}-${code.slice(16)}`)).toBe(code);
  for (const other of ['', '123', 'g'.repeat(32), `${code}0`]) expect(readCode(other)).toBeNull();
});
