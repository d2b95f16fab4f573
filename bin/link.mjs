// Runs after `npm ci`: npm 10 and older start a project's own command only from node_modules/.bin, where npm puts
// those of dependencies alone. npm 11 finds it in package.json; the link does it no harm.
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'node_modules', '.bin');
try {
  mkdirSync(folder, { recursive: true });
  symlinkSync('../../bin/tung-nha.mjs', path.join(folder, 'tung-nha'));
} catch (error) {
  // Already linked, or a system without links: `node bin/tung-nha.mjs` works there too.
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code !== 'EEXIST') console.error(`tung-nha: no link in node_modules/.bin (${code})`);
}
