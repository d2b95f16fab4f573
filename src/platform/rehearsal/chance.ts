// Chance that repeats: a sample ward made twice from one seed is the same ward, on any machine. Each part draws from a
// branch of its own, so that a part which draws more does not change what the others draw.
import { makeIds } from '#core/ids.ts';

export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  /** True so often. */
  odds(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
  /** A maker of version 7 ids whose time is `at`. */
  ids(at: number): () => string;
  branch(name: string): Chance;
}

/** FNV-1a: spreads seeds that differ in one letter. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return h >>> 0;
}

/** mulberry32: 32 bits of state are plenty for a sample, and it is the same arithmetic everywhere. */
function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function chanceOf(seed: string): Chance {
  const next = stream(hash(seed));
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    odds: (share) => next() < share,
    pick(list) {
      const picked = list[int(0, list.length - 1)];
      if (picked === undefined) throw new RangeError('Nothing to pick from');
      return picked;
    },
    shuffled(list) {
      const left = [...list];
      const out: (typeof left)[number][] = [];
      while (left.length > 0) out.push(...left.splice(int(0, left.length - 1), 1));
      return out;
    },
    ids: (at) =>
      makeIds(
        () => at,
        (count) => Uint8Array.from({ length: count }, () => int(0, 255)),
      ),
    branch: (name) => chanceOf(`${seed}/${name}`),
  };
}

/** A whole divided by weights into whole numbers that add up to it again (largest remainder). */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((all, share) => all + share, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .toSorted((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}
