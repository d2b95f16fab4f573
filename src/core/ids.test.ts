import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, derivedId, isUuid, makeIds, parseId, platformRandom, uuidv5, uuidVersion } from '#core/ids.ts';
import { isProblem } from '#core/problem.ts';
import { sha1 } from '#core/sha1.ts';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('made ids', () => {
  it('are version 7 and carry the clock in their first 48 bits', () => {
    const id = makeIds(() => 1_754_354_999_123)();
    expect(uuidVersion(id)).toBe(7);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_754_354_999_123);
  });

  it('are strictly increasing, whatever the clock does: stand still, jump, step back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }), { minLength: 2, maxLength: 200 }),
        (times) => {
          let step = 0;
          const make = makeIds(() => times[step] ?? 0);
          const ids = times.map((_, i) => ((step = i), make()));
          expect(ids.every(isUuid)).toBe(true);
          expect([...ids].sort()).toEqual(ids);
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
    );
  });

  it('stay increasing and distinct when 20,000 are made in one millisecond', () => {
    const make = makeIds(() => 1000);
    const ids = Array.from({ length: 20_000 }, make);
    expect(new Set(ids).size).toBe(20_000);
    expect([...ids].sort()).toEqual(ids);
  });

  it('use every random byte they ask for', () => {
    const zero = makeIds(
      () => 1,
      (n) => new Uint8Array(n),
    )();
    for (let at = 0; at < 10; at++) {
      const other = makeIds(
        () => 1,
        (n) => Uint8Array.from({ length: n }, (_, i) => (i === at ? 7 : 0)),
      )();
      expect(other).not.toBe(zero);
    }
    expect(platformRandom(16)).toHaveLength(16);
  });
});

describe('derived ids', () => {
  it('agree with the example of the standard', () => {
    expect(uuidv5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('keep parts apart, whatever stands in them', () => {
    expect(derivedId(DNS, '1', '12')).not.toBe(derivedId(DNS, '11', '2'));
    fc.assert(
      fc.property(
        fc.array(fc.string(), { maxLength: 4 }),
        fc.array(fc.string(), { maxLength: 4 }),
        (a, b) => {
          expect(derivedId(DNS, ...a) === derivedId(DNS, ...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
        },
      ),
    );
  });

  it('rest on a SHA-1 that agrees with the runtime for every length of message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(sha1(bytes)).toString('hex')).toBe(createHash('sha1').update(bytes).digest('hex'));
      }),
    );
  });
});

describe('ids from outside', () => {
  it('are lowered, and refused when they are no UUID', () => {
    expect(parseId('2ED6657D-E927-568B-95E1-2665A8AEA6A2')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
    for (const text of [
      '',
      'x',
      '2ed6657de927568b95e12665a8aea6a2',
      '2ed6657d-e927-068b-95e1-2665a8aea6a2',
      ' 2ed6657d-e927-568b-95e1-2665a8aea6a2',
    ]) {
      expect(isProblem(parseId(text))).toBe(true);
      expect(() => asId(text)).toThrow();
    }
  });
});
