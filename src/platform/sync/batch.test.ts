import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBatch } from '#platform/sync/batch.server.ts';

const pieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const at = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return at.slice(1).map((to, n) => bytes.subarray(at[n], to));
};

/** What one way of reading gives, or that it refuses. */
const outcome = (read: () => unknown): unknown => {
  try {
    return { read: read() };
  } catch (error) {
    return error instanceof SyntaxError ? 'no JSON' : error;
  }
};

const both = (text: string, cuts: readonly number[] = []) => {
  const bytes = Buffer.from(text);
  return [
    outcome(() => parseBatch(pieces(bytes, cuts))),
    outcome(() => JSON.parse(bytes.toString('utf8')) as unknown),
  ];
};

/** Texts with what could end one too early, and longer than what is walked letter by letter. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', '\\', '\\\\', '},{', '[', ']}', '","records":[{', 'ờ', '😀'),
      fc.string({ maxLength: 90 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.integer(),
    fc.constantFrom(null, true, 1e-7),
    fc.array(tie('any'), { maxLength: 4 }),
    tie('record'),
  ),
  record: fc.dictionary(fc.oneof(text, fc.constantFrom('id', 'records', '__proto__')), tie('any'), {
    maxKeys: 5,
  }),
}));
const batch = fc.tuple(
  fc.array(fc.tuple(text, value.any), { maxLength: 3 }),
  fc.array(value.record, { maxLength: 6 }),
  fc.array(fc.tuple(text, value.any), { maxLength: 2 }),
  fc.constantFrom(undefined, 1, '\t'),
);

describe('a push read from its bytes', () => {
  it('gives what reading it as one text gives, whatever its texts hold and wherever its pieces end', () => {
    fc.assert(
      fc.property(batch, fc.array(fc.nat(), { maxLength: 4 }), ([before, records, after, space], cuts) => {
        const made = { ...Object.fromEntries(before), records, ...Object.fromEntries(after) };
        const [ours, whole] = both(JSON.stringify(made, null, space), cuts);
        expect(ours).toStrictEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees where bytes were lost, changed or doubled on the way', () => {
    fc.assert(
      fc.property(
        batch,
        fc.nat(),
        fc.nat(40),
        fc.constantFrom('', '"', '\\', ',', '{', '}', ']', ',,', 'x', '"records":[{}],'),
        ([before, records], place, lost, put) => {
          const whole = JSON.stringify({ ...Object.fromEntries(before), records });
          const at = place % whole.length;
          const [ours, theirs] = both(whole.slice(0, at) + put + whole.slice(at + lost));
          expect(ours).toStrictEqual(theirs);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['records twice', '{"records":[{"id":1}],"a":1,"records":[{"id":2},{"id":3}]}'],
    ['records behind an escape', '{"records":[{"id":1}],"\\u0072ecords":[]}'],
    ['two commas', '{"records":[{"id":1},,{"id":2}]}'],
    ['no comma', '{"records":[{"id":1}{"id":2}]}'],
    ['a comma at the end', '{"records":[{"id":1},]}'],
    ['something behind', '{"records":[{"id":1}]} x'],
    ['brackets crossed', '{"records":[{"id":[1}]]}'],
    ['half of one', '{"records":[{"id":1},{"id"'],
    ['nothing', ''],
    ['no object', '[{"records":[]}]'],
    ['a mark of byte order', '\ufeff{"records":[{"id":1}]}'],
  ])('agrees about %s', (_, sent) => {
    const [ours, theirs] = both(sent);
    expect(ours).toStrictEqual(theirs);
  });

  it('reads more than its room holds', () => {
    const records = Array.from({ length: 150 }, (_, n) => ({ id: n, strokes: 'x\\"'.repeat(6_000) }));
    const [ours, theirs] = both(JSON.stringify({ protocol: 1, records }), [1_000_000, 2_000_000]);
    expect(ours).toStrictEqual(theirs);
  });
});
