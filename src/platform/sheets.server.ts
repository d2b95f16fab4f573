// Spreadsheets people upload and take away, as rows of text. The one place that knows which library reads them.
import { detectDelimiter, parseCsv } from 'hucre/csv';
import { readOds } from 'hucre/ods';
import { readXls, readXlsx, writeXlsx } from 'hucre/xlsx';
import { fromTcvn3, looksTcvn3 } from '#core/old-fonts.ts';
import { nfc } from '#core/vietnamese.ts';
import { isPacked, pack, unpack } from '#platform/pack.server.ts';

/** An office's list is far smaller; more is not a list. */
const MOST_ROWS = 60_000;

export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface SheetGrid {
  readonly name: string;
  /** Cells as text; a date reads YYYY-MM-DD. */
  readonly rows: readonly (readonly string[])[];
  readonly merges: readonly Merge[];
  /** Typed in a font from before Unicode and turned back. */
  readonly oldFont: boolean;
}

const text = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'string') return nfc(value).replaceAll('\u00a0', ' ').trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return '';
};

interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly unknown[])[];
  readonly merges?: readonly { startRow: number; startCol: number; endRow: number; endCol: number }[];
}

function grid({ name, rows: raw, merges = [] }: Sheet): SheetGrid {
  const rows = raw.slice(0, MOST_ROWS).map((row) => row.map(text));
  const sample = rows.slice(0, 400).flat().join(' ');
  const oldFont = looksTcvn3(sample);
  return {
    name,
    rows: oldFont ? rows.map((row) => row.map((cell) => nfc(fromTcvn3(cell)))) : rows,
    merges: merges.map((merge) => ({
      top: merge.startRow,
      left: merge.startCol,
      bottom: merge.endRow,
      right: merge.endCol,
    })),
    oldFont,
  };
}

const begins = (bytes: Uint8Array, ...marks: readonly number[]): boolean =>
  marks.every((mark, at) => bytes[at] === mark);

/** Text in the ways spreadsheets save it: UTF-8 and UTF-16 by their marks, else UTF-8 if it is, else Windows-1258. */
function decoded(bytes: Uint8Array): string {
  if (begins(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  if (begins(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1258').decode(bytes);
  }
}

function csvGrid(bytes: Uint8Array): SheetGrid[] | null {
  const whole = decoded(bytes);
  if (/[\u0000-\u0008\u000e-\u001f]/.test(whole.slice(0, 4_000))) return null;
  const said = /^\ufeff?sep=(.)\r?\n/i.exec(whole);
  const body = said ? whole.slice(said[0].length) : whole;
  const delimiter = said?.[1] ?? detectDelimiter(body);
  const rows = parseCsv(body, { delimiter, maxRows: MOST_ROWS });
  return rows.length === 0 ? null : [grid({ name: '', rows })];
}

const shown = (info: { hidden?: boolean; veryHidden?: boolean }): boolean => !info.hidden && !info.veryHidden;

/** Every sheet a person would see, of a workbook (.xlsx, .xls, .ods) or a text file; null where it is neither. */
export async function readSheets(bytes: Uint8Array): Promise<SheetGrid[] | null> {
  try {
    if (begins(bytes, 0x50, 0x4b)) {
      // An .ods says what it is in its first entry, uncompressed.
      const head = new TextDecoder('latin1').decode(bytes.subarray(0, 120));
      const isOds = head.includes('opendocument.spreadsheet');
      const book = isOds ? await readOds(bytes) : await readXlsx(bytes, { sheets: shown });
      return book.sheets.map(grid);
    }
    if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return (await readXls(bytes)).sheets.map(grid);
    return csvGrid(bytes);
  } catch {
    return null;
  }
}

/** Sheets as they were read, for keeping: a workbook of 20,000 rows costs most of a second each time it is taken apart. */
export const packSheets = (sheets: readonly SheetGrid[]): Buffer => pack(sheets);

/** What `packSheets` kept; a file kept as it came is read. */
export const unpackSheets = async (kept: Uint8Array): Promise<readonly SheetGrid[] | null> =>
  isPacked(kept) ? (unpack(kept) as SheetGrid[]) : readSheets(kept);

/** Rows of the first sheet of a workbook; null where the file is none. */
export async function sheetRows(bytes: Uint8Array): Promise<string[][] | null> {
  // A zip begins with PK: anything else would only be guessed at.
  if (!begins(bytes, 0x50, 0x4b)) return null;
  const sheets = await readSheets(bytes);
  return sheets?.[0]?.rows.slice(0, 20_000).map((row) => [...row]) ?? null;
}

export interface Sheets {
  readonly name: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A workbook whose first row stays in sight. Text stays text: nothing in it is run as a formula. */
export async function workbookOf(sheets: readonly Sheets[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ name, heads, rows }) => ({
      name,
      rows: [[...heads], ...rows.map((row) => [...row])],
      freezePane: { rows: 1 },
      columns: heads.map((head, at) => ({
        width: Math.min(
          40,
          Math.max(head.length, ...rows.slice(0, 200).map((row) => String(row[at] ?? '').length)) + 2,
        ),
      })),
    })),
  });
}

/** A cell that begins like a formula is text to us and must stay text in a spreadsheet. */
const csvCell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) && !/^\+\d+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** With a byte order mark: without it the office's spreadsheet reads Vietnamese as Latin-1. */
export const csvOf = (
  heads: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string => `\ufeff${[heads, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
