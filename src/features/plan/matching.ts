/**
 * An amended paper is read anew, and each thing it says is matched to what the plan said before, so that a duty keeps
 * its id (and so its evidence) though its words moved or changed. What finds no counterpart is new or dropped.
 */
import { fold } from '#core/vietnamese.ts';

export interface Matchable {
  readonly id: string;
  readonly kind: 'target' | 'duty' | 'report';
  /** The words it was read from; empty where it was added by hand. */
  readonly words: string;
  /** Who is responsible, as the paper names them. */
  readonly actor: string;
  /** What is done by which way: `post/zalo-group`; equal traits speak for the same duty. */
  readonly trait: string;
  /** How often, how many, until when: tells apart neighbours whose words are nearly the same. */
  readonly amount: string;
}

/** Words overlap by pairs, so that the order of words counts and "tuần" for "tháng" costs little. */
function pairs(text: string): Map<string, number> {
  const list = fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
  const found = new Map<string, number>();
  const add = (key: string) => found.set(key, (found.get(key) ?? 0) + 1);
  list.forEach((word, at) => {
    add(word);
    const next = list[at + 1];
    if (next !== undefined) add(`${word} ${next}`);
  });
  return found;
}

type Counted = ReadonlyMap<string, number>;
type Weigh = (piece: string) => number;

/** What every sentence of such papers says ("tối thiểu 01 lượt/tuần") proves little, so rare words weigh more. */
function rarity(texts: readonly Counted[]): Weigh {
  const found = new Map<string, number>();
  for (const text of texts) for (const piece of text.keys()) found.set(piece, (found.get(piece) ?? 0) + 1);
  return (piece) => Math.log(1 + texts.length / (found.get(piece) ?? 1));
}

function likeness(a: Counted, b: Counted, weigh: Weigh): number {
  const size = (text: Counted) => [...text].reduce((sum, [piece, n]) => sum + n * weigh(piece), 0);
  const all = size(a) + size(b);
  if (all === 0) return 0;
  let common = 0;
  for (const [piece, n] of a) common += Math.min(n, b.get(piece) ?? 0) * weigh(piece);
  return (2 * common) / all;
}

/** Sharing the unit and the manner of speaking is no proof; both were set on papers amended by hand in the tests. */
const LEAST = 0.45;
const LEAST_WORDS = 0.3;

export interface Match {
  readonly before: string;
  readonly after: string;
  readonly score: number;
}

/** Each item at most once, best pairs first; among equals the pair whose places in the two papers are closest. */
export function matchItems(before: readonly Matchable[], after: readonly Matchable[]): Match[] {
  const prepare = (items: readonly Matchable[]) =>
    items.map((item, at) => ({
      item,
      place: items.length < 2 ? 0 : at / (items.length - 1),
      words: pairs(item.words),
      actor: pairs(item.actor),
    }));
  const [olds, news] = [prepare(before), prepare(after)];
  const weigh = rarity([...olds, ...news].map(({ words }) => words));
  const candidates: (Match & { readonly distance: number })[] = [];
  for (const old of olds) {
    for (const fresh of news) {
      if (old.item.kind !== fresh.item.kind) continue;
      const same = (of: 'trait' | 'amount') => (old.item[of] === fresh.item[of] ? 1 : 0);
      const words = likeness(old.words, fresh.words, weigh);
      if (words < LEAST_WORDS) continue;
      const score =
        0.65 * words +
        0.2 * likeness(old.actor, fresh.actor, () => 1) +
        0.1 * same('trait') +
        0.05 * same('amount');
      if (score >= LEAST) {
        const distance = Math.abs(old.place - fresh.place);
        candidates.push({ before: old.item.id, after: fresh.item.id, score, distance });
      }
    }
  }
  candidates.sort((a, b) => b.score - a.score || a.distance - b.distance);
  const [takenBefore, takenAfter] = [new Set<string>(), new Set<string>()];
  const matches: Match[] = [];
  for (const { before: old, after: fresh, score } of candidates) {
    if (takenBefore.has(old) || takenAfter.has(fresh)) continue;
    takenBefore.add(old);
    takenAfter.add(fresh);
    matches.push({ before: old, after: fresh, score });
  }
  return matches;
}
