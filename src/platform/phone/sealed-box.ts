/**
 * A box only the ward's server can open: an ephemeral P-256 key, ECDH with the ward's public key, HKDF-SHA-256, AES-GCM
 * (the shape of ECIES, SEC 1 §5.1, in what every phone's WebCrypto has). Used for the copy of the data key that a
 * forgotten PIN needs. It does not prove who sealed it. The same code seals on the phone and opens on the server.
 */

export interface SealedBox {
  readonly v: 1;
  /** Which of the ward's keys it was sealed to. */
  readonly key: string;
  /** The ephemeral public key, raw, base64url; then nonce and box. */
  readonly from: string;
  readonly nonce: string;
  readonly box: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const subtle = (): SubtleCrypto => globalThis.crypto.subtle;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // In pieces: spreading a whole file into one call overflows the stack of a cheap phone.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}

async function boxKey(own: CryptoKey, other: CryptoKey, from: Bytes, use: KeyUsage): Promise<CryptoKey> {
  const secret = await subtle().deriveBits({ name: 'ECDH', public: other }, own, 256);
  const material = await subtle().importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('tung-nha sealed box 1');
  return subtle().deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: from, info },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    [use],
  );
}

const readPublic = (raw: Bytes): Promise<CryptoKey> => subtle().importKey('raw', raw, CURVE, false, []);

/** @param publicKey raw P-256 point, base64url */
export async function sealTo(keyId: string, publicKey: string, plain: Bytes): Promise<SealedBox> {
  const pair = await subtle().generateKey(CURVE, false, ['deriveBits']);
  const from = new Uint8Array(await subtle().exportKey('raw', pair.publicKey));
  const key = await boxKey(pair.privateKey, await readPublic(fromBase64(publicKey)), from, 'encrypt');
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const box = await subtle().encrypt({ name: 'AES-GCM', iv: nonce }, key, plain);
  return {
    v: 1,
    key: keyId,
    from: toBase64(from),
    nonce: toBase64(nonce),
    box: toBase64(new Uint8Array(box)),
  };
}

/** null: not sealed to this key, or not whole. */
export async function openBox(privateKey: CryptoKey, sealed: SealedBox): Promise<Bytes | null> {
  try {
    const from = fromBase64(sealed.from);
    const key = await boxKey(privateKey, await readPublic(from), from, 'decrypt');
    const iv = fromBase64(sealed.nonce);
    return new Uint8Array(await subtle().decrypt({ name: 'AES-GCM', iv }, key, fromBase64(sealed.box)));
  } catch {
    return null;
  }
}
