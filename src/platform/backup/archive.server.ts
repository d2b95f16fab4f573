// Files in a row inside the sealed stream. A live database file can change its length while it is read, so contents go
// in blocks with an end mark, and each file is followed by the SHA-256 of what was written; the last entry is the
// manifest, so a stream that merely stops is not taken for a whole one.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { DamagedBackup } from '#platform/backup/vault.server.ts';

interface EntryHeader {
  readonly kind: 'file' | 'folder' | 'manifest';
  readonly path: string;
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

export class ArchiveWriter {
  readonly #out: Writable;
  readonly #manifest: Record<string, string> = {};

  constructor(out: Writable) {
    this.#out = out;
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#out.errored) throw this.#out.errored;
    if (!this.#out.write(bytes))
      await new Promise<void>((resolve, reject) => {
        const go = () => {
          this.#out.off('error', stop);
          resolve();
        };
        const stop = (error: Error) => {
          this.#out.off('drain', go);
          reject(error);
        };
        this.#out.once('drain', go);
        this.#out.once('error', stop);
      });
  }

  async #header(header: EntryHeader): Promise<void> {
    const text = Buffer.from(JSON.stringify(header));
    await this.#write(Buffer.concat([u32(text.length), text]));
  }

  async #contents(source: AsyncIterable<Buffer>): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of source) {
      if (chunk.length === 0) continue;
      hash.update(chunk);
      await this.#write(Buffer.concat([u32(chunk.length), chunk]));
    }
    const digest = hash.digest();
    await this.#write(Buffer.concat([u32(0), digest]));
    return digest.toString('hex');
  }

  async folder(path: string): Promise<void> {
    await this.#header({ kind: 'folder', path });
  }

  /** A file that vanished while the database worked is left out: recovery does without it. Answers whether it was there. */
  async file(path: string, from: string): Promise<boolean> {
    const handle = await open(from, 'r').catch(() => null);
    if (!handle) return false;
    await this.#header({ kind: 'file', path });
    this.#manifest[path] = await this.#contents(
      createReadStream(from, { fd: handle, highWaterMark: 256 << 10 }),
    );
    return true;
  }

  async text(path: string, text: string): Promise<void> {
    await this.#header({ kind: 'file', path });
    this.#manifest[path] = await this.#contents(toChunks(text));
  }

  async finish(facts: object): Promise<void> {
    await this.#header({ kind: 'manifest', path: 'manifest.json' });
    await this.#contents(toChunks(JSON.stringify({ facts, files: this.#manifest })));
    this.#out.end();
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- an async iterable is what a file's stream is, too
async function* toChunks(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** Reads exact numbers of bytes from a stream. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: Readable) {
    this.#chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  async exactly(count: number): Promise<Buffer> {
    while (this.#held.length < count) {
      const next = await this.#chunks.next();
      if (next.done) throw new DamagedBackup('The backup ends too early');
      this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
    }
    const bytes = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return bytes;
  }
}

const MAX_HEADER = 1 << 16;
const MAX_BLOCK = 1 << 22;

async function size(reader: ByteReader, most: number): Promise<number> {
  const length = (await reader.exactly(4)).readUInt32BE();
  if (length > most) throw new DamagedBackup('The backup is damaged: an impossible length');
  return length;
}

async function copyContents(reader: ByteReader, take: (chunk: Buffer) => Promise<unknown>): Promise<string> {
  const hash = createHash('sha256');
  for (;;) {
    const length = await size(reader, MAX_BLOCK);
    if (length === 0) break;
    const chunk = await reader.exactly(length);
    hash.update(chunk);
    await take(chunk);
  }
  const digest = hash.digest();
  if (!digest.equals(await reader.exactly(32)))
    throw new DamagedBackup('The backup is damaged: a file does not hash');
  return digest.toString('hex');
}

/** Refuses a path that would leave the folder. */
function inside(folder: string, path: string): string {
  const full = normalize(join(folder, path));
  if (!full.startsWith(folder + sep)) throw new DamagedBackup('The backup names a file outside its folder');
  return full;
}

export interface Manifest {
  readonly facts: unknown;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Unpacks into an empty folder and answers the manifest, which every file written was checked against.
 * @throws DamagedBackup
 */
export async function unpack(source: Readable, folder: string): Promise<Manifest> {
  const reader = new ByteReader(source);
  const found = new Map<string, string>();
  for (;;) {
    const header = JSON.parse(
      (await reader.exactly(await size(reader, MAX_HEADER))).toString(),
    ) as EntryHeader;
    if (header.kind === 'folder') {
      await mkdir(inside(folder, header.path), { recursive: true });
    } else if (header.kind === 'file') {
      const path = inside(folder, header.path);
      await mkdir(dirname(path), { recursive: true });
      const handle = await open(path, 'wx', 0o600);
      try {
        found.set(header.path, await copyContents(reader, (chunk) => handle.write(chunk)));
      } finally {
        await handle.close();
      }
    } else {
      const chunks: Buffer[] = [];
      await copyContents(reader, (chunk) => Promise.resolve(chunks.push(chunk)));
      const manifest = JSON.parse(Buffer.concat(chunks).toString()) as Manifest;
      const same = Object.entries(manifest.files).every(([path, hash]) => found.get(path) === hash);
      if (!same || found.size !== Object.keys(manifest.files).length) {
        throw new DamagedBackup('The backup does not hold what its manifest says');
      }
      return manifest;
    }
  }
}
