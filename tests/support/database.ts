// A database of its own for one test file, and a runtime standing on it.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { openDatabase } from '#platform/database/database.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { folderFiles } from '#platform/files.server.ts';
import { createLog } from '#platform/log.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { openSenders } from '#platform/senders.server.ts';
import { openWard } from '#platform/wards.server.ts';
import { signedOut } from '#registry/signed-out.server.ts';
import { TEMPLATE } from './postgres.ts';

export interface TestDatabase {
  readonly name: string;
  readonly database: Database;
  readonly socket: string;
}

/** Clones the template; dropped after the file's last test. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const socket = inject('postgresSocket');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ host: socket, user: 'postgres', database: 'postgres' });
  await admin.connect();
  await admin.query(`create database ${name} template ${TEMPLATE} strategy wal_log owner tungnha_owner`);
  await admin.query(`grant connect, create on database ${name} to tungnha_owner, tungnha_app`);
  const reach = (user: string) => ({ host: socket, database: name, user });
  const database = openDatabase({ app: reach('tungnha_app'), owner: reach('tungnha_owner') });
  afterAll(async () => {
    await database.close();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  });
  return { name, database, socket };
}

/** A runtime whose campaign clock the test moves: `clock.at = …`. */
export async function testRuntime(at = Date.parse('2025-08-05T07:50:00+07:00')) {
  const test = await cloneDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'tungnha-files-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const clock = { at };
  const runtime: Runtime = {
    version: 'test',
    schema: 0,
    kind: 'rehearsal',
    epoch: randomUUID(),
    folder,
    origin: 'http://localhost',
    state: 'serving',
    database: test.database,
    campaignClock: { of: 'campaign', now: () => clock.at },
    files: folderFiles(join(folder, 'media')),
    backups: null,
    // Reaches nobody: a test that sends gives its own services.
    senders: openSenders(
      'dGVzdC12YXBpZC1zZWNyZXQtb2YtdGhpcnR5LXR3by0',
      { mail: null, pushServices: [] },
      'http://localhost',
    ),
    signedOut,
    log: createLog('silent'),
    secrets: new Map([
      ['session', 'test-session-secret-of-some-length'],
      ['recovery', 'test-recovery-secret-of-some-length'],
      ['links', 'test-links-secret-of-some-length'],
      ['outlets', 'test-outlets-secret-of-some-length'],
    ]),
  };
  return { ...test, runtime, clock };
}

/** A ward with its feed and address, and nothing else. */
export const makeWard = (database: Database, code: string, name = `Phường ${code}`): Promise<number> =>
  openWard(database, { name, code, cityCode: '31', validFrom: '2025-07-01' });
