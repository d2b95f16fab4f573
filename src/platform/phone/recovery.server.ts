// The ward server's own key for sealed boxes: copies of data keys, for a forgotten PIN. It is
// derived from the kept secret, so it lives and is backed up with the data folder's other keys and needs no row.
import { createECDH, hkdfSync } from 'node:crypto';
import type { Runtime } from '#platform/runtime.server.ts';
import { openBox } from '#platform/phone/sealed-box.ts';
import type { SealedBox } from '#platform/phone/sealed-box.ts';

type WithSecrets = Pick<Runtime, 'secrets'>;

interface BoxKey {
  /** Names the key; a phone whose copy names another one seals anew. */
  readonly id: string;
  /** Raw point, base64url. */
  readonly publicKey: string;
  readonly jwk: JsonWebKey;
}

/** Order of the group of P-256 (FIPS 186-5, §3.2.1.3); a private key lies between 1 and one below it. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

function boxKey({ secrets }: WithSecrets): BoxKey {
  const secret = secrets.get('recovery');
  if (!secret) throw new Error('The key "recovery" is missing');
  // 48 bytes for a 32-byte key: the remainder is even to within 2^-128.
  const material = Buffer.from(hkdfSync('sha256', secret, '', 'tung-nha sealed boxes', 48)).toString('hex');
  const number = (BigInt(`0x${material}`) % (ORDER - 1n)) + 1n;
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(Buffer.from(number.toString(16).padStart(64, '0'), 'hex'));
  const point = ecdh.getPublicKey();
  const publicKey = point.toString('base64url');
  return {
    id: publicKey.slice(-16),
    publicKey,
    jwk: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
      d: ecdh.getPrivateKey().toString('base64url'),
    },
  };
}

export function recoveryPublicKey(runtime: WithSecrets): { id: string; publicKey: string } {
  const { id, publicKey } = boxKey(runtime);
  return { id, publicKey };
}

/** What a phone sealed to this ward server; null where it was sealed to another key or is not whole. */
export async function openSealed(runtime: WithSecrets, sealed: SealedBox): Promise<Uint8Array | null> {
  const { id, jwk } = boxKey(runtime);
  if (sealed.key !== id) return null;
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, false, [
    'deriveBits',
  ]);
  return openBox(key, sealed);
}
