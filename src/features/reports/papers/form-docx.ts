/**
 * A Word document as a form: cells of its tables, rows of dots and names in braces are places for a figure. What is written
 * takes the look of what stood there; every other letter of the file stays.
 */
import type { Zip } from '#platform/zip/zip.server.ts';
import { vnNumber, vnShare } from '#features/reports/morning-text.ts';
import {
  MOST_COLUMNS,
  MOST_ROWS,
  type Filling,
  type FormBlock,
  type FormCellView,
} from '#features/reports/papers/form-picture.ts';
import type { FilledParts } from '#features/reports/papers/form-xlsx.ts';
import {
  attributeOf,
  childOf,
  edited,
  encoded,
  spansOf,
  textOf,
  within,
  type Edit,
  type Span,
} from '#features/reports/papers/xml-spans.ts';

const MAIN = 'word/document.xml';
/** Four dots or more, two ellipses or more, three underscores or more; or a name in double braces. */
const PLACE = /[.…]{4,}|…{2,}|_{3,}|\{\{[^{}]{1,60}\}\}/g;

/** Words somebody deleted while changes were tracked are not there; text boxes hold paragraphs of their own. */
const LEAVES = new Set(['del', 'moveFrom', 'txbxContent', 'Fallback']);
function runTexts(span: Span): Span[] {
  return span.children.flatMap((child) =>
    child.name === 't' ? [child] : LEAVES.has(child.name) ? [] : runTexts(child),
  );
}

interface Words {
  readonly text: string;
  readonly pieces: readonly { readonly span: Span; readonly from: number; readonly text: string }[];
}
function wordsOf(xml: string, paragraph: Span): Words {
  let text = '';
  const pieces = runTexts(paragraph).map((span) => {
    const piece = { span, from: text.length, text: textOf(xml, span) };
    text += piece.text;
    return piece;
  });
  return { text, pieces };
}

interface Blank {
  readonly ref: string;
  readonly from: number;
  readonly to: number;
}

/** Walks the paper in its order; the same walk numbers the dots when showing and when filling. */
class Walk {
  readonly blocks: FormBlock[] = [];
  readonly blanks = new Map<string, { readonly words: Words; readonly blank: Blank }[]>();
  readonly cells = new Map<string, Span>();
  readonly #xml: string;
  #dots = 0;
  #tables = 0;

  constructor(xml: string, body: Span) {
    this.#xml = xml;
    for (const child of body.children) this.#block(child);
  }

  #block(child: Span): void {
    if (child.name === 'p') this.#line(child);
    else if (child.name === 'tbl') this.#table(child);
    else if (child.name === 'sdt' || child.name === 'sdtContent' || child.name === 'ins')
      for (const inner of child.children) this.#block(inner);
  }

  #blanksOf(paragraph: Span): { words: Words; found: Blank[] } {
    const words = wordsOf(this.#xml, paragraph);
    const found = [...words.text.matchAll(PLACE)].map((match): Blank => {
      const ref = match[0].startsWith('{{') ? match[0] : `B${++this.#dots}`;
      return { ref, from: match.index, to: match.index + match[0].length };
    });
    for (const blank of found) {
      const list = this.blanks.get(blank.ref) ?? [];
      list.push({ words, blank });
      this.blanks.set(blank.ref, list);
    }
    return { words, found };
  }

  #line(paragraph: Span): void {
    const { words, found } = this.#blanksOf(paragraph);
    if (words.text.trim() === '') return;
    const parts: { ref: string | null; text: string }[] = [];
    let at = 0;
    for (const { ref, from, to } of found) {
      if (from > at) parts.push({ ref: null, text: words.text.slice(at, from) });
      parts.push({ ref, text: words.text.slice(from, to) });
      at = to;
    }
    if (at < words.text.length) parts.push({ ref: null, text: words.text.slice(at) });
    this.blocks.push({ kind: 'line', parts });
  }

  #table(table: Span): void {
    const number = ++this.#tables;
    const rows = within(table, 'tr').map((row, r) => this.#row(row, number, r + 1));
    const shown = rows.slice(0, MOST_ROWS).map((row) => row.slice(0, MOST_COLUMNS));
    this.blocks.push({ kind: 'table', sheet: '', rows: shown, cut: rows.length > MOST_ROWS });
    // Dots inside cells are places too: shown as lines beneath, so that a cell of sentences can be filled in part.
    for (const cell of within(table, 'tc'))
      for (const paragraph of within(cell, 'p')) {
        if (wordsOf(this.#xml, paragraph).text.search(PLACE) >= 0) this.#line(paragraph);
      }
  }

  #row(row: Span, table: number, r: number): FormCellView[] {
    return within(row, 'tc').flatMap((cell, n): FormCellView[] => {
      const properties = childOf(cell, 'tcPr');
      const merge = childOf(properties, 'vMerge');
      if (merge && attributeOf(merge, 'w:val') !== 'restart') return [];
      const ref = `T${table}R${r}C${n + 1}`;
      this.cells.set(ref, cell);
      const span = childOf(properties, 'gridSpan');
      const text = within(cell, 'p')
        .map((paragraph) => wordsOf(this.#xml, paragraph).text)
        .join('\n')
        .trim();
      const columns = Number((span && attributeOf(span, 'w:val')) ?? 1) || 1;
      return [{ ref, text, open: within(cell, 'tbl').length === 0, columns, rows: 1 }];
    });
  }
}

function walkOf(zip: Zip): { xml: string; walk: Walk } | null {
  const xml = zip.text(MAIN);
  const root = xml === null ? null : spansOf(xml);
  const body = childOf(root, 'body');
  return xml === null || !body ? null : { xml, walk: new Walk(xml, body) };
}

export const pictureOfPaper = (zip: Zip): FormBlock[] | null => walkOf(zip)?.walk.blocks ?? null;

/** As an office writes it: 1.234; a share with its sign, unless the sign is already printed behind the place. */
function shown({ value, share }: Filling, follows: string): string {
  if (typeof value === 'string') return value;
  if (!share) return vnNumber(value);
  return /^\s*%/.test(follows) ? vnShare(value).replace('%', '') : vnShare(value);
}

/** Text may begin or end with a space: said, or Word drops it. */
const textTag = (span: Span, text: string): string => {
  const attributes = / xml:space=/.test(span.attributes)
    ? span.attributes
    : `${span.attributes} xml:space="preserve"`;
  return `<${span.tag}${attributes}>${encoded(text)}</${span.tag}>`;
};

/** All places of one paragraph at once: a run may hold several of them, and one of them several runs. */
function paragraphEdits(
  words: Words,
  put: readonly { readonly blank: Blank; readonly text: string }[],
): Edit[] {
  return words.pieces.flatMap(({ span, from, text }): Edit[] => {
    const to = from + text.length;
    const own = put.filter(({ blank }) => blank.from < to && blank.to > from);
    if (own.length === 0) return [];
    let out = '';
    let at = from;
    for (const { blank, text: value } of own) {
      out += text.slice(at - from, Math.max(0, blank.from - from));
      // The run in which the place begins carries the whole value.
      if (blank.from >= from) out += value;
      at = Math.min(to, blank.to);
    }
    return [{ start: span.start, end: span.end, text: textTag(span, out + text.slice(at - from)) }];
  });
}

function cellEdits(xml: string, cell: Span, text: string): Edit[] {
  const paragraphs = cell.children.filter(({ name }) => name === 'p');
  const [first] = paragraphs;
  if (!first) return [];
  const texts = paragraphs.flatMap(runTexts);
  const [head, ...rest] = texts;
  if (head)
    return [
      { start: head.start, end: head.end, text: textTag(head, text) },
      ...rest.map((span) => ({ start: span.start, end: span.end, text: textTag(span, '') })),
    ];
  const w = first.tag.slice(0, first.tag.length - 1);
  // An empty paragraph says in its own mark how words in it would look.
  const properties = childOf(first, 'pPr');
  const mark = childOf(properties, 'rPr');
  const look = mark ? xml.slice(mark.start, mark.end) : '';
  const run = `<${w}r>${look}<${w}t xml:space="preserve">${encoded(text)}</${w}t></${w}r>`;
  if (first.empty)
    return [
      { start: first.start, end: first.end, text: `<${first.tag}${first.attributes}>${run}</${first.tag}>` },
    ];
  return [{ start: first.innerEnd, end: first.innerEnd, text: run }];
}

const covers =
  ({ pieces: [first] }: Words) =>
  (cell: Span): boolean =>
    first !== undefined && first.span.start >= cell.start && first.span.end <= cell.end;

export function fillPaper(zip: Zip, fillings: readonly Filling[]): FilledParts | null {
  const found = walkOf(zip);
  if (!found) return null;
  const { xml, walk } = found;
  const refused: Filling[] = [];
  const edits: Edit[] = [];
  const whole = fillings.flatMap(({ ref }) => walk.cells.get(ref) ?? []);
  const byWords = new Map<Words, { blank: Blank; text: string }[]>();
  for (const filling of fillings) {
    const cell = walk.cells.get(filling.ref);
    // A cell written whole leaves no dots in it.
    const blanks = (walk.blanks.get(filling.ref) ?? []).filter(({ words }) => !whole.some(covers(words)));
    if (cell) edits.push(...cellEdits(xml, cell, shown(filling, '')));
    else if (blanks.length === 0) refused.push(filling);
    for (const { words, blank } of cell ? [] : blanks) {
      const put = byWords.get(words) ?? [];
      put.push({ blank, text: shown(filling, words.text.slice(blank.to)) });
      byWords.set(words, put);
    }
  }
  for (const [words, put] of byWords)
    edits.push(
      ...paragraphEdits(
        words,
        put.toSorted((a, b) => a.blank.from - b.blank.from),
      ),
    );
  return { bytes: zip.with(new Map([[MAIN, edited(xml, edits)]])), refused };
}

/** All words of the paper, a paragraph a line; null where it is no paper. */
export function wordsOfPaper(zip: Zip): string | null {
  const xml = zip.text(MAIN);
  const body = childOf(xml === null ? null : spansOf(xml), 'body');
  if (xml === null || !body) return null;
  return within(body, 'p', true)
    .map((paragraph) => wordsOf(xml, paragraph).text)
    .join('\n');
}
