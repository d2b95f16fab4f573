// Thirty-two phones push over HTTP while server and PostgreSQL are killed with -9; then eight phones push while a backup
// of before is put back, by the product's own commands, and a household that was erased meanwhile stays erased.
//   node tests/slow/field-kills.ts [KILLS] [SEED]
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { askDatabase, bindPhones, countTold, PushingPhone, wait } from '../support/pushing.ts';
import type { Doors } from '../support/pushing.ts';
import { accountsOf } from '../support/sign-in.ts';

const KILLS = Number(process.argv[2] ?? 200);
const SEED = Number(process.argv[3] ?? Date.now() % 1_000_000);

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

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

let failed = false;
const say = (text: string) => process.stdout.write(`${text}\n`);
function expect(what: string, holds: boolean): void {
  if (!holds) failed = true;
  say(`${holds ? 'holds ' : 'FAILED'}  ${what}`);
}

interface Crowd {
  readonly phones: readonly PushingPhone[];
  /** No more is recorded; ends when everything is answered. */
  drain(): Promise<void>;
}

function crowd(doors: Doors, url: string): Crowd {
  let draining = false;
  const phones = doors.phones.map((phone) => new PushingPhone(doors, phone));
  const running = phones.map(async (phone) => {
    const until = () => draining && phone.queued === 0;
    while (!until()) {
      if (!draining && phone.queued < 10) for (let n = 0; n < 3; n++) phone.record();
      if (!(await phone.push(url))) await wait(60);
    }
  });
  return {
    phones,
    async drain() {
      draining = true;
      await Promise.race([Promise.all(running), wait(120_000)]);
    },
  };
}

const toldBy = ({ phones }: Crowd) => phones.reduce((sum, { told }) => sum + told.size, 0);

function killPostgres(product: Product): boolean {
  const pid = product.postgresPid();
  if (pid === null) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    // It is dead already, not yet started again; its pid file outlives it.
    return false;
  }
}

const random = randomOf(SEED);
const dataDir = newDataDir();
const port = await freePort();
const env = { PORT: String(port), LOG_LEVEL: 'silent', TUNG_NHA_PASSPHRASE: 'a pass phrase for this run' };
let product = await startProduct({ dataDir, env });
const { url } = product;
const { announced } = product;

async function killing(): Promise<void> {
  const many = crowd(await bindPhones(dataDir, 32), url);
  const kills = { server: 0, postgres: 0, both: 0 };
  const done = () => kills.server + kills.postgres + kills.both;
  const began = performance.now();
  while (done() < KILLS) {
    // Every kill falls among answers: only what has answered since the last one is killed again.
    const before = toldBy(many);
    const from = performance.now();
    while (toldBy(many) - before < 32 && performance.now() - from < 30_000) await wait(10);
    await wait(random() * 300);
    const what = random();
    if (what >= 0.45 && what < 0.85) {
      if (killPostgres(product)) kills.postgres++;
    } else {
      if (what >= 0.85 && killPostgres(product)) kills.both++;
      else kills.server++;
      await product.kill();
      product = await startProduct({ dataDir, env });
    }
    if (done() % 25 === 0) say(`${done()} kills, ${toldBy(many)} records answered`);
  }
  await many.drain();
  const { told, lost, twice } = await countTold(dataDir, many.phones);
  const tries = many.phones.reduce((sum, phone) => sum + phone.tries, 0);
  say(
    `kills: server ${kills.server}, PostgreSQL ${kills.postgres}, both ${kills.both}, in ${Math.round((performance.now() - began) / 1000)} s; ${tries} requests of 32 phones, ${told} records answered`,
  );
  for (const refusal of many.phones.flatMap(({ refusals }) => refusals).slice(0, 5)) say(refusal);
  expect(`lost of what was answered: ${lost.length}`, lost.length === 0 && told > KILLS);
  expect(`twice: ${twice}`, twice === 0);
}

/** `tung-nha …` beside the running product. */
function command(...args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['src/cli.ts', ...args], {
      cwd: join(import.meta.dirname, '..', '..'),
      env: { ...process.env, ...env, DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => (output += part.toString()));
    child.on('exit', (code) => resolve({ code, output: output.trim() }));
  });
}

async function erase(ward: number, household: string): Promise<number> {
  const account = accountsOf({ announced }).find(({ username }) => username === 'quan.tri');
  if (!account) throw new Error(`no administrator was printed:\n${announced}`);
  const session = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username: account.username, password: account.password }),
  });
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const erased = await fetch(`${url}/api/wards/${ward}/households/${household}/erase`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie },
    body: JSON.stringify({ asked: 'đơn của hộ' }),
  });
  return erased.status;
}

async function restoring(): Promise<void> {
  const doors = await bindPhones(dataDir, 8);
  const few = crowd(doors, url);
  while (toldBy(few) < 200) await wait(50);
  const file = join(dataDir, 'yesterday.tungnha');
  const backup = await command('backup', file);
  say(backup.output);
  const atBackup = toldBy(few);
  while (toldBy(few) < atBackup + 300) await wait(50);
  const household = doors.phones[0]?.households[0] ?? '';
  const status = await erase(doors.field.ward, household);
  const restored = await command('restore', file);
  say(restored.output);
  const sinceBackup = toldBy(few) - atBackup;
  await wait(2_000);
  await few.drain();
  const { told, lost, twice } = await countTold(dataDir, few.phones);
  const heard = few.phones.filter(({ epochs }) => epochs > 0).length;
  say(
    `${told} records answered to 8 phones, ${sinceBackup} of them after the backup; ${heard} phones heard of the new life`,
  );
  for (const refusal of few.phones.flatMap(({ refusals }) => refusals).slice(0, 5)) say(refusal);
  expect('backup and restore by their commands', backup.code === 0 && restored.code === 0 && heard === 8);
  expect(`lost of what was answered: ${lost.length}`, lost.length === 0 && sinceBackup > 0);
  expect(`twice: ${twice}`, twice === 0);
  const [row] = await askDatabase<{ head_name: string; erased: boolean; strokes: number; bodies: number }>(
    dataDir,
    `select head_name, erased_at is not null as erased,
       (select count(*)::int from pledges p where p.ward_id = h.ward_id and p.household_id = h.id and strokes is not null) as strokes,
       (select count(*)::int from field_records r where r.ward_id = h.ward_id and r.subject_id = h.id and body is not null) as bodies
     from households h where ward_id = $1 and id = $2`,
    [doors.field.ward, household],
  );
  expect(
    `the household erased after the backup (${status}) stays erased: ${JSON.stringify(row)}`,
    status === 200 && row?.erased === true && row.head_name === '—' && row.strokes === 0 && row.bodies === 0,
  );
  const chain = await command('verify-audit');
  say(chain.output);
  expect('the audit chain is whole', chain.code === 0);
}

say(`seed ${SEED}, ${KILLS} kills`);
if (KILLS > 0) await killing();
await restoring();
await product.stop();
removeDataDir(dataDir);
process.exit(failed ? 1 : 0);
