/**
 * Vietnamese text: folding, search with or without marks, and the order of a class register. A syllable is
 * taken apart into its letters (with their shape: ă, ơ, đ) and its one tone, so that the two habits of placing
 * a tone (hòa and hoà, thủy and thuỷ) never make a difference. `Intl.Collator` is not used: browsers and
 * runtimes ship different data, and phone and server must sort alike.
 */

/** The alphabet with f, j, w, z in their Latin places: names and codes contain them. */
const ALPHABET = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';
/** Combining marks in the order of Vietnamese dictionaries: huyền, hỏi, ngã, sắc, nặng; no mark (ngang) is 0. */
const TONES = ['\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const PLAIN = /^[\x20-\x7e]*$/;
/** Breve, circumflex, horn: they make another letter, not a tone. */
const SHAPES = /[\u0306\u0302\u031b]/;

/** The one form in which text is kept and compared. */
export function nfc(text: string): string {
  return text.normalize('NFC');
}

/**
 * Lower case, no marks, đ as d, single spaces: what a person types who types no marks. The Icelandic ð and the
 * African ɖ are what some fonts and scanners give for đ.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  // Lists are folded by the hundred thousand cells, and most hold a number or a word without marks.
  const bare = PLAIN.test(lower)
    ? lower
    : lower.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đðɖ]/g, 'd');
  return bare.replace(/\s\s+|[^\S ]/g, ' ').trim();
}

interface Syllable {
  /** Lower case letters with their shape and without tone: 'đưc'. */
  readonly letters: string;
  /** 0 ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng. */
  readonly tone: number;
  /** The same without shape: 'duc'. */
  readonly folded: string;
}

/** Letters and digits make words; everything else stands between them. */
function syllables(text: string): Syllable[] {
  return (
    text
      .normalize('NFD')
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)
      ?.map(syllable) ?? []
  );
}

function syllable(decomposed: string): Syllable {
  let letters = '';
  let tone = 0;
  for (const char of decomposed) {
    const mark = TONES.indexOf(char);
    if (mark >= 0) tone = mark + 1;
    else if (!/\p{M}/u.test(char)) letters += char === 'ð' || char === 'ɖ' ? 'đ' : char;
    else if (SHAPES.test(char)) letters += char;
  }
  const composed = letters.normalize('NFC');
  return { letters: composed, tone, folded: fold(composed) };
}

/**
 * A key whose plain string order is Vietnamese order: word by word, in each word first the letters, then the
 * tone (as in a dictionary: everything under "ma" stands before "mà"); numbers by value, so group 2 stands
 * before group 10; digits before letters.
 */
export function sortKey(text: string): string {
  return syllables(text)
    .map(({ letters, tone }) => letters.replace(/\p{N}+|./gu, weigh) + '!' + tone)
    .join(' ');
}

/** Codes stay above '!' (0x21), the end of a word's letters, which stays above the space between words. */
function weigh(piece: string): string {
  if (/^\d/.test(piece)) {
    const digits = piece.replace(/^0+(?=\d)/, '');
    return '#' + String.fromCharCode(0x30 + Math.min(digits.length, 60)) + digits;
  }
  const rank = ALPHABET.indexOf(piece);
  return rank >= 0 ? String.fromCharCode(0x41 + rank) : '~' + piece;
}

/** Vietnamese order of two texts; texts that differ only in case or punctuation keep one fixed order. */
export function compareVietnamese(a: string, b: string): number {
  return order(sortKey(a), sortKey(b)) || order(nfc(a), nfc(b));
}

/** A full name as written: family name first, given name last. A single word is a given name. */
export function nameParts(fullName: string): { family: string; middle: string; given: string } {
  const words = nfc(fullName).trim().split(/\s+/);
  const given = words.at(-1) ?? '';
  return { family: words.length > 1 ? (words[0] ?? '') : '', middle: words.slice(1, -1).join(' '), given };
}

/** The key of a register's order: given name, then middle names, then family name. */
export function personSortKey(fullName: string): string {
  const { family, middle, given } = nameParts(fullName);
  // U+001F stands below the space, so that no middle name comes before any.
  return [given, middle, family].map(sortKey).join('\u001f');
}

export function comparePeople(a: string, b: string): number {
  return order(personSortKey(a), personSortKey(b)) || order(nfc(a), nfc(b));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Text made ready for `matches`, so that a list is taken apart once and not at every keystroke. */
export type SearchText = readonly Syllable[];

export const searchText: (text: string) => SearchText = syllables;

/**
 * Whether each typed word begins some word of the text, in any order. A word typed without marks ignores marks:
 * "duc" finds Đức. A word typed with marks must agree in them: "đức" does not find Dục, "nguyên" does not find
 * Nguyễn; while a word is only half typed its tone may still be missing.
 */
export function matches(text: SearchText, query: SearchText): boolean {
  return query.every((typed) => text.some((word) => begins(word, typed)));
}

function begins(word: Syllable, typed: Syllable): boolean {
  if (typed.tone === 0 && typed.letters === typed.folded) return word.folded.startsWith(typed.folded);
  if (!word.letters.startsWith(typed.letters)) return false;
  return word.tone === typed.tone || (typed.tone === 0 && typed.letters.length < word.letters.length);
}

/** Open syllables in oa, oe, uy carry the tone on the first vowel here: hòa, thủy, the older and commoner habit. */
const OPEN = new Set(['oa', 'oe', 'uy']);
const VOWELS = /^((?:qu|[^aeiouyăâêôơư])?[^aeiouyăâêôơư]*)([aeiouyăâêôơư]+)([^aeiouyăâêôơư]*)$/;

/**
 * The same text with every tone where one habit puts it, for comparing and for deriving ids from names written
 * with marks. Case stays. Only the groups on which habits differ are touched.
 */
export function normaliseTones(text: string): string {
  return nfc(text).replace(/\p{L}+/gu, placeTone);
}

function placeTone(word: string): string {
  const chars = Array.from(word, (char) => char.normalize('NFD'));
  const marks = chars.map((char) => TONES.find((tone) => char.includes(tone)) ?? '');
  const tone = marks.find((mark) => mark !== '');
  if (tone === undefined || marks.filter((mark) => mark !== '').length > 1) return word;
  const bare = chars.map((char, i) => char.replace(marks[i] ?? '', '').normalize('NFC'));
  const [, onset = '', vowels = '', coda = ''] = VOWELS.exec(bare.join('').toLowerCase()) ?? [];
  const at = tonePlace(onset, vowels, coda);
  if (at === undefined) return word;
  const place = Array.from(onset).length + at;
  return bare.map((char, i) => (i === place ? (char + tone).normalize('NFC') : char)).join('');
}

/** Which vowel of the group carries the tone; undefined where nobody disagrees. */
function tonePlace(onset: string, vowels: string, coda: string): number | undefined {
  if (onset === 'qu') return vowels.length === 1 ? 0 : undefined;
  if (OPEN.has(vowels)) return coda === '' ? 0 : 1;
  return /^(oai|oay|oao|oeo|uyu)$/.test(vowels) ? 1 : undefined;
}
