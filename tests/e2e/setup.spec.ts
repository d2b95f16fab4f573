// `npm start -- --real` on an empty folder, in a real browser: from the printed code to the first sign-in.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';

const PASSWORD = 'năm con mèo trên mái ngói';
let product: Product;
let dataDir = '';

test.beforeAll(async () => {
  dataDir = newDataDir();
  product = await startProduct({ dataDir, args: ['--real'] });
});
test.afterAll(async () => {
  await product.stop();
  removeDataDir(dataDir);
});

const codeIn = (announced: string): string => /([0-9A-Z]{4}-){2}[0-9A-Z]{4}/.exec(announced)?.[0] ?? '';

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}

const title = (page: Page) => page.getByRole('heading', { level: 1 });

test('an empty installation is set up, interrupted, gone on with, and closed', async ({ page, browser }) => {
  const at = (path: string) => `${product.url}${path}`;
  expect(codeIn(product.announced)).not.toBe('');
  await page.goto(at('/'));
  await expect(page).toHaveURL(at('/cai-dat'));
  await accessible(page);
  await page.getByLabel('Mã cài đặt').fill('0000 0000 0000');
  await page.getByRole('button', { name: 'Bắt đầu' }).click();
  await expect(page.getByRole('alert')).toContainText('Mã cài đặt không đúng');
  await page.getByLabel('Mã cài đặt').fill(codeIn(product.announced).toLowerCase());
  await page.getByRole('button', { name: 'Bắt đầu' }).click();

  await expect(title(page)).toHaveText('Phường');
  await accessible(page);
  await page.getByLabel('Mã đơn vị hành chính').fill('11602');
  await page.getByRole('button', { name: 'Lưu và đi tiếp' }).click();

  await expect(title(page)).toHaveText('Quản trị đầu tiên');
  await accessible(page);
  await page.getByLabel('Họ và tên').fill('Phan Văn Long');
  await page.getByLabel('Tên đăng nhập').fill('quan.tri');
  await page.getByLabel('Mật khẩu', { exact: true }).fill('ngắn quá');
  await page.getByLabel('Gõ lại mật khẩu').fill('ngắn quá');
  await page.getByRole('button', { name: 'Lưu và đi tiếp' }).click();
  await expect(page.getByRole('alert')).toContainText('ít nhất 15 ký tự');
  await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Gõ lại mật khẩu').fill(PASSWORD);
  await page.getByRole('button', { name: 'Lưu và đi tiếp' }).click();

  await expect(title(page)).toHaveText('Tổ dân phố');
  // Back and forth: what was kept is still there.
  await page.goBack();
  await expect(page.getByLabel('Tên đăng nhập')).toHaveValue('quan.tri');
  await page.goForward();
  await page
    .getByLabel('Danh sách tổ')
    .fill('Tổ dân phố Đình Hạ 1; 250\nTổ dân phố Đình Hạ 2; 175\nđình hạ 2; 90');
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await expect(page.getByText('trùng tên')).toBeVisible();
  await page.getByLabel('Danh sách tổ').fill('Tổ dân phố Đình Hạ 1; 250\nTổ dân phố Đình Hạ 2; 175');
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Lưu 2 tổ và đi tiếp' }).click();
  await expect(title(page)).toHaveText('Đơn vị');

  // Another browser knows nothing of it without the code.
  const stranger = await browser.newPage();
  await stranger.goto(at('/cai-dat/don-vi'));
  await expect(stranger).toHaveURL(at('/cai-dat'));
  await stranger.close();

  // A killed product goes on where it was, with the same code.
  await product.kill();
  product = await startProduct({ dataDir, args: ['--real'], env: { PORT: new URL(product.url).port } });
  await page.goto(at('/cai-dat'));
  await expect(title(page)).toHaveText('Đơn vị');
  await accessible(page);
  await page.getByLabel('Phường có Công đoàn phường').uncheck();
  await page.getByLabel('Đơn vị khác').fill('Trường Tiểu học số 1');
  await page.getByRole('button', { name: 'Lưu và đi tiếp' }).click();

  await expect(title(page)).toHaveText('Kế hoạch');
  await expect(page.getByText('2 tổ, 425 hộ')).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Hoàn tất và đăng nhập' }).click();
  await expect(page).toHaveURL(/\/vao/);
  await page.getByLabel('Tên đăng nhập').fill('quan.tri');
  await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page).not.toHaveURL(/\/vao/);
  await page.goto(at('/to-dan-pho'));
  await expect(page.getByRole('link', { name: 'Tổ dân phố Đình Hạ 2' })).toBeVisible();
  const closed = await page.goto(at('/cai-dat'));
  expect(closed?.status()).toBe(404);
});
