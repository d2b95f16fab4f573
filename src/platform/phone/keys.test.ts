import { describe, expect, it } from 'vitest';
import { newDataKey, newDeviceKey, openValue, sealValue, unwrapByPin, usableKey, wrapByPin } from './keys.ts';
import { fromBase64, openBox, sealTo, toBase64 } from './sealed-box.ts';
import { openSealed, recoveryPublicKey } from './recovery.server.ts';

const ROUNDS = 1000;

describe('a data key wrapped by a PIN', () => {
  it('opens with that PIN on that phone for that account, and with nothing else', async () => {
    const raw = newDataKey();
    const [phone, other] = [await newDeviceKey(), await newDeviceKey()];
    const wrapped = await wrapByPin(raw, '270553', phone, 'a', ROUNDS);
    expect(await unwrapByPin(wrapped, '270553', phone, 'a')).toEqual(raw);
    expect(await unwrapByPin(wrapped, '270554', phone, 'a')).toBeNull();
    // Copied to another phone the box cannot even be tried.
    await expect(unwrapByPin(wrapped, '270553', other, 'a')).rejects.toThrow();
    await expect(unwrapByPin(wrapped, '270553', phone, 'b')).rejects.toThrow();
  });

  it('leaves no way to read the device key or the usable key out', async () => {
    const key = await usableKey(newDataKey());
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('raw', await newDeviceKey())).rejects.toThrow();
  });
});

describe('what is sealed', () => {
  it('opens in its own place only', async () => {
    const key = await usableKey(newDataKey());
    const sealed = await sealValue(key, 'drafts/1', { name: 'Đào Thị Lành' });
    expect(await openValue(key, 'drafts/1', sealed)).toEqual({ name: 'Đào Thị Lành' });
    expect(new TextDecoder().decode(sealed)).not.toContain('Lành');
    await expect(openValue(key, 'drafts/2', sealed)).rejects.toThrow();
  });
});

describe('a box for the ward’s server', () => {
  const secrets = new Map([['recovery', 'one secret of thirty-two bytes…']]);
  const { id, publicKey } = recoveryPublicKey({ secrets });

  it('is opened by the server whose key it was sealed to, whole or not at all', async () => {
    const plain = crypto.getRandomValues(new Uint8Array(20_000));
    const sealed = await sealTo(id, publicKey, plain);
    expect(
      Buffer.compare(Buffer.from((await openSealed({ secrets }, sealed)) ?? []), Buffer.from(plain)),
    ).toBe(0);
    const bent = fromBase64(sealed.box);
    bent[5] = (bent[5] ?? 0) ^ 1;
    expect(await openSealed({ secrets }, { ...sealed, box: toBase64(bent) })).toBeNull();
    const elsewhere = new Map([['recovery', 'another secret']]);
    expect(await openSealed({ secrets: elsewhere }, sealed)).toBeNull();
    expect(
      await openSealed(
        { secrets: elsewhere },
        { ...sealed, key: recoveryPublicKey({ secrets: elsewhere }).id },
      ),
    ).toBeNull();
  });

  it('keeps its key over restarts, since it is made of the kept secret', () => {
    expect(recoveryPublicKey({ secrets: new Map(secrets) })).toEqual({ id, publicKey });
  });

  it('that is no box opens nothing', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
      'deriveBits',
    ]);
    const junk = { v: 1 as const, key: id, from: 'AAAA', nonce: 'AAAA', box: 'AAAA' };
    expect(await openBox(pair.privateKey, junk)).toBeNull();
  });
});
