import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { CODE_LENGTH, formMark, newFormCode, readFormMark, spacedCode } from './form-code.ts';

test('a code reads back from its square, and as people type it', () => {
  const codes = Array.from({ length: 500 }, () => newFormCode((n) => randomBytes(n)));
  expect(new Set(codes).size).toBe(500);
  for (const code of codes) {
    expect(code).toHaveLength(CODE_LENGTH);
    expect(readFormMark(formMark(code))).toBe(code);
    expect(readFormMark(spacedCode(code).toLowerCase())).toBe(code);
  }
});

test('a square of anything else is no form', () => {
  for (const text of ['', 'https://example.vn/11602/xac-nhan?ma=00', '0123456789ABCDEF', 'TNHA:AAAA'])
    expect(readFormMark(text)).toBeNull();
});
