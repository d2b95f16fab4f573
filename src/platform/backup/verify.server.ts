// A backup is called verified only after it was really restored beside the living data: it unpacks whole, PostgreSQL
// starts from it and reaches the stop LSN, each ward's audit chain reaches at least the head noted when the backup
// began, and every medium a row names is there with the right hash.
import { createHash } from 'node:crypto';
import { chownSync, createReadStream, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import pg from 'pg';
import { unpack } from '#platform/backup/archive.server.ts';
import type { BackupFacts } from '#platform/backup/take.server.ts';
import { DamagedBackup, deriveKey, opening } from '#platform/backup/vault.server.ts';
import type { KeyOf } from '#platform/backup/vault.server.ts';
import { reachEmbedded } from '#platform/boot/database.server.ts';
import { openDatabase } from '#platform/database/database.server.ts';
import { verifyWard } from '#platform/audit/seal.server.ts';
import { startEmbedded } from '#platform/postgres/embedded.server.ts';
import type { EmbeddedPostgres } from '#platform/postgres/embedded.server.ts';
import { findHost, makePrivateFolder } from '#platform/postgres/host.server.ts';

const DATABASE = 'tungnha';

/** Opens and unpacks into a folder that must be empty. @throws DamagedBackup */
export const unpackBackup = (file: string, passphrase: string, folder: string): Promise<BackupFacts> =>
  unpackSealed(file, (salt) => deriveKey(passphrase, salt).key, folder);

export async function unpackSealed(file: string, keyOf: KeyOf, folder: string): Promise<BackupFacts> {
  const plain = new PassThrough({ highWaterMark: 1 << 20 });
  const opened = pipeline(createReadStream(file), opening(keyOf), createZstdDecompress(), plain);
  // A wrong byte surfaces in the pipeline; the reader would only see the stream end.
  const failed = opened.then(
    () => new Promise<never>(() => undefined),
    (error: unknown) =>
      Promise.reject(error instanceof DamagedBackup ? error : new DamagedBackup('The backup is damaged')),
  );
  const manifest = await Promise.race([unpack(plain, folder), failed]);
  plain.resume();
  await opened.catch((error: unknown) => {
    throw error instanceof DamagedBackup ? error : new DamagedBackup('The backup is damaged');
  });
  return manifest.facts as BackupFacts;
}

function giveToPostgres(path: string, account: { uid: number; gid: number }): void {
  chownSync(path, account.uid, account.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) giveToPostgres(join(path, name), account);
}

async function checkMedia(client: pg.Client, folder: string): Promise<number> {
  const { rows } = await client.query<{ ward: number; hash: string }>(
    `select ward_id as ward, encode(sha256, 'hex') as hash from media`,
  );
  for (const { ward, hash } of rows) {
    const path = join(folder, String(ward), hash.slice(0, 2), hash);
    if (!existsSync(path))
      throw new DamagedBackup(`A stored file is missing from the backup (${hash.slice(0, 12)}…)`);
    const digest = createHash('sha256');
    await pipeline(createReadStream(path), digest);
    if (digest.digest('hex') !== hash)
      throw new DamagedBackup(`A stored file of the backup is damaged (${hash.slice(0, 12)}…)`);
  }
  return rows.length;
}

async function checkChains(embedded: EmbeddedPostgres, facts: BackupFacts): Promise<void> {
  const reach = reachEmbedded((database, user) => embedded.connection(database, user));
  const database = openDatabase({ app: reach.as('tungnha_app'), owner: reach.as('tungnha_owner') });
  try {
    for (const head of facts.auditHeads) {
      const check = await verifyWard(database, head.wardId);
      if (check.faults.length > 0)
        throw new DamagedBackup(`The audit chain of ward ${head.wardId} is broken: ${check.faults[0]}`);
      if (check.seals < head.n)
        throw new DamagedBackup(`The audit chain of ward ${head.wardId} ends before the backup began`);
      const { rows } = await database.ownerPool
        .query<{ hash: string }>({
          text: `begin; set local app.ward_id = '${head.wardId}'; select encode(hash, 'hex') as hash from audit_seals where n = ${head.n}; commit`,
        })
        .then((results) => (results as unknown as { rows: { hash: string }[] }[])[2] ?? { rows: [] });
      if (rows[0]?.hash !== head.hash)
        throw new DamagedBackup(`The audit chain of ward ${head.wardId} is another one`);
    }
  } finally {
    await database.close();
  }
}

export interface Verified {
  readonly facts: BackupFacts;
  readonly media: number;
}

/**
 * Starts a database from an unpacked backup in `folder`, runs `finish` on it (a restore makes its new epoch there), and
 * stops it again. What is left in the folder can be put in place.
 * @throws DamagedBackup
 */
export async function verifyUnpacked(
  folder: string,
  facts: BackupFacts,
  finish: (client: pg.Client) => Promise<void> = () => Promise.resolve(),
): Promise<Verified> {
  const host = findHost();
  makePrivateFolder(join(folder, 'pg'), host);
  if (host.account) giveToPostgres(join(folder, 'pg'), host.account);
  const embedded = await startEmbedded({ folder }).catch(() => {
    throw new DamagedBackup('PostgreSQL cannot recover from this backup');
  });
  try {
    const client = new pg.Client(embedded.connection(DATABASE));
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ reached: boolean }>(
        'select pg_current_wal_lsn() >= $1::pg_lsn as reached',
        [facts.stopLsn],
      );
      if (!rows[0]?.reached) throw new DamagedBackup('The database of the backup does not reach its end');
      await checkChains(embedded, facts);
      const media = await checkMedia(client, join(folder, 'media'));
      await finish(client);
      return { facts, media };
    } finally {
      await client.end();
    }
  } finally {
    await embedded.stop();
  }
}
