// `npm run test:slow schedules`: 10,000 schedules of the model-based test against a real PostgreSQL, then one run for each
// deliberately broken server, which must be found out. SCHEDULES=n and SEED=n change the number and the seed.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { openMigrated, reachEmbedded } from '#platform/boot/database.server.ts';
import { folderFiles } from '#platform/files.server.ts';
import { createLog } from '#platform/log.server.ts';
import { startEmbedded } from '#platform/postgres/embedded.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { runSchedule, schedules } from '../support/field-schedules.ts';
import { openBench } from '../support/field-world.ts';
import type { Bench, Mutant } from '../support/field-world.ts';

const RUNS = Number(process.env['SCHEDULES'] ?? 10_000);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const WORKERS = 4;
const MUTANTS: readonly Mutant[] = [
  'answers-before-commit',
  'counts-repeats',
  'keeps-epoch',
  'forgets-rows-in-pull',
  'gives-numbers-twice',
];

const folder = mkdtempSync(join(tmpdir(), 'tungnha-schedules-'));
chmodSync(folder, 0o711);
const embedded = await startEmbedded({ folder, durable: false });
const log = createLog('silent');
const TEMPLATE = 'schedules_template';
const opened = await openMigrated(
  reachEmbedded((database, user) => embedded.connection(database, user), TEMPLATE),
  'rehearsal',
  log,
);
await opened.database.close();
const base: Omit<Runtime, 'database'> = {
  version: 'test',
  schema: opened.schema,
  kind: 'rehearsal',
  epoch: opened.epoch,
  folder,
  origin: 'http://localhost',
  state: 'serving',
  campaignClock: { of: 'campaign', now: () => 0 },
  files: folderFiles(join(folder, 'media')),
  backups: null,
  senders: {} as Runtime['senders'],
  log,
  signedOut: () => Promise.resolve(),
  secrets: new Map([['links', 'schedules-secret']]),
};

async function benchOf(name: string): Promise<Bench> {
  const admin = new pg.Client(embedded.connection('postgres'));
  await admin.connect();
  await admin.query(`create database ${name} template ${TEMPLATE} strategy wal_log owner tungnha_owner`);
  await admin.end();
  const { host, port } = embedded.connection('postgres');
  return openBench({ host: host ?? '', port }, name, base);
}

const began = performance.now();
let done = 0;
let failed = false;
process.stdout.write(`seed ${SEED}, ${RUNS} schedules, ${WORKERS} at once\n`);
await Promise.all(
  Array.from({ length: WORKERS }, async (_, worker) => {
    const bench = await benchOf(`schedules_${worker}`);
    const property = fc.asyncProperty(schedules, async (steps) => {
      await runSchedule(bench, steps);
      if (++done % 500 === 0)
        process.stdout.write(`${done} schedules, ${Math.round((performance.now() - began) / 1000)} s\n`);
    });
    const outcome = await fc.check(property, {
      seed: SEED + worker,
      numRuns: Math.ceil(RUNS / WORKERS),
      endOnFailure: false,
      interruptAfterTimeLimit: 3_600_000,
    });
    if (outcome.failed) {
      failed = true;
      const fault = outcome.errorInstance instanceof Error ? (outcome.errorInstance.stack ?? '') : '';
      process.stdout.write(`${fc.defaultReportMessage(outcome) ?? 'failed'}\n${fault}\n`);
    }
    await bench.close();
  }),
);
process.stdout.write(
  `${failed ? 'FAILED' : 'held'}: ${done} schedules in ${Math.round((performance.now() - began) / 1000)} s, seeds ${SEED} to ${SEED + WORKERS - 1}\n`,
);

const bench = await benchOf('schedules_mutants');
for (const mutant of failed ? [] : MUTANTS) {
  let runs = 0;
  const outcome = await fc.check(
    fc.asyncProperty(schedules, async (steps) => {
      runs++;
      await runSchedule(bench, steps, mutant);
    }),
    { seed: SEED, numRuns: 400, endOnFailure: true },
  );
  if (!outcome.failed) failed = true;
  const why = outcome.errorInstance instanceof Error ? outcome.errorInstance.message.slice(0, 120) : '';
  process.stdout.write(
    `broken server "${mutant}": ${outcome.failed ? `found out in schedule ${runs} (${why})` : `NOT found out in ${runs}`}\n`,
  );
}
await bench.close();
await embedded.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
