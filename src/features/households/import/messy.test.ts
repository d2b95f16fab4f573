import { expect, test } from 'vitest';
import { readSheets } from '#platform/sheets.server.ts';
import { GROUPS, messyWorkbook } from '../../../../tests/support/messy-workbook.ts';
import { guessColumns } from './columns.ts';
import { FAULTS, proposeDuplicates, readRows } from './rows.ts';
import { findTable } from './table.ts';

const ROWS = 20_000;

test('a messy workbook of 20,000 rows: every fault planted is found and named', async () => {
  const { bytes, planted } = await messyWorkbook(ROWS);
  const began = performance.now();
  const sheet = (await readSheets(bytes))?.[0];
  if (!sheet) throw new Error('The workbook was not read');
  const table = findTable(sheet);
  const columns = guessColumns(
    table.heads,
    table.rows.map(({ cells }) => cells),
  );
  const reading = readRows(table.rows, { columns, groups: GROUPS, groupId: null });
  const problems = [...reading.problems, ...proposeDuplicates(reading.drafts, [])];
  const seconds = (performance.now() - began) / 1000;
  const found = new Map<string, number>();
  for (const { fault } of problems) found.set(fault, (found.get(fault) ?? 0) + 1);
  for (const { why } of table.left) found.set(why, (found.get(why) ?? 0) + 1);

  const report = [...planted].toSorted().map(([fault, n]) => `${fault} ${found.get(fault) ?? 0}/${n}`);
  process.stdout.write(
    `messy workbook: ${table.rows.length} rows, ${reading.drafts.length} households, ${problems.length} remarks in ${seconds.toFixed(1)} s; found/planted: ${report.join(', ')}\n`,
  );
  // A door merged over two families is no fault: it must be read for both, so nobody is without a house number for it.
  for (const [fault, n] of planted)
    if (fault in FAULTS) expect([fault, found.get(fault) ?? 0]).toSatisfy(([, seen]) => Number(seen) >= n);
  const errors = ['no-head', 'no-group', 'unknown-group', 'cell-error'].reduce(
    (sum, fault) => sum + (planted.get(fault) ?? 0),
    0,
  );
  expect(reading.drafts.length).toBeGreaterThanOrEqual(ROWS - errors - 50);
  expect(reading.drafts.length).toBeLessThanOrEqual(ROWS);
  expect(table.heads).toEqual(expect.arrayContaining(['Họ và tên chủ hộ', 'Số nhà', 'Ngõ', 'Số NK']));
}, 60_000);
