/**
 * A pasted message → reports, each figure with its words. A figure is taken only where a label or a counted thing
 * stands by the number; what is doubtful is taken and asked about, what is not understood is only asked about.
 * Nothing is completed from elsewhere.
 */
import { nfc } from '#core/vietnamese.ts';
import { atomsOf, foldedSameLength, type Atom } from '#features/reports/message/atoms.ts';
import { readFigures } from '#features/reports/message/assign.ts';
import { spokenBreaks } from '#features/reports/message/spoken.ts';
import { mentionsIn, partsOf, type Part } from '#features/reports/message/groups.ts';
import type {
  Found,
  Known,
  MessageReading,
  MessageReport,
  Question,
  Words,
} from '#features/reports/message/message.ts';
import { questionsOf } from '#features/reports/message/questions.ts';

const NO_WORK =
  /(?<![a-z])(?:(?:khong|ko|kg|chua|hok)(?: ai| the)? (?:di|lam|ra quan|trien khai|to chuc|tuyen truyen)(?: tuyen truyen)?(?: duoc| dc| dk)?|(?:khong|ko|kg|chua|k) (?:co )?(?:gi )?(?:phat sinh|p\/?s)|mua(?: to| lon)?(?: nen| phai)* nghi|nghi (?:toi|hom|ngay|ca|khong|ko|do|vi))(?![a-z])/g;
/** "không đi được 3 hộ" is about three households, not about the day. */
const COUNT_FOLLOWS = /^ ?(?:duoc |dc |them |het |den )?(?:\d|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)/;
const REASON =
  /mua|bao so|gio lon|ngap|mat dien|dam (?:tang|ma|cuoi|hieu)|cuoi|ban |ban$|om|hop|do |vi |tai |nghi|giua|bat dau|thi cong|cat dien/;

/** The sentence around a place: from the stop or line before to the one after. */
function sentenceAround(text: string, at: number, part: Words): Words {
  const stop = /[.;!\n]/;
  let [start, end] = [at, at];
  while (start > part.start && !stop.test(text[start - 1] ?? '')) start -= 1;
  while (end < part.end && !stop.test(text[end] ?? '')) end += 1;
  while (/\s/.test(text[start] ?? '')) start += 1;
  return { start, end };
}

function noWorkIn(
  text: string,
  folded: string,
  part: Words,
): { found: Found<string>; reasoned: boolean } | null {
  const piece = folded.slice(part.start, part.end);
  for (const match of piece.matchAll(NO_WORK)) {
    const at = part.start + match.index;
    if (COUNT_FOLLOWS.test(folded.slice(at + match[0].length))) continue;
    const words = sentenceAround(text, at, part);
    const reasoned = REASON.test(folded.slice(words.start, words.end));
    return { found: { value: text.slice(words.start, words.end).trim(), ...words }, reasoned };
  }
  return null;
}

function windowIn(text: string, folded: string, part: Words): MessageReport['window'] {
  const piece = folded.slice(part.start, part.end);
  const hour = String.raw`(\d{1,2})\s*(?:h|g|gio|:)\s*(\d{2})?`;
  const found = new RegExp(String.raw`tu\s+${hour}[^\n]{0,40}?\s+den\s+${hour}`).exec(piece);
  if (!found) return null;
  const time = (h = '', m = '00') => `${h.padStart(2, '0')}:${m}`;
  const start = part.start + found.index;
  return {
    value: { from: time(found[1], found[2]), to: time(found[3], found[4]) },
    start,
    end: start + found[0].length,
  };
}

function sentAtIn(atoms: readonly Atom[], window: Words | null): Found<string> | null {
  const outside = ({ start, end }: Words) => !window || end <= window.start || start >= window.end;
  for (const [n, atom] of atoms.entries()) {
    if (atom.kind !== 'time' || !outside(atom)) continue;
    const before = atoms[n - 1];
    const said = before?.kind === 'label' && before.label.kind === 'sent';
    // A bare time at the very end is when it was written.
    const last = atoms.slice(n + 1).every(({ kind }) => kind === 'break' || kind === 'word');
    if (said || last) return { value: atom.value, start: atom.start, end: atom.end };
  }
  return null;
}

function dayIn(atoms: readonly Atom[], window: Words | null): MessageReport['on'] {
  const dates = atoms.flatMap((atom) => (atom.kind === 'date' ? [atom] : []));
  // Of a window the report is of its last day.
  const chosen = window
    ? (dates.findLast(({ start }) => start >= window.start && start <= window.end + 24) ?? dates[0])
    : dates[0];
  return chosen ? { value: chosen.value, start: chosen.start, end: chosen.end } : null;
}

interface Whole {
  readonly text: string;
  readonly folded: string;
  readonly atoms: readonly Atom[];
  readonly mentions: readonly Words[];
  readonly known: Known;
}

function readPart({ text, folded, atoms: all, mentions, known }: Whole, part: Part): MessageReport {
  const atoms = all.filter(({ start }) => start >= part.start && start < part.end);
  const window = windowIn(text, folded, part);
  const noWork = noWorkIn(text, folded, part);
  const skip = [...mentions, ...(window ? [window] : [])];
  const group = known.groups.find(({ id }) => id === part.mention?.groupId) ?? null;
  const read = readFigures(text, atoms, skip, group?.households ?? null);
  const [on, sentAt] = [dayIn(atoms, window), sentAtIn(atoms, window)];
  const { figures, remarks } = read;
  const questions: Question[] = [
    ...read.questions,
    ...questionsOf({ figures, shares: read.shares, group, on, window, sentAt, noWork, part, known }),
  ];
  if (!part.mention) questions.unshift({ code: 'which-group', words: [], params: {} });
  else if (part.mention.groupId === null)
    questions.unshift({ code: 'group-unknown', words: [part.mention], params: { name: part.mention.name } });
  return {
    part: { start: part.start, end: part.end },
    group: part.mention
      ? { value: part.mention.name, start: part.mention.start, end: part.mention.end }
      : null,
    groupId: part.mention?.groupId ?? null,
    on,
    window,
    sentAt,
    figures,
    noWork: noWork?.found ?? null,
    remarks,
    questions,
  };
}

/** Never throws; a message of which nothing is understood is one report with the question `nothing-read`. */
export function readMessage(typed: string, known: Known): MessageReading {
  const text = nfc(typed.replace(/\r\n?/g, '\n'));
  const folded = foldedSameLength(text);
  const atoms = spokenBreaks(atomsOf(text, known.today));
  const mentions = mentionsIn(text, known);
  const parts = partsOf(text, mentions, atoms);
  return { text, reports: parts.map((part) => readPart({ text, folded, atoms, mentions, known }, part)) };
}
