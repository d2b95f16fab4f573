// The superior's own form, filled in place: the workbook is opened, the tied cells are written, all else stays as it was.
import { openXlsx, readXlsx, saveXlsx } from 'hucre/xlsx';
import { isMeasure } from '#features/reports/figures.ts';
import type { FormCell } from '#features/reports/papers/form-schema.ts';
import type { ReportData } from '#features/reports/papers/report-data.ts';

const FACTS: Readonly<Record<string, (data: ReportData) => number | string | null>> = {
  households: ({ households }) => households,
  groups: ({ groups }) => groups,
  told: ({ told }) => told,
  silent: ({ lines }) => lines.filter(({ told, undivided }) => !told && !undivided).length,
  date: ({ toOn }) => `${toOn.slice(8, 10)}/${toOn.slice(5, 7)}/${toOn.slice(0, 4)}`,
};

/** Null: the data does not hold it, and the cell is left as it was. */
export function valueOf(
  data: ReportData,
  { figure, part }: Pick<FormCell, 'figure' | 'part'>,
): number | string | null {
  const fact = FACTS[figure];
  if (fact) return fact(data);
  const stated = data.stated.find((one) => one.figure === figure);
  if (stated) return stated.value;
  if (!isMeasure(figure)) return null;
  if (part === 'day' && data.events[figure] !== undefined) return data.events[figure];
  const found = data.figures.find(({ measure }) => measure === figure);
  if (!found) return null;
  return part === 'day'
    ? found.day
    : part === 'share'
      ? found.share
      : part === 'itemised'
        ? found.itemisedTotal
        : found.total;
}

export const knownFigure = (figure: string, data: ReportData): boolean =>
  isMeasure(figure) || Object.hasOwn(FACTS, figure) || data.stated.some((one) => one.figure === figure);

function placeOf(ref: string): { row: number; column: number } {
  const [, letters = 'A', digits = '1'] = /^([A-Z]+)(\d+)$/.exec(ref) ?? [];
  const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits) - 1, column: column - 1 };
}

export interface Filled {
  readonly bytes: Uint8Array;
  /** Cells whose figure is not known: left as they were, and named. */
  readonly left: readonly FormCell[];
}

export async function fillForm(
  form: Uint8Array,
  cells: readonly FormCell[],
  data: ReportData,
): Promise<Filled> {
  const workbook = await openXlsx(form);
  const left: FormCell[] = [];
  for (const cell of cells) {
    const value = valueOf(data, cell);
    const sheet = workbook.sheets.find(({ name }) => name === cell.sheet);
    if (value === null || !sheet) {
      left.push(cell);
      continue;
    }
    const { row, column } = placeOf(cell.ref);
    while (sheet.rows.length <= row) sheet.rows.push([]);
    const line = sheet.rows[row] ?? [];
    while (line.length <= column) line.push(null);
    line[column] = value;
    sheet.rows[row] = line;
    const detailed = sheet.cells?.get(`${row},${column}`);
    if (detailed) detailed.value = value;
  }
  return { bytes: new Uint8Array(await saveXlsx(workbook)), left };
}

/** What stands in the tied cells of a form, for reading back what was sent. */
export async function readForm(form: Uint8Array, cells: readonly FormCell[]): Promise<unknown[]> {
  const workbook = await readXlsx(form);
  return cells.map(({ sheet: name, ref }) => {
    const { row, column } = placeOf(ref);
    return workbook.sheets.find((sheet) => sheet.name === name)?.rows[row]?.[column] ?? null;
  });
}
