// An address as offices write it, taken apart into door and lane: "SN 12 ngõ 45 Trần Phú, TDP Đình Hạ 2". What is not
// recognised stays in the words that were written; nothing is thrown away.
import { fold, nfc } from '#core/vietnamese.ts';
import { tidyHouseNumber } from '#features/households/lane-range.ts';

export interface AddressParts {
  readonly houseNumber: string | null;
  /** "Ngõ 45", "Đường Trần Phú". */
  readonly lane: string | null;
  /** A residential group named in the address. */
  readonly group: string | null;
}

const NUMBER = /^\d{1,4}[a-zđ]{0,2}(?:[/.]\d{1,4}[a-zđ]{0,2})*(?:\s?bis)?(?![\p{L}\d])/iu;
const HOUSE_WORD = /^(?:số nhà|so nha|nhà số|nha so|nhà|nha|số|so|sn|phòng|p\.)[\s.:]*(?=[\d])/iu;
const LANE_WORD =
  /^(ngõ|ngo|ngách|ngach|hẻm|hem|kiệt|kiet|đường|duong|phố|pho|xóm|xom|dãy|day|lô|lo|đ|p|ng)(?=[\s.:]|\d)[\s.:]*/iu;
const GROUP_WORD = /^(?:tổ dân phố|to dan pho|tdp|tổ|to|thôn|thon|khu phố|khu pho|kp)(?=[\s.:]|\d)[\s.:]*/iu;
const LANE_NAMES: Readonly<Record<string, string>> = {
  ngo: 'Ngõ',
  ng: 'Ngõ',
  ngach: 'Ngách',
  hem: 'Hẻm',
  kiet: 'Kiệt',
  duong: 'Đường',
  d: 'Đường',
  pho: 'Phố',
  p: 'Phố',
  xom: 'Xóm',
  day: 'Dãy',
  lo: 'Lô',
};

/** "ngõ 45", "Ng. 45" and "NGO 45" are one lane. */
export function tidyLane(text: string): string {
  const plain = nfc(text).replace(/\s+/g, ' ').trim();
  const word = LANE_WORD.exec(plain);
  if (!word?.[1]) return /^\d/.test(plain) ? `Ngõ ${plain}` : capitalised(plain);
  const rest = plain.slice(word[0].length).trim();
  return `${LANE_NAMES[fold(word[1])] ?? word[1]} ${/^\d/.test(rest) ? tidyHouseNumber(rest) : capitalised(rest)}`.trim();
}

/** A name typed in capitals, or in none, as names are written; one already mixed is left alone. */
export function capitalised(text: string): string {
  const letters = text.replace(/\P{L}/gu, '');
  if (letters !== letters.toUpperCase() && letters !== letters.toLowerCase()) return text;
  return text
    .toLowerCase()
    .replace(/(^|[\s\-(/.])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

interface Reading {
  houseNumber: string | null;
  lane: string | null;
  group: string | null;
}

/** Takes one known part off the beginning; the rest, or null where the beginning says nothing known. */
function step(rest: string, found: Reading): string | null {
  const group = GROUP_WORD.exec(rest);
  if (group) {
    const named = rest.slice(group[0].length);
    found.group ??= named.trim() || null;
    return '';
  }
  const lane = LANE_WORD.exec(rest);
  if (lane) {
    const named = rest.slice(lane[0].length);
    const number = NUMBER.exec(named);
    const name = number ? number[0] : named;
    // The first lane named is the one the door is in: "ngách 5 ngõ 12" is found by its ngách.
    if (found.lane === null) found.lane = tidyLane(`${lane[0].trim()} ${name.trim()}`);
    return number ? named.slice(name.length) : '';
  }
  const word = HOUSE_WORD.exec(rest);
  const number = NUMBER.exec(word ? rest.slice(word[0].length) : rest);
  if (number && found.houseNumber === null) {
    found.houseNumber = tidyHouseNumber(number[0]);
    return rest.slice((word?.[0].length ?? 0) + number[0].length);
  }
  return null;
}

const OLD_UNIT = /(?:^|[,\s])(?:quận|huyện|thị xã|q\.|h\.|tx\.)\s*\p{L}/iu;

/** A district is named: the address was written before the units of July 2025, so its ward may no longer be right. */
export const namesOldUnit = (text: string): boolean => OLD_UNIT.test(nfc(text));

export function readAddress(text: string): AddressParts {
  const found: Reading = { houseNumber: null, lane: null, group: null };
  for (const piece of nfc(text).split(/[,;]|\s[-–]\s/)) {
    let rest: string | null = piece.trim();
    while (rest !== null && rest !== '') {
      const next: string | null = step(rest, found);
      if (next === null && found.lane === null && found.houseNumber !== null && /^\p{L}/u.test(rest))
        found.lane = capitalised(rest);
      rest = next === null ? null : next.trim();
    }
  }
  return found;
}

/** Two ways of writing one place: marks (and so where a tone stands), spaces and the words for door and lane do not count. */
export const addressKey = (text: string): string =>
  fold(text)
    .replace(/\b(?:so nha|nha so|so|sn|nha|ngo|ng|duong|pho)\b/g, ' ')
    .replace(/[^a-z0-9/]+/g, ' ')
    .trim();

const TITLES = /^(?:ông|bà|anh|chị|cô|chú|bác|ô|b|ong|ba)[\s.:]+(?=\p{L}+\s)/iu;

/** A head's name as a key: no marks, no title, i and y one letter, so Lý and Lí, Vỹ and Vĩ meet. */
export const nameKey = (text: string): string =>
  fold(nfc(text).trim().replace(TITLES, ''))
    .replace(/[^a-z\s]/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('y', 'i')
    .trim();
