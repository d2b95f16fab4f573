// What cards, phones and PINs are made of, and the keyed hashes that are kept of them. Keyed with a secret outside the
// database: a copy of the database alone does not allow a twelve-letter code or a six-digit PIN to be tried out.
import { createHmac, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import type { Runtime } from '#platform/runtime.server.ts';

export const keyed = (runtime: Runtime, kind: string, text: string): Buffer =>
  createHmac('sha256', runtime.secrets.get('links') ?? '')
    .update(`${kind}\n${text}`)
    .digest();

/** 160 random bits: a link nobody can guess. */
export const newToken = (): string => randomBytes(20).toString('base64url');

// Crockford's letters: no I, L, O, U, so that 1 and 0 cannot be mistaken.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Twelve letters, 60 bits, in three groups: for a phone whose camera reads no code. */
export function newCode(): string {
  const letters = [...randomBytes(12)].map((byte) => LETTERS[byte % 32] ?? '0').join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

// Letters that cannot be mistaken when read from a slip of paper.
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four: long enough to stand alone, read aloud in one breath. About 79 bits. */
export function temporaryPassword(): string {
  const letters = Array.from({ length: 16 }, () => READABLE[randomInt(READABLE.length)] ?? 'a').join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** What was typed, as the card means it: small letters, spaces and look-alikes forgiven. */
export const readCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '');

/**
 * A bound phone's cookie. Derived from the key the phone made, so that pressing the button twice gives the same answer
 * word for word, whichever of two answers arrives last.
 */
export function deviceCredential(
  runtime: Runtime,
  wardId: number,
  deviceId: string,
  deviceKey: string,
): string {
  const secret = keyed(runtime, `device ${deviceId}`, deviceKey).toString('base64url');
  return `${wardId}.${deviceId}.${secret}`;
}

export const sameHash = (left: Buffer, right: Buffer): boolean =>
  left.length === right.length && timingSafeEqual(left, right);

const COST = { N: 16_384, r: 8, p: 1 };

const stretch = (text: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(text, salt, 32, COST, (error, key) => (error ? reject(error) : resolve(key))),
  );

export async function hashPin(runtime: Runtime, deviceId: string, pin: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await stretch(keyed(runtime, `pin ${deviceId}`, pin).toString('base64url'), salt);
  return `${salt.toString('base64url')}.${key.toString('base64url')}`;
}

export async function isPin(runtime: Runtime, deviceId: string, pin: string, kept: string): Promise<boolean> {
  const [salt = '', key = ''] = kept.split('.');
  const made = await stretch(
    keyed(runtime, `pin ${deviceId}`, pin).toString('base64url'),
    Buffer.from(salt, 'base64url'),
  );
  return sameHash(made, Buffer.from(key, 'base64url'));
}
