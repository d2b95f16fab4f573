/**
 * Tables of targets. Either one column names what is to be reached and one its unit ("TT | Chỉ tiêu | Đơn vị tính |
 * Quý II | Cả năm"), or, in a section of targets, every row is a place and each head names a target with its unit in
 * brackets ("Địa bàn | Hộ đăng ký (%) | Hộ lắp máy (hộ)"). Every figure of a row is a target of its own.
 */
import { tidyName } from './actors.ts';
import type { Drafts } from './drafts.ts';
import { numberOf } from './facts.ts';
import type { Role } from './outline.ts';
import type { Paper } from './paper-text.ts';
import { spanAt } from './spans.ts';

interface Cell {
  readonly start: number;
  readonly end: number;
}
const bareOf = (paper: Paper, { start, end }: Cell): string =>
  paper.bare.slice(start, end).replace(/\s+/g, ' ').trim();
const writtenIn = (paper: Paper, cell: Cell | undefined): string =>
  cell ? tidyName(paper.flat.slice(cell.start, cell.end)) : '';

interface FigureColumn {
  readonly at: number;
  /** What the column counts, where the head says it; else the row does. */
  readonly head: string;
  readonly unit: string | null;
  /** The day its head names. */
  readonly by: string | null;
}
export interface TargetColumns {
  readonly subject: number;
  readonly unit: number | null;
  readonly figures: readonly FigureColumn[];
}

/** What was, what is, and who: no column of figures to be reached. */
const NO_FIGURE =
  /ghi chu|chu tri|phu trach|don vi thuc hien|nam truoc|hien (?:trang|tai|co|nay)|thuc hien nam|ket qua|nam 20\d\d (?:dat|thuc)/;
const UNIT = /\(\s*([^()\d]{1,20})\s*\)\s*$/u;

/** @returns null where the row heads no such table */
export function targetColumns(
  paper: Paper,
  cells: readonly Cell[],
  { role, year }: { readonly role: Role; readonly year: number },
): TargetColumns | null {
  const heads = cells.map((cell) => bareOf(paper, cell));
  const unit = heads.findIndex((head) => /^(?:don vi tinh|dvt|don vi do)/.test(head));
  const subject = heads.findIndex((head) =>
    unit < 0
      ? /^(?:dia ban|don vi|ten |xa|phuong|thon|to dan pho|khu pho|truong|co quan|chi tieu)(?![a-z])/.test(
          head,
        )
      : /^(?:ten |noi dung |cac )?(?:chi tieu|tieu chi|muc tieu)(?![a-z])/.test(head),
  );
  if (subject < 0 || (unit < 0 && role !== 'targets')) return null;
  const figures = heads.flatMap((head, at): FigureColumn[] => {
    if (at <= Math.max(subject, unit) || NO_FIGURE.test(head)) return [];
    const written = paper.flat.slice(cells[at]?.start, cells[at]?.end);
    const own = UNIT.exec(written)?.[1]?.trim() ?? null;
    if (unit < 0 && own === null) return [];
    return [{ at, head: tidyName(written.replace(UNIT, '')), unit: own, by: dayOfHead(head, year) }];
  });
  return figures.length === 0 ? null : { subject, unit: unit < 0 ? null : unit, figures };
}

function dayOfHead(head: string, year: number): string | null {
  if (/^ca nam(?! \d)/.test(head)) return `${year}-12-31`;
  const span = spanAt(head.replace(/^(?:den |het |trong |muc tieu |chi tieu |ke hoach )+/, ''));
  return span?.last(span.year ?? year) ?? null;
}

const FIGURE =
  /^(?:(?:it nhat|toi thieu|tren|tu|dat|>=|≥|>) ?)?(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?) ?(%)?(?: tro len)?$/;

export function readTargetRow(
  paper: Paper,
  cells: readonly Cell[],
  columns: TargetColumns,
  into: Drafts,
): void {
  const subject = cells[columns.subject];
  const row = writtenIn(paper, subject);
  if (!subject || row === '') return;
  const rowUnit = columns.unit === null ? '' : writtenIn(paper, cells[columns.unit]);
  for (const { at, head, unit, by } of columns.figures) {
    const cell = cells[at];
    const match = cell && FIGURE.exec(bareOf(paper, cell));
    const value = numberOf(match?.[1] ?? '');
    if (!cell || !match || Number.isNaN(value)) continue;
    const said = unit ?? rowUnit;
    into.targets.push({
      subject: columns.unit === null ? `${head} – ${row}` : row,
      words: paper.bare.slice(subject.start, cell.end),
      measure: 'met',
      comparator: '>=',
      value,
      unit: match[2] === '%' || /^(?:%|phần trăm|tỷ lệ)/iu.test(said) ? 'percent' : said,
      per: null,
      by,
      start: subject.start,
      end: cell.end,
      marks: [{ start: cell.start, end: cell.end, kind: 'figure' }],
    });
  }
}
