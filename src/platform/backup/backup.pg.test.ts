// A real database, written to all the while, backed up, restored elsewhere and read back.
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '#platform/audit/audit.server.ts';
import { sealWard } from '#platform/audit/seal.server.ts';
import { openKeeper } from '#platform/backup/keeper.server.ts';
import type { BackupKeeper } from '#platform/backup/keeper.server.ts';
import { backupTasks } from '#platform/backup/nightly.server.ts';
import { takeBackup } from '#platform/backup/take.server.ts';
import type { BackupSource } from '#platform/backup/take.server.ts';
import { DamagedBackup, deriveKey } from '#platform/backup/vault.server.ts';
import { unpackBackup, verifyUnpacked } from '#platform/backup/verify.server.ts';
import { openMigrated, reachEmbedded } from '#platform/boot/database.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { folderFiles } from '#platform/files.server.ts';
import { createLog } from '#platform/log.server.ts';
import { startEmbedded } from '#platform/postgres/embedded.server.ts';
import type { EmbeddedPostgres } from '#platform/postgres/embedded.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { makeWard } from '../../../tests/support/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'tungnha-backup-'));
chmodSync(folder, 0o711);
const PASSPHRASE = 'lối nhỏ đầu xóm có cây gạo';
const file = join(folder, 'one.backup');
let embedded: EmbeddedPostgres;
let database: Database;
let ward: number;
let source: BackupSource;
const answered: string[] = [];
let answeredBefore = 0;

const write = (id: string) =>
  database.inWard(ward, (trx) =>
    audit(
      trx,
      { actor: null, now: 0, origin: 'test' },
      { action: 'test.wrote', subjectKind: 'row', subjectId: id },
    ),
  );

const place = (name: string): string => {
  const path = join(folder, name);
  mkdirSync(path);
  chmodSync(path, 0o711);
  return path;
};

const rowsOf = async (at: string): Promise<Set<string>> => {
  const found = new Set<string>();
  const facts = await unpackBackup(file, PASSPHRASE, at);
  await verifyUnpacked(at, facts, async (client) => {
    const { rows } = await client.query<{ id: string }>(`select subject_id as id from audit_entries`);
    for (const { id } of rows) found.add(id);
  });
  return found;
};

beforeAll(async () => {
  embedded = await startEmbedded({ folder: join(folder, 'live') });
  const reach = reachEmbedded((name, user) => embedded.connection(name, user));
  ({ database } = await openMigrated(reach, 'rehearsal', createLog('silent')));
  ward = await makeWard(database, '11602');
  const files = folderFiles(join(folder, 'live', 'media'));
  const stored = await files.put(ward, randomBytes(300_000));
  await database.inWard(ward, (trx) =>
    trx
      .insertInto('media')
      .values({
        ward_id: ward,
        sha256: stored.sha256,
        media_type: 'image/jpeg',
        bytes: stored.bytes,
        stored_at: new Date(),
        stored_by: null,
      })
      .execute(),
  );
  writeFileSync(join(folder, 'live', 'keys.json'), '{"session":"x"}');
  source = {
    admin: embedded.connection('tungnha'),
    pgFolder: embedded.dataDir,
    mediaFolder: files.folder,
    keysFile: join(folder, 'live', 'keys.json'),
    erasuresFile: join(folder, 'live', 'erasures.jsonl'),
  };
  let writing = true;
  const writer = (async () => {
    for (let n = 0; writing; n++) {
      await write(`w${n}`);
      answered.push(`w${n}`);
      if (n === 40) await sealWard(database, ward);
    }
  })();
  while (answered.length <= 80) await new Promise((resolve) => setTimeout(resolve, 20));
  answeredBefore = answered.length;
  await takeBackup(source, deriveKey(PASSPHRASE), file);
  writing = false;
  await writer;
}, 60_000);

afterAll(async () => {
  await database.close();
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup taken while people write', () => {
  it('restores to a database that starts, with every write answered before it began', async () => {
    const found = await rowsOf(place('restored'));
    expect(answered.slice(0, answeredBefore).filter((id) => !found.has(id))).toEqual([]);
    expect(existsSync(join(folder, 'restored', 'keys.json'))).toBe(true);
  });

  it('is sealed: neither rows nor keys can be read from the file', () => {
    const bytes = readFileSync(file);
    expect(bytes.includes('session') || bytes.includes('test.wrote')).toBe(false);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('is refused with a wrong passphrase, in one line', async () => {
    const opened = unpackBackup(file, 'another passphrase', place('wrong'));
    await expect(opened).rejects.toThrow(/^The passphrase is wrong[^\n]*$/);
  });

  it.each([0.02, 0.31, 0.77, 0.9999])(
    'with one byte flipped at %f of its length is refused',
    async (share) => {
      const damaged = join(folder, `flip-${share}.backup`);
      copyFileSync(file, damaged);
      const bytes = readFileSync(damaged);
      const at = Math.floor((bytes.length - 1) * share);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(damaged, bytes);
      await expect(unpackBackup(damaged, PASSPHRASE, place(`flip-${share}`))).rejects.toThrow(DamagedBackup);
    },
  );

  it('cut off is refused', async () => {
    const half = join(folder, 'half.backup');
    writeFileSync(half, readFileSync(file).subarray(0, Math.floor(statSync(file).size / 2)));
    await expect(unpackBackup(half, PASSPHRASE, place('half'))).rejects.toThrow(DamagedBackup);
  });

  it('leaves no replication slot and no half file behind', async () => {
    const client = new pg.Client(embedded.connection('postgres'));
    await client.connect();
    expect((await client.query('select 1 from pg_replication_slots')).rowCount).toBe(0);
    await client.end();
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('whose stored file is missing is not called verified', async () => {
    const at = place('lossy');
    const facts = await unpackBackup(file, PASSPHRASE, at);
    rmSync(join(at, 'media'), { recursive: true });
    await expect(verifyUnpacked(at, facts)).rejects.toThrow(/stored file is missing/);
  });
});

describe('nightly backups', () => {
  const night = (day: number) => new Date(Date.UTC(2025, 7, day, 19, 10));
  const nameOf = (day: number) => `tungnha-202508${String(day).padStart(2, '0')}-191000.backup`;

  it('are kept for 14 days, other files for ever, and the last one always', async () => {
    const keeper = openKeeper(place('nightly'), source, () => deriveKey(PASSPHRASE));
    mkdirSync(keeper.folder, { recursive: true });
    const made = (name: string, at: Date) => {
      writeFileSync(join(keeper.folder, name), 'x');
      utimesSync(join(keeper.folder, name), at, at);
    };
    for (let day = 1; day <= 20; day++) made(nameOf(day), night(day));
    made('by-hand.backup', night(1));
    const left = () => readdirSync(keeper.folder).sort();
    await keeper.tidy(new Date(night(20).getTime() + 60_000));
    expect(left()).toEqual(['by-hand.backup', ...Array.from({ length: 14 }, (_, n) => nameOf(n + 7))]);
    // Nothing was taken for a year: the last one is still worth more than an empty folder.
    await keeper.tidy(new Date(Date.UTC(2026, 7, 20)));
    expect(left()).toEqual(['by-hand.backup', nameOf(20)]);
  });

  it('are taken, verified and told by the job, and not without a passphrase', async () => {
    const told: unknown[] = [];
    const log = { ...createLog('silent'), info: (event: string, more: unknown) => told.push([event, more]) };
    const run = (backups: BackupKeeper) =>
      backupTasks(() => ({ backups, log }) as unknown as Runtime)['backup.nightly']?.({});
    const none = openKeeper(place('no-key'), source, () => null);
    await run(none);
    expect(existsSync(none.folder)).toBe(false);
    const keeper = openKeeper(place('with-key'), source, () => deriveKey(PASSPHRASE));
    const began = Date.now();
    await run(keeper);
    const { lastVerifiedAt, safeUpTo, lastFile } = keeper.status();
    expect(Date.parse(lastVerifiedAt ?? '')).toBeGreaterThanOrEqual(began);
    expect(Date.parse(safeUpTo ?? '')).toBeGreaterThanOrEqual(began);
    expect(existsSync(lastFile ?? '')).toBe(true);
    expect(told).toEqual([['backup.verified', expect.objectContaining({ removed: 0 })]]);
  }, 30_000);
});
