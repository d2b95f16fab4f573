// A ward's list of groups as offices keep it: pasted from a document or a sheet, one group to a line, usually with its
// number of households. What a line means is shown before it is kept, so a wrong guess costs a look and no more.
import { nfc, fold } from '#core/vietnamese.ts';

export interface ListedGroup {
  /** 1-based, as an editor counts. */
  readonly line: number;
  readonly name: string;
  readonly households: number | null;
  readonly problem: 'twice' | 'too-many' | 'no-name' | null;
}

const MOST_HOUSEHOLDS = 20_000;
/** A bare number at the end is part of the name ("Tổ 12") unless it is too large to number a group. */
const LEAST_BARE_COUNT = 60;

const KIND = /^(?:tổ|tdp|thôn|khu|xóm|ấp|bản|buôn|làng|cụm)(?=\s|$)/i;

function fullName(text: string): string {
  const name = nfc(text).replace(/\s+/g, ' ').trim();
  if (name === '') return '';
  if (/^tdp\s/i.test(name)) return `Tổ dân phố ${name.slice(4)}`;
  if (/^tổ\s+(?!dân\s+phố)/i.test(name)) return `Tổ dân phố ${name.replace(/^tổ\s+/i, '')}`;
  return KIND.test(name) ? name : `Tổ dân phố ${name}`;
}

const numberOf = (text: string): number | null => {
  const plain = text.replace(/\s*hộ\.?$/i, '').replaceAll(/[.\s](?=\d{3}\b)/g, '');
  return /^\d+$/.test(plain.trim()) ? Number(plain.trim()) : null;
};

/** Cells of a line: a table pasted or saved keeps them apart by tab, semicolon, bar or comma. */
function cells(line: string): string[] {
  const mark = /\t/.test(line) ? '\t' : /;/.test(line) ? ';' : /\|/.test(line) ? '|' : ',';
  return line.split(mark).map((cell) => cell.replace(/^"|"$/g, '').trim());
}

function ofCells(row: readonly string[]): { name: string; households: number | null } {
  const filled = row.filter((cell) => cell !== '');
  // A first column of running numbers says nothing.
  const rest =
    filled.length > 1 && /^\d+\.?$/.test(filled[0] ?? '') && numberOf(filled[1] ?? '') === null
      ? filled.slice(1)
      : filled;
  const name = rest[0] ?? '';
  const count = rest
    .slice(1)
    .map(numberOf)
    .find((value) => value !== null);
  return { name, households: count ?? null };
}

function ofSentence(text: string): { name: string; households: number | null } {
  const bare = text.replace(/^\d+\s*[.)]\s+|^[-+•*]\s+/, '');
  const match = /^(.*?)(?:\s*[:(–—-]\s*|\s+)(\d[\d.]*)\s*(hộ)?\.?\)?$/i.exec(bare);
  const households = match?.[2] === undefined ? null : numberOf(match[2]);
  if (!match || households === null) return { name: bare, households: null };
  const name = (match[1] ?? '').trim();
  const said = match[3] !== undefined || /[:(–—]\s*\d[\d.]*\)?$/.test(bare) || /\s-\s*\d[\d.]*$/.test(bare);
  const numbered = /\d$/.test(name);
  return said || numbered || households >= LEAST_BARE_COUNT
    ? { name, households }
    : { name: bare, households: null };
}

const isHead = (text: string): boolean => {
  const words = fold(text);
  return /\b(?:ten|stt|tt)\b/.test(words) && /\b(?:ho|to|ten)\b/.test(words) && !/\d/.test(words);
};

const isSum = (text: string): boolean =>
  /^(?:tong(?: cong| so)?|cong)\b/.test(fold(text).replace(/^\W+/, ''));

function judged(read: { line: number; name: string; households: number | null }[]): ListedGroup[] {
  const seen = new Set<string>();
  return read.map(({ line, name, households }) => {
    const key = fold(name);
    const twice = seen.has(key);
    seen.add(key);
    const tooMany = households !== null && households > MOST_HOUSEHOLDS;
    const problem = name === '' ? 'no-name' : twice ? 'twice' : tooMany ? 'too-many' : null;
    return { line, name, households, problem };
  });
}

/** Reads a pasted list; empty lines, a head line and a line of sums are left out. */
export function readGroupList(text: string): ListedGroup[] {
  const lines = text.split(/\r?\n/).map((words, at) => ({ words: words.trim(), line: at + 1 }));
  const wanted = lines.filter(({ words }) => words !== '' && !isHead(words) && !isSum(words));
  return judged(
    wanted.map(({ words, line }) => {
      const row = cells(words);
      const { name, households } = row.length > 1 ? ofCells(row) : ofSentence(words);
      return { line, name: fullName(name), households };
    }),
  );
}

/** The same list out of a sheet. */
export const readGroupRows = (rows: readonly (readonly string[])[]): ListedGroup[] =>
  readGroupList(rows.map((row) => row.map((cell) => cell.replaceAll(/[\t\n]/g, ' ')).join('\t')).join('\n'));
