// The rehearsal as the ward sees it: the head opens the campaign, and each item opens to its words.
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext } from '@playwright/test';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

test.describe.configure({ mode: 'serial' });

test.describe('a running campaign', () => {
  const dataDir = newDataDir();
  let product: Product;

  test.beforeAll(async () => {
    product = await startProduct({ dataDir });
  });
  test.afterAll(async () => {
    await product.stop();
    removeDataDir(dataDir);
  });

  const as = async (browser: Browser, username: string): Promise<BrowserContext> => {
    const context = await browser.newContext({
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      viewport: { width: 1440, height: 900 },
    });
    await signIn(context, product, username);
    return context;
  };
  test('its page shows targets, duties and reports, each opening to the words of the plan', async ({
    browser,
  }) => {
    const context = await as(browser, 'truong.congan');
    const page = await context.newPage();
    await page.goto(`${product.url}/chien-dich`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const targets = page.getByRole('region', { name: 'Chỉ tiêu' }).getByRole('listitem');
    expect(await targets.count()).toBeGreaterThanOrEqual(4);
    const duties = page.getByRole('region', { name: /Nhiệm vụ và báo cáo/ });
    const rows = duties.locator('tbody tr');
    expect(await rows.count()).toBeGreaterThanOrEqual(22);
    expect(await rows.filter({ hasText: 'Báo cáo' }).count()).toBeGreaterThanOrEqual(2);
    const first = duties.locator('tbody a').first();
    const title = (await first.innerText()).trim();
    await first.click();
    await expect(page).toHaveURL(/\/ke-hoach\/.+\/muc\//);
    await expect(page.locator('main')).toContainText(title.slice(0, 30));
    await context.close();
  });
});
