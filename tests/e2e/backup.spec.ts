// Backup and restore by the commands, beside a product that serves.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';

test.describe.configure({ mode: 'serial' });

test.describe('the commands backup and restore', () => {
  const dataDir = newDataDir();
  const file = join(dataDir, 'kept.backup');
  let product: Product;

  const command = (...args: string[]) =>
    spawnSync('node', ['bin/tung-nha.mjs', ...args], {
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: dataDir, TUNG_NHA_PASSPHRASE: 'một câu dài dễ nhớ của phường' },
    });

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
