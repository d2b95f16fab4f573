// The same value gives the same text whatever order its keys were written in: jsonb forgets key order, a hash must not
// depend on it.
import { BASE64URL } from '#protocol/base64url.ts';

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** A drawing of some kilobytes has nothing to escape, and telling so is several times as fast as looking for it. */
const LONG = 1024;
const quoted = (text: string): string =>
  text.length >= LONG && BASE64URL.test(text) ? `"${text}"` : JSON.stringify(text);

export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let text = '';
  for (const [key, inner] of Object.entries(value).sort(byKey)) {
    if (inner === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(inner)}`;
  }
  return `{${text}}`;
}
