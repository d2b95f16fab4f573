// A messy workbook of 20,000 rows, made here with every fault that offices' lists have, and what the reader finds in
// it: counts by fault against what was planted, and the seconds reading takes. `npm run bench import`
import { performance } from 'node:perf_hooks';
import { writeXlsx } from 'hucre/xlsx';
import { chanceOf } from '../src/platform/rehearsal/chance.ts';
import { drawName } from '../src/platform/rehearsal/names.ts';
import { readSheets } from '../src/platform/sheets.server.ts';
import { guessColumns } from '../src/features/households/import/columns.ts';
import { proposeDuplicates, readRows } from '../src/features/households/import/rows.ts';
import { findTable } from '../src/features/households/import/table.ts';

const ROWS = 20_000;
const GROUPS = Array.from({ length: 45 }, (_, n) => ({
  id: `g${n + 1}`,
  name: `Tổ dân phố số ${n + 1}`,
  shortName: `TDP ${n + 1}`,
}));

type Cell = string | number | Date | null;
const planted = new Map<string, number>();
const plant = (fault: string): void => void planted.set(fault, (planted.get(fault) ?? 0) + 1);

const bare = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');

/** One row of the list and, now and then, one fault in it. */
function rowOf(chance: ReturnType<typeof chanceOf>, n: number, last: Cell[] | null): Cell[] {
  const at = chance.int(1, 1_000);
  if (last && at <= 12) {
    plant('twice-in-file');
    return [n, typeof last[1] === 'string' ? bare(last[1]) : (last[1] ?? null), ...last.slice(2)];
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
  return row;
}

async function workbook(): Promise<Uint8Array> {
  const chance = chanceOf('messy');
  const rows: Cell[][] = [
    ['UBND PHƯỜNG', null, null, null, null, null, null, null],
    ['DANH SÁCH HỘ DÂN TRÊN ĐỊA BÀN', null, null, null, null, null, null, null],
    [],
    ['TT', 'Họ và tên chủ hộ', 'Tổ dân phố', 'Địa chỉ', null, 'Số NK', 'SĐT', 'Cư trú'],
    [null, null, null, 'Số nhà', 'Ngõ', null, null, null],
    ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)'],
  ];
  const merges = [
    { startRow: 0, startCol: 0, endRow: 0, endCol: 7 },
    { startRow: 1, startCol: 0, endRow: 1, endCol: 7 },
    { startRow: 3, startCol: 3, endRow: 3, endCol: 4 },
    ...[0, 1, 2, 5, 6, 7].map((at) => ({ startRow: 3, startCol: at, endRow: 4, endCol: at })),
  ];
  let last: Cell[] | null = null;
  for (let n = 1; n <= ROWS; n++) {
    if (n % 500 === 0) {
      plant('sum');
      rows.push([null, `Cộng trang: ${n} hộ`, null, null, null, null, null, null]);
    }
    const row: Cell[] = rowOf(chance, n, last);
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
    last = row[1] === null || row[2] === null || row[3] === null ? null : row;
  }
  rows.push(
    [null, 'Tổng cộng', null, null, null, ROWS, null, null],
    [],
    [null, null, null, null, null, 'Người lập biểu', null, null],
  );
  return writeXlsx({ sheets: [{ name: 'Danh sách', rows, merges }] });
}

const bytes = await workbook();
const began = performance.now();
const sheets = await readSheets(bytes);
const sheet = sheets?.[0];
if (!sheet) throw new Error('The workbook was not read');
const opened = performance.now();
const table = findTable(sheet);
const columns = guessColumns(
  table.heads,
  table.rows.map(({ cells }) => cells),
);
const reading = readRows(table.rows, { columns, groups: GROUPS, groupId: null });
const problems = [...reading.problems, ...proposeDuplicates(reading.drafts, [])];
const ended = performance.now();

const found = new Map<string, number>();
for (const { fault } of problems) found.set(fault, (found.get(fault) ?? 0) + 1);
for (const { why } of table.left) found.set(why, (found.get(why) ?? 0) + 1);
const out = (text: string) => process.stdout.write(`${text}\n`);
out(`workbook of ${ROWS} rows, ${(bytes.byteLength / 1e6).toFixed(1)} MB`);
out(`heads in lines ${table.headLines.join(', ')}: ${table.heads.join(' | ')}`);
out(
  `columns: ${Object.entries(columns)
    .map(([field, at]) => `${field}=${at + 1}`)
    .join(' ')}`,
);
out(
  `opened in ${((opened - began) / 1000).toFixed(2)} s, understood in ${((ended - opened) / 1000).toFixed(2)} s`,
);
out(`${table.rows.length} rows, ${reading.drafts.length} households, ${problems.length} remarks`);
for (const fault of [...new Set([...planted.keys(), ...found.keys()])].toSorted())
  out(
    `  ${fault.padEnd(20)} planted ${String(planted.get(fault) ?? 0).padStart(5)}  found ${String(found.get(fault) ?? 0).padStart(5)}`,
  );
