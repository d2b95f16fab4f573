// Ordering and narrowing what the database found. Pure.
import { compareVietnamese, fold, matches, searchText } from '#core/vietnamese.ts';
import type { Found, FoundKind } from '#features/search/schema.ts';

/** What is asked for most from an office desk comes first. */
const ORDER: readonly FoundKind[] = ['group', 'unit', 'person', 'directive', 'plan', 'item'];

/** Words of the query, folded: each must be somewhere in the row. */
export const tokensOf = (query: string): string[] =>
  fold(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 8);

const beginsWith = (title: string, first: string): boolean =>
  fold(title)
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => word.startsWith(first));

/** Typed with marks, marks must agree ("hà" is not "ha"); typed without, any will do. Best first, at most `most`. */
export function rank(rows: readonly Found[], query: string, most: number): Found[] {
  const wanted = searchText(query);
  const first = tokensOf(query)[0] ?? '';
  return rows
    .filter((row) => matches(searchText(`${row.title} ${row.detail}`), wanted))
    .map((row) => ({ row, begins: beginsWith(row.title, first) ? 0 : 1 }))
    .sort(
      (a, b) =>
        a.begins - b.begins ||
        ORDER.indexOf(a.row.kind) - ORDER.indexOf(b.row.kind) ||
        compareVietnamese(a.row.title, b.row.title),
    )
    .slice(0, most)
    .map(({ row }) => row);
}
