// Runs before `npm start` and `npm test` on whatever Node the machine has (≥ 20): installs when the lock
// file changed, builds when the sources changed. Everything after it runs on the Node pinned in package.json.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'tung-nha');
const bin = join(root, 'node_modules', '.bin');

/** @param {string} path @param {import('node:crypto').Hash} hash */
function feed(path, hash) {
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) {
      if (name !== 'generated' && !name.includes('.test.')) feed(join(path, name), hash);
    }
    return;
  }
  hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
}

/** @param {string[]} paths */
function digest(...paths) {
  const hash = createHash('sha256');
  for (const path of paths) feed(join(root, path), hash);
  return hash.digest('hex');
}

/** @param {string} name */
function noted(name) {
  const file = join(cache, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** @param {string} name @param {string} value */
function note(name, value) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, name), value);
}

/** What a start reads of a build: the pages and the server's words. */
const built = () =>
  ['handler.js', join('messages', 'messages.js')].every((name) => existsSync(join(root, 'build', name)));

/** @param {string} what @param {string} command @param {string[]} args */
function run(what, command, args) {
  const began = Date.now();
  process.stderr.write(`${what}… `);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, NODE_ENV: 'production' };
  const result = spawnSync(command, args, {
    cwd: root,
    env: command === 'npm' ? process.env : env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    process.stderr.write(
      `failed\n${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`,
    );
    process.exit(1);
  }
  process.stderr.write(`${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

const lock = digest('package-lock.json');
if (noted('lock') !== lock || !existsSync(join(bin, 'node'))) {
  // Developer tools are part of the install: the build needs them. NODE_ENV=production would drop them.
  run('Installing packages', 'npm', ['ci', '--include=dev', '--loglevel=error']);
  note('lock', lock);
}
if (process.argv.includes('--build')) {
  const sources = digest(
    'bin/bundle-messages.mjs',
    'src',
    'static',
    'messages',
    'project.inlang/settings.json',
    'vite.config.ts',
    'vite.field-files.ts',
    'package.json',
    'tsconfig.json',
    'package-lock.json',
  );
  if (noted('sources') !== sources || !built()) {
    run('Building', 'npm', ['run', '--silent', 'build']);
    note('sources', sources);
  }
}
