/**
 * The keys of one account on this phone. Everything that account keeps is sealed under one random data key, made once
 * and never changed, so that neither a new PIN nor a new card can ever cost a record. The data key is kept wrapped
 *   - by the PIN (PBKDF2), and over that by a device key which no script can read out of this browser, so that the
 *     files of a found phone cannot be tried against a million PINs on another machine;
 *   - in a box sealed to the ward's recovery key, which the server opens for its owner after an online sign-in.
 * While a working day lasts the key itself stands in IndexedDB as an object that cannot be exported; locking removes it.
 * What this does not hold against: a rooted phone that is unlocked.
 */

type Bytes = Uint8Array<ArrayBuffer>;

export interface WrappedKey {
  readonly salt: Bytes;
  readonly rounds: number;
  readonly nonces: readonly [Bytes, Bytes];
  readonly sealed: Bytes;
}

/** About half a second on a phone of 2019; the device key, not this, is what stops trying PINs elsewhere. */
const ROUNDS = 250_000;

const subtle = (): SubtleCrypto => globalThis.crypto.subtle;
const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));
const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);

export const newDataKey = (): Bytes => random(32);

/** Cannot be exported: IndexedDB keeps the object, scripts never see the key. */
export const newDeviceKey = (): Promise<CryptoKey> =>
  subtle().generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

export const usableKey = (raw: Bytes): Promise<CryptoKey> =>
  subtle().importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

async function pinKey(pin: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const material = await subtle().importKey('raw', bytesOf(pin), 'PBKDF2', false, ['deriveKey']);
  return subtle().deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** @param account bound in, so that one account's wrapped key is worth nothing in another's place */
export async function wrapByPin(
  raw: Bytes,
  pin: string,
  deviceKey: CryptoKey,
  account: string,
  rounds = ROUNDS,
): Promise<WrappedKey> {
  const [salt, inner, outer] = [random(16), random(12), random(12)];
  const additionalData = bytesOf(account);
  const byPin = await pinKey(pin, salt, rounds);
  const once = await subtle().encrypt({ name: 'AES-GCM', iv: inner, additionalData }, byPin, raw);
  const twice = await subtle().encrypt({ name: 'AES-GCM', iv: outer, additionalData }, deviceKey, once);
  return { salt, rounds, nonces: [inner, outer], sealed: new Uint8Array(twice) };
}

/** null: not this PIN. */
export async function unwrapByPin(
  wrapped: WrappedKey,
  pin: string,
  deviceKey: CryptoKey,
  account: string,
): Promise<Bytes | null> {
  const [inner, outer] = wrapped.nonces;
  const additionalData = bytesOf(account);
  const once = await subtle().decrypt(
    { name: 'AES-GCM', iv: outer, additionalData },
    deviceKey,
    wrapped.sealed,
  );
  const byPin = await pinKey(pin, wrapped.salt, wrapped.rounds);
  try {
    const raw = await subtle().decrypt({ name: 'AES-GCM', iv: inner, additionalData }, byPin, once);
    return new Uint8Array(raw);
  } catch {
    return null;
  }
}

/** Nonce and box in one. `place` (table and key) is bound in, so that rows cannot be exchanged under the same key. */
export async function sealBytes(key: CryptoKey, place: string, plain: Bytes): Promise<Bytes> {
  const iv = random(12);
  const box = new Uint8Array(
    await subtle().encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(place) }, key, plain),
  );
  const sealed = new Uint8Array(12 + box.length);
  sealed.set(iv);
  sealed.set(box, 12);
  return sealed;
}

export async function openBytes(key: CryptoKey, place: string, sealed: Bytes): Promise<Bytes> {
  const iv = sealed.slice(0, 12);
  return new Uint8Array(
    await subtle().decrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(place) }, key, sealed.subarray(12)),
  );
}

export const sealValue = (key: CryptoKey, place: string, value: unknown): Promise<Bytes> =>
  sealBytes(key, place, bytesOf(JSON.stringify(value)));

export async function openValue(key: CryptoKey, place: string, sealed: Bytes): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, place, sealed)));
}
