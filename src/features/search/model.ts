// Ordering and narrowing what the database found. Pure.
import { fold, matches, nfc, searchText, sortKey, type SearchText } from '#core/vietnamese.ts';
import type { Found, FoundKind } from '#features/search/schema.ts';

/** What is asked for most from an office desk comes first. */
const ORDER: readonly FoundKind[] = [
  'group',
  'unit',
  'person',
  'directive',
  'document',
  'plan',
  'item',
  'text',
];

/** Words of the query, folded: each must be somewhere in the row. */
export const tokensOf = (query: string): string[] =>
  fold(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 8);

/** A row taken apart: what it is matched by, and its place in Vietnamese order. */
interface Ready {
  readonly text: SearchText;
  readonly words: readonly string[];
  readonly key: string;
}

/** Each further letter typed finds many of the same rows again; taking them apart is most of the work. */
const known = new Map<string, Ready>();
const MOST_KNOWN = 5_000;

function readyOf({ title, detail }: Found): Ready {
  const both = `${title}\n${detail}`;
  const found = known.get(both);
  if (found) return found;
  const made = {
    text: searchText(both),
    words: fold(title).split(/[^\p{L}\p{N}]+/u),
    // Titles that differ only in case or punctuation keep one fixed order.
    key: `${sortKey(title)}\n${nfc(title)}`,
  };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(both, made);
  return made;
}

/** Typed with marks, marks must agree ("hà" is not "ha"); typed without, any will do. Best first, at most `most`. */
export function rank(rows: readonly Found[], query: string, most: number): Found[] {
  const wanted = searchText(query);
  const first = tokensOf(query)[0] ?? '';
  return rows
    .map((row) => ({ row, ready: readyOf(row) }))
    .filter(({ ready }) => matches(ready.text, wanted))
    .map(({ row, ready }) => ({
      row,
      begins: ready.words.some((word) => word.startsWith(first)) ? 0 : 1,
      kind: ORDER.indexOf(row.kind),
      key: ready.key,
    }))
    .sort((a, b) => a.begins - b.begins || a.kind - b.kind || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .slice(0, most)
    .map(({ row }) => row);
}
