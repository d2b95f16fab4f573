// Keys of providers at rest: sealed under a key of the machine's that never stands in the database, bound to their
// account, so that a row copied into another ward or account opens nothing.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Keys } from '#features/publishing/outlets/provider.ts';

const Kept = z.object({
  accessToken: z.string().nullable(),
  refreshToken: z.string().nullable(),
  appSecret: z.string().nullable(),
});

const NONCE = 12;
const TAG = 16;
const keyOf = (secret: string): Buffer => {
  if (secret === '') throw new Error('The key for providers is missing');
  return Buffer.from(hkdfSync('sha256', secret, '', 'outlet-accounts', 32));
};
const boundTo = (wardId: number, accountId: string): Buffer => Buffer.from(`${wardId}:${accountId}`);

export function sealKeys(secret: string, wardId: number, accountId: string, keys: Keys): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  cipher.setAAD(boundTo(wardId, accountId));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(keys), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
}

/** @throws where the bytes were sealed by another machine or for another account */
export function openKeys(secret: string, wardId: number, accountId: string, sealed: Buffer): Keys {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), sealed.subarray(0, NONCE));
  decipher.setAAD(boundTo(wardId, accountId));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  const text = Buffer.concat([
    decipher.update(sealed.subarray(NONCE, sealed.length - TAG)),
    decipher.final(),
  ]).toString('utf8');
  return Kept.parse(JSON.parse(text));
}
