// The product as a process: it starts, says where, gives way, survives being killed, and ends cleanly.
import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { newDataDir, removeDataDir, startProduct, startRefused } from '../support/product.ts';
import type { Product } from '../support/product.ts';

const health = async (product: Product) => (await fetch(`${product.url}/api/health`)).status;

test.describe.configure({ mode: 'serial' });

test.describe('the process', () => {
  const dataDir = newDataDir();
  let product: Product;

  test.beforeAll(async () => {
    product = await startProduct({ dataDir });
  });
  test.afterAll(async () => {
    await product.stop();
    removeDataDir(dataDir);
  });

  test('prints address and seconds, and answers', async () => {
    expect(product.announced).toMatch(/ready in \d+\.\d s/);
    const response = await fetch(`${product.url}/api/health`);
    expect(await response.json()).toMatchObject({
      status: 'ok',
      version: expect.any(String),
      schema: expect.any(Number),
    });
  });

  test('a second start on the same folder says so in one line and leaves the first serving', async () => {
    const second = await startRefused({ dataDir });
    expect(second.code).toBe(1);
    expect(second.output.trim().split('\n')).toEqual([expect.stringContaining('already runs on')]);
    expect(await health(product)).toBe(200);
  });

  test('a taken port is told in one line', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const other = newDataDir();
    const refused = await startRefused({ dataDir: other, env: { PORT: String(port) } });
    server.close();
    removeDataDir(other);
    expect(refused.code).toBe(1);
    expect(refused.output.trim().split('\n')).toEqual([`Port ${port} is taken; set PORT to another`]);
  });

  test('a wrong setting is told in one line', async () => {
    const wrong = await startRefused({ dataDir, env: { CLOCK: 'nonsense' } });
    expect(wrong.output.trim()).toMatch(/^CLOCK=nonsense: [^\n]+$/);
  });

  test('PostgreSQL killed under the live product comes back by itself', async () => {
    const pid = product.postgresPid();
    expect(pid).not.toBeNull();
    process.kill(pid ?? 0, 'SIGKILL');
    // Its children may still answer while they go: another one has to be there before anything is said of it.
    const another = () => {
      const now = product.postgresPid();
      return now !== null && now !== pid;
    };
    await expect.poll(another, { timeout: 30_000 }).toBe(true);
    await expect.poll(() => health(product), { timeout: 30_000 }).toBe(200);
  });

  test('killed itself, it starts again by adopting its orphaned PostgreSQL', async () => {
    const pid = product.postgresPid();
    await product.kill();
    product = await startProduct({ dataDir });
    expect(product.postgresPid()).toBe(pid);
    expect(await health(product)).toBe(200);
  });

  test('asked to end, it ends cleanly and takes PostgreSQL with it', async () => {
    expect(await product.stop()).toBe(0);
    expect(product.postgresPid()).toBeNull();
    expect(product.log()).toBe('');
    product = await startProduct({ dataDir });
  });

  test('the rehearsal clock goes on where it was, goes forward when told, never back', async () => {
    await product.stop();
    const refused = await startRefused({ dataDir, env: { CLOCK: '2025-08-05T07:00:00+07:00' } });
    expect(refused.output.trim()).toMatch(/^CLOCK lies before[^\n]*$/);
    product = await startProduct({ dataDir, env: { CLOCK: '2025-08-05T08:25:00+07:00' } });
    expect(await health(product)).toBe(200);
  });
});
