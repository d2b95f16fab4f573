/**
 * Task tables: the header row says which column holds the work, the unit, the partners, the time, the amount; each
 * further row is a duty quoted from its first telling cell to its last.
 */
import { splitUnits, tidyName } from './actors.ts';
import { type Actor, type Drafts, type Slot, marksOf, slotsOf } from './drafts.ts';
import { type Fact, Stretch } from './facts.ts';
import { spanAt } from './spans.ts';
import type { Role } from './outline.ts';
import { type Paper, bareRx } from './paper-text.ts';
import type { Block } from './paper-blocks.ts';
import { isReport, reportKindOf, reportReceiver } from './reporting.ts';
import { type Sense, factsOf, notUnderstood } from './statements.ts';
import { type TargetColumns, readTargetRow, targetColumns } from './target-table.ts';

type Column = 'index' | 'work' | 'unit' | 'partner' | 'time' | 'amount' | 'note' | 'other';
const COLUMNS: [RegExp, Column][] = [
  [/^(?:tt|stt|so tt|so thu tu|#)$/, 'index'],
  [/phoi hop/, 'partner'],
  // How many are expected somewhere is no duty.
  [/^(?:tong )?so (?!luong)|quan so|suc chua|hien co/, 'note'],
  [/noi dung|nhiem vu|cong viec|hoat dong|viec lam|ten (?:nhiem|cong|hoat)|dau viec|phan viec/, 'work'],
  [/chu tri|thuc hien(?! trong)|phu trach|don vi|co quan|bo phan|nguoi|phan cong|dau moi|to chuc/, 'unit'],
  [/thoi gian|tien do|thoi han|hoan thanh|ngay|lich|thoi diem|thang|han|dinh ky|chu ky|tan suat/, 'time'],
  [/so luong|chi tieu|ket qua|san pham|dinh muc|muc|yeu cau|don vi tinh|dvt/, 'amount'],
  [/ghi chu/, 'amount'],
  [/dia diem|kinh phi/, 'note'],
];

type Cell = { start: number; end: number };
const bareOf = (paper: Paper, cell: Cell): string =>
  paper.bare.slice(cell.start, cell.end).replace(/\s+/g, ' ').trim();

function columnsOf(paper: Paper, cells: Cell[]): Column[] | null {
  const columns = cells.map((cell): Column => {
    const words = bareOf(paper, cell);
    if (words.length > 60) return 'other';
    if (/^thoi gian/.test(words)) return 'time';
    if (/don vi tinh/.test(words)) return 'amount';
    return COLUMNS.find(([pattern]) => pattern.test(words))?.[1] ?? 'other';
  });
  const known = new Set(columns.filter((column) => column !== 'other'));
  return known.size >= 2 &&
    (known.has('work') || known.has('unit')) &&
    columns.filter((one) => one === 'other').length <= cells.length / 2
    ? columns
    : null;
}

export function readTable(
  paper: Paper,
  rows: Block[],
  { owner, role }: { readonly owner: string | null; readonly role: Role },
  sense: Sense,
  into: Drafts,
): void {
  let columns: Column[] | null = null;
  let targets: TargetColumns | null = null;
  let unitAbove: string | null = null;
  for (const row of rows) {
    const cells = row.cells ?? [];
    const figures = targetColumns(paper, cells, { role, year: sense.year });
    if (figures) [targets, columns] = [figures, null];
    else if (targets) readTargetRow(paper, cells, targets, into);
    if (targets) continue;
    const header = columnsOf(paper, cells);
    if (header && !cells.some((cell) => /\d{2}/.test(bareOf(paper, cell)))) {
      columns = header;
      unitAbove = null;
      continue;
    }
    if (!columns || cells.length < 2) continue;
    const of = (kind: Column): Cell[] =>
      cells.filter((cell, at) => columns?.[at] === kind && cell.end > cell.start);
    const unit = of('unit').map((cell) => tidyName(paper.flat.slice(cell.start, cell.end)))[0] ?? null;
    if (unit !== null) unitAbove = unit;
    const filled = cells.filter((cell) => cell.end > cell.start).length;
    if (filled <= 2 && of('time').length === 0 && unit === null) {
      // A row that only names a part of the work: "II | Công tác tuyên truyền".
      unitAbove = null;
      continue;
    }
    readRow(paper, { row, cells, columns, unit: unitAbove ?? owner, own: of }, sense, into);
  }
}

interface Row {
  row: Block;
  cells: Cell[];
  columns: Column[];
  unit: string | null;
  own: (kind: Column) => Cell[];
}

function readRow(paper: Paper, { row, cells, columns, unit, own }: Row, sense: Sense, into: Drafts): void {
  const work = own('work')[0] ?? own('other')[0] ?? cells[1];
  if (!work) return;
  const facts: Fact[] = [];
  cells.forEach((cell, at) => {
    const column = columns[at] ?? 'other';
    if (
      column === 'index' ||
      column === 'unit' ||
      column === 'partner' ||
      column === 'note' ||
      cell.end <= cell.start
    )
      return;
    for (const fact of cellFacts(paper, cell, column, sense))
      facts.push({
        ...fact,
        start: fact.start + cell.start - row.start,
        end: fact.end + cell.start - row.start,
      });
  });
  const actor: Actor =
    unit === null
      ? ({ name: sense.issuer, from: 'issuer', proposal: false } as const)
      : ({ name: unit, from: 'table', proposal: false } as const);
  const partners = own('partner').flatMap((cell) => splitUnits(paper.flat.slice(cell.start, cell.end)));
  const quote = { start: work.start, end: Math.min(row.end, work.start + 560) };
  for (const fact of facts)
    if (fact.kind === 'percent')
      into.targets.push({
        subject: tidyName(
          paper.flat
            .slice(row.start + fact.end, Math.min(row.end, row.start + fact.end + 80))
            .split(/[|,;.]/)[0] ?? '',
        ),
        words: paper.bare.slice(work.start, work.end),
        measure: 'met',
        comparator: fact.comparator,
        value: fact.value,
        unit: 'percent',
        per: null,
        by: null,
        ...quote,
        marks: marksOf([fact], row.start),
      });
  addRow(paper, { row, work, actor, partners, quote, facts }, into);
}

interface RowFacts {
  row: Block;
  work: Cell;
  actor: Actor;
  partners: string[];
  quote: Cell;
  facts: Fact[];
}

function addRow(paper: Paper, { row, work, actor, partners, quote, facts }: RowFacts, into: Drafts): void {
  const words = paper.bare.slice(work.start, work.end);
  notUnderstood(quote, facts, into);
  const slots = slotsOf(joinAmount(facts));
  const empty: Slot = {
    rhythm: null,
    end: null,
    window: null,
    time: null,
    relative: null,
    hours: [],
    facts: [],
  };
  for (const slot of slots.length > 0 ? slots : [empty]) {
    const timed = {
      actor,
      cadence: slot.rhythm
        ? { count: slot.rhythm.count, per: slot.rhythm.kind === 'cadence' ? slot.rhythm.per : null }
        : null,
      between: slot.window ? { from: slot.window.from, to: slot.window.to } : null,
      by: slot.end?.date ?? null,
      time: slot.time?.time ?? slot.end?.time ?? null,
      weekdays: slot.rhythm?.kind === 'cadence' ? slot.rhythm.weekdays : [],
      dayOfMonth: slot.rhythm?.kind === 'cadence' ? slot.rhythm.day : null,
      relative: slot.relative?.relative ?? null,
      beforeDay: slot.end?.before ?? false,
      marks: marksOf(slot.facts, row.start),
      ...quote,
    };
    if (isReport(words) && slot.rhythm?.kind !== 'count')
      into.reports.push({
        ...timed,
        to: reportReceiver(paper, work),
        kind: reportKindOf(words, timed.cadence?.per ?? null),
      });
    else into.duties.push({ ...timed, partners, words, context: words, windows: slot.hours, phase: false });
  }
}

/** "Hàng tuần | 02 tin, bài": the time column tells how often, the amount column how many each time. */
function joinAmount(facts: Fact[]): Fact[] {
  const rhythm = facts.find((fact) => fact.kind === 'cadence' && !fact.stated && fact.weekdays.length < 2);
  const amount = facts.find((fact) => fact.kind === 'count');
  if (rhythm?.kind !== 'cadence' || amount?.kind !== 'count') return facts;
  const joined: Fact = { ...rhythm, count: amount.count, noun: amount.noun, stated: true };
  return facts.flatMap((fact) => (fact === rhythm ? [joined] : fact === amount ? [] : [fact]));
}

const SPAN_START = bareRx(
  '(?<![a-z\\d/.])(?=(?:ngay )?\\d{1,2} ?[/.]|(?:trong |cuoi |het )?(?:thang \\d|quy [ivl1-4])|6 thang|(?:trong |het |cuoi )?nam 20|\\d{1,2} ?/ ?20\\d\\d)',
);
/** In a time column "Quý II/2025" or "11/2025" needs no word before it. */
function cellFacts(paper: Paper, cell: Cell, column: Column, sense: Sense): Fact[] {
  const clause = { start: cell.start, end: cell.end, opens: true };
  const facts = factsOf(paper, clause, column === 'amount' || column === 'work' ? 'tasks' : 'time', sense);
  if (column === 'amount' && facts.length === 0) {
    const bare = paper.calm.slice(cell.start, cell.end);
    const count = /^\s*(\d{1,3}(?:\.\d{3})*|\d+)\s+([a-z][a-z ]{1,40})/.exec(bare);
    // "200 người dự" tells who comes.
    if (
      count &&
      !/^(?:nguoi|dai bieu|hoc sinh|hoi vien) (?:du|tham du|tham gia)(?![a-z])/.test(count[2] ?? '')
    )
      facts.push({
        kind: 'count',
        count: Number((count[1] ?? '').replaceAll('.', '')),
        comparator: '=',
        noun: (count[2] ?? '').trim(),
        start: 0,
        end: count[0].length,
      });
  }
  if (column !== 'time') return facts;
  const stretch = new Stretch(paper.calm.slice(cell.start, cell.end));
  for (const fact of facts) stretch.hide(fact.start, fact.end);
  for (let match = SPAN_START.exec(stretch.text); match; match = SPAN_START.exec(stretch.text)) {
    const span = spanAt(stretch.text.slice(match.index));
    const date = span?.last(span.year ?? sense.year);
    if (span && date) {
      facts.push({
        kind: 'end',
        date,
        time: null,
        before: false,
        start: match.index,
        end: match.index + span.length,
      });
      stretch.hide(match.index, match.index + span.length);
    }
    SPAN_START.lastIndex = match.index + 1;
  }
  SPAN_START.lastIndex = 0;
  return facts;
}
