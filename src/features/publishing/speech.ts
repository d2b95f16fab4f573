/**
 * A text as a loudspeaker reads it: numbers, dates, hours and abbreviations spelled out, and how long it takes. People
 * who read from a sheet in the early morning stumble over "08h30", "24.295" and "OTP"; here nothing is left to guess.
 */

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const SCALES = ['', 'nghìn', 'triệu', 'tỷ', 'nghìn tỷ', 'triệu tỷ'] as const;

const digit = (value: number): string => DIGITS[value] ?? '';

/** Two last digits after a word: linh tư is read "linh bốn"; mốt after mươi, lăm after mươi and mười. */
function tens(value: number, full: boolean): string {
  const [ten, unit] = [Math.floor(value / 10), value % 10];
  if (ten === 0) return unit === 0 ? '' : full ? `linh ${digit(unit)}` : digit(unit);
  const head = ten === 1 ? 'mười' : `${digit(ten)} mươi`;
  if (unit === 0) return head;
  if (unit === 1) return `${head} ${ten === 1 ? 'một' : 'mốt'}`;
  return `${head} ${unit === 5 ? 'lăm' : digit(unit)}`;
}

function hundreds(value: number, full: boolean): string {
  const hundred = Math.floor(value / 100);
  const rest = value % 100;
  if (hundred === 0 && !full) return tens(rest, false);
  return [`${digit(hundred)} trăm`, tens(rest, true)].filter((part) => part !== '').join(' ');
}

/** A whole number from 0 below 10^18 in words. */
export function numberWords(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('A whole number from 0 is read');
  if (value === 0) return DIGITS[0];
  const groups: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 1_000)) groups.push(rest % 1_000);
  return groups
    .map((group, at) => ({ group, at }))
    .filter(({ group }) => group > 0)
    .reverse()
    .map(({ group, at }) => `${hundreds(group, at < groups.length - 1)} ${SCALES[at] ?? ''}`.trim())
    .join(' ');
}

/** Telephone numbers and codes: each digit alone. */
export const digitWords = (digits: string): string =>
  Array.from(digits.replaceAll(/\D/g, ''), (one) => digit(Number(one))).join(' ');

/** Abbreviation as written → as spoken. Data of the ward, with a starter list in `starter/spoken-words.json`. */
export type SpokenWords = Readonly<Record<string, string>>;

const dayWords = (day: number): string => (day <= 10 ? `mùng ${numberWords(day)}` : numberWords(day));
/** Months are read by number; the fourth and the twelfth have names of their own only in poems. */
const dateWords = (day: string, month: string, year: string | undefined): string =>
  [
    dayWords(Number(day)),
    `tháng ${Number(month) === 4 ? 'tư' : numberWords(Number(month))}`,
    ...(year ? [`năm ${numberWords(Number(year))}`] : []),
  ].join(' ');

const plain = (text: string): number => Number(text.replaceAll('.', ''));

const isDay = (day: string, month: string) => {
  const [d, m] = [Number(day), Number(month)];
  return d >= 1 && d <= 31 && m >= 1 && m <= 12;
};

type Rule = readonly [pattern: RegExp, replace: (...parts: string[]) => string];

/** In order: what is longest and surest first. Each leaves words in which no later rule finds a digit. */
const RULES: readonly Rule[] = [
  // 0225.1234567, 0692.348.560, 1900.0368, and short emergency numbers after a word that says what they are.
  [
    /(?<![\d.,])(?:\+84|0\d{2,3}|1[89]00)[ .]?\d{3,4}(?:[ .]?\d{3,4})?(?![\d])/g,
    (found) => digitWords(found),
  ],
  [
    /((?:gọi|số|máy|tổng đài|đầu số|đường dây nóng|tin nhắn tới|nhắn tới)\s+(?:số\s+)?)(\d{3,11})(?![\d/.,]\d)/giu,
    (_, before = '', number = '') => before + digitWords(number),
  ],
  [
    /(?<![\d/])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?![\d/])/g,
    (found, day = '', month = '', year = '') =>
      isDay(day, month) ? dateWords(day, month, year || undefined) : found,
  ],
  [
    /(?<!\d)(\d{1,2})\s?(?:h|giờ|:)\s?(\d{2})(?:'|’| phút)?(?!\d)/g,
    (_, hour = '', minute = '') =>
      `${numberWords(Number(hour))} giờ${Number(minute) === 0 ? '' : ` ${numberWords(Number(minute))} phút`}`,
  ],
  [/(?<!\d)(\d{1,2})h(?!\w)/g, (_, hour = '') => `${numberWords(Number(hour))} giờ`],
  [
    /(\d+),(\d+)(?!\d)/g,
    (_, whole = '', part = '') => `${numberWords(Number(whole))} phẩy ${digitWords(part)}`,
  ],
  [/\d{1,3}(?:\.\d{3})+(?!\d)/g, (found) => numberWords(plain(found))],
  [/\d+/g, (found) => (found.length > 12 ? digitWords(found) : numberWords(Number(found)))],
];

/** "10–20%" is read "mười đến hai mươi": before numbers become words. */
const RANGE = /(?<=\d)\s*[–-]\s*(?=\d+(?:[ %]|$))/g;

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\s*%/g, ' phần trăm'],
  [/\s*&\s*/g, ' và '],
  [/(?<=\p{L})\s*[–-]\s+(?=\p{L})/gu, ', '],
  [/[“”"«»]/g, ''],
  [/\s*\/\s*/g, ' trên '],
  [/https?:\S+/g, ''],
];

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The text with nothing left that two readers would say in two ways. */
export function spoken(text: string, words: SpokenWords): string {
  let said = text.replaceAll(/https?:\S+/g, '');
  // Longest first: "CSKV" must not be read as "CS" and "KV".
  const known = Object.keys(words).sort((a, b) => b.length - a.length);
  for (const written of known)
    said = said.replaceAll(
      new RegExp(String.raw`(?<![\p{L}\d])${escape(written)}(?![\p{L}\d])`, 'gu'),
      words[written] ?? written,
    );
  said = said.replaceAll(RANGE, ' đến ');
  for (const [pattern, replace] of RULES) said = said.replaceAll(pattern, replace);
  for (const [pattern, sign] of SIGNS) said = said.replaceAll(pattern, sign);
  return said.replaceAll(/[ \t]+/g, ' ').trim();
}

/**
 * Seconds it takes to read aloud. Vietnamese is written syllable by syllable, so words between spaces are syllables.
 * `perMinute`: the reader's own pace (a ward measures it once; loudspeakers in streets carry about 180), with a breath
 * of 0.35 s at commas and 0.7 s at the end of sentences and lines.
 */
export function readingSeconds(script: string, perMinute: number): number {
  const syllables = script.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const short = script.match(/[,;:](?=\s)/g)?.length ?? 0;
  const long = script.match(/[.?](?=\s|$)|\n+/g)?.length ?? 0;
  return Math.round((syllables / perMinute) * 60 + short * 0.35 + long * 0.7);
}
