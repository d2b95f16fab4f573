// The superior's own form, filled in place: the tied cells are written, every other letter of the file stays as it was.
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { isMeasure } from '#features/reports/figures.ts';
import { fillPaper, pictureOfPaper } from '#features/reports/papers/form-docx.ts';
import { placeKey, type Filling, type FormBlock } from '#features/reports/papers/form-picture.ts';
import type { FormCell } from '#features/reports/papers/form-schema.ts';
import { fillWorkbook, pictureOfWorkbook } from '#features/reports/papers/form-xlsx.ts';
import { openOffice, type OfficeFile } from '#features/reports/papers/office-file.server.ts';
import type { ReportData } from '#features/reports/papers/report-data.ts';

const FACTS: Readonly<Record<string, (data: ReportData) => number | string | null>> = {
  households: ({ households }) => households,
  groups: ({ groups }) => groups,
  told: ({ told }) => told,
  silent: ({ lines }) => lines.filter(({ told, undivided }) => !told && !undivided).length,
  'day-of-month': ({ toOn }) => toOn.slice(8, 10),
  month: ({ toOn }) => (Number(toOn.slice(5, 7)) <= 2 ? toOn.slice(5, 7) : String(Number(toOn.slice(5, 7)))),
  year: ({ toOn }) => toOn.slice(0, 4),
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

export interface Filled {
  readonly bytes: Uint8Array;
  /** Places whose figure is not known: left as they were, and named. */
  readonly left: readonly FormCell[];
}

/** What each tied place would hold; those without a figure are named apart. */
export function fillingsOf(
  cells: readonly FormCell[],
  data: ReportData,
): { readonly fillings: Filling[]; readonly left: FormCell[] } {
  const fillings: Filling[] = [];
  const left: FormCell[] = [];
  for (const cell of cells) {
    const value = valueOf(data, cell);
    if (value === null) left.push(cell);
    else
      fillings.push({
        sheet: cell.sheet,
        ref: cell.ref,
        value,
        share: cell.part === 'share' && isMeasure(cell.figure),
      });
  }
  return { fillings, left };
}

export function pictureOf({ kind, zip }: OfficeFile): FormBlock[] | Problem {
  const blocks = kind === 'xlsx' ? pictureOfWorkbook(zip) : pictureOfPaper(zip);
  return blocks ?? problem('documents.file-broken', { status: 422, pointer: '/file' });
}

export function fillForm(form: Uint8Array, cells: readonly FormCell[], data: ReportData): Filled | Problem {
  const file = openOffice(form);
  if (isProblem(file)) return file;
  const { fillings, left } = fillingsOf(cells, data);
  const filled = file.kind === 'xlsx' ? fillWorkbook(file.zip, fillings) : fillPaper(file.zip, fillings);
  if (!filled) return problem('documents.file-broken', { status: 422 });
  const refused = new Set(filled.refused.map(placeKey));
  return { bytes: filled.bytes, left: [...left, ...cells.filter((cell) => refused.has(placeKey(cell)))] };
}
