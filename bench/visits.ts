/**
 * Visits with a signature of 8 KB accepted a second over HTTP by the product's own listener, default durability: each
 * is a visit and its pledge, with credential, rights, change number, journal (which is its audit) and flags, answered
 * after the commit. Batches of 50 and one by one, 1, 8 and 32 phones, in 32 groups and in one; a repeat of the same
 * batches; and the same rows by COPY and by single INSERT through the same driver and server, and from the same phones
 * without the product between (`visits-bare.support.ts`). The phones of this bench share the machine's cores with the
 * server: lean sockets, bodies made beforehand.
 * Run: node bench/visits.ts [SCALE], 1 by default.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { newId } from '#core/ids.ts';
import { batchOf, fieldRecord, visitBody } from '../tests/support/field.ts';
import type { FieldPhone, FieldWard } from '../tests/support/field.ts';

const SCALE = Number(process.argv[2] ?? 1);
const SIGNATURE = 8 * 1024;

interface Ready {
  readonly port: number;
  readonly epoch: string;
  readonly field: FieldWard;
  readonly apart: readonly FieldPhone[];
  readonly together: readonly FieldPhone[];
  readonly now: number;
}

const server: ChildProcess = fork(join(import.meta.dirname, 'visits-server.support.ts'));
const ready = await new Promise<Ready>((resolve, reject) => {
  server.once('message', (message) => resolve(message as Ready));
  server.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}`)));
});
// Whatever goes wrong here, the serving half and its PostgreSQL end with it.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack ?? String(error)}\n`);
  process.exitCode = 1;
  // Where it has ended already there is nobody to tell.
  if (server.connected) server.send({ id: 0, what: 'stop' });
  else process.exit();
});

interface Used {
  readonly server: number;
  readonly postgres: number;
}

let asked = 0;
const ask = <T>(what: string, baseline?: object): Promise<T> =>
  new Promise((resolve) => {
    const id = ++asked;
    const hear = (message: unknown) => {
      const heard = message as { id?: number; result: T };
      if (heard.id !== id) return;
      server.off('message', hear);
      resolve(heard.result);
    };
    server.on('message', hear);
    server.send({ id, what, baseline });
  });

/** A phone's visits are minutes apart, as on foot; each run is another day's work before now. */
const times = new Map<string, number>();
function nextTime(phone: FieldPhone): number {
  const at = (times.get(phone.deviceId) ?? ready.now - 30 * 86_400_000) + 90_000;
  times.set(phone.deviceId, at);
  return at;
}
function requestOf(phone: FieldPhone, size: number, places: Map<string, number>, path: string): Buffer {
  const group = ready.field.groups.find(({ id }) => id === phone.groupId)!;
  const records = Array.from({ length: size }, () => {
    const place = places.get(group.id) ?? 0;
    places.set(group.id, place + 1);
    const at = nextTime(phone);
    return fieldRecord(ready.field, phone, {
      type: 'visit',
      at,
      body: visitBody(group.households[place % group.households.length]!, at, {
        position: { lat: 20.85, lon: 106.68, accuracy: 20 },
        membersTold: 3,
        zalo: { state: 'own-member' },
        flyerLeft: true,
        pledge: {
          original: 'phone',
          signer: 'head',
          adult: true,
          strokes: randomBytes(SIGNATURE).toString('base64url'),
          textVersion: 1,
          receiptCode:
            newId().replaceAll('-', '').slice(0, 16) + randomUUID().replaceAll('-', '').slice(0, 16),
          consents: [],
        },
      }),
    });
  });
  const body = JSON.stringify({ ...batchOf(group.id, records, ready.now, ready.epoch), waiting: 0 });
  const head = `POST ${path} HTTP/1.1\r\nhost: bench\r\ncookie: ${phone.cookie}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}

/** One phone: a kept-alive socket, one request after the other, each answer looked at. */
function phoneAt(port: number): Promise<{ send(request: Buffer): Promise<number>; end(): void }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    let text = '';
    let waiting: { resolve: (applied: number) => void; reject: (error: Error) => void } | null = null;
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      text += part;
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < head + 4 + length) return;
      const whole = text;
      text = '';
      if (!whole.startsWith('HTTP/1.1 200')) waiting?.reject(new Error(whole.slice(0, 600)));
      else {
        const applied = whole.split('"answer":"applied"').length - 1;
        if (applied === 0) waiting?.reject(new Error(whole.slice(0, 600)));
        else waiting?.resolve(applied);
      }
    });
    socket.on('error', (error) => waiting?.reject(error));
    socket.on('connect', () =>
      resolve({
        send: (request) =>
          new Promise((done, failed) => {
            waiting = { resolve: done, reject: failed };
            socket.write(request);
          }),
        end: () => socket.destroy(),
      }),
    );
    socket.on('error', reject);
  });
}

interface Way {
  /** Requests sent before. */
  readonly again?: readonly Buffer[][];
  readonly path?: string;
}

/** @returns visits a second, and the requests for sending them again */
async function run(
  phones: readonly FieldPhone[],
  size: number,
  visits: number,
  { again, path = '/api/sync/push' }: Way = {},
) {
  const places = new Map<string, number>();
  const share = Math.max(1, Math.round(visits / phones.length / size));
  const loads =
    again ?? phones.map((phone) => Array.from({ length: share }, () => requestOf(phone, size, places, path)));
  const lines = await Promise.all(phones.map(() => phoneAt(ready.port)));
  const used = await ask<Used>('processor');
  const own = process.cpuUsage();
  const from = performance.now();
  const applied = await Promise.all(
    lines.map(async (line, n) => {
      let count = 0;
      for (const request of loads[n] ?? []) count += await line.send(request);
      return count;
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  const usedNow = await ask<Used>('processor');
  const ours = process.cpuUsage(own);
  for (const line of lines) line.end();
  const total = applied.reduce((sum, count) => sum + count, 0);
  const expected = loads.reduce((sum, load) => sum + load.length * size, 0);
  if (total !== expected) throw new Error(`${total} of ${expected} were applied`);
  const each = (spent: number) => `${Math.round((spent / total) * 1e6)}`;
  const cost = `µs of processor each: server ${each(usedNow.server - used.server)}, PostgreSQL ${each(usedNow.postgres - used.postgres)}, phones ${each((ours.user + ours.system) / 1e6)}`;
  const spent = (usedNow.server - used.server + usedNow.postgres - used.postgres) / total;
  return { rate: total / seconds, total, loads, cost, spent };
}

const show = (what: string, rate: number, more = '') =>
  process.stdout.write(
    `${what.padEnd(58)}${Math.round(rate).toLocaleString('en').padStart(8)} /s  ${more}\n`,
  );

let sent = 0;
const { apart, together } = ready;
const N = (visits: number) => Math.round(visits * SCALE);

// Warm: plans, prepared statements, the just-in-time compiler.
for (const size of [50, 1]) sent += (await run(apart, size, N(size === 50 ? 6_400 : 3_200))).total;

const batch: Record<number, number> = {};
let batchSpent = 0;
let repeat = 0;
for (const phones of [1, 8, 32]) {
  const made = await run(apart.slice(0, phones), 50, N(phones === 1 ? 2_000 : 9_600));
  sent += made.total;
  batch[phones] = made.rate;
  batchSpent = made.spent;
  show(`batches of 50, ${phones} phone${phones > 1 ? `s in ${phones} groups` : ''}`, made.rate, made.cost);
  if (phones === 32) repeat = (await run(apart, 50, 0, { again: made.loads })).rate;
}
show('the same batches of 32 phones again', repeat, `${(repeat / batch[32]!).toFixed(2)} × the first time`);
const one = await run(together, 50, N(9_600));
sent += one.total;
show('batches of 50, 32 phones in one group', one.rate, one.cost);

const single: Record<number, number> = {};
for (const phones of [1, 8, 32]) {
  const made = await run(apart.slice(0, phones), 1, N(phones === 1 ? 400 : phones === 8 ? 2_400 : 9_600));
  sent += made.total;
  single[phones] = made.rate;
  show(`one by one, ${phones} phone${phones > 1 ? `s in ${phones} groups` : ''}`, made.rate, made.cost);
}
const oneGroup = await run(together, 1, N(9_600));
sent += oneGroup.total;
show('one by one, 32 phones in one group', oneGroup.rate, oneGroup.cost);

const stored = await ask<{ records: number; visits: number; pledges: number }>('count');
const whole = stored.records === sent && stored.visits === sent && stored.pledges === sent;
process.stdout.write(
  `stored: ${stored.records} records, ${stored.visits} visits, ${stored.pledges} pledges of ${sent} answered${whole ? '' : '  NOT EQUAL'}\n`,
);

interface Measured {
  readonly rate: number;
  readonly driver: number;
  readonly postgres: number;
}
const micro = (seconds: number) => Math.round(seconds * 1e6);
async function baseline(what: string, asked: object): Promise<Measured> {
  const made = await ask<Measured>('baseline', asked);
  const cost = `µs of processor each: driver ${micro(made.driver)}, PostgreSQL ${micro(made.postgres)}`;
  show(what, made.rate, cost);
  return made;
}
const copied = await baseline('COPY of the same rows, batches of 50, 32 connections', {
  kind: 'copy',
  connections: 32,
  batch: 50,
  visits: N(9_600),
});
await baseline('COPY of the same rows, batches of 1,000, one connection', {
  kind: 'copy',
  connections: 1,
  batch: 1_000,
  visits: N(8_000),
});
const inserted = await baseline('single INSERT of the same rows, 32 connections', {
  kind: 'insert',
  connections: 32,
  batch: 1,
  visits: N(6_400),
});
// Any other address than the product's is answered without it.
await ask('bare');
const bare = async (size: number, visits: number): Promise<number> => {
  const made = await run(apart, size, N(visits), { path: '/bare' });
  show(
    `HTTP and the same rows alone, ${size === 1 ? 'one by one' : `batches of ${size}`}`,
    made.rate,
    made.cost,
  );
  return made.rate;
};
const bareBatch = await bare(50, 9_600);
const bareSingle = await bare(1, 9_600);
await ask('stop');

const holds = (what: string, is: number, wanted: number, unit = '') =>
  process.stdout.write(
    `${is >= wanted ? 'holds ' : 'MISSED'}  ${what}: ${unit === '%' ? `${Math.round(is * 100)} %` : Math.round(is).toLocaleString('en')}, wanted ${unit === '%' ? `${wanted * 100} %` : wanted.toLocaleString('en')}\n`,
  );
process.stdout.write('\n');
holds('batches, 32 phones, a second', batch[32]!, 5_000);
holds('batches, share of COPY', batch[32]! / copied.rate, 0.5, '%');
holds('one by one, 32 phones in 32 groups, a second', single[32]!, 2_500);
holds('a repeat against the first time', repeat / batch[32]!, 1, '%');
// On a machine that others use too, rates say how much was left over; what one visit costs is the steadier figure.
process.stdout.write(
  `processor for one visit of a batch: ${micro(batchSpent)} µs, by COPY ${micro(copied.driver + copied.postgres)} µs\n`,
);
process.stdout.write(
  `one by one, share of single INSERT: ${Math.round((single[32]! / inserted.rate) * 100)} %\n`,
);
// What this machine can do with such requests at all, without a credential looked at or a rule asked.
process.stdout.write(
  `share of HTTP and the same rows alone: batches ${Math.round((batch[32]! / bareBatch) * 100)} %, one by one ${Math.round((single[32]! / bareSingle) * 100)} %\n`,
);
process.exit(whole ? 0 : 1);
