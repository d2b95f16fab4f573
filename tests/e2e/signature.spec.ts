// The ward chooses that households sign on the phone: the choice reaches the phone, a finger draws, and the office sees
// the same lines beside the text that was signed.
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { askDatabase, fillGroup } from '../support/lane-ward.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';
import { useCard } from '../support/use-card.ts';

const dataDir = newDataDir();
/** Pictures to look at, where somebody asked for them. */
const LOOK = process.env['LOOK'];
let product: Product;
let police: BrowserContext;
let page: Page;
let doors: string[] = [];

const look = async (of: Page, name: string): Promise<void> => {
  if (LOOK) await of.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true });
};

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  product = await startProduct({ dataDir });
  const office = await browser.newContext({ locale: 'vi-VN' });
  await signIn(office, product, 'quan.tri');
  const session = await (await office.request.get(`${product.url}/api/session`)).json();
  const ward = session.person.ward as number;
  const [leader] = await askDatabase<{ person: string; area: string }>(
    dataDir,
    `select person_id as person, area_id as area from grants where ward_id = $1 and role = 'group-leader' limit 1`,
    [ward],
  );
  if (!leader) throw new Error('The rehearsal has a group leader');
  doors = await fillGroup(dataDir, ward, leader.area, 50);
  const made = await office.request.post(`${product.url}/api/wards/${ward}/cards`, {
    headers: { origin: product.url },
    data: { people: [leader.person] },
  });
  const { cards } = (await made.json()) as { cards: { link: string }[] };
  await office.close();
  police = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN' });
  await signIn(police, product, 'truong.congan');
  const phone = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'vi-VN',
    hasTouch: true,
  });
  page = await phone.newPage();
  await useCard(page, cards[0]?.link ?? '', '270553');
  await expect(page.getByText(/\/\d+ hộ/).first()).toBeVisible();
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
