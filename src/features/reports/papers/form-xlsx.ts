/**
 * A workbook as a form: what stands in its cells, and the tied ones written anew. The cell keeps its style, so what the
 * superior laid out stays; formulas are made to count again.
 */
import type { Zip } from '#platform/zip/zip.server.ts';
import {
  MOST_COLUMNS,
  MOST_ROWS,
  type Filling,
  type FormBlock,
  type FormCellView,
} from '#features/reports/papers/form-picture.ts';
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

interface SheetPart {
  readonly name: string;
  readonly path: string;
  readonly xml: string;
  readonly root: Span;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

export function placeOf(ref: string): Place | null {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(ref) ?? [];
  if (letters === undefined) return null;
  const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits), column };
}

export function refOf({ row, column }: Place): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row}`;
}

function pathOf(target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const steps: string[] = ['xl'];
  for (const step of target.split('/'))
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  return steps.join('/');
}

/** The sheets a person sees, in their order; null where the workbook does not hold together. */
function sheetsOf(zip: Zip): SheetPart[] | null {
  const book = spansOf(zip.text('xl/workbook.xml') ?? '');
  const links = spansOf(zip.text('xl/_rels/workbook.xml.rels') ?? '');
  if (!book || !links) return null;
  const targets = new Map(
    links.children.map((link) => [attributeOf(link, 'Id'), attributeOf(link, 'Target')]),
  );
  const found: SheetPart[] = [];
  for (const sheet of childOf(book, 'sheets')?.children ?? []) {
    if ((attributeOf(sheet, 'state') ?? 'visible') !== 'visible') continue;
    const [, linkName] = /\s([\w]+:id)\s*=/.exec(sheet.attributes) ?? [];
    const target = targets.get(attributeOf(sheet, linkName ?? 'r:id'));
    if (target === undefined || target === null) return null;
    const path = pathOf(target);
    const xml = zip.text(path);
    const root = xml === null ? null : spansOf(xml);
    if (xml === null || !root) return null;
    // Sheets that hold only a chart have no cells.
    if (root.name === 'worksheet') found.push({ name: attributeOf(sheet, 'name') ?? '', path, xml, root });
  }
  return found;
}

function sharedTexts(zip: Zip): string[] {
  const xml = zip.text('xl/sharedStrings.xml');
  const root = xml === null ? null : spansOf(xml);
  if (xml === null || !root) return [];
  return root.children.map((item) => wordsOf(xml, item));
}

/** Words of a string item; the readings some languages write above their letters are none. */
const wordsOf = (xml: string, item: Span): string =>
  item.children
    .flatMap((child) => (child.name === 't' ? [child] : child.name === 'r' ? within(child, 't') : []))
    .map((text) => textOf(xml, text))
    .join('');

function shownText(xml: string, cell: Span, shared: readonly string[]): string {
  const value = textOf(xml, childOf(cell, 'v'));
  const kind = attributeOf(cell, 't');
  if (kind === 's') return shared[Number(value)] ?? '';
  const inline = childOf(cell, 'is');
  return kind === 'inlineStr' && inline ? wordsOf(xml, inline) : value;
}

interface Merge {
  readonly from: Place;
  readonly to: Place;
}
const mergesOf = (root: Span): Merge[] =>
  (childOf(root, 'mergeCells')?.children ?? []).flatMap((merge) => {
    const [first = '', last = first] = (attributeOf(merge, 'ref') ?? '').split(':');
    const [from, to] = [placeOf(first), placeOf(last)];
    return from && to ? [{ from, to }] : [];
  });

function tableOf({ name, xml, root }: SheetPart, shared: readonly string[]): FormBlock {
  const data = childOf(root, 'sheetData');
  const cells = new Map<string, Span>();
  let [lastRow, lastColumn] = [0, 0];
  for (const row of data?.children ?? [])
    for (const cell of row.children) {
      const ref = attributeOf(cell, 'r') ?? '';
      const place = placeOf(ref);
      if (!place) continue;
      cells.set(ref, cell);
      lastRow = Math.max(lastRow, place.row);
      lastColumn = Math.max(lastColumn, place.column);
    }
  const merges = mergesOf(root);
  const [rows, columns] = [Math.min(lastRow, MOST_ROWS), Math.min(lastColumn, MOST_COLUMNS)];
  const view = (place: Place): FormCellView[] => {
    const merge = merges.find(
      ({ from, to }) =>
        place.row >= from.row &&
        place.row <= to.row &&
        place.column >= from.column &&
        place.column <= to.column,
    );
    if (merge && (merge.from.row !== place.row || merge.from.column !== place.column)) return [];
    const ref = refOf(place);
    const cell = cells.get(ref);
    return [
      {
        ref,
        text: cell ? shownText(xml, cell, shared) : '',
        open: !cell || !childOf(cell, 'f'),
        columns: merge ? Math.min(merge.to.column, columns) - merge.from.column + 1 : 1,
        rows: merge ? Math.min(merge.to.row, rows) - merge.from.row + 1 : 1,
      },
    ];
  };
  const range = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
  return {
    kind: 'table',
    sheet: name,
    rows: range(rows).map((row) => range(columns).flatMap((column) => view({ row, column }))),
    cut: lastRow > rows || lastColumn > columns,
  };
}

export function pictureOfWorkbook(zip: Zip): FormBlock[] | null {
  const shared = sharedTexts(zip);
  return sheetsOf(zip)?.map((sheet) => tableOf(sheet, shared)) ?? null;
}

/** Styles that show a fraction as percent: number formats 9 and 10, and the workbook's own with a percent sign. */
function percentStyles(zip: Zip): Set<number> {
  const root = spansOf(zip.text('xl/styles.xml') ?? '');
  if (!root) return new Set();
  const own = (childOf(root, 'numFmts')?.children ?? [])
    .filter((format) => (attributeOf(format, 'formatCode') ?? '').includes('%'))
    .map((format) => attributeOf(format, 'numFmtId'));
  const percent = new Set(['9', '10', ...own]);
  return new Set(
    (childOf(root, 'cellXfs')?.children ?? []).flatMap((style, n) =>
      percent.has(attributeOf(style, 'numFmtId')) ? [n] : [],
    ),
  );
}

const TIED = new Set(['r', 's', 'cm', 'vm', 'ph']);
/** The attributes a cell keeps: its place and its style, not the kind of what stood in it. */
const keptAttributes = (cell: Span): string =>
  [...cell.attributes.matchAll(/([\w:]+)\s*=\s*("[^"]*"|'[^']*')/g)]
    .filter(([, name = '']) => TIED.has(name))
    .map(([, name = '', value = '']) => ` ${name}=${value}`)
    .join('');

function written(prefix: string, attributes: string, { value, share }: Filling, percent: boolean): string {
  const c = `${prefix}c`;
  if (typeof value === 'string')
    return `<${c}${attributes} t="inlineStr"><${prefix}is><${prefix}t xml:space="preserve">${encoded(value)}</${prefix}t></${prefix}is></${c}>`;
  const number = share && percent ? Math.round(value * 10) / 1_000 : value;
  return `<${c}${attributes}><${prefix}v>${number}</${prefix}v></${c}>`;
}

interface New {
  readonly place: Place;
  readonly text: string;
  /** The row it goes into; absent where the sheet has none yet. */
  readonly row: Span | undefined;
}

class SheetFilling {
  readonly edits: Edit[] = [];
  readonly #sheet: SheetPart;
  readonly #percent: ReadonlySet<number>;
  readonly #data: Span;
  readonly #prefix: string;
  /** Cells to be put into one spot (a row without them, a sheet without the row), by spot. */
  readonly #spots = new Map<number, New[]>();

  constructor(sheet: SheetPart, data: Span, percent: ReadonlySet<number>) {
    this.#sheet = sheet;
    this.#percent = percent;
    this.#data = data;
    this.#prefix = data.tag.slice(0, data.tag.length - 'sheetData'.length);
  }

  /** False where the place cannot be written: a formula, or not a place. */
  put(filling: Filling): boolean {
    const place = placeOf(filling.ref);
    if (!place) return false;
    const row = this.#data.children.find((one) => Number(attributeOf(one, 'r')) === place.row);
    const cell = row?.children.find((one) => attributeOf(one, 'r') === filling.ref);
    if (!cell) return this.#add(filling, place, row);
    if (childOf(cell, 'f')) return false;
    const style = Number(attributeOf(cell, 's') ?? -1);
    const text = written(this.#prefix, keptAttributes(cell), filling, this.#percent.has(style));
    this.edits.push({ start: cell.start, end: cell.end, text });
    return true;
  }

  /** The look a new cell would have in Excel: its row's, else its column's. */
  #styleAt(place: Place, row: Span | undefined): string {
    const own = row && attributeOf(row, 'customFormat') === '1' ? attributeOf(row, 's') : null;
    const column = childOf(this.#sheet.root, 'cols')?.children.find(
      (one) =>
        Number(attributeOf(one, 'min')) <= place.column && Number(attributeOf(one, 'max')) >= place.column,
    );
    return own ?? (column && attributeOf(column, 'style')) ?? '';
  }

  #add(filling: Filling, place: Place, row: Span | undefined): boolean {
    if (this.#data.empty) return false;
    const style = this.#styleAt(place, row);
    const attributes = ` r="${filling.ref}"${style === '' ? '' : ` s="${style}"`}`;
    const text = written(this.#prefix, attributes, filling, this.#percent.has(Number(style || -1)));
    const after = row
      ? row.children.find((one) => (placeOf(attributeOf(one, 'r') ?? '')?.column ?? 0) > place.column)
      : this.#data.children.find((one) => Number(attributeOf(one, 'r')) > place.row);
    const spot = after?.start ?? (row?.empty ? row.start : (row ?? this.#data).innerEnd);
    const list = this.#spots.get(spot) ?? [];
    list.push({ place, text, row });
    this.#spots.set(spot, list);
    return true;
  }

  #put(at: number, list: readonly New[]): void {
    for (const row of new Set(list.map(({ row: own }) => own))) {
      const own = list.filter((one) => one.row === row);
      const cells = (some: readonly New[]) => some.map(({ text }) => text).join('');
      const tag = `${this.#prefix}row`;
      if (row?.empty)
        this.edits.push({
          start: row.start,
          end: row.end,
          text: `<${tag}${row.attributes}>${cells(own)}</${tag}>`,
        });
      else if (row) this.edits.push({ start: at, end: at, text: cells(own) });
      else
        for (const n of new Set(own.map(({ place }) => place.row))) {
          const inRow = own.filter(({ place }) => place.row === n);
          this.edits.push({ start: at, end: at, text: `<${tag} r="${n}">${cells(inRow)}</${tag}>` });
        }
    }
  }

  finish(): string {
    for (const [at, list] of this.#spots)
      this.#put(
        at,
        list.toSorted((a, b) => a.place.row - b.place.row || a.place.column - b.place.column),
      );
    return edited(this.#sheet.xml, this.edits);
  }
}

/** Values counted by formulas before the filling are dropped, so that whoever opens the file counts them again. */
function withoutCounted(xml: string): string {
  const root = spansOf(xml);
  const data = childOf(root, 'sheetData');
  if (!data) return xml;
  const edits = data.children.flatMap((row) =>
    row.children.flatMap((cell): Edit[] => {
      const value = childOf(cell, 'f') && childOf(cell, 'v');
      return value ? [{ start: value.start, end: value.end, text: '' }] : [];
    }),
  );
  return edited(xml, edits);
}

const hasFormula = (sheet: SheetPart): boolean =>
  (childOf(sheet.root, 'sheetData')?.children ?? []).some((row) =>
    row.children.some((cell) => childOf(cell, 'f')),
  );

function countAgain(book: string): string {
  const root = spansOf(book);
  const calc = childOf(root, 'calcPr');
  if (!root || !calc) return book;
  const kept = calc.attributes.replace(/\s*fullCalcOnLoad\s*=\s*"[^"]*"/, '').trimEnd();
  return edited(book, [
    { start: calc.start, end: calc.end, text: `<${calc.tag}${kept} fullCalcOnLoad="1"/>` },
  ]);
}

export interface FilledParts {
  readonly bytes: Uint8Array;
  readonly refused: readonly Filling[];
}

export function fillWorkbook(zip: Zip, fillings: readonly Filling[]): FilledParts | null {
  const sheets = sheetsOf(zip);
  if (!sheets) return null;
  const percent = percentStyles(zip);
  const refused: Filling[] = [];
  const changed = new Map<string, string>();
  const names = new Set(sheets.map(({ name }) => name));
  refused.push(...fillings.filter(({ sheet }) => !names.has(sheet)));
  const formulas = sheets.some(hasFormula);
  for (const sheet of sheets) {
    const own = fillings.filter((one) => one.sheet === sheet.name);
    const data = childOf(sheet.root, 'sheetData');
    if (own.length === 0 || !data) {
      refused.push(...own);
      if (formulas && hasFormula(sheet)) changed.set(sheet.path, withoutCounted(sheet.xml));
      continue;
    }
    const filling = new SheetFilling(sheet, data, percent);
    refused.push(...own.filter((one) => !filling.put(one)));
    const xml = filling.finish();
    changed.set(sheet.path, formulas ? withoutCounted(xml) : xml);
  }
  const book = zip.text('xl/workbook.xml');
  if (formulas && book !== null) changed.set('xl/workbook.xml', countAgain(book));
  return { bytes: zip.with(changed), refused };
}
