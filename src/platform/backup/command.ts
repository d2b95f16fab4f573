// `tung-nha backup FILE` and `tung-nha restore FILE`, beside a running product or without one.
import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import process from 'node:process';
import pg from 'pg';
import { openKeeper, readKey } from '#platform/backup/keeper.server.ts';
import { erasuresFile, exchange, prepareRestore } from '#platform/backup/restore.server.ts';
import type { ErasureRules } from '#platform/backup/restore.server.ts';
import { DamagedBackup, deriveKey } from '#platform/backup/vault.server.ts';
import { dataFolder } from '#platform/boot/data-folder.ts';
import { pgDumpBackup } from '#platform/backup/server-dump.server.ts';
import { attachEmbedded, RESTORE_CHANNEL } from '#platform/postgres/embedded.server.ts';
import { openSecrets } from '#platform/secrets.server.ts';

interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly cwd: string;
}

const DATABASE = 'tungnha';

/** From TUNG_NHA_PASSPHRASE, or typed without echo on a terminal. */
async function askPassphrase(prompt: string): Promise<string | null> {
  const given = process.env['TUNG_NHA_PASSPHRASE'];
  if (given) return given;
  if (!process.stdin.isTTY) return null;
  process.stderr.write(prompt);
  const lines = createInterface({ input: process.stdin, terminal: true, output: undefined });
  const answer = await new Promise<string>((done) => lines.question('', done));
  lines.close();
  process.stderr.write('\n');
  return answer;
}

interface Chosen {
  readonly file: string;
  readonly folder: string;
  readonly kind: 'rehearsal' | 'real';
}

function choose(args: readonly string[], io: Io, name: string): Chosen | null {
  const found = dataFolder(args, process.env, io.cwd);
  if (typeof found === 'string') {
    io.err(`tung-nha ${name}: ${found}`);
    return null;
  }
  const [file, extra] = found.rest;
  if (file === undefined || extra !== undefined) {
    io.err(`tung-nha ${name}: one FILE is needed${extra === undefined ? '' : `, not also "${extra}"`}`);
    return null;
  }
  return { file: isAbsolute(file) ? file : resolve(io.cwd, file), folder: found.folder, kind: found.kind };
}

export async function runBackup(args: readonly string[], io: Io): Promise<number> {
  const chosen = choose(args, io, 'backup');
  if (!chosen) return 2;
  const url = process.env['DATABASE_URL'];
  if (url) return pgDumpBackup(url, chosen.file, io);
  const { folder, file } = chosen;
  if (!existsSync(join(folder, 'pg'))) {
    io.err(`tung-nha backup: there is no data in ${folder}`);
    return 1;
  }
  const keysFile = join(folder, 'keys.json');
  const kept = openSecrets(keysFile, []).get('backup');
  const passphrase = kept === undefined ? await askPassphrase('Passphrase for this backup: ') : null;
  if (kept === undefined && !passphrase) {
    io.err('tung-nha backup: no passphrase was chosen at set-up; give one in TUNG_NHA_PASSPHRASE');
    return 1;
  }
  const embedded = await attachEmbedded(folder);
  try {
    const source = {
      admin: embedded.connection(DATABASE),
      pgFolder: embedded.dataDir,
      mediaFolder: join(folder, 'media'),
      keysFile,
      erasuresFile: erasuresFile(folder),
    };
    const key = kept === undefined ? deriveKey(passphrase ?? '') : readKey(kept);
    const status = await openKeeper(folder, source, () => key).take(file);
    io.out(
      `${file}: ${status.lastBytes ?? 0} bytes, restored beside the data and verified; holds all that was answered before ${status.safeUpTo ?? ''}`,
    );
    return 0;
  } catch (error) {
    io.err(`tung-nha backup: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await embedded.stop();
  }
}

/** A running product puts the restore in place itself; here we wait until it serves the new epoch. */
async function handOver(folder: string, prepared: string, epoch: string): Promise<boolean> {
  const embedded = await attachEmbedded(folder);
  const client = new pg.Client(embedded.connection('postgres'));
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select pg_notify($1, $2)', [RESTORE_CHANNEL, prepared]);
  await client.end().catch(() => undefined);
  for (let tries = 0; tries < 240; tries++) {
    await new Promise((done) => setTimeout(done, 250));
    const look = new pg.Client({ ...embedded.connection(DATABASE), connectionTimeoutMillis: 1_000 });
    look.on('error', () => undefined);
    try {
      await look.connect();
      const { rows } = await look.query<{ epoch: string }>('select epoch from installation');
      if (rows[0]?.epoch === epoch) return true;
    } catch {
      // Between two lives; ask again.
    } finally {
      await look.end().catch(() => undefined);
    }
  }
  return false;
}

async function isOwned(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'pg', 'postmaster.pid'))) return false;
  const embedded = await attachEmbedded(folder);
  const client = new pg.Client(embedded.connection('postgres'));
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ owned: boolean }>(
    `select exists (select 1 from pg_locks where locktype = 'advisory' and granted and objid = 7220114) as owned`,
  );
  await client.end();
  await embedded.stop();
  return rows[0]?.owned ?? false;
}

export async function runRestore(args: readonly string[], io: Io, rules: ErasureRules): Promise<number> {
  const chosen = choose(args, io, 'restore');
  if (!chosen) return 2;
  const { folder, file, kind } = chosen;
  if (process.env['DATABASE_URL']) {
    io.err(
      'tung-nha restore: with DATABASE_URL the database is restored by its own tools (pg_restore), then start as usual',
    );
    return 1;
  }
  if (!existsSync(file)) {
    io.err(`tung-nha restore: there is no file ${file}`);
    return 1;
  }
  const passphrase = await askPassphrase('Passphrase of the backup: ');
  if (!passphrase) {
    io.err('tung-nha restore: give the passphrase in TUNG_NHA_PASSPHRASE');
    return 1;
  }
  try {
    const prepared = await prepareRestore(file, passphrase, folder, kind, rules);
    io.out(
      `Verified: database reaches ${prepared.facts.stopLsn}, ${prepared.facts.auditHeads.length} audit chains, ${prepared.media} stored files, ${prepared.erasures} erasures applied again`,
    );
    if (await isOwned(folder)) {
      if (!(await handOver(folder, prepared.folder, prepared.epoch))) {
        io.err('tung-nha restore: the running product did not take the restore over; stop it and try again');
        return 1;
      }
    } else exchange(folder, prepared.folder);
    io.out(
      `Restored: the state of ${prepared.facts.begunAt}, new epoch ${prepared.epoch}; what was there before is kept in ${folder}`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof DamagedBackup)) throw error;
    io.err(`tung-nha restore: ${error.message}`);
    return 1;
  }
}
