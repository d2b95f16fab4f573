// What a running product does about its backups: takes and verifies them, keeps them for a number of days, and notes
// when the last verified one began (a phone may forget what is older than that).
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupSource } from '#platform/backup/take.server.ts';
import { takeBackup } from '#platform/backup/take.server.ts';
import { deriveKey } from '#platform/backup/vault.server.ts';
import type { VaultKey } from '#platform/backup/vault.server.ts';
import { DamagedBackup } from '#platform/backup/vault.server.ts';
import { unpackSealed, verifyUnpacked } from '#platform/backup/verify.server.ts';

export const KEEP_DAYS = 14;
const NAME = /^tungnha-\d{8}-\d{6}\.backup$/;

export interface BackupStatus {
  /** Machine instants, ISO; absent while it never happened. */
  readonly lastVerifiedAt?: string;
  /** Everything answered before this instant is in the last verified backup. */
  readonly safeUpTo?: string;
  readonly lastFile?: string;
  readonly lastBytes?: number;
  readonly lastFailedAt?: string;
  /** One line. */
  readonly lastFailure?: string;
}

export interface BackupKeeper {
  readonly folder: string;
  status(): BackupStatus;
  /** Whether a passphrase was chosen; without one nothing may be written. */
  hasKey(): boolean;
  readonly busy: boolean;
  /** Takes one, restores it beside the living data, and only then calls it verified. @throws where it is not */
  take(file?: string): Promise<BackupStatus>;
  /** Removes nightly backups older than the days kept, never the last one. */
  tidy(now: Date): Promise<number>;
}

const stamp = (at: Date): string => at.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);

/** The key is kept beside the data, so nights need no passphrase; a restore elsewhere does. */
export function keyText(key: VaultKey): string {
  return `${key.salt.toString('base64url')}.${key.key.toString('base64url')}`;
}

export function readKey(text: string): VaultKey {
  const [salt = '', key = ''] = text.split('.');
  return { salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') };
}

export const newKey = (passphrase: string): string => keyText(deriveKey(passphrase));

async function tidyFolder(backups: string, now: Date): Promise<number> {
  if (!existsSync(backups)) return 0;
  const names = (await readdir(backups)).filter((name) => NAME.test(name)).sort();
  let removed = 0;
  for (const name of names.slice(0, -1)) {
    const age = now.getTime() - (await stat(join(backups, name))).mtimeMs;
    if (age < KEEP_DAYS * 86_400_000) continue;
    await rm(join(backups, name), { force: true });
    removed++;
  }
  return removed;
}

export function openKeeper(folder: string, source: BackupSource, key: () => VaultKey | null): BackupKeeper {
  const backups = join(folder, 'backups');
  const statusFile = join(backups, 'status.json');
  const status = (): BackupStatus =>
    existsSync(statusFile) ? (JSON.parse(readFileSync(statusFile, 'utf8')) as BackupStatus) : {};
  const note = (change: BackupStatus): BackupStatus => {
    const next = { ...status(), ...change };
    writeFileSync(`${statusFile}.new`, JSON.stringify(next, null, 2));
    renameSync(`${statusFile}.new`, statusFile);
    return next;
  };
  let underWay: Promise<BackupStatus> | null = null;

  async function takeOne(file: string): Promise<BackupStatus> {
    await mkdir(backups, { recursive: true });
    const opened = key();
    const trial = await mkdtemp(join(folder, 'verify-'));
    try {
      if (!opened) throw new Error('No backup passphrase was chosen yet');
      chmodSync(trial, 0o711);
      const { facts, bytes } = await takeBackup(source, opened, file);
      await verifyUnpacked(trial, await unpackSealed(file, () => opened.key, trial));
      return note({
        lastVerifiedAt: new Date().toISOString(),
        safeUpTo: facts.begunAt,
        lastFile: file,
        lastBytes: bytes,
      });
    } catch (error) {
      const known = error instanceof DamagedBackup || (error instanceof Error && !('severity' in error));
      note({
        lastFailedAt: new Date().toISOString(),
        lastFailure: known ? error.message.slice(0, 200) : 'PostgreSQL refused',
      });
      throw error;
    } finally {
      await rm(trial, { recursive: true, force: true });
    }
  }

  return {
    folder: backups,
    status,
    hasKey: () => key() !== null,
    get busy() {
      return underWay !== null;
    },
    take(file) {
      // Two at once would each hold WAL and disk for nothing.
      underWay ??= takeOne(file ?? join(backups, `tungnha-${stamp(new Date())}.backup`)).finally(
        () => (underWay = null),
      );
      return underWay;
    },
    tidy: (now) => tidyFolder(backups, now),
  };
}
