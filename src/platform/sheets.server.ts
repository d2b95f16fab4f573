// Spreadsheets people upload, as rows of text. The one place that knows which library reads them.
import { readXlsx } from 'hucre/xlsx';

/** An office's list is far smaller; more is not a list. */
const MOST_ROWS = 20_000;

const text = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value).trim();
  return '';
};

/** Rows of the first sheet; null where the file is no spreadsheet. */
export async function sheetRows(bytes: Uint8Array): Promise<string[][] | null> {
  // A zip begins with PK: anything else would only be guessed at.
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return null;
  try {
    const book = await readXlsx(bytes);
    const rows = book.sheets[0]?.rows ?? [];
    return rows.slice(0, MOST_ROWS).map((row) => row.map(text));
  } catch {
    return null;
  }
}
