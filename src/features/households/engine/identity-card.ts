// The QR on the back of the citizen's card: "number|old number|name|ddmmyyyy|sex|address|ddmmyyyy", in that order
// since 2021. Cards of 2024 carry more fields, so only the first seven are read; a health-insurance QR also uses bars,
// but begins with letters. Read on the phone, and only where the ward has turned it on.
import { isDateOn } from '#core/calendar.ts';
import { fold, nfc } from '#core/vietnamese.ts';
import { namesOldUnit, readAddress } from '#features/households/address.ts';
import type { AddressParts } from '#features/households/address.ts';

export interface IdentityCard {
  /** Twelve digits. Kept nowhere unless the ward has said so. */
  readonly number: string;
  readonly oldNumber: string | null;
  readonly name: string;
  readonly bornOn: string | null;
  readonly sex: 'male' | 'female' | null;
  readonly address: string;
  readonly parts: AddressParts;
  /** The address names a district: it was printed before the units of July 2025, so its ward is no longer right. */
  readonly oldUnits: boolean;
  readonly issuedOn: string | null;
  /** Things that do not agree with each other; said, never held against anybody. */
  readonly doubts: readonly ('sex' | 'birth-year' | 'name-damaged')[];
}

const dayOfCard = (text: string | undefined): string | null => {
  const match = /^(\d{2})\/?(\d{2})\/?(\d{4})$/.exec(text?.trim() ?? '');
  const day = match ? `${match[3]}-${match[2]}-${match[1]}` : '';
  return isDateOn(day) ? day : null;
};

/** Some readers hand over the bytes of UTF-8 as if each were a letter ("Nguyá»…n"). */
export function mended(text: string): string {
  if (!/[ÃÂÄÅÆáâ][\u0080-\u00bf\u2018-\u203a\u0152-\u0192\u02c6\u02dc]/.test(text)) return nfc(text);
  const codes = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  if (codes.some((code) => code > 0xff)) return nfc(text);
  try {
    return nfc(new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(codes)));
  } catch {
    return nfc(text);
  }
}

/** First digit after the province: 0 and 1 are men and women born in the 1900s, 2 and 3 in the 2000s, and so on. */
function saidByNumber(number: string): { sex: 'male' | 'female'; year: number } {
  const century = Number(number[3]);
  return {
    sex: century % 2 === 0 ? 'male' : 'female',
    year: 1900 + Math.floor(century / 2) * 100 + Number(number.slice(4, 6)),
  };
}

const SEX: Readonly<Record<string, 'male' | 'female'>> = { nam: 'male', nữ: 'female', nu: 'female' };

/** null: some other code. */
export function readIdentityCard(scanned: string): IdentityCard | null {
  const fields = scanned
    .trim()
    .split('|')
    .map((field) => mended(field.trim()));
  const [number = '', old = '', name = '', born, sexText = '', address = '', issued] = fields;
  if (fields.length < 6 || !/^\d{12}$/.test(number) || name === '') return null;
  const sex = SEX[nfc(sexText).toLowerCase()] ?? null;
  const bornOn = dayOfCard(born);
  const said = saidByNumber(number);
  const doubts: IdentityCard['doubts'][number][] = [];
  if (sex !== null && sex !== said.sex) doubts.push('sex');
  if (bornOn !== null && Number(bornOn.slice(0, 4)) !== said.year) doubts.push('birth-year');
  if (/[\ufffd?]/.test(name)) doubts.push('name-damaged');
  return {
    number,
    oldNumber: /^\d{9}$/.test(old) ? old : null,
    name,
    bornOn,
    sex,
    address,
    parts: readAddress(address),
    oldUnits: namesOldUnit(address),
    issuedOn: dayOfCard(issued),
    doubts,
  };
}

/** A unit's name as cards write it, with or without its kind: "Phường Hồng An", "X. An Hồng", "TT An Dương". */
const unitKey = (text: string): string =>
  fold(text)
    .trim()
    .replace(/^(?:phuong|xa|thi tran|dac khu|p\.|x\.|tt\.?)\s*/, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/**
 * Which unit of before July 2025 an address names, of those the ward was made of. Cards write names alone ("An Hồng, An
 * Dương, Hải Phòng"), so only a list of names can tell; the ward gives it. null: none of them.
 */
export function formerUnitOf(address: string, formerUnits: readonly string[]): string | null {
  const parts = address.split(',').map(unitKey);
  return formerUnits.find((unit) => parts.includes(unitKey(unit))) ?? null;
}

/** How a number may be shown: the first three and the last three. */
export const maskedNumber = (number: string): string =>
  number.length < 7 ? '•'.repeat(number.length) : `${number.slice(0, 3)}••••••${number.slice(-3)}`;
