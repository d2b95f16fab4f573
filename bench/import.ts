// A messy workbook of 20,000 rows, made here with every fault that offices' lists have, and what the reader finds in
// it: counts by fault against what was planted, and the seconds reading takes. `npm run bench import`
import { performance } from 'node:perf_hooks';
import { readSheets } from '../src/platform/sheets.server.ts';
import { guessColumns } from '../src/features/households/import/columns.ts';
import { proposeDuplicates, readRows } from '../src/features/households/import/rows.ts';
import { findTable } from '../src/features/households/import/table.ts';
import { GROUPS, messyWorkbook } from '../tests/support/messy-workbook.ts';

const ROWS = 20_000;
const { bytes, planted } = await messyWorkbook(ROWS);
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
