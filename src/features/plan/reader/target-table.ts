/**
 * Tables of targets: one column names what is to be reached, one its unit, the others say how much by when
 * ("TT | Chỉ tiêu | Đơn vị tính | Quý II | Cả năm"). Every figure of a row is a target of its own.
 */
import { tidyName } from './actors.ts';
import type { Drafts } from './drafts.ts';
import { numberOf } from './facts.ts';
import type { Paper } from './paper-text.ts';
import { spanAt } from './spans.ts';

interface Cell {
  readonly start: number;
  readonly end: number;
}
const bareOf = (paper: Paper, { start, end }: Cell): string =>
  paper.bare.slice(start, end).replace(/\s+/g, ' ').trim();

export interface TargetColumns {
  readonly subject: number;
  readonly unit: number;
  /** Columns of figures, each with the day it is to be reached by, where its head names one. */
  readonly figures: readonly { readonly at: number; readonly by: string | null }[];
}

const NO_FIGURE =
  /ghi chu|don vi (?:chu tri|thuc hien|phu trach)|nam truoc|hien trang|hien tai|thuc hien nam|ket qua/;

/** @returns null where the row heads no such table */
export function targetColumns(paper: Paper, cells: readonly Cell[], year: number): TargetColumns | null {
  const heads = cells.map((cell) => bareOf(paper, cell));
  const subject = heads.findIndex((head) =>
    /^(?:ten |noi dung |cac )?(?:chi tieu|tieu chi|muc tieu)(?![a-z])/.test(head),
  );
  const unit = heads.findIndex((head) => /^(?:don vi tinh|dvt|don vi do)/.test(head));
  if (subject < 0 || unit < 0) return null;
  const figures = heads.flatMap((head, at) => {
    if (at <= Math.max(subject, unit) || NO_FIGURE.test(head)) return [];
    if (/^ca nam(?! \d)/.test(head)) return [{ at, by: `${year}-12-31` }];
    const span = spanAt(head.replace(/^(?:den |het |trong |muc tieu |chi tieu |ke hoach )+/, ''));
    return [{ at, by: span?.last(span.year ?? year) ?? null }];
  });
  return figures.length === 0 ? null : { subject, unit, figures };
}

const FIGURE =
  /^(?:(?:it nhat|toi thieu|tren|tu|dat|>=|≥|>) ?)?(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?) ?(%)?(?: tro len)?$/;

export function readTargetRow(
  paper: Paper,
  cells: readonly Cell[],
  columns: TargetColumns,
  into: Drafts,
): void {
  const [subject, unit] = [cells[columns.subject], cells[columns.unit]];
  if (!subject || !unit || subject.end <= subject.start) return;
  const unitWords = tidyName(paper.flat.slice(unit.start, unit.end));
  for (const { at, by } of columns.figures) {
    const cell = cells[at];
    const match = cell && FIGURE.exec(bareOf(paper, cell));
    const value = numberOf(match?.[1] ?? '');
    if (!cell || !match || Number.isNaN(value)) continue;
    const percent = match[2] === '%' || /^(?:%|phần trăm|tỷ lệ)/iu.test(unitWords);
    into.targets.push({
      subject: tidyName(paper.flat.slice(subject.start, subject.end)),
      words: paper.bare.slice(subject.start, cell.end),
      measure: 'met',
      comparator: '>=',
      value,
      unit: percent ? 'percent' : unitWords,
      per: null,
      by,
      start: subject.start,
      end: cell.end,
      marks: [{ start: cell.start, end: cell.end, kind: 'figure' }],
    });
  }
}
