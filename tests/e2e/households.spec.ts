// The register and the coverage of a campaign as the office sees them: every number opens to the doors it counts, a list
// comes in as a file and goes out again, and an evening's sheets are typed in by keyboard alone.
import { mkdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext } from '@playwright/test';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

test.describe.configure({ mode: 'serial' });

const dataDir = newDataDir();
let product: Product;

test.beforeAll(async () => {
  product = await startProduct({ dataDir });
});
test.afterAll(async () => {
  await product.stop();
  removeDataDir(dataDir);
});

const LOOK = process.env['LOOK'];
if (LOOK) mkdirSync(LOOK, { recursive: true });

async function as(browser: Browser, username: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  await signIn(context, product, username);
  return context;
}

const number = (text: string): number => Number(text.replace(/\D/g, ''));

test('every number of the coverage page opens to just so many doors', async ({ browser }) => {
  const context = await as(browser, 'truong.congan');
  const page = await context.newPage();
  await page.goto(`${product.url}/bao-phu`);
  const table = page.getByRole('region', { name: 'Theo tổ dân phố' }).locator('tbody tr');
  expect(await table.count()).toBe(45);
  if (LOOK) await page.screenshot({ path: `${LOOK}/coverage.png`, fullPage: true });
  const first = table.first();
  const shown = number(await first.locator('td a').first().innerText());
  await first.locator('td a').first().click();
  await expect(page).toHaveURL(/\/ho-dan\?/);
  await expect(page.getByRole('status').filter({ hasText: 'hộ' }).first()).toContainText(String(shown));
  await page.goto(`${product.url}/bao-phu`);
  await table.nth(1).locator('th a').first().click();
  await expect(page).toHaveURL(/\/bao-phu\/[0-9a-f-]{36}/);
  await expect(page.locator('main')).toContainText(
    /Sổ: \d+ hộ · đã có tên \d+ · còn \d+ hộ chưa lập danh sách/,
  );
  if (LOOK) await page.screenshot({ path: `${LOOK}/coverage-group.png`, fullPage: true });
  await context.close();
});

test('a list comes in from a file with its problems shown, and goes out again whole', async ({ browser }) => {
  const context = await as(browser, 'quan.tri');
  const page = await context.newPage();
  await page.goto(`${product.url}/ho-dan/nhap`, { waitUntil: 'networkidle' });
  const rows = Array.from(
    { length: 40 },
    (_, n) =>
      `${n + 1},NGƯỜI MỚI THỨ ${'ABCDEFGHIJ'[n % 10]},TDP Đình Hạ 2,${200 + n},ngõ 99,091234${String(1000 + n)}`,
  );
  const csv = `\ufeffDANH SÁCH HỘ\nSTT,Chủ hộ,Tổ,Số nhà,Ngõ,SĐT\n${rows.join('\n')}\n41,,TDP Lạ,1,1,\n`;
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'ho-dan.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: 'Đọc danh sách' }).click();
  await expect(page).toHaveURL(/\/ho-dan\/nhap\/[0-9a-f-]{36}/);
  await expect(page.locator('main')).toContainText('40 hộ sẽ vào sổ');
  await expect(page.locator('main')).toContainText('chưa có tên chủ hộ');
  if (LOOK) await page.screenshot({ path: `${LOOK}/import.png`, fullPage: true });
  await page.getByRole('button', { name: 'Đưa 40 hộ vào sổ' }).click();
  await expect(page.locator('main')).toContainText('Đã thêm 40 hộ', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Rút cả danh sách' }).click();
  await expect(page.locator('main')).toContainText('Đã rút danh sách. 0 hộ giữ lại');
  await context.close();
});

test('a household is found without marks, opened and changed', async ({ browser }) => {
  const context = await as(browser, 'quan.tri');
  const page = await context.newPage();
  await page.goto(`${product.url}/ho-dan`, { waitUntil: 'networkidle' });
  if (LOOK) await page.screenshot({ path: `${LOOK}/households.png` });
  await page.getByLabel('Tìm tên chủ hộ, số nhà, ngõ').fill('nguyen thi');
  await page.getByRole('button', { name: 'Tìm', exact: true }).click();
  await expect(page.locator('tbody tr').first()).toContainText(/Nguyễn Thị/);
  await page.locator('tbody a').first().click();
  await page.waitForURL(/\/ho-dan\/[0-9a-f-]{36}$/);
  await page.waitForLoadState('networkidle');
  await page.getByLabel(/^Điện thoại/).fill('01662345678');
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
  await expect(page.getByLabel(/^Điện thoại/)).toHaveValue('+84362345678');
  if (LOOK) await page.screenshot({ path: `${LOOK}/household.png`, fullPage: true });
  await page.goto(`${product.url}/bao-phu/ngoai-mau-so`, { waitUntil: 'networkidle' });
  if (LOOK) await page.screenshot({ path: `${LOOK}/exclusions.png` });
  await page.goto(`${product.url}/bao-phu/xem-lai`, { waitUntil: 'networkidle' });
  if (LOOK) await page.screenshot({ path: `${LOOK}/flags.png` });
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [name, at] of [
    ['m-coverage', '/bao-phu'],
    ['m-households', '/ho-dan'],
    ['m-flags', '/bao-phu/xem-lai'],
  ] as const) {
    await page.goto(`${product.url}${at}`, { waitUntil: 'networkidle' });
    if (LOOK) await page.screenshot({ path: `${LOOK}/${name}.png` });
  }
  await context.close();
});
