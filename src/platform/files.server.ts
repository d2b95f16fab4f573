// Files are stored by ward and content hash: the same picture twice is one file, and a name never tells what it shows.
// Written beside and renamed, so a killed process leaves no half file under a final name.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadStream } from 'node:fs';

export interface StoredFile {
  readonly sha256: Buffer;
  readonly bytes: number;
}

export interface Files {
  readonly folder: string;
  put(wardId: number, content: Uint8Array): Promise<StoredFile>;
  /** null: not stored. */
  read(wardId: number, sha256: Buffer): ReadStream | null;
  /** A part of it, shorter where the file ends before. null: not stored. */
  part(wardId: number, sha256: Buffer, from: number, length: number): Promise<Buffer | null>;
  remove(wardId: number, sha256: Buffer): Promise<void>;
  freeBytes(): Promise<number>;
}

export function folderFiles(folder: string): Files {
  const place = (wardId: number, sha256: Buffer) => {
    const name = sha256.toString('hex');
    return { dir: join(folder, String(wardId), name.slice(0, 2)), name };
  };
  return {
    folder,
    async put(wardId, content) {
      const sha256 = createHash('sha256').update(content).digest();
      const { dir, name } = place(wardId, sha256);
      const path = join(dir, name);
      if (!existsSync(path)) {
        await mkdir(dir, { recursive: true });
        const draft = `${path}.${process.pid}.${Date.now()}`;
        const handle = await open(draft, 'wx');
        try {
          await handle.writeFile(content);
          await handle.sync();
        } catch (error) {
          await handle.close();
          await rm(draft, { force: true });
          throw error;
        }
        await handle.close();
        await rename(draft, path);
      }
      return { sha256, bytes: content.byteLength };
    },
    read(wardId, sha256) {
      const { dir, name } = place(wardId, sha256);
      const path = join(dir, name);
      return existsSync(path) ? createReadStream(path) : null;
    },
    async part(wardId, sha256, from, length) {
      const { dir, name } = place(wardId, sha256);
      const handle = await open(join(dir, name)).catch(() => null);
      if (!handle) return null;
      try {
        const buffer = Buffer.alloc(length);
        const { bytesRead } = await handle.read(buffer, 0, length, from);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    async remove(wardId, sha256) {
      const { dir, name } = place(wardId, sha256);
      await rm(join(dir, name), { force: true });
    },
    async freeBytes() {
      await mkdir(folder, { recursive: true });
      const stats = await statfs(folder);
      return stats.bavail * stats.bsize;
    },
  };
}
