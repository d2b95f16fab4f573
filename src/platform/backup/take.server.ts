// Takes a backup while the product serves, by PostgreSQL's own low-level method (no pg_dump comes with the package):
// start, copy the files as they are, stop, add the WAL written meanwhile. A temporary replication slot keeps that WAL
// from being recycled and goes by itself if we are killed. Media are copied after the database, so every file a row of
// the copy names is there.
import { createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import { constants, createZstdCompress } from 'node:zlib';
import pg from 'pg';
import { ArchiveWriter } from '#platform/backup/archive.server.ts';
import { sealing } from '#platform/backup/vault.server.ts';
import type { VaultKey } from '#platform/backup/vault.server.ts';

export interface BackupSource {
  /** Superuser connection to the product's database. */
  readonly admin: pg.ClientConfig;
  /** PostgreSQL's own folder. */
  readonly pgFolder: string;
  readonly mediaFolder: string;
  readonly keysFile: string;
  readonly erasuresFile: string;
}

export interface AuditHead {
  readonly wardId: number;
  readonly n: number;
  readonly hash: string;
}

export interface BackupFacts {
  readonly kind: string;
  readonly epoch: string;
  readonly schema: number;
  /** Machine instants, ISO. Every write answered before `begunAt` is in the backup. */
  readonly begunAt: string;
  readonly endedAt: string;
  readonly stopLsn: string;
  readonly auditHeads: readonly AuditHead[];
  readonly media: number;
}

/** Contents that a starting server makes anew, or that belong to the running one alone. */
const LEFT_OUT = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const SKIPPED =
  /^(?:postmaster\.(?:pid|opts)|backup_label|tablespace_map|pg_internal\.init.*|pgsql_tmp.*|current_logfiles)$/;

async function copyFolder(archive: ArchiveWriter, from: string, path: string): Promise<void> {
  await archive.folder(path);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (SKIPPED.test(entry.name)) continue;
    const inner = `${path}/${entry.name}`;
    if (!entry.isDirectory()) await archive.file(inner, join(from, entry.name));
    else if (path === 'pg' && LEFT_OUT.has(entry.name)) {
      await archive.folder(inner);
      if (entry.name === 'pg_wal') {
        await archive.folder(`${inner}/archive_status`);
        await archive.folder(`${inner}/summaries`);
      }
    } else await copyFolder(archive, join(from, entry.name), inner);
  }
}

async function auditHeads(client: pg.Client): Promise<AuditHead[]> {
  const { rows } = await client.query<AuditHead>(
    `select distinct on (ward_id) ward_id as "wardId", n::int as n, encode(hash, 'hex') as hash
     from audit_seals order by ward_id, n desc`,
  );
  return rows;
}

async function copyWal(archive: ArchiveWriter, pgFolder: string, first: string, last: string): Promise<void> {
  const names = (await readdir(join(pgFolder, 'pg_wal')))
    .filter((name) => /^[0-9A-F]{24}$/.test(name))
    .sort();
  const wanted = names.filter((name) => name >= first && name <= last);
  if (wanted[0] !== first || wanted.at(-1) !== last) throw new Error('WAL of the backup is missing');
  for (const name of wanted) await archive.file(`pg/pg_wal/${name}`, join(pgFolder, 'pg_wal', name));
}

async function copyMedia(archive: ArchiveWriter, client: pg.Client, folder: string): Promise<number> {
  const { rows } = await client.query<{ path: string; name: string }>(
    `select ward_id || '/' || left(encode(sha256, 'hex'), 2) as path, encode(sha256, 'hex') as name from media`,
  );
  let copied = 0;
  for (const { path, name } of rows) {
    // A file whose row is still being written may come a moment later; a missing one is found when the backup is verified.
    if (await archive.file(`media/${path}/${name}`, join(folder, path, name))) copied++;
  }
  return copied;
}

async function write(client: pg.Client, source: BackupSource, archive: ArchiveWriter): Promise<BackupFacts> {
  const begunAt = new Date().toISOString();
  await client.query(
    `select pg_create_physical_replication_slot('tungnha_backup_' || pg_backend_pid(), true, true)`,
  );
  const heads = await auditHeads(client);
  const { rows: about } = await client.query<{ kind: string; epoch: string; schema: number }>(
    `select kind, epoch, (select max(number) from schema_migrations) as schema from installation`,
  );
  const { rows: started } = await client.query<{ first: string }>(
    `select pg_walfile_name(pg_backup_start('tungnha', true)) as first`,
  );
  await copyFolder(archive, source.pgFolder, 'pg');
  const { rows: stopped } = await client.query<{ lsn: string; last: string; label: string }>(
    `select lsn::text, pg_walfile_name(lsn) as last, labelfile as label from pg_backup_stop(false)`,
  );
  const [start, stop, installation] = [started[0], stopped[0], about[0]];
  if (!start || !stop || !installation) throw new Error('PostgreSQL gave no answer to the backup');
  await archive.text('pg/backup_label', stop.label);
  await copyWal(archive, source.pgFolder, start.first, stop.last);
  const media = await copyMedia(archive, client, source.mediaFolder);
  await archive.file('keys.json', source.keysFile);
  await archive.file('erasures.jsonl', source.erasuresFile);
  return {
    ...installation,
    begunAt,
    endedAt: new Date().toISOString(),
    stopLsn: stop.lsn,
    auditHeads: heads,
    media,
  };
}

/** Written beside and renamed: a killed backup never stands under a final name. Answers what it holds and its size. */
export async function takeBackup(
  source: BackupSource,
  key: VaultKey,
  file: string,
): Promise<{ readonly facts: BackupFacts; readonly bytes: number }> {
  const draft = `${file}.part`;
  const client = new pg.Client(source.admin);
  client.on('error', () => undefined);
  await client.connect();
  const plain = new PassThrough({ highWaterMark: 1 << 20 });
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } });
  const written = pipeline(
    plain,
    compress,
    sealing(key),
    createWriteStream(draft, { mode: 0o600, flush: true }),
  );
  try {
    const archive = new ArchiveWriter(plain);
    const facts = await Promise.race([
      write(client, source, archive),
      written.then(() => Promise.reject(new Error('cut off'))),
    ]);
    await archive.finish(facts);
    await written;
    await rename(draft, file);
    return { facts, bytes: (await stat(file)).size };
  } catch (error) {
    plain.destroy();
    await written.catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
