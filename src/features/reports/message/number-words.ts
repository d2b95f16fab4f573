/**
 * Whole numbers written in words up to the thousands: "ba mươi lăm hộ", "một trăm linh hai", "2 chục" is left to the
 * caller. Vietnamese number words are also other words (ba: father, năm: year, tư: fourth), so a single word counts
 * only before something that is counted.
 */
import type { Word } from '#features/reports/message/words.ts';

const UNITS: Readonly<Record<string, number>> = {
  một: 1,
  mốt: 1,
  hai: 2,
  ba: 3,
  bốn: 4,
  tư: 4,
  năm: 5,
  lăm: 5,
  nhăm: 5,
  sáu: 6,
  bảy: 7,
  bẩy: 7,
  tám: 8,
  chín: 9,
};
/** The same words typed without marks; only where nothing in the message's phrase has marks. */
const PLAIN: Readonly<Record<string, number>> = {
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  tu: 4,
  nam: 5,
  lam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
};
const TENS = new Set(['mươi', 'mười', 'muoi', 'chục', 'chuc']);
const HUNDRED = new Set(['trăm', 'tram']);
/** "lam duoc", "lam viec": to work. */
const WORKS = new Set(['duoc', 'dc', 'viec', 'an', 'xong', 'ho']);
const ZERO_TENS = new Set(['linh', 'lẻ', 'le']);
const COUNTED = new Set([
  'ho',
  'luot',
  'lan',
  'to',
  'bai',
  'thanh',
  'tv',
  'nguoi',
  'vu',
  'tin',
  'buoi',
  'nhom',
  'cuoc',
  'gia',
  'truong',
  'nha',
]);

const unitOf = (typed: string): number | undefined => UNITS[typed] ?? PLAIN[typed];

/** Tens and units at the beginning of the words: [value, how many words]. */
function belowHundred(words: readonly Word[], at: number): readonly [number, number] {
  const first = words[at]?.typed ?? '';
  if (first === 'mười' || first === 'muoi') {
    const unit = unitOf(words[at + 1]?.typed ?? '');
    return unit === undefined ? [10, 1] : [10 + unit, 2];
  }
  if (ZERO_TENS.has(first)) {
    const unit = unitOf(words[at + 1]?.typed ?? '');
    return unit === undefined ? [0, 0] : [unit, 2];
  }
  const tens = unitOf(first);
  if (tens === undefined) return [0, 0];
  if (!TENS.has(words[at + 1]?.typed ?? '')) {
    // "hai lăm", "ba mốt": twenty-five, thirty-one.
    const short = words[at + 1]?.typed ?? '';
    if (['lăm', 'nhăm', 'mốt'].includes(short)) return [tens * 10 + (UNITS[short] ?? 0), 2];
    // "mot tram bay lam": after a hundred it is five; alone "lam" is work.
    const works = WORKS.has(words[at + 2]?.typed ?? '');
    if (at > 0 && short === 'lam' && !works) return [tens * 10 + 5, 2];
    return [tens, 1];
  }
  const unit = unitOf(words[at + 2]?.typed ?? '');
  return unit === undefined ? [tens * 10, 2] : [tens * 10 + unit, 3];
}

export function numberInWords(words: readonly Word[]): { value: number; length: number } | undefined {
  const first = words[0]?.typed ?? '';
  if (unitOf(first) === undefined && first !== 'mười' && first !== 'muoi') return undefined;
  let [value, length] = [0, 0];
  const hundreds = unitOf(first);
  if (hundreds !== undefined && HUNDRED.has(words[1]?.typed ?? '')) [value, length] = [hundreds * 100, 2];
  const [rest, used] = belowHundred(words, length);
  [value, length] = [value + rest, length + used];
  if (length === 0) return undefined;
  const next = words[length]?.folded ?? '';
  // One word alone, or anything ending in a word that is something else too, needs what it counts behind it.
  return length > 1
    ? COUNTED.has(next) || length > 2 || next === ''
      ? { value, length }
      : undefined
    : COUNTED.has(next)
      ? { value, length }
      : undefined;
}
