/**
 * Takes a message apart: numbers of every writing, times, dates, money, labels, separators, each with its place. What
 * a number means is decided in read-message.ts.
 */
import { fold } from '#core/vietnamese.ts';
import { dateOn, daysBetween, isDateOn, type DateOn } from '#core/calendar.ts';
import type { Measure } from '#features/reports/figures.ts';
import { numberInWords } from '#features/reports/message/number-words.ts';
import { phraseAt, type Label, type Word } from '#features/reports/message/words.ts';

export type Atom = { readonly start: number; readonly end: number } & (
  | {
      readonly kind: 'number';
      readonly value: number;
      /** "đi 19h": nineteen households, or at seven in the evening. */
      readonly orHour?: true;
    }
  | { readonly kind: 'fraction'; readonly value: number; readonly of: number }
  | { readonly kind: 'pair'; readonly first: number; readonly second: number; readonly of: number | null }
  | { readonly kind: 'share'; readonly value: number }
  | { readonly kind: 'time'; readonly value: string }
  | { readonly kind: 'date'; readonly value: DateOn }
  | { readonly kind: 'skip'; readonly what: 'money' | 'phone' | 'list' }
  | { readonly kind: 'label'; readonly label: Label }
  | { readonly kind: 'break'; readonly strength: 'line' | 'hard' | 'soft' }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'word'; readonly word: Word }
);

/** The same length as the text, so that places agree. */
export function foldedSameLength(text: string): string {
  return Array.from({ length: text.length }, (_, n) => {
    const char = text[n] ?? '';
    if (/\s/.test(char)) return char === '\n' ? '\n' : ' ';
    const plain = fold(char);
    return plain.length === 1 ? plain : char;
  }).join('');
}

const whole = (digits: string): number => Number(digits.replace(/[.\s]/g, ''));
const AMOUNT = String.raw`\d{1,3}(?:\.\d{3})+(?!\d)|\d+`;

const MONEY =
  /(?:\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)\s*(?:trieu|tr|ty|nghin|ngan|dong|vnd|cu|k)(?![a-z])/y;
const PHONE = /(?:\+?84|0)(?:[ .]?\d){8,10}(?!\d)/y;
const TIME =
  /([01]?\d|2[0-4])\s*(?:h|g|gio)\s*([0-5]\d)?\s*(?:'|p|phut)?(?![a-z0-9])|([01]?\d|2[0-3]):([0-5]\d)(?!\d)/y;
const LONG_DATE = /(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?!\d)/y;
const SPELLED_DATE = /(\d{1,2})\s+thang\s+(\d{1,2})(?:\s+nam\s+(\d{4}))?/y;
const SHORT_DATE = /(\d{1,2})[/.-](\d{1,2})(?!\d|\s*ho)/y;
const SHARE = /(\d+(?:[.,]\d+)?)\s*%/y;
const PAIR = new RegExp(String.raw`(${AMOUNT})\s*-\s*(${AMOUNT})(?:\s*/\s*(${AMOUNT}))?(?![\d%])`, 'y');
const FRACTION = new RegExp(
  String.raw`(${AMOUNT})\s*(?:(?:ho|nha|h)\s*)?(?:/|\btren(?: tong)?(?: so)?\b)\s*(?:tong\s*(?:so\s*)?)?(${AMOUNT})(?!\d|%|,\d)`,
  'y',
);
/** "24+260=284": the sum is what is told. */
const ADDED = /(\d+)\s*\+\s*(\d+)\s*=\s*(?=(\d+))/y;
const BARE_H = /(\d{1,3})\s*h(?![a-z0-9])(?!\s*\d)/y;
/** After it "h" is no hour: nobody is absent at three o'clock. */
const OF_HOUSEHOLDS =
  /\s*(?:ho |nha )?(?:khoa cua|vang|di vang|di lam|tu choi|chua ky|ko ky|khong ky|ky)(?![a-z])/y;
const NUMBER = new RegExp(`(${AMOUNT})`, 'y');
/** "2 chục hộ": twenty. */
const TEN_OF_THEM = /\s*chuc(?![a-z])/y;
const LIST_NUMBER = /\d{1,2}(?:[.)](?!\d)|\s*[-–]\s)\s*/y;
const WORD = /[a-z]+/y;

function run(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

interface Reading {
  readonly folded: string;
  readonly text: string;
  readonly today: DateOn;
}

function dateFrom(day: string, month: string, year: string | undefined, today: DateOn): DateOn | null {
  const full = year === undefined ? Number(today.slice(0, 4)) : Number(year) + (year.length === 2 ? 2000 : 0);
  const date = dateOn(full, Number(month), Number(day));
  return isDateOn(date) ? date : null;
}

/** How near to today a bare "05/8" must lie to be a day and not five of eight. */
const NEAR_DAYS = 3;

function dateAt({ folded, today }: Reading, at: number, before: readonly Atom[]): Atom | undefined {
  const long = run(LONG_DATE, folded, at) ?? run(SPELLED_DATE, folded, at);
  if (long) {
    const value = dateFrom(long[1] ?? '', long[2] ?? '', long[3], today);
    if (value) return { kind: 'date', value, start: at, end: at + long[0].length };
  }
  const short = run(SHORT_DATE, folded, at);
  if (!short) return undefined;
  const value = dateFrom(short[1] ?? '', short[2] ?? '', undefined, today);
  if (value === null) return undefined;
  const last = before.at(-1);
  const saidDay = last?.kind === 'label' && last.label.kind === 'aside';
  const labelled = last?.kind === 'label' && ['running', 'measure', 'households'].includes(last.label.kind);
  const near = Math.abs(daysBetween(today, value)) <= NEAR_DAYS;
  if (!saidDay && (labelled || !near)) return undefined;
  return { kind: 'date', value, start: at, end: at + short[0].length };
}

const HOUSEHOLDS_ONLY: ReadonlySet<Measure> = new Set(['pledged', 'absent', 'away', 'refused', 'unsigned']);

/** "ký 12h", "lk 170h": households in short, told from hours by what stands around; "đi 19h" may be either. */
function householdsInShort({ folded }: Reading, at: number, before: readonly Atom[]): Atom | undefined {
  const found = run(BARE_H, folded, at);
  if (!found) return undefined;
  const end = at + found[0].length;
  const value = Number(found[1]);
  const last = before.findLast(({ kind, start }) => kind !== 'label' || !isMore(before, start));
  const label = last?.kind === 'label' && folded.slice(last.end, at).length <= 6 ? last.label : undefined;
  const said = last ? folded.slice(last.start, last.end) : '';
  const sure =
    label?.kind === 'running' ||
    label?.kind === 'households' ||
    (label?.kind === 'measure' && HOUSEHOLDS_ONLY.has(label.measure)) ||
    (label?.kind === 'measure' && label.measure === 'reached' && !['di', 'gap'].includes(said)) ||
    (last?.kind === 'word' && ['dc', 'duoc'].includes(last.word.folded) && last.end >= at - 1) ||
    run(OF_HOUSEHOLDS, folded, end) !== null;
  if (sure) return { kind: 'number', value, start: at, end };
  const either = label?.kind === 'measure' && label.measure === 'reached';
  return either ? { kind: 'number', value, orHour: true, start: at, end } : undefined;
}

const isMore = (atoms: readonly Atom[], start: number): boolean =>
  atoms.some((atom) => atom.start === start && atom.kind === 'label' && atom.label.kind === 'more');

function numberAt(reading: Reading, at: number, before: readonly Atom[]): Atom | undefined {
  const { folded } = reading;
  const lineStart = at === 0 || /\n\s*$/.test(folded.slice(0, at));
  const list = lineStart ? run(LIST_NUMBER, folded, at) : null;
  if (list) return { kind: 'skip', what: 'list', start: at, end: at + list[0].length };
  const phone = run(PHONE, folded, at);
  if (phone) return { kind: 'skip', what: 'phone', start: at, end: at + phone[0].length };
  const share = run(SHARE, folded, at);
  if (share)
    return {
      kind: 'share',
      value: Number((share[1] ?? '').replace(',', '.')),
      start: at,
      end: at + share[0].length,
    };
  const money = run(MONEY, folded, at);
  if (money) return { kind: 'skip', what: 'money', start: at, end: at + money[0].length };
  const date = dateAt(reading, at, before);
  if (date) return date;
  const added = run(ADDED, folded, at);
  if (added && Number(added[1]) + Number(added[2]) === Number(added[3]))
    return { kind: 'skip', what: 'list', start: at, end: at + added[0].length };
  const fraction = run(FRACTION, folded, at);
  if (fraction && /h\s*\//.test(fraction[0])) return amountAt(folded, at);
  const short = householdsInShort(reading, at, before);
  if (short) return short;
  const time = run(TIME, folded, at);
  if (time) {
    const value = `${(time[1] ?? time[3] ?? '').padStart(2, '0')}:${time[2] ?? time[4] ?? '00'}`;
    return { kind: 'time', value, start: at, end: at + time[0].length };
  }
  return amountAt(folded, at);
}

function amountAt(folded: string, at: number): Atom | undefined {
  const pair = run(PAIR, folded, at);
  if (pair) {
    const of = pair[3] === undefined ? null : whole(pair[3]);
    const [first, second] = [whole(pair[1] ?? ''), whole(pair[2] ?? '')];
    return { kind: 'pair', first, second, of, start: at, end: at + pair[0].length };
  }
  const fraction = run(FRACTION, folded, at);
  if (fraction) {
    const [value, of] = [whole(fraction[1] ?? ''), whole(fraction[2] ?? '')];
    return { kind: 'fraction', value, of, start: at, end: at + fraction[0].length };
  }
  const plain = run(NUMBER, folded, at);
  if (!plain) return undefined;
  const dozen = run(TEN_OF_THEM, folded, at + plain[0].length);
  const end = at + plain[0].length + (dozen?.[0].length ?? 0);
  return { kind: 'number', value: whole(plain[0]) * (dozen ? 10 : 1), start: at, end };
}

const HARD = new Set(['.', ';', '!', '?', '|', '•', '*']);
const SOFT = new Set([',', '/', '+', '-', '–', '&']);

interface Placed extends Word {
  readonly start: number;
  readonly end: number;
}

/** Words that follow one another with nothing but spaces between, for phrases and numbers in words. */
function wordsFrom({ folded, text }: Reading, at: number): Placed[] {
  const words: Placed[] = [];
  for (let here = at; words.length < 8;) {
    const found = run(WORD, folded, here);
    if (!found) break;
    const end = here + found[0].length;
    words.push({ folded: found[0], typed: text.slice(here, end).toLowerCase(), start: here, end });
    here = end;
    while (folded[here] === ' ') here += 1;
  }
  return words;
}

function wordAtom(reading: Reading, at: number): Atom {
  const words = wordsFrom(reading, at);
  const spelled = numberInWords(words);
  if (spelled)
    return { kind: 'number', value: spelled.value, start: at, end: words[spelled.length - 1]?.end ?? at + 1 };
  const phrase = phraseAt(words, 0);
  if (phrase)
    return {
      kind: 'label',
      label: phrase.label,
      start: at,
      end: words[phrase.words.length - 1]?.end ?? at + 1,
    };
  const [first] = words;
  if (!first) return { kind: 'break', strength: 'soft', start: at, end: at + 1 };
  return { kind: 'word', word: first, start: at, end: first.end };
}

export function atomsOf(text: string, today: DateOn): Atom[] {
  const folded = foldedSameLength(text);
  const reading: Reading = { folded, text, today };
  const atoms: Atom[] = [];
  for (let at = 0; at < folded.length;) {
    const char = folded[at] ?? '';
    const span = { start: at, end: at + 1 };
    let atom: Atom | undefined;
    if (char === '\n') atom = { kind: 'break', strength: 'line', ...span };
    else if (/\d/.test(char)) atom = numberAt(reading, at, atoms);
    else if (/[a-z]/.test(char)) atom = wordAtom(reading, at);
    else if (char === '(' || char === '[') atom = { kind: 'open', ...span };
    else if (char === ')' || char === ']') atom = { kind: 'close', ...span };
    else if (HARD.has(char)) atom = { kind: 'break', strength: 'hard', ...span };
    else if (SOFT.has(char)) atom = { kind: 'break', strength: 'soft', ...span };
    if (atom) atoms.push(atom);
    at = atom?.end ?? at + 1;
  }
  return atoms;
}
