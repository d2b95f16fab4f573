// Finds the table in a sheet: title rows above it, a head of one or two rows, a row of column numbers, merged cells,
// lines that only name a group or a lane, heads printed again on every page, sums and signatures below.
import { fold } from '#core/vietnamese.ts';
import { fieldOfHead } from '#features/households/import/columns.ts';

export interface Merged {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Grid {
  readonly rows: readonly (readonly string[])[];
  readonly merges: readonly Merged[];
}

export interface TableRow {
  /** 1-based, as the spreadsheet counts. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The last line above it that stood alone: "Tổ dân phố số 5", "Ngõ 12". */
  readonly sections: readonly string[];
}

export interface Table {
  readonly heads: readonly string[];
  /** 1-based lines of the head; empty: no head was found. */
  readonly headLines: readonly number[];
  readonly rows: readonly TableRow[];
  /** Lines left out, and why. */
  readonly left: readonly { readonly line: number; readonly why: LeftOut; readonly text: string }[];
}

export type LeftOut = 'title' | 'numbers' | 'head-again' | 'sum' | 'foot' | 'section';

/** A head may stand low where a letterhead stands above it. */
const HEAD_WITHIN = 40;

const filled = (row: readonly string[]): string[] => row.filter((cell) => cell !== '');
const distinct = (row: readonly string[]): number => new Set(filled(row)).size;

/** A merged cell says its words once; here every cell under it says them. */
export function unmerged({ rows, merges }: Grid): string[][] {
  const out = rows.map((row) => [...row]);
  for (const { top, left, bottom, right } of merges) {
    const word = out[top]?.[left] ?? '';
    if (word === '' || bottom - top > 5_000) continue;
    for (let row = top; row <= bottom; row++) {
      const cells = out[row];
      if (!cells) continue;
      for (let at = left; at <= right; at++) if ((cells[at] ?? '') === '') cells[at] = word;
    }
  }
  return out;
}

const knownHeads = (row: readonly string[]): number =>
  new Set(row.map((cell) => fieldOfHead(cell)).filter((field) => field !== null)).size;

function findHead(rows: readonly (readonly string[])[]): number | null {
  let best: number | null = null;
  let most = 1;
  for (const [at, row] of rows.slice(0, HEAD_WITHIN).entries()) {
    // A title repeated by a merge is one text; a head has several, none of them long.
    const known = knownHeads(row);
    if (known > most && distinct(row) > 1 && row.every((cell) => cell.length < 80)) {
      best = at;
      most = known;
    }
  }
  return best;
}

const isNumbering = (words: readonly string[]): boolean => {
  if (words.length < 3 || !words.every((word) => /^\(?(?:\d{1,2}|[A-Z]|[a-e])\)?$/.test(word))) return false;
  const numbers = words.map((word) => Number(word.replace(/\D/g, ''))).filter((n) => n > 0);
  return numbers.every((n, at) => at === 0 || n === (numbers[at - 1] ?? 0) + 1);
};

/** The row below belongs to the head where it only refines it: head words or blanks, no digits. */
function isSecondHead(
  first: readonly string[],
  row: readonly string[],
  merges: readonly Merged[],
  at: number,
): boolean {
  const words = filled(row);
  if (words.length === 0 || words.some((word) => /\d{2,}/.test(word))) return false;
  const spans = merges.some(
    ({ top, bottom, left, right }) => top < at && (bottom >= at || (top === at - 1 && right > left)),
  );
  const refines = row.some((cell, n) => cell !== '' && cell !== first[n] && fieldOfHead(cell) !== null);
  return (
    refines &&
    (spans || words.every((word, n) => word.length < 40 && (fieldOfHead(word) !== null || first[n] === '')))
  );
}

const joined = (upper: readonly string[], lower: readonly string[]): string[] =>
  Array.from({ length: Math.max(upper.length, lower.length) }, (_, at) => {
    const [above = '', below = ''] = [upper[at], lower[at]];
    return below === '' || below === above ? above : above === '' ? below : `${above} / ${below}`;
  });

const SUM = /^(?:tong|cong|tong cong|tong so|cong don|luy ke)\b/;
const FOOT =
  /^(?:nguoi lap|nguoi ghi|to truong|xac nhan|ky ten|ky, ghi|noi nhan|ghi chu:|tm\.|ngay \d|.{2,30}, ngay|lap bieu|can bo)/;
const SECTION = /^(?:to dan pho|tdp|to|thon|khu|xom|ngo|ngach|hem|duong|pho|cum)\b/;

/** Most rows differ from the head in their first cell, and are not folded further. */
const isHeadAgain = (row: readonly string[], head: readonly string[] | null): boolean =>
  head !== null && row.length === head.length && row.every((cell, at) => fold(cell) === head[at]);

function judge(row: readonly string[], head: readonly string[] | null): LeftOut | null {
  if (isHeadAgain(row, head)) return 'head-again';
  const words = filled(row);
  if (isNumbering(words)) return 'numbers';
  const [first, second] = [fold(words[0] ?? ''), fold(words[1] ?? '')];
  if (SUM.test(first) || SUM.test(second)) return 'sum';
  const different = words.length <= 1 ? words.length : new Set(words).size;
  if (different > 2) return null;
  if (words.some((word) => FOOT.test(fold(word)))) return 'foot';
  if (different === 1 && SECTION.test(first) && first.length < 60) return 'section';
  // A running number may stand before it: "II | Ngõ 12".
  if (different === 2 && /^(?:[ivx]+|\d{1,2}|[a-e])[.)]?$/.test(first) && SECTION.test(second))
    return 'section';
  return null;
}

const sectionWords = (row: readonly string[]): string => filled(row).at(-1) ?? '';
const sectionKind = (words: string): string => (/^(?:to|tdp|thon|khu)/.test(fold(words)) ? 'group' : 'lane');

export function findTable(sheet: Grid): Table {
  const rows = unmerged(sheet);
  const head = findHead(rows);
  const left: { line: number; why: LeftOut; text: string }[] = [];
  const leave = (at: number, why: LeftOut) =>
    left.push({
      line: at + 1,
      why,
      text: filled(rows[at] ?? [])
        .join(' · ')
        .slice(0, 120),
    });
  let heads: string[] = [];
  const headLines: number[] = [];
  let start = 0;
  if (head !== null) {
    const first = rows[head] ?? [];
    const second = rows[head + 1] ?? [];
    const two = isSecondHead(first, second, sheet.merges, head + 1);
    heads = two ? joined(first, second) : [...first];
    headLines.push(head + 1, ...(two ? [head + 2] : []));
    start = head + headLines.length;
    for (let at = 0; at < head; at++) if (filled(rows[at] ?? []).length > 0) leave(at, 'title');
  }
  const headCells = head === null ? null : (rows[head] ?? []).map(fold);
  const sections = new Map<string, string>();
  const body: TableRow[] = [];
  for (let at = start; at < rows.length; at++) {
    const row = rows[at] ?? [];
    if (filled(row).length === 0) continue;
    const why = judge(row, headCells);
    if (why === 'section') {
      const words = sectionWords(row);
      if (sectionKind(words) === 'group') sections.delete('lane');
      sections.set(sectionKind(words), words);
    }
    if (why) leave(at, why);
    else body.push({ line: at + 1, cells: row, sections: [...sections.values()] });
  }
  // A second head row printed again stands right under the first; it reads as a household without a number.
  return { heads, headLines, rows: body, left };
}
