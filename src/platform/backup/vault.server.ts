// A backup holds keys and people's data, so the file is sealed under a passphrase: scrypt makes the key, AES-256-GCM seals
// blocks whose nonce carries their number and whether they are the last (the STREAM construction), so a block that is
// changed, moved, dropped or cut off is refused, whichever it is.
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';

/** The file cannot be opened or was changed; `message` is the one line shown. */
export class DamagedBackup extends Error {}

const MAGIC = Buffer.from('TUNGNHA1');
const BLOCK = 1 << 20;
const TAG = 16;
/** 2^15: 32 MB and about a tenth of a second a try, as OWASP's table has it for scrypt with r=8, p=3. */
const COST = { N: 1 << 15, r: 8, p: 3, maxmem: 128 << 20 };

export interface VaultKey {
  readonly salt: Buffer;
  readonly key: Buffer;
}

export function deriveKey(passphrase: string, salt: Buffer = randomBytes(16)): VaultKey {
  return { salt, key: scryptSync(passphrase.normalize('NFC'), salt, 32, COST) };
}

function nonceOf(prefix: Buffer, counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce, 0);
  nonce.writeUInt32BE(counter, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Gathers bytes into blocks and hands each on with whether it is the last. */
abstract class Blocks extends Transform {
  #held: Buffer[] = [];
  #size = 0;
  protected abstract readonly blockSize: number;
  protected abstract block(bytes: Buffer, last: boolean): void;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#held.push(chunk);
    this.#size += chunk.length;
    try {
      // One block is kept back: only the end tells whether it was the last.
      while (this.#size > this.blockSize) this.block(this.#take(this.blockSize), false);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      this.block(this.#take(this.#size), true);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #take(size: number): Buffer {
    const all = this.#held.length === 1 && this.#held[0] ? this.#held[0] : Buffer.concat(this.#held);
    this.#held = all.length > size ? [all.subarray(size)] : [];
    this.#size -= size;
    return all.subarray(0, size);
  }
}

class Sealer extends Blocks {
  protected readonly blockSize = BLOCK;
  readonly #key: Buffer;
  readonly #header: Buffer;
  readonly #prefix = randomBytes(7);
  #counter = 0;

  constructor(key: VaultKey) {
    super();
    this.#key = key.key;
    this.#header = Buffer.concat([MAGIC, key.salt, this.#prefix]);
    this.push(this.#header);
  }

  protected block(bytes: Buffer, last: boolean): void {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#prefix, this.#counter++, last));
    cipher.setAAD(this.#header);
    this.push(Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]));
  }
}

const HEADER = MAGIC.length + 16 + 7;

/** The key for a file's salt. */
export type KeyOf = (salt: Buffer) => Buffer;

class Opener extends Blocks {
  protected readonly blockSize = BLOCK + TAG;
  readonly #keyOf: KeyOf;
  #header: Buffer | null = null;
  #early: Buffer[] = [];
  #key: Buffer = Buffer.alloc(0);
  #counter = 0;

  constructor(keyOf: KeyOf) {
    super();
    this.#keyOf = keyOf;
  }

  override _transform(chunk: Buffer, encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#header) return super._transform(chunk, encoding, done);
    this.#early.push(chunk);
    const all = Buffer.concat(this.#early);
    if (all.length < HEADER) return done();
    if (!all.subarray(0, MAGIC.length).equals(MAGIC))
      return done(new DamagedBackup('This file is not a backup of Từng Nhà'));
    this.#header = all.subarray(0, HEADER);
    this.#key = this.#keyOf(this.#header.subarray(MAGIC.length, MAGIC.length + 16));
    return super._transform(all.subarray(HEADER), encoding, done);
  }

  override _flush(done: TransformCallback): void {
    if (!this.#header) return done(new DamagedBackup('This file is not a backup of Từng Nhà'));
    return super._flush(done);
  }

  protected block(bytes: Buffer, last: boolean): void {
    const refuse = () =>
      new DamagedBackup(
        this.#counter === 0
          ? 'The passphrase is wrong, or the beginning of the backup is damaged'
          : `The backup is damaged near byte ${this.#counter * BLOCK}`,
      );
    const header = this.#header;
    if (!header || bytes.length < TAG) throw refuse();
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.#key,
      nonceOf(header.subarray(MAGIC.length + 16), this.#counter, last),
    );
    decipher.setAAD(header);
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
    try {
      this.push(Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG)), decipher.final()]));
    } catch {
      throw refuse();
    }
    this.#counter++;
  }
}

export const sealing = (key: VaultKey): Transform => new Sealer(key);
/** Emits DamagedBackup where the passphrase is wrong or any byte was changed. */
export const opening = (keyOf: KeyOf): Transform => new Opener(keyOf);
