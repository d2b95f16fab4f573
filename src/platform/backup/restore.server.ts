// Putting a backup in place of the living data. All work is done and verified beside it; the exchange itself is a few
// renames, and what was there before is kept under a dated name. A restore makes a new epoch (phones then send again
// what they sent since) and applies once more every erasure asked for, also those younger than the backup.
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { BackupFacts } from '#platform/backup/take.server.ts';
import { folderFiles } from '#platform/files.server.ts';
import { DamagedBackup } from '#platform/backup/vault.server.ts';
import { unpackBackup, verifyUnpacked } from '#platform/backup/verify.server.ts';

export interface Erasure {
  readonly wardId: number;
  /** Which feature's rule erases it, and what. */
  readonly kind: string;
  readonly id: string;
  readonly at: string;
}

/**
 * Kind → what it empties, and which stored files go. Must be safe to run twice. Runs as superuser on the restored
 * database, before it serves.
 */
export type ErasureRules = Readonly<
  Record<string, (client: pg.ClientBase, erasure: Erasure) => Promise<readonly Buffer[]>>
>;

export const erasuresFile = (folder: string): string => join(folder, 'erasures.jsonl');

/** Kept outside the database: a database restored from before the erasure does not know of it. */
export function noteErasure(folder: string, erasure: Erasure): void {
  appendFileSync(erasuresFile(folder), `${JSON.stringify(erasure)}\n`, { mode: 0o600, flush: true });
}

export function readErasures(file: string): Erasure[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Erasure);
}

export interface Prepared {
  readonly folder: string;
  readonly epoch: string;
  readonly facts: BackupFacts;
  readonly media: number;
  readonly erasures: number;
}

function mergeErasures(living: string, restored: string): Erasure[] {
  const seen = new Map<string, Erasure>();
  for (const erasure of [...readErasures(restored), ...readErasures(living)]) {
    seen.set(`${erasure.wardId}/${erasure.kind}/${erasure.id}`, erasure);
  }
  return [...seen.values()];
}

/**
 * Unpacks and verifies into a folder beside the living data; nothing living is touched.
 * @throws DamagedBackup
 */
export async function prepareRestore(
  file: string,
  passphrase: string,
  folder: string,
  kind: string,
  rules: ErasureRules,
): Promise<Prepared> {
  const place = join(folder, `restore-${process.pid}-${Date.now()}`);
  mkdirSync(place, { recursive: true });
  chmodSync(place, 0o711);
  try {
    const unpacked = await unpackBackup(file, passphrase, place);
    if (unpacked.kind !== kind)
      throw new DamagedBackup(`This backup is of ${unpacked.kind} data, this folder holds ${kind} data`);
    const epoch = randomUUID();
    const erasures = mergeErasures(erasuresFile(folder), erasuresFile(place));
    const { facts, media } = await verifyUnpacked(place, unpacked, async (client) => {
      for (const erasure of erasures) {
        const rule = rules[erasure.kind];
        if (!rule) throw new DamagedBackup(`No rule knows how to erase "${erasure.kind}" again`);
        for (const sha256 of await rule(client, erasure))
          await folderFiles(join(place, 'media')).remove(erasure.wardId, sha256);
      }
      await client.query('update installation set epoch = $1', [epoch]);
    });
    writeFileSync(erasuresFile(place), erasures.map((erasure) => `${JSON.stringify(erasure)}\n`).join(''), {
      mode: 0o600,
    });
    return { folder: place, epoch, facts, media, erasures: erasures.length };
  } catch (error) {
    rmSync(place, { recursive: true, force: true });
    throw error;
  }
}

const PARTS = ['pg', 'media', 'keys.json', 'erasures.jsonl'];

/** PostgreSQL must be stopped. Answers where the data of before now lies. */
export function exchange(folder: string, prepared: string): string {
  const before = join(folder, `before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
  mkdirSync(before);
  chmodSync(before, 0o711);
  for (const part of PARTS) {
    if (existsSync(join(folder, part))) renameSync(join(folder, part), join(before, part));
    if (existsSync(join(prepared, part))) renameSync(join(prepared, part), join(folder, part));
  }
  rmSync(prepared, { recursive: true, force: true });
  return before;
}
