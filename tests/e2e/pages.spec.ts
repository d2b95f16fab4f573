// Every page at phone and at desk size: no accessibility violation, nothing wider than the screen, no error in the
// console. With PICTURES=1 it also writes the pictures of docs/.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { open, PAGES, SIZES } from '../support/pages.ts';
import type { Size } from '../support/pages.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

const dataDir = newDataDir();
let product: Product;

/** Cookies of each account, signed in once for all pages. */
const sessions = new Map<string, Promise<StorageState>>();
type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

function signedIn(browser: Browser, account: string): Promise<StorageState> {
  const known =
    sessions.get(account) ??
    (async () => {
      const context = await browser.newContext();
      await signIn(context, product, account);
      const state = await context.storageState();
      await context.close();
      return state;
    })();
  sessions.set(account, known);
  return known;
}

test.beforeAll(async () => {
  product = await startProduct({ dataDir });
});
test.afterAll(async () => {
  await product.stop();
  removeDataDir(dataDir);
});

/** The same page at another size: a finger on a phone, a mouse at a desk. */
async function resize(page: Page, session: CDPSession, size: Size): Promise<void> {
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: size === 'phone' });
  await page.setViewportSize(SIZES[size]);
}

async function check(page: Page, size: Size): Promise<void> {
  // As tall as the page: a row half under the bar of the thumb is reached by scrolling, and is no small target.
  const { width, height } = SIZES[size];
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  if (size === 'phone') await page.setViewportSize({ width, height: Math.max(height, whole) });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
    size,
  ).toEqual([]);
  await page.setViewportSize({ width, height });
  const [inner, outer] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(inner, `wider than the screen of a ${size}`).toBeLessThanOrEqual(outer ?? 0);
}

for (const wanted of PAGES) {
  const sizes = wanted.sizes ?? (['phone', 'desk'] satisfies Size[]);
  test(`${wanted.name} on a ${sizes.join(' and a ')}`, async ({ browser }) => {
    const context = await browser.newContext({
      ...(wanted.as && { storageState: await signedIn(browser, wanted.as) }),
      viewport: SIZES[sizes[0] ?? 'phone'],
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await resize(page, session, sizes[0] ?? 'phone');
    await open(page, product.url, wanted);
    for (const size of sizes) {
      await resize(page, session, size);
      await check(page, size);
      if (process.env['PICTURES'] === '1')
        await page.screenshot({ path: `docs/${wanted.name}-${SIZES[size].width}.png`, fullPage: false });
    }
    expect(errors).toEqual([]);
    await context.close();
  });
}
