// The ward chooses that households sign on the phone: the choice reaches the phone, a finger draws, and the office sees
// the same lines beside the text that was signed.
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { askDatabase } from '../support/lane-ward.ts';
import { leaderPhone } from '../support/leader-phone.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

const dataDir = newDataDir();
/** Pictures to look at, where somebody asked for them. */
const LOOK = process.env['LOOK'];
let product: Product;
let police: BrowserContext;
let page: Page;
let doors: readonly string[] = [];

const look = async (of: Page, name: string): Promise<void> => {
  if (LOOK) await of.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true });
};

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  product = await startProduct({ dataDir });
  ({ page, doors } = await leaderPhone(browser, product, dataDir, { doors: 50, pin: '270553' }));
  police = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN' });
  await signIn(police, product, 'truong.congan');
});
test.afterAll(async () => {
  await police.close();
  await page.context().close();
  await product.stop();
  removeDataDir(dataDir);
});

test('a household signs on the glass once the ward has chosen so', async () => {
  test.setTimeout(180_000);
  await page.goto(`${product.url}/field/nha/${doors[0]}`);
  await page.getByRole('button', { name: 'Gặp' }).click();
  await expect(page.getByRole('button', { name: 'Đã ký bản giấy' })).toBeVisible();

  const desk = await police.newPage();
  await desk.goto(`${product.url}/giay-cam-ket/ban-van`);
  await desk.getByRole('radio', { name: /Ký trên điện thoại của tổ/ }).check();
  await desk.getByRole('button', { name: 'Lưu lựa chọn' }).click();
  await expect(desk.getByText('Đã lưu. Điện thoại nhận lựa chọn mới')).toBeVisible();
  await look(desk, 'original-desk');

  await page.goto(`${product.url}/field/gui`);
  await page.getByRole('button', { name: 'Gửi bây giờ' }).click();
  await expect(page.getByText('Phường đã nhận hết')).toBeVisible();
  await page.goto(`${product.url}/field/nha/${doors[0]}`);
  // Who cannot sign gives a thumbprint on paper: the way stays open.
  await expect(page.getByLabel('Ký bản giấy thay')).toBeVisible();
  await look(page, 'sign-phone');
  await page.getByRole('button', { name: 'Ký trên máy' }).click();
  await page.getByRole('button', { name: 'Lưu chữ ký' }).click();
  await expect(page.getByText('Khung còn trống')).toBeVisible();
  const box = (await page.locator('canvas').boundingBox())!;
  await page.mouse.move(box.x + 40, box.y + 60);
  await page.mouse.down();
  for (let at = 1; at <= 12; at++) await page.mouse.move(box.x + 40 + at * 15, box.y + 60 + (at % 3) * 25);
  await page.mouse.up();
  await page.getByRole('button', { name: 'Lưu chữ ký' }).click();
  await expect(page.getByText('đánh dấu người ký đã đủ 18 tuổi')).toBeVisible();
  await page.getByLabel('Người ký đã đủ 18 tuổi').check();
  await look(page, 'glass-phone');
  await page.getByRole('button', { name: 'Lưu chữ ký' }).click();
  await expect(page.getByRole('button', { name: 'Đã ký trên máy' })).toBeVisible();
  await page.getByRole('button', { name: 'Xong · nhà sau' }).click();

  const stored = () =>
    askDatabase<{ id: string; household: string; original: string; bytes: number }>(
      dataDir,
      `select p.id, p.household_id as household, p.original, length(p.strokes) as bytes from pledges p
       join households h on h.ward_id = p.ward_id and h.id = p.household_id where h.dwelling_id = $1`,
      [doors[0]],
    );
  await page.goto(`${product.url}/field/gui`);
  await page.getByRole('button', { name: 'Gửi bây giờ' }).click();
  await expect.poll(async () => (await stored()).length, { timeout: 40_000 }).toBe(1);
  const [pledge] = await stored();
  expect(pledge?.original).toBe('phone');
  expect(pledge?.bytes).toBeGreaterThan(20);
  await desk.goto(`${product.url}/ho-dan/${pledge?.household}/cam-ket/${pledge?.id}`);
  await expect(desk.locator('svg path, svg polyline').first()).toBeVisible();
  await look(desk, 'signed-desk');
});
