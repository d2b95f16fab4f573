import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOf, shareOut } from '#platform/rehearsal/chance.ts';

const draws = (seed: string, count = 20) => {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => chance.int(0, 1_000_000));
};

describe('chance', () => {
  it('repeats from its seed and differs from another', () => {
    expect(draws('hong-an')).toEqual(draws('hong-an'));
    expect(draws('hong-an')).not.toEqual(draws('hong-am'));
  });

  it('gives a branch the same draws however much was drawn before', () => {
    const early = chanceOf('s').branch('people').int(0, 1e9);
    const late = chanceOf('s');
    for (let n = 0; n < 100; n++) late.next();
    expect(late.branch('people').int(0, 1e9)).toBe(early);
  });

  it('is even enough: each of ten values comes near a tenth of the time', () => {
    const chance = chanceOf('even');
    const counts = Array.from({ length: 10 }, () => 0);
    for (let n = 0; n < 20_000; n++) {
      const drawn = chance.int(0, 9);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });

  it('makes the same ids again, each once', () => {
    const at = Date.parse('2025-08-01T00:00:00Z');
    const make = () => {
      const next = chanceOf('ids').ids(at);
      return Array.from({ length: 3_000 }, next);
    };
    expect(make()).toEqual(make());
    expect(new Set(make()).size).toBe(3_000);
  });

  it('shuffles without loss', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (list, seed) => {
        expect(chanceOf(seed).shuffled(list).toSorted()).toEqual(list.toSorted());
      }),
    );
  });
});

it('a whole shared out adds up again, nobody more than one away from the exact share', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), weights, (total, given) => {
      const shares = shareOut(total, given);
      const sum = given.reduce((a, b) => a + b, 0);
      expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
      shares.forEach((share, n) => expect(Math.abs(share - (total * (given[n] ?? 0)) / sum)).toBeLessThan(1));
    }),
  );
});
