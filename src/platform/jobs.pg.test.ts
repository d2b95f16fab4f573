import pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '#platform/database/database.server.ts';
import { addJob, startJobs } from '#platform/jobs.server.ts';
import type { Jobs } from '#platform/jobs.server.ts';
import { createLog } from '#platform/log.server.ts';
import { cloneDatabase, makeWard } from '../../tests/support/database.ts';

let database: Database;
let socket: string;
let name: string;
let ward: number;
const done: unknown[] = [];

beforeAll(async () => {
  ({ database, socket, name } = await cloneDatabase());
  ward = await makeWard(database, '11602');
});

const start = (): Promise<Jobs> =>
  startJobs(
    database.ownerPool,
    {
      'test.note': (payload) => {
        done.push(payload);
        return Promise.resolve();
      },
    },
    [],
    createLog('silent'),
  );

it('a job exists exactly when the transaction that asked for it commits', async () => {
  await database.inWard(ward, (trx) => addJob(trx, 'test.note', { n: 1 }));
  const lost = database.inWard(ward, async (trx) => {
    await addJob(trx, 'test.note', { n: 2 });
    throw new Error('rolled back');
  });
  await expect(lost).rejects.toThrow();
  const jobs = await start();
  await expect.poll(() => done, { timeout: 10_000 }).toEqual([{ n: 1, wardId: ward }]);
  await jobs.stop();
});

it('a job locked by a process that died is run by the next one', async () => {
  await database.inWard(ward, (trx) => addJob(trx, 'test.note', { n: 3 }));
  await database.ownerPool.query(
    `update graphile_worker._private_jobs set locked_by = 'gone', locked_at = now(), attempts = 1`,
  );
  done.length = 0;
  const jobs = await start();
  await expect.poll(() => done, { timeout: 10_000 }).toEqual([{ n: 3, wardId: ward }]);
  await jobs.stop();
});

it('work goes on after the database cut every connection', async () => {
  done.length = 0;
  const jobs = await start();
  const admin = new pg.Client({ host: socket, user: 'postgres', database: 'postgres' });
  await admin.connect();
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await admin.end();
  await expect
    .poll(
      async () => {
        await database
          .inWard(ward, (trx) => addJob(trx, 'test.note', { n: 4 }, { key: 'once' }))
          .catch(() => undefined);
        return done.length > 0;
      },
      // The worker listens anew after growing pauses.
      { timeout: 100_000, interval: 500 },
    )
    .toBe(true);
  await jobs.stop();
}, 120_000);
