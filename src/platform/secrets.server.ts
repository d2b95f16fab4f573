// Keys made once per data folder and kept beside the data, readable by the product's account only. They are part of a
// backup and of nothing else: never in the database, a log or an answer.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export function openSecrets(file: string, names: readonly string[]): ReadonlyMap<string, string> {
  const kept: Record<string, string> = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
    : {};
  const missing = names.filter((name) => !kept[name]);
  if (missing.length > 0) {
    for (const name of missing) kept[name] = randomBytes(32).toString('base64url');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(kept, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return new Map(Object.entries(kept));
}

/** Keeps one more key, or another in its place. */
export function keepSecret(file: string, name: string, value: string): void {
  const kept = Object.fromEntries(openSecrets(file, []));
  writeFileSync(`${file}.new`, JSON.stringify({ ...kept, [name]: value }, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
