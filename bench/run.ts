// `npm run bench [NAME …]`: runs the benches one after the other, each in a process of its own, and prints their
// figures. Run by hand on a quiet machine; nothing in a test depends on them.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && name !== 'run.ts' && !name.includes('.support.'))
  .map((name) => name.slice(0, -3))
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !names.includes(name));
if (unknown) {
  process.stderr.write(`No bench ${unknown}; there are ${names.join(', ')}\n`);
  process.exit(2);
}
process.stdout.write(
  `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}\n`,
);
let failed = false;
for (const name of wanted.length > 0 ? wanted : names) {
  process.stdout.write(`\n── ${name}\n`);
  const run = spawnSync(process.execPath, [join(folder, `${name}.ts`)], { stdio: 'inherit' });
  if (run.status !== 0) failed = true;
}
process.exit(failed ? 1 : 0);
