// Backup and restore by the commands, beside a product that serves.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

test.describe.configure({ mode: 'serial' });

test.describe('the commands backup and restore', () => {
  const dataDir = newDataDir();
  const file = join(dataDir, 'kept.backup');
  let product: Product;

  const env = { ...process.env, DATA_DIR: dataDir, TUNG_NHA_PASSPHRASE: 'một câu dài dễ nhớ của phường' };
  const command = (...args: string[]) =>
    spawnSync('node', ['bin/tung-nha.mjs', ...args], { encoding: 'utf8', env });

  /** Asks the product's own PostgreSQL, whose socket folder is named in postmaster.pid. */
  const ask = async (sql: string): Promise<unknown[]> => {
    const socket =
      readFileSync(join(dataDir, 'rehearsal', 'pg', 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
    const client = new pg.Client({ host: socket, user: 'postgres', database: 'tungnha' });
    await client.connect();
    try {
      return (await client.query(sql)).rows as unknown[];
    } finally {
      await client.end();
    }
  };

  test.beforeAll(async () => {
    product = await startProduct({ dataDir });
  });
  test.afterAll(async () => {
    await product.stop();
    removeDataDir(dataDir);
  });

  test('a backup of the serving product is verified before it says so', async () => {
    await ask(`update wards set settings = settings || '{"mark": "before"}'`);
    const taken = command('backup', file);
    expect(taken.stderr).toBe('');
    expect(taken.stdout).toContain('verified');
    expect(existsSync(file)).toBe(true);
  });

  test('a restore puts it in place under the same address, with a new epoch', async () => {
    const [before] = (await ask('select epoch from installation')) as { epoch: string }[];
    await ask(`update wards set settings = settings || '{"mark": "after"}'`);
    const restored = command('restore', file);
    expect(restored.stderr).toBe('');
    expect(restored.stdout).toContain('Restored');
    await expect
      .poll(async () => (await fetch(`${product.url}/api/health`)).status, { timeout: 30_000 })
      .toBe(200);
    const marks = (await ask(`select settings ->> 'mark' as mark from wards`)) as { mark: string }[];
    expect(new Set(marks.map(({ mark }) => mark))).toEqual(new Set(['before']));
    const [after] = (await ask('select epoch from installation')) as { epoch: string }[];
    expect(after?.epoch).not.toBe(before?.epoch);
    expect(readdirSync(join(dataDir, 'rehearsal')).some((name) => name.startsWith('before-restore-'))).toBe(
      true,
    );
  });

  test('Prometheus reads the machine’s figures with the token, nobody without', async () => {
    const url = `${product.url}/api/metrics`;
    expect((await fetch(url)).status).toBe(401);
    const keys = JSON.parse(readFileSync(join(dataDir, 'rehearsal', 'keys.json'), 'utf8')) as {
      metrics: string;
    };
    const answer = await fetch(url, { headers: { authorization: `Bearer ${keys.metrics}` } });
    expect(answer.headers.get('content-type')).toContain('version=0.0.4');
    const text = await answer.text();
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{[^}]*\})? -?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/,
      );
    expect(text).toMatch(/^tungnha_\w*backup\w* \d/m);
    // Paths as they are written in the list of endpoints: no number of a ward, no id.
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  test('taken while people record, it restores to a product that serves every record answered before', async ({
    browser,
  }) => {
    const context = await browser.newContext();
    await signIn(context, product, 'truong.congan');
    const [duty] = (await ask(
      `select i.campaign_id as campaign, i.item_id as item, c.leading_unit_id as unit
       from plan_confirmed_items i join campaigns c on c.ward_id = i.ward_id and c.id = i.campaign_id
       where i.body ->> 'kind' = 'duty' and i.body ->> 'scope' = 'ward'
         and i.body::text like '%' || c.leading_unit_id::text || '%' limit 1`,
    )) as { campaign: string; item: string; unit: string }[];
    const evidence = `${product.url}/api/wards/1/campaigns/${duty?.campaign}/evidence`;
    const answered: string[] = [];
    const record = async () => {
      const id = randomUUID();
      const written = { id, itemIds: [duty?.item], unitId: duty?.unit, note: id };
      const answer = await context.request.post(evidence, {
        headers: { origin: product.url },
        data: { records: [{ ...written, doneAt: '2025-08-05T07:30:00+07:00' }] },
      });
      expect(answer.status()).toBe(201);
      answered.push(id);
    };
    let writing = true;
    const writers = [1, 2].map(async () => {
      while (writing) await record();
    });
    await expect.poll(() => answered.length, { timeout: 30_000 }).toBeGreaterThan(10);
    const before = answered.length;
    const busy = join(dataDir, 'busy.backup');
    // Not spawnSync: the writers live in this process.
    const taken = await new Promise<number | null>((resolve) =>
      spawn('node', ['bin/tung-nha.mjs', 'backup', busy], { env, stdio: 'ignore' }).once('exit', resolve),
    );
    writing = false;
    await Promise.all(writers);
    expect(taken).toBe(0);
    expect(answered.length).toBeGreaterThan(before);
    expect(command('restore', busy).stderr).toBe('');
    await expect
      .poll(async () => (await fetch(`${product.url}/api/health`)).status, { timeout: 30_000 })
      .toBe(200);
    const kept = (await ask(`select note from evidence where undone_at is null`)) as {
      note: string | null;
    }[];
    const notes = new Set(kept.map(({ note }) => note));
    expect(answered.slice(0, before).filter((id) => !notes.has(id))).toEqual([]);
    // It serves: the session from before is still good, and the next record is taken.
    await record();
    await context.close();
  });

  test('with DATABASE_URL and no pg_dump it says in one line what to install', () => {
    const refused = spawnSync(process.execPath, ['src/cli.ts', 'backup', join(dataDir, 'x')], {
      encoding: 'utf8',
      env: { PATH: '/nowhere', DATABASE_URL: 'postgres://somebody@localhost/ward' },
    });
    expect(refused.status).toBe(1);
    expect(refused.stderr.trim().split('\n')).toEqual([
      expect.stringContaining('pg_dump is needed; install'),
    ]);
  });

  test('with DATABASE_URL and pg_dump its file is written by it, the address kept off the command line', () => {
    const tools = join(dataDir, 'tools');
    mkdirSync(tools);
    // Stands for the client tools of the ward's own server, which no npm package brings: it writes down what it was given.
    writeFileSync(
      join(tools, 'pg_dump'),
      `#!/bin/sh\ncase "$1" in --version) echo 'pg_dump (PostgreSQL) 18.4';; *) for a; do case "$a" in --file=*) echo "$PGDATABASE $*" > "\${a#--file=}";; esac; done;; esac\n`,
      { mode: 0o755 },
    );
    const written = join(dataDir, 'server.dump');
    const url = 'postgres://somebody:secret@localhost/ward';
    const done = spawnSync(process.execPath, ['src/cli.ts', 'backup', written], {
      encoding: 'utf8',
      env: { PATH: tools, DATABASE_URL: url },
    });
    expect(done).toMatchObject({ status: 0, stderr: '' });
    const [database, ...args] = readFileSync(written, 'utf8').trim().split(' ');
    expect(database).toBe(url);
    expect(args.join(' ')).not.toContain('secret');
  });

  test('a flipped byte is refused in one line and the product serves on', async () => {
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
    const damaged = join(dataDir, 'damaged.backup');
    writeFileSync(damaged, bytes);
    const refused = command('restore', damaged);
    expect(refused.status).toBe(1);
    expect(refused.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^tung-nha restore: The backup is damaged/),
    ]);
    expect((await fetch(`${product.url}/api/health`)).status).toBe(200);
    expect(readdirSync(join(dataDir, 'rehearsal')).filter((name) => name.startsWith('restore-'))).toEqual([]);
  });
});
