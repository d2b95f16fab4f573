import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASE64URL } from '#protocol/base64url.ts';

const PATTERN = /^[A-Za-z0-9_-]+$/;
const letters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
const written = fc.string({ unit: letters, minLength: 250, maxLength: 600 });
/** What a decoder may leave out, take for another letter or stop at. */
const wrong = fc.constantFrom(
  '+',
  '/',
  '=',
  ' ',
  '\n',
  '"',
  '\\',
  '\0',
  'Ł',
  '\u0141',
  'ữ',
  '\ud800',
  '\u2028',
);

describe('base64url', () => {
  it('is told as the pattern tells it, however long', () => {
    fc.assert(
      fc.property(written, fc.option(fc.tuple(wrong, fc.nat(600)), { nil: null }), (text, fault) => {
        const given = fault ? text.slice(0, fault[1]) + fault[0] + text.slice(fault[1]) : text;
        expect(BASE64URL.test(given)).toBe(PATTERN.test(given));
        expect(BASE64URL.test(given)).toBe(fault === null);
      }),
    );
  });

  it('takes what bytes are written as, and refuses nothing at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 900 }), (bytes) => {
        expect(BASE64URL.test(Buffer.from(bytes).toString('base64url'))).toBe(true);
      }),
    );
    expect(BASE64URL.test('')).toBe(false);
  });

  it('says its pattern to whoever publishes the shape', () => {
    expect(BASE64URL.source).toBe(PATTERN.source);
  });
});
