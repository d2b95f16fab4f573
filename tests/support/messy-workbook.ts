// A messy workbook, made here with every fault that offices' lists have: merged cells and doors, heads over two rows, sums
// between the pages, duplicates whose tones stand elsewhere, house numbers turned into dates, old wards, empty names,
// numbers as text. What was planted is counted, so that what a reader finds can be held against it.
import { writeXlsx } from 'hucre/xlsx';
import { chanceOf } from '../../src/platform/rehearsal/chance.ts';
import type { Chance } from '../../src/platform/rehearsal/chance.ts';
import { drawName } from '../../src/platform/rehearsal/names.ts';

/** Groups as the ward knows them. */
export const GROUPS = Array.from({ length: 45 }, (_, n) => ({
  id: `g${n + 1}`,
  name: `Tổ dân phố số ${n + 1}`,
  shortName: `TDP ${n + 1}`,
}));

type Cell = string | number | Date | null;
type Plant = (fault: string) => void;

const bare = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');

/** "Hòa" and "Hoà", "Thủy" and "Thuỷ": two rules of where a tone stands. */
const moved = (text: string): string =>
  text
    .normalize('NFC')
    .replace(
      /([oO])([àáảãạ])/g,
      (_, o: string, a: string) => ({ à: 'ò', á: 'ó', ả: 'ỏ', ã: 'õ', ạ: 'ọ' })[a]?.replace('o', o) + 'a',
    )
    .replace(/ủy\b/g, 'uỷ')
    .replace(/úy\b/g, 'uý')
    .replace(/òa\b/g, 'oà');

/** One row of the list and, now and then, one fault in it. */
function rowOf(chance: Chance, n: number, last: Cell[] | null, plant: Plant): Cell[] {
  const at = chance.int(1, 1_000);
  if (last && at <= 12) {
    plant('twice-in-file');
    const name = typeof last[1] === 'string' ? last[1] : '';
    // Once without marks, once with the tone on the other vowel, once taken apart letter by letter.
    const again = chance.pick([bare(name), moved(name), name.normalize('NFD')]);
    return [n, again === '' ? (last[1] ?? null) : again, ...last.slice(2)];
  }
  const name = drawName(chance);
  const group = chance.int(1, 45);
  const row: Cell[] = [
    n,
    name,
    chance.pick([
      `TDP ${group}`,
      `Tổ dân phố số ${group}`,
      `tổ 0${group}`.replace(/0(?=\d\d)/, ''),
      String(group),
    ]),
    String(chance.int(1, 180)),
    chance.pick([`Ngõ ${chance.int(1, 60)}`, `ngo ${chance.int(1, 60)}`, `Ng. ${chance.int(1, 60)}`]),
    chance.int(1, 7),
    `0912${chance.int(100_000, 999_999)}`,
    chance.pick(['Thường trú', 'TT', 'KT3', 'Tạm trú', 'ở trọ']),
    null,
  ];
  const spoil = (fault: string, place: number, value: Cell) => {
    plant(fault);
    row[place] = value;
  };
  if (at <= 30) spoil('name-capitals', 1, name.toUpperCase());
  else if (at <= 40) spoil('no-head', 1, null);
  else if (at <= 52) spoil('unknown-group', 2, 'TDP 99');
  else if (at <= 60) spoil('no-group', 2, null);
  else if (at <= 75)
    spoil('house-was-date', 3, new Date(Date.UTC(2025, chance.int(0, 11), chance.int(1, 28))));
  else if (at <= 82) spoil('cell-error', 3, '#REF!');
  else if (at <= 95) spoil('no-house', 3, null);
  else if (at <= 105) spoil('no-lane', 4, null);
  else if (at <= 120) spoil('phone-renewed', 6, `0166${chance.int(1_000_000, 9_999_999)}`);
  else if (at <= 140) spoil('phone-zero', 6, 912_000_000 + chance.int(0, 999_999));
  else if (at <= 150) spoil('phone-unreadable', 6, '12345');
  else if (at <= 160) spoil('two-phones', 6, '0912345678/0983111222');
  else if (at <= 168) spoil('members-unreadable', 5, 'bốn người');
  else if (at <= 176) spoil('residence-unknown', 7, 'chưa rõ');
  else if (at <= 190) spoil('old-unit', 8, 'số 7 ngõ 12, phường Cũ, quận Hồng Bàng');
  // A column set to text: the number looks the same and is none.
  else if (at <= 240) row[5] = String(row[5]);
  return row;
}

export interface Messy {
  readonly bytes: Uint8Array;
  readonly planted: ReadonlyMap<string, number>;
}

export async function messyWorkbook(count: number, seed = 'messy'): Promise<Messy> {
  const chance = chanceOf(seed);
  const planted = new Map<string, number>();
  const plant: Plant = (fault) => void planted.set(fault, (planted.get(fault) ?? 0) + 1);
  const rows: Cell[][] = [
    ['UBND PHƯỜNG', null, null, null, null, null, null, null],
    ['DANH SÁCH HỘ DÂN TRÊN ĐỊA BÀN', null, null, null, null, null, null, null],
    [],
    ['TT', 'Họ và tên chủ hộ', 'Tổ dân phố', 'Địa chỉ', null, 'Số NK', 'SĐT', 'Cư trú', 'Địa chỉ thường trú'],
    [null, null, null, 'Số nhà', 'Ngõ', null, null, null, null],
    ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)', '(9)'],
  ];
  const merges = [
    { startRow: 0, startCol: 0, endRow: 0, endCol: 7 },
    { startRow: 1, startCol: 0, endRow: 1, endCol: 7 },
    { startRow: 3, startCol: 3, endRow: 3, endCol: 4 },
    ...[0, 1, 2, 5, 6, 7, 8].map((at) => ({ startRow: 3, startCol: at, endRow: 4, endCol: at })),
  ];
  let last: Cell[] | null = null;
  for (let n = 1; n <= count; n++) {
    if (n % 500 === 0) {
      plant('sum');
      rows.push([null, `Cộng trang: ${n} hộ`, null, null, null, null, null, null]);
    }
    const row: Cell[] = rowOf(chance, n, last, plant);
    // Two families of one house: the door is written once and merged over both.
    if (
      last &&
      n % 400 === 0 &&
      typeof row[3] === 'string' &&
      typeof last[3] === 'string' &&
      row[1] !== null
    ) {
      plant('merged door');
      merges.push({ startRow: rows.length - 1, startCol: 3, endRow: rows.length, endCol: 3 });
      row[3] = null;
    }
    rows.push(row);
    // A row that stays out, or has no door, is nobody's duplicate.
    last = row.slice(1, 5).includes(null) || row[3] === '#REF!' || row[2] === 'TDP 99' ? null : row;
  }
  rows.push(
    [null, 'Tổng cộng', null, null, null, count, null, null],
    [],
    [null, null, null, null, null, 'Người lập biểu', null, null],
  );
  const bytes = await writeXlsx({ sheets: [{ name: 'Danh sách', rows, merges }] });
  return { bytes, planted };
}
