// Script a page needs before it can be used, kind by kind, as a real Chromium loads it: every script file it asked for,
// counted in the brotli bytes the server serves (Chromium itself asks for brotli over HTTPS only). Limits: design of the
// product, 15 kB for public pages, 150 kB for the office's first page, 100 kB for the field.
import { get } from 'node:http';
import { chromium } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { launchOptions } from '../tests/support/chromium.ts';
import { newDataDir, removeDataDir, startProduct } from '../tests/support/product.ts';
import type { Product } from '../tests/support/product.ts';
import { signIn } from '../tests/support/sign-in.ts';
import { seeBook } from '../tests/support/use-card.ts';

interface Weighed {
  readonly files: number;
  readonly bytes: number;
  readonly largest: readonly [string, number][];
}

/** The body as it comes over the wire when brotli is asked for. */
const wireBytes = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => resolve(bytes));
    }).on('error', reject);
  });

async function weigh(context: BrowserContext, url: string): Promise<Weighed> {
  const page = await context.newPage();
  const scripts = new Set<string>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script' && response.ok()) scripts.add(response.url());
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.close();
  const sizes = await Promise.all(
    [...scripts].map(async (script) => [script.split('/').at(-1) ?? '', await wireBytes(script)] as const),
  );
  const largest = sizes
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, size]): [string, number] => [name, size]);
  return { files: scripts.size, bytes: sizes.reduce((sum, [, size]) => sum + size, 0), largest };
}

async function desk(browser: Browser, product: Product, username: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN' });
  await signIn(context, product, username);
  return context;
}

async function choosePin(page: Page): Promise<void> {
  await page.getByLabel('Mã PIN mới').fill('380615');
  await page.getByLabel('Nhập lại mã PIN').fill('380615');
  await page.getByRole('button', { name: 'Lưu mã PIN' }).click();
  await page.waitForURL(/\/field/);
}

/** A group leader's phone, bound by a card as in the lanes. */
async function phone(browser: Browser, product: Product): Promise<BrowserContext> {
  const office = await desk(browser, product, 'quan.tri');
  const session = (await (await office.request.get(`${product.url}/api/session`)).json()) as {
    person: { ward: number };
  };
  const base = `${product.url}/api/wards/${session.person.ward}`;
  const { phones } = (await (await office.request.get(`${base}/phones`)).json()) as {
    phones: { person: string; roles: string[] }[];
  };
  const leader = phones.find(({ roles }) => roles.includes('group-leader'));
  const issued = await office.request.post(`${base}/cards`, {
    headers: { origin: product.url },
    data: { people: [leader?.person] },
  });
  const { cards } = (await issued.json()) as { cards: { link: string }[] };
  await office.close();
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    locale: 'vi-VN',
  });
  const page = await context.newPage();
  await page.goto(cards[0]?.link ?? '', { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Dùng điện thoại này' }).click();
  await choosePin(page);
  // A phone that is at work: opened once, so that its next opening is the one of every morning.
  await seeBook(page, '380615');
  await page.close();
  return context;
}

function tell(kind: string, { files, bytes, largest }: Weighed, limit: number | null): boolean {
  const kb = bytes / 1000;
  const held = limit === null ? '' : `   limit ${limit} kB, ratio ${(kb / limit).toFixed(2)}`;
  process.stdout.write(`${kind.padEnd(32)} ${kb.toFixed(1).padStart(6)} kB brotli, ${files} files${held}\n`);
  if (limit !== null && kb > limit)
    for (const [name, size] of largest.slice(0, 8)) process.stdout.write(`    ${name}  ${size}\n`);
  return limit === null || kb <= limit;
}

const dataDir = newDataDir();
const product = await startProduct({ dataDir });
const browser = await chromium.launch(await launchOptions());
let held = true;
try {
  const nobody = await browser.newContext({ locale: 'vi-VN' });
  const leader = await desk(browser, product, 'chu.tich');
  const police = await desk(browser, product, 'truong.congan');
  const field = await phone(browser, product);
  const kinds: readonly (readonly [string, BrowserContext, string, number | null])[] = [
    ['public: home', nobody, '/11602', 15],
    ['public: what to do when cheated', nobody, '/11602/bi-lua', 15],
    ['door: sign in', nobody, '/vao', null],
    ['door: card code', nobody, '/11602/the', null],
    ['office: first page, ward leader', leader, '/', 150],
    ['office: first page, police head', police, '/', 150],
    ['office: call board', police, '/nhac-viec', 150],
    ['field: home', field, '/field', 100],
    ['field: duties', field, '/field/viec', 100],
  ];
  for (const [kind, context, path, limit] of kinds)
    held = tell(kind, await weigh(context, `${product.url}${path}`), limit) && held;
} finally {
  await browser.close();
  await product.stop();
  removeDataDir(dataDir);
}
process.exit(held ? 0 : 1);
