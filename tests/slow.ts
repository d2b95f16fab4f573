// `npm run test:slow [NAME …]`: the long suites, each in its own process, with their seeds and figures.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'slow');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !names.includes(name));
if (unknown) {
  process.stderr.write(`No slow suite ${unknown}; there are ${names.join(', ')}\n`);
  process.exit(2);
}
let passed = 0;
let failed = 0;
for (const name of wanted.length > 0 ? wanted : names) {
  process.stdout.write(`\n── ${name}\n`);
  const run = spawnSync(process.execPath, [join(folder, `${name}.ts`)], { stdio: 'inherit' });
  if (run.status === 0) passed++;
  else failed++;
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
