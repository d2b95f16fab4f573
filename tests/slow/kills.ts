// kill -9 of the server and of PostgreSQL while people write: every write that was answered is there, none twice.
//   node tests/slow/kills.ts [ROUNDS] [SEED]
// Eight writers record evidence with ids of their own and, like a phone, send the same id again until it is answered.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { accountsOf } from '../support/sign-in.ts';

const ROUNDS = Number(process.argv[2] ?? 50);
const SEED = Number(process.argv[3] ?? Date.now() % 1_000_000);
const WRITERS = 8;

/** mulberry32: small, seeded, good enough to vary when and what is killed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

interface Session {
  readonly cookie: string;
  readonly ward: number;
  readonly campaign: string;
  readonly item: string;
  readonly unit: string;
}

async function json<T>(url: string, cookie: string): Promise<T> {
  const response = await fetch(url, { headers: { cookie } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Asks the product's own PostgreSQL, whose socket folder postmaster.pid names. */
async function askDatabase<T extends object>(dataDir: string, sql: string): Promise<T[]> {
  const socket =
    readFileSync(join(dataDir, 'rehearsal', 'pg', 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
  const client = new pg.Client({ host: socket, user: 'postgres', database: 'tungnha' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function signIn(product: Product): Promise<string> {
  const account = accountsOf(product).find(({ username }) => username === 'truong.congan');
  if (!account) throw new Error('no account printed');
  const response = await fetch(`${product.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: product.url },
    body: JSON.stringify({ username: account.username, password: account.password }),
  });
  if (!response.ok) throw new Error(`signing in answered ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** A duty of the ward police's own, found in the database: the suite is about writes, not about finding. */
async function prepare(product: Product, dataDir: string): Promise<Session> {
  const cookie = await signIn(product);
  const session = await json<{ person: { ward: number } }>(`${product.url}/api/session`, cookie);
  const [row] = await askDatabase<{ campaign: string; item: string; unit: string }>(
    dataDir,
    `select i.campaign_id as campaign, i.item_id as item, c.leading_unit_id as unit
     from plan_confirmed_items i join campaigns c on c.ward_id = i.ward_id and c.id = i.campaign_id
     where i.body ->> 'kind' = 'duty' and i.body ->> 'scope' = 'ward'
       and i.body::text like '%' || c.leading_unit_id::text || '%' limit 1`,
  );
  if (!row) throw new Error('the rehearsal has no duty of the leading unit');
  return { cookie, ward: session.person.ward, ...row };
}

const answered = new Set<string>();
let tries = 0;
let repeats = 0;
let stop = false;
let halted = false;

async function write(url: string, session: Session): Promise<void> {
  while (!stop) {
    const id = randomUUID();
    const body = JSON.stringify({
      records: [
        { id, itemIds: [session.item], unitId: session.unit, doneAt: '2025-08-05T07:30:00+07:00', note: id },
      ],
    });
    for (let attempt = 0; ; attempt++) {
      if (halted && attempt > 40) return;
      tries++;
      if (attempt > 0) repeats++;
      try {
        const response = await fetch(
          `${url}/api/wards/${session.ward}/campaigns/${session.campaign}/evidence`,
          {
            method: 'POST',
            headers: { 'content-type': 'application/json', cookie: session.cookie, origin: url },
            body,
            signal: AbortSignal.timeout(10_000),
          },
        );
        if (response.ok) {
          await response.arrayBuffer();
          answered.add(id);
          break;
        }
        if (response.status < 500)
          throw new TypeError(`refused with ${response.status}: ${await response.text()}`);
      } catch (error) {
        if (error instanceof TypeError && error.message.startsWith('refused')) throw error;
      }
      await wait(50);
    }
  }
}

const random = randomOf(SEED);
const dataDir = newDataDir();
const port = await freePort();
const env = { PORT: String(port), LOG_LEVEL: 'silent' };
let product = await startProduct({ dataDir, env });
const session = await prepare(product, dataDir);
process.stdout.write(`seed ${SEED}, ${ROUNDS} kills, ${WRITERS} writers\n`);
const writers = Array.from({ length: WRITERS }, () => write(product.url, session));
const failures: unknown[] = [];
for (const writer of writers) writer.catch((error: unknown) => failures.push(error));

/** false: it is dead already (killed a moment ago, not yet started again); its pid file outlives it. */
function killPostgres(): boolean {
  const pid = product.postgresPid();
  if (pid === null) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

const kills = { server: 0, postgres: 0, both: 0 };
const done = () => kills.server + kills.postgres + kills.both;
while (done() < ROUNDS && failures.length === 0) {
  // Only a product that has answered since the last kill is killed again: every kill falls among writes.
  const before = answered.size;
  const began = performance.now();
  while (answered.size - before < WRITERS && performance.now() - began < 20_000) await wait(10);
  await wait(random() * 400);
  const what = random();
  if (what >= 0.45 && what < 0.85) {
    if (killPostgres()) kills.postgres++;
    continue;
  }
  if (what >= 0.85 && killPostgres()) kills.both++;
  else kills.server++;
  await product.kill();
  product = await startProduct({ dataDir, env });
}
stop = true;
halted = true;
await Promise.allSettled(writers);
await wait(500);

const rows = await askDatabase<{ id: string; acts: number; audits: number }>(
  dataDir,
  `select e.note as id, count(distinct e.id)::int as acts,
     (select count(*)::int from audit_entries a where a.ward_id = e.ward_id and a.subject_id = min(e.id::text)) as audits
   from evidence e where e.note ~ '^[0-9a-f-]{36}$' group by e.ward_id, e.note`,
);
const stored = new Map(rows.map((row) => [row.id, row]));
const lost = [...answered].filter((id) => !stored.has(id));
const twice = rows.filter((row) => row.acts !== 1 || row.audits !== 1);
await product.stop();
removeDataDir(dataDir);
process.stdout.write(
  `kills: server ${kills.server}, PostgreSQL ${kills.postgres}, both ${kills.both}\n` +
    `tries ${tries}, of them repeats ${repeats}; answered ${answered.size}, stored ${rows.length}\n` +
    `lost ${lost.length}, twice ${twice.length}\n`,
);
for (const failure of failures) process.stdout.write(`${String(failure)}\n`);
process.exit(lost.length === 0 && twice.length === 0 && failures.length === 0 && answered.size > 0 ? 0 : 1);
