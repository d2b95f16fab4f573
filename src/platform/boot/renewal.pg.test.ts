import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, expect, inject, it } from 'vitest';
import { openMigrated, reachEmbedded } from '#platform/boot/database.server.ts';
import type { Kind, Renewal } from '#platform/boot/database.server.ts';
import { createLog } from '#platform/log.server.ts';
import { makeWard } from '../../../tests/support/database.ts';

const names: string[] = [];
const connection = (database: string, user = 'postgres') => ({
  host: inject('postgresSocket'),
  database,
  user,
});

/** Opens the database, lets `work` act on it, closes it, and tells whether an earlier one was thrown away. */
async function start(name: string, kind: Kind, renewal: Renewal, work: 'wards' | 'mark' | 'nothing') {
  const opened = await openMigrated(reachEmbedded(connection, name), kind, createLog('silent'), { renewal });
  if (work === 'wards') await makeWard(opened.database, '11602');
  if (work === 'mark') await opened.database.ownerPool.query(`update installation set sample = '{}'`);
  const { rows } = await opened.database.ownerPool.query<{ n: string }>(
    'select count(*) as n from ward_addresses',
  );
  await opened.database.close();
  return { renewed: opened.renewed, wards: Number(rows[0]?.n) };
}

const fresh = () => {
  const name = `renewal_${randomUUID().replaceAll('-', '')}`;
  names.push(name);
  return name;
};

afterAll(async () => {
  const admin = new pg.Client(connection('postgres'));
  await admin.connect();
  for (const name of names) await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
});

it('a rehearsal cut off before it was complete begins again, a complete one stays', async () => {
  const name = fresh();
  expect(await start(name, 'rehearsal', 'unfinished', 'wards')).toEqual({ renewed: false, wards: 1 });
  expect(await start(name, 'rehearsal', 'unfinished', 'nothing')).toEqual({ renewed: true, wards: 0 });
  await start(name, 'rehearsal', 'unfinished', 'wards');
  await start(name, 'rehearsal', 'never', 'mark');
  expect(await start(name, 'rehearsal', 'unfinished', 'nothing')).toEqual({ renewed: false, wards: 1 });
  expect(await start(name, 'rehearsal', 'always', 'nothing')).toEqual({ renewed: true, wards: 0 });
});

it('a ward’s own data is never thrown away, whatever is asked', async () => {
  const name = fresh();
  await start(name, 'real', 'never', 'wards');
  expect(await start(name, 'real', 'always', 'nothing')).toEqual({ renewed: false, wards: 1 });
  await expect(start(name, 'rehearsal', 'always', 'nothing')).rejects.toThrow(/ward’s own/);
  expect(await start(name, 'real', 'unfinished', 'nothing')).toEqual({ renewed: false, wards: 1 });
});
