// Reading a plan of the real one's size, and one of twelve pages. Limit: 200 ms for twelve pages.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '#features/plan/reader/read-plan.ts';
import { tell, time } from './figures.support.ts';

const plans = join(import.meta.dirname, '../tests/plans');
for (const [name, file] of [
  ['ward plan', 'dev/phuong-sot-xuat-huyet.txt'],
  ['twelve pages', 'holdout/tinh-an-toan-thuc-pham.txt'],
] as const) {
  const text = readFileSync(join(plans, file), 'utf8');
  tell(`${name} (${text.length} characters)`, await time(30, () => readPlan(text)), 200);
}
