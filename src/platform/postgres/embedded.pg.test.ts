// The product's own PostgreSQL: who owns a folder, and what happens when somebody is killed.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachEmbedded, FolderInUse, startEmbedded } from '#platform/postgres/embedded.server.ts';
import type { EmbeddedPostgres } from '#platform/postgres/embedded.server.ts';

const folder = mkdtempSync(join(tmpdir(), 'tungnha-own-'));
chmodSync(folder, 0o711);
let embedded: EmbeddedPostgres;
let restarts = 0;

const ask = async (sql: string) => {
  const client = new pg.Client(embedded.connection('postgres'));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};
const postmaster = () =>
  Number(readFileSync(join(embedded.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);

beforeAll(async () => {
  embedded = await startEmbedded({ folder, onRestart: () => restarts++ });
});
afterAll(async () => {
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('is version 18, UTF-8, with data checksums, listening on no port', async () => {
    const rows = await ask(
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding,
         current_setting('data_checksums') as checksums, current_setting('listen_addresses') as addresses,
         current_setting('fsync') as fsync, current_setting('synchronous_commit') as durable`,
    );
    expect(rows).toEqual([
      { major: 18, encoding: 'UTF8', checksums: 'on', addresses: '', fsync: 'on', durable: 'on' },
    ]);
  });

  it('refuses a second owner of the folder in one line and leaves the first unharmed', async () => {
    const second = startEmbedded({ folder });
    await expect(second).rejects.toThrow(FolderInUse);
    await expect(second).rejects.toThrow(/^[^\n]+$/);
    expect(await ask('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('lets a command join a running product and leave again without ending it', async () => {
    const guest = await attachEmbedded(folder);
    await guest.stop();
    expect(await ask('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('comes back by itself when it is killed, with what was committed', async () => {
    await ask('create table kept (n int)');
    await ask('insert into kept values (7)');
    process.kill(postmaster(), 'SIGKILL');
    await expect.poll(() => restarts, { timeout: 30_000 }).toBe(1);
    expect(await ask('select n from kept')).toEqual([{ n: 7 }]);
  });
});
