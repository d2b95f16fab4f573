#!/usr/bin/env node
// The command `tung-nha`: runs on whatever Node started it (20 or newer) and hands over to the pinned one,
// because src/cli.ts needs a Node that strips types. The caller's folder and streams stay as they are.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const house = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const pinned = path.join(house, 'node_modules', '.bin', 'node');
if (!existsSync(pinned)) {
  console.error('tung-nha: run `npm ci` in the project folder first, its own Node is not installed yet');
  process.exit(1);
}
const child = spawn(pinned, [path.join(house, 'src', 'cli.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`tung-nha: cannot start ${pinned}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (status, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else process.exit(status ?? 1);
});
