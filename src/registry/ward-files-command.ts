// `tung-nha export DIR` and `import DIR`: everything a ward owns as open files, and back into an empty database. Run at
// the machine, which holds the data already; an export leaves its audit row. Accounts stay with a machine: after an import
// each administrator of the ward is given a new way in, shown once.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { hashPassword } from '#features/people/office-auth.server.ts';
import { temporaryPassword } from '#features/people/secrets.server.ts';
import { insertAccount, joinWard } from '#features/people/store-accounts.server.ts';
import { administrators } from '#features/people/store-administrators.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { wardIds } from '#platform/audit/seal.server.ts';
import { openMigrated, reachEmbedded, reachServer, WrongKind } from '#platform/boot/database.server.ts';
import type { Reach } from '#platform/boot/database.server.ts';
import { dataFolder } from '#platform/boot/data-folder.ts';
import type { DataFolder } from '#platform/boot/data-folder.ts';
import { openDatabase } from '#platform/database/database.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { folderFiles } from '#platform/files.server.ts';
import { createLog } from '#platform/log.server.ts';
import { attachEmbedded, startEmbedded } from '#platform/postgres/embedded.server.ts';
import { CannotHost } from '#platform/postgres/host.server.ts';
import { exportWard } from '#platform/wardfiles/export.server.ts';
import type { Manifest } from '#platform/wardfiles/export.server.ts';
import { CannotImport, importWard, readManifest } from '#platform/wardfiles/import.server.ts';

interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly cwd: string;
}

interface Wish {
  readonly data: DataFolder;
  readonly folder: string;
}

function readWish(args: readonly string[], io: Io, does: string): Wish | null {
  const data = dataFolder(args, process.env, io.cwd);
  const [folder, extra] = typeof data === 'string' ? [] : data.rest;
  const wrong =
    typeof data === 'string'
      ? data
      : folder === undefined
        ? `${does} needs a folder`
        : extra === undefined
          ? null
          : `${does} takes one folder, not also "${extra}"`;
  if (typeof data === 'string' || folder === undefined || wrong !== null) {
    io.err(`tung-nha ${does}: ${wrong ?? ''}`);
    return null;
  }
  return { data, folder: isAbsolute(folder) ? folder : resolve(io.cwd, folder) };
}

const total = (manifest: Manifest): number => manifest.tables.reduce((sum, { rows }) => sum + rows, 0);

async function accountsOf(database: Database, wardId: number): Promise<Manifest['accounts']> {
  const { rows } = await database.ownerPool.query<{ username: string; personId: string }>(
    `select u.username, w.person_id as "personId" from account_wards w join auth."user" u on u.id = w.account_id
     where w.ward_id = $1 order by u.username`,
    [wardId],
  );
  return rows;
}

/** The campaign's time: a rehearsal's own, else the machine's. */
async function campaignNow(database: Database): Promise<number> {
  const { rows } = await database.ownerPool.query<{ kind: string; at: string | number | null }>(
    'select kind, campaign_now_ms as at from installation',
  );
  const [row] = rows;
  return row?.kind === 'rehearsal' && row.at !== null ? Number(row.at) : Date.now();
}

async function exportAll(reach: Reach, { data, folder }: Wish, io: Io): Promise<number> {
  const database = openDatabase({ app: reach.as('tungnha_app'), owner: reach.as('tungnha_owner') });
  try {
    const wards = await wardIds(database);
    if (wards.length === 0) {
      io.err('tung-nha export: there is no ward yet');
      return 1;
    }
    const now = await campaignNow(database);
    for (const wardId of wards) {
      // Before the reading, so that the row is part of what it tells of.
      await database.inWard(wardId, (trx) =>
        audit(
          trx,
          { actor: null, now, origin: 'machine' },
          { action: 'ward.exported', subjectKind: 'ward', subjectId: String(wardId) },
        ),
      );
      const manifest = await exportWard(database, {
        wardId,
        folder: wards.length === 1 ? folder : join(folder, String(wardId)),
        media: join(data.folder, 'media'),
        writtenAt: new Date(),
        accounts: await accountsOf(database, wardId),
      });
      const { name, code } = manifest.ward;
      io.out(
        `${name} (${code ?? 'no code'}): ${manifest.tables.length} tables, ${total(manifest)} rows, ${manifest.media.files} files`,
      );
    }
    return 0;
  } finally {
    await database.close();
  }
}

export async function runExport(args: readonly string[], io: Io): Promise<number> {
  const wish = readWish(args, io, 'export');
  if (!wish) return 2;
  if (existsSync(wish.folder) && readdirSync(wish.folder).length > 0) {
    io.err(`tung-nha export: ${wish.folder} is not empty; choose another folder`);
    return 1;
  }
  mkdirSync(wish.folder, { recursive: true });
  const url = process.env['DATABASE_URL'];
  if (url) return exportAll(reachServer(url), wish, io);
  if (!existsSync(join(wish.data.folder, 'pg'))) {
    io.err(`tung-nha export: there is no data in ${wish.data.folder}`);
    return 1;
  }
  const embedded = await attachEmbedded(wish.data.folder);
  try {
    return await exportAll(
      reachEmbedded((name, user) => embedded.connection(name, user)),
      wish,
      io,
    );
  } finally {
    await embedded.stop();
  }
}

async function openDoors(database: Database, manifest: Manifest, now: number, io: Io): Promise<void> {
  const names = new Map(manifest.accounts.map(({ personId, username }) => [personId, username]));
  const wardId = manifest.ward.id;
  const found = await database.inWard(wardId, (trx) => administrators(trx, new Date(now)));
  for (const { personId, name } of found) {
    const username = names.get(personId);
    if (username === undefined) continue;
    const password = temporaryPassword();
    const passwordHash = await hashPassword(password);
    await database.inWard(wardId, async (trx) => {
      const account = await insertAccount(trx, { username, passwordHash, temporary: true });
      if (account === null) return io.err(`the account ${username} is taken on this machine`);
      await joinWard(trx, account, { wardId, personId });
      await audit(
        trx,
        { actor: null, now, origin: 'machine' },
        { action: 'ward.imported', subjectKind: 'person', subjectId: personId },
      );
      io.out(
        `${username}: new password ${password} (${name}); shown this once, replaced at the first sign-in`,
      );
    });
  }
}

async function importAll(reach: Reach, { data, folder }: Wish, manifest: Manifest, io: Io): Promise<number> {
  const { database } = await openMigrated(reach, data.kind, createLog('warn'));
  try {
    const done = await importWard(database, folderFiles(join(data.folder, 'media')), folder, manifest);
    const now = manifest.campaignNow === null ? Date.now() : Number(manifest.campaignNow);
    // Its clock goes on where it was; a rehearsal without its mark would be taken for one cut off in the making.
    await database.ownerPool.query('update installation set campaign_now_ms = $1, sample = $2, setup = $3', [
      manifest.campaignNow,
      manifest.installation.sample,
      manifest.installation.setup,
    ]);
    io.out(`${manifest.ward.name}: ${manifest.tables.length} tables, ${done.rows} rows, ${done.files} files`);
    await openDoors(database, manifest, now, io);
    return 0;
  } finally {
    await database.close();
  }
}

export async function runImport(args: readonly string[], io: Io): Promise<number> {
  const wish = readWish(args, io, 'import');
  if (!wish) return 2;
  try {
    const manifest = await readManifest(wish.folder);
    const url = process.env['DATABASE_URL'];
    if (url) return await importAll(reachServer(url), wish, manifest, io);
    const embedded = existsSync(join(wish.data.folder, 'pg'))
      ? await attachEmbedded(wish.data.folder)
      : await startEmbedded({ folder: wish.data.folder });
    try {
      const reach = reachEmbedded((name, user) => embedded.connection(name, user));
      return await importAll(reach, wish, manifest, io);
    } finally {
      await embedded.stop();
    }
  } catch (error) {
    if (!(error instanceof CannotImport || error instanceof CannotHost || error instanceof WrongKind))
      throw error;
    io.err(`tung-nha import: ${error.message}`);
    return 1;
  }
}
