// The serving half of bench/visits.ts, in a process of its own: an embedded PostgreSQL with default durability, the
// product's own listener, and the same rows by COPY and by single INSERT through the same driver.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openMigrated, reachEmbedded } from '#platform/boot/database.server.ts';
import { openDoor } from '#platform/boot/http.server.ts';
import { folderFiles } from '#platform/files.server.ts';
import { createLog } from '#platform/log.server.ts';
import { startEmbedded } from '#platform/postgres/embedded.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { pushBefore } from '#platform/sync/listener.server.ts';
import { openWard } from '#platform/wards.server.ts';
import { isPhoneAlone } from '#features/people/sync.server.ts';
import { sync } from '#registry/sync.server.ts';
import { bindPhone, makeFieldWard } from '../tests/support/field.ts';
import { BareDoor } from './visits-bare.support.ts';
import { readRows, renewed, TABLES } from './visits-rows.support.ts';
import type { Row } from './visits-rows.support.ts';

const PHONES = 32;
const HOUSEHOLDS = 400;
const NOW = Date.parse('2025-08-05T09:00:00+07:00');

const folder = mkdtempSync(join(tmpdir(), 'tungnha-bench-'));
chmodSync(folder, 0o711);
const embedded = await startEmbedded({ folder });
const { database, schema, epoch } = await openMigrated(
  reachEmbedded((name, user) => embedded.connection(name, user)),
  'rehearsal',
  createLog('silent'),
);
const began = performance.now();
const runtime: Partial<Runtime> = {
  version: 'bench',
  schema,
  kind: 'rehearsal',
  epoch,
  folder,
  origin: 'http://localhost',
  state: 'serving',
  database,
  campaignClock: { of: 'campaign', now: () => Math.floor(NOW + performance.now() - began) },
  files: folderFiles(join(folder, 'media')),
  log: createLog('error'),
  backups: null,
  secrets: new Map([['links', 'bench-secret']]),
};
setRuntime(runtime as Runtime);
const ward = await openWard(database, {
  name: 'Phường',
  code: '11602',
  cityCode: '31',
  validFrom: '2025-07-01',
});
const field = await makeFieldWard(runtime as Runtime, ward, { groups: PHONES, households: HOUSEHOLDS });
const bind = (group: number) => bindPhone(runtime as Runtime, ward, field.groups[group]!.id);
// One phone in each group, and as many in the first one.
const apart = [];
const together = [];
for (let n = 0; n < PHONES; n++) {
  apart.push(await bind(n));
  together.push(await bind(0));
}
const admin = () => new pg.Client(embedded.connection('tungnha'));
// EXPLAIN=8 writes the plan of every statement that took longer than 8 ms to pg.log, and the folder stays.
if (process.env['EXPLAIN']) {
  const client = admin();
  await client.connect();
  for (const setting of [
    `session_preload_libraries = 'auto_explain'`,
    `auto_explain.log_min_duration = '${Number(process.env['EXPLAIN'])}'`,
    `auto_explain.log_analyze = on`,
    `log_min_messages = log`,
  ])
    await client.query(`alter role tungnha_app set ${setting}`);
  await client.end();
}
{
  const client = admin();
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
}

const door = await openDoor(0, '127.0.0.1');
const bare = new BareDoor(database, ward);
door.serve(
  pushBefore({ service: sync, explain: () => undefined, isPhone: isPhoneAlone }, (request, response) =>
    bare.serve(request, response),
  ),
);

// ── the same rows without us
function binaryCopy(rows: readonly Row[]): Buffer {
  const parts: Buffer[] = [Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])];
  for (const row of rows) {
    const count = Buffer.alloc(2);
    count.writeInt16BE(row.length);
    parts.push(count);
    for (const value of row) {
      const length = Buffer.alloc(4);
      length.writeInt32BE(value === null ? -1 : value.length);
      parts.push(length);
      if (value !== null) parts.push(value);
    }
  }
  const end = Buffer.alloc(2);
  end.writeInt16BE(-1);
  parts.push(end);
  return Buffer.concat(parts);
}

interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** COPY … FROM STDIN through pg itself: it knows the messages and leaves the stream to whoever asks. */
const copyIn = (client: pg.Client, text: string, data: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    let failed: Error | null = null;
    const submittable = {
      submit: (wire: Wire) => wire.query(text),
      handleCopyInResponse: (wire: Wire) => {
        wire.sendCopyFromChunk(data);
        wire.endCopyFrom();
      },
      handleCommandComplete: () => undefined,
      handleRowDescription: () => undefined,
      handleError: (error: Error) => {
        failed = error;
        reject(error);
      },
      handleReadyForQuery: () => {
        if (!failed) resolve();
      },
    };
    client.query(submittable as unknown as pg.Submittable);
  });

interface Measured {
  /** Visits a second. */
  readonly rate: number;
  /** Processor seconds for each visit: the driver here, and PostgreSQL. */
  readonly driver: number;
  readonly postgres: number;
}

interface Baseline {
  readonly kind: 'copy' | 'insert';
  readonly connections: number;
  readonly batch: number;
  readonly visits: number;
}

async function baseline({ kind, connections, batch, visits }: Baseline): Promise<Measured> {
  const reader = admin();
  await reader.connect();
  const tables: { table: string; columns: readonly string[]; rows: Row[] }[] = [];
  for (const table of TABLES) tables.push({ table, ...(await readRows(reader, table, batch)) });
  await reader.end();
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = admin();
      await client.connect();
      return client;
    }),
  );
  // Made beforehand, like the bodies of the phones.
  const loads = Array.from({ length: Math.ceil(visits / batch) }, () =>
    tables.map(({ table, columns, rows }) => ({
      table,
      columns,
      rows: rows.map((row) => renewed(columns, row)),
    })),
  ).map((load) =>
    kind === 'copy'
      ? load.map((part) => ({ ...part, data: binaryCopy(part.rows) }))
      : load.map((part) => ({ ...part, data: null })),
  );
  const used = processorSeconds();
  const from = performance.now();
  let next = 0;
  await Promise.all(
    clients.map(async (client) => {
      for (let load = loads[next++]; load; load = loads[next++]) {
        await client.query('begin');
        for (const { table, columns, rows, data } of load) {
          const list = columns.join(',');
          if (data) await copyIn(client, `copy ${table} (${list}) from stdin (format binary)`, data);
          else
            for (const row of rows)
              await client.query({
                name: `insert_${table}`,
                text: `insert into ${table} (${list}) values (${columns.map((_, at) => `$${at + 1}`).join(',')})`,
                values: row,
              });
        }
        await client.query('commit');
      }
    }),
  );
  const total = loads.length * batch;
  const rate = total / ((performance.now() - from) / 1000);
  const now = processorSeconds();
  await Promise.all(clients.map((client) => client.end()));
  return {
    rate,
    driver: (now.server - used.server) / total,
    postgres: (now.postgres - used.postgres) / total,
  };
}

/** Processor seconds used so far: on a busy machine they say what the work costs, whatever else runs. */
function processorSeconds(): { readonly server: number; readonly postgres: number } {
  const { user, system } = process.cpuUsage();
  const lead = readFileSync(join(embedded.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      if (pid === lead || stat[1] === lead)
        ticks +=
          Number(stat[11]) + Number(stat[12]) + (pid === lead ? Number(stat[13]) + Number(stat[14]) : 0);
    } catch {
      // It ended while we looked.
    }
  }
  return { server: (user + system) / 1e6, postgres: ticks / 100 };
}

const counted = async () => {
  const client = admin();
  await client.connect();
  const { rows } = await client.query<{ records: number; visits: number; pledges: number }>(
    `select (select count(*)::int from field_records) as records, (select count(*)::int from visits) as visits,
      (select count(*)::int from pledges) as pledges`,
  );
  await client.end();
  return rows[0];
};

process.on(
  'message',
  (ask: { id: number; what: 'bare' | 'baseline' | 'count' | 'processor' | 'stop'; baseline?: Baseline }) => {
    void (async () => {
      if (ask.what === 'stop') {
        await door.close();
        await database.close();
        await embedded.stop();
        if (!process.env['EXPLAIN']) rmSync(folder, { recursive: true, force: true });
        process.send?.({ id: ask.id, result: null });
        process.exit(0);
      }
      const answers = {
        bare: async () => {
          const client = admin();
          await client.connect();
          await bare.open(client);
          await client.end();
        },
        count: counted,
        processor: () => Promise.resolve(processorSeconds()),
        baseline: () => (ask.baseline ? baseline(ask.baseline) : Promise.resolve(null)),
      };
      const result = await answers[ask.what]();
      process.send?.({ id: ask.id, result });
    })();
  },
);

process.send?.({ port: door.port, epoch, field, apart, together, now: NOW });
