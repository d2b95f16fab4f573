/**
 * Cuts a paper into blocks (a heading, a paragraph, a bullet, a table row) and tells each block's marker apart
 * from its words. Lines that only the page's width broke are joined again.
 */
import type { Paper } from './paper-text.ts';

/** Lower is higher up in the paper; blanks between leave room for decimal depth. */
export const RANK = {
  part: 0,
  letter: 2,
  roman: 4,
  number: 6,
  point: 20,
  round: 22,
  dash: 30,
  plus: 32,
  dot: 34,
  none: 90,
} as const;

export interface Block {
  /** Whole block and its words after the marker, as offsets of `flat`. */
  start: number;
  textStart: number;
  end: number;
  marker: string;
  rank: number;
  /** Cells of a table row, else null. */
  cells: { start: number; end: number }[] | null;
}

interface Line {
  start: number;
  end: number;
}

const MARKERS: [RegExp, (match: RegExpMatchArray) => number][] = [
  [/^(?:phan|chuong|muc) +(?:thu +[a-z]+|[ivx]+|\d+)\b *[.:-]* */, () => RANK.part],
  [/^[ivx]{1,5} *[./)-]+ +(?=\S)|^[ivx]{1,5}[.)-](?=[a-z])|^[ivx]{1,5}(?= {2,}\S)/, () => RANK.roman],
  [
    /^\d{1,2}(?:\.\d{1,2}){1,4}[.):]? *(?=[^\d\s/%.,])/,
    (match) => RANK.number + (match[0].match(/\.\d/g)?.length ?? 0),
  ],
  [
    /^\d{1,2} *[.:](?!\d) *(?=\S)|^\d{1,2} *[-/] +(?=[^\d\s]|\d{1,3} ?%)|^\d{1,2}-(?=[a-z])|^\d{1,2}\. *$/,
    () => RANK.number,
  ],
  [/^\(\d{1,2}\) */, () => RANK.round],
  [/^\d{1,2}\) */, () => RANK.round],
  [/^[a-z]\) */, () => RANK.point],
  [/^[a-z]\. +(?=\S)/, () => RANK.point],
  [/^[-] *(?=\S)/, () => RANK.dash],
  [/^\+ */, () => RANK.plus],
  [/^[•●○▪■□◦·➢✓❖\uf0b7\uf02d\uf0a7] */, () => RANK.dot],
];

function markerOf(bare: string, flat: string): { marker: string; rank: number } {
  if (/^\* *\S/.test(flat) && !flat.startsWith('**')) return { marker: '*', rank: RANK.dash - 2 };
  const lead = bare.match(/^ */)?.[0].length ?? 0;
  const rest = bare.slice(lead);
  // "A. …", "B. …" in capitals stand above Roman numbers; "I." and "V." are Roman.
  const letter = /^[A-H] *[.)-] +(?=\S)/.exec(flat.slice(lead))?.[0] ?? '';
  if (letter !== '' && !/^[CD]\)/.test(letter))
    return { marker: bare.slice(0, lead + letter.length), rank: RANK.letter };
  const decimal =
    /^[\dlIO|]{1,2}(?:\.[\dlIO|]{1,2}){1,4}[.):]? *(?=[^\s\d/%.,])/.exec(flat.slice(lead))?.[0] ?? '';
  if (/[lIO|]/.test(decimal) && /\d/.test(decimal))
    return {
      marker: bare.slice(0, lead + decimal.length),
      rank: RANK.number + (decimal.match(/\.[\dlIO|]/g)?.length ?? 0),
    };
  // A scanner reads "1." as "l." and "II." as "Il." or "ll.".
  const scanned = /^[IVXl1|]{1,5}(?= *[.)/-] *\S)/.exec(flat.slice(lead))?.[0] ?? '';
  if (/[l|]/.test(scanned)) {
    const width = /^[^.)/-]*[.)/-]+ */.exec(rest)?.[0].length ?? 0;
    const single = /^[l|]$/.test(scanned);
    return {
      marker: bare.slice(0, lead + width),
      rank: single || /\d/.test(scanned) ? RANK.number : RANK.roman,
    };
  }
  for (const [pattern, rank] of MARKERS) {
    const match = rest.match(pattern);
    if (!match) continue;
    if (rank(match) === RANK.roman && !/^[IVXl1 ]+/.test(flat.slice(lead, lead + 1))) continue;
    return { marker: bare.slice(0, lead + match[0].length), rank: rank(match) };
  }
  return { marker: '', rank: RANK.none };
}

function linesOf(paper: Paper): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (let at = 0; at <= paper.flat.length; at++) {
    if (at < paper.flat.length && paper.flat[at] !== '\n') continue;
    lines.push({ start, end: at });
    start = at + 1;
  }
  return lines;
}

function trim(paper: Paper, start: number, end: number): Line {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(paper.flat.charAt(from))) from++;
  while (to > from && /\s/.test(paper.flat.charAt(to - 1))) to--;
  return { start: from, end: to };
}

function cellsOf(paper: Paper, line: Line): { start: number; end: number }[] | null {
  const text = paper.flat.slice(line.start, line.end);
  const bar = text.includes(' | ') || /^\|.*\|\s*$/.test(text.trim()) || /\S \|\s*$/.test(text);
  const tabs = !bar && (text.match(/\S\t+(?=\S)/g)?.length ?? 0) >= 2;
  if (!bar && !tabs) return null;
  const cells: { start: number; end: number }[] = [];
  let start = line.start;
  for (let at = line.start; at <= line.end; at++) {
    const cut = at === line.end || (bar ? paper.flat[at] === '|' : paper.flat[at] === '\t');
    if (!cut) continue;
    cells.push(trim(paper, start, at));
    start = at + 1;
  }
  if (bar && text.trimStart().startsWith('|')) cells.shift();
  if (bar && text.trimEnd().endsWith('|')) cells.pop();
  return cells.length > 1 ? cells : null;
}

/** True of a line that the page's width, not the writer, began. */
function continues(paper: Paper, before: Block, line: Line, blankBetween: boolean): boolean {
  if (before.cells) return false;
  const last = paper.flat.slice(before.start, before.end).replace(/[*_\s]+$/u, '');
  const first = paper.flat.slice(line.start, line.end);
  // A page's end breaks a sentence in two: what goes on in small letters goes on.
  if (blankBetween)
    return (
      /^\s*\p{Ll}/u.test(first) &&
      last.length - (last.lastIndexOf('\n') + 1) >= 50 &&
      !/[.;:!?]$/.test(last) &&
      !isTitleLine(last)
    );
  const ended = /[.;:!?]$|\.\/\.$/.test(last);
  const lineWidth = last.length - (last.lastIndexOf('\n') + 1);
  if (/^\s*[\p{Ll}(,;)"”]/u.test(first))
    return !/[.;:!?]$/.test(last) || /\b(?:tp|tx|tt|q|p|ths|ts|v\.v|st)\.$/i.test(last);
  if (ended || before.rank === RANK.none)
    return !ended && lineWidth >= 60 && !isTitleLine(last) && !isTitleLine(first);
  // A new line in capitals or with a capital after an unended long line: only names and numbers broken by width.
  return lineWidth >= 60 && !isTitleLine(first) && /^\s*[\p{Lu}\d]/u.test(first);
}

/** In capitals throughout: a heading, a title, a letterhead. */
export function isTitleLine(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const capitals = letters.filter((letter) => letter !== letter.toLowerCase());
  return letters.length >= 3 && capitals.length >= letters.length * 0.8;
}

/** A number alone on its line is the page's: it neither says nor separates anything. */
const PAGE_NUMBER = /^[-–\s]*(?:[Tt]rang\s+)?\d{1,3}(?:\s*\/\s*\d{1,3})?[-–\s]*$/u;

export function blocksOf(paper: Paper): Block[] {
  const blocks: Block[] = [];
  let blankBetween = false;
  let loose: { marker: string; rank: number; start: number } | null = null;
  for (const raw of linesOf(paper)) {
    const line = trim(paper, raw.start, raw.end);
    if (line.start === line.end || /^[-=_.*\s]+$/.test(paper.flat.slice(line.start, line.end))) {
      blankBetween = true;
      continue;
    }
    if (PAGE_NUMBER.test(paper.flat.slice(line.start, line.end))) continue;
    const cells = cellsOf(paper, line);
    const { marker, rank } = cells
      ? { marker: '', rank: RANK.none }
      : markerOf(paper.bare.slice(line.start, line.end), paper.flat.slice(line.start, line.end));
    const before = blocks.at(-1);
    // A marker alone on its line ("1." and the words below) belongs to the next line.
    if (marker !== '' && line.start + marker.length >= line.end) {
      loose = { marker, rank, start: line.start };
      continue;
    }
    if (rank === RANK.none && !cells && !loose && before && continues(paper, before, line, blankBetween))
      before.end = line.end;
    else if (loose && rank === RANK.none && !cells)
      blocks.push({
        start: loose.start,
        textStart: line.start,
        end: line.end,
        marker: loose.marker,
        rank: loose.rank,
        cells: null,
      });
    else
      blocks.push({
        start: line.start,
        textStart: line.start + marker.length,
        end: line.end,
        marker,
        rank,
        cells,
      });
    loose = null;
    blankBetween = false;
  }
  return blocks;
}
