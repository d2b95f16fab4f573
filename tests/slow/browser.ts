// Browser flows not yet seen to pass twice in a row on the whole product; they join tests/e2e when they have.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const run = spawnSync(
  join(root, 'node_modules', '.bin', 'playwright'),
  ['test', '--config', 'playwright.slow.config.ts'],
  { cwd: root, stdio: 'inherit' },
);
process.exit(run.status ?? 1);
