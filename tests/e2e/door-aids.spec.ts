// What helps at a door: the pledge heard instead of read, without a network; a citizen card read instead of typed, where
// the ward turned that on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { film, picture } from '../support/card-picture.ts';
import { launchOptions } from '../support/chromium.ts';
import { askDatabase } from '../support/lane-ward.ts';
import { leaderPhone } from '../support/leader-phone.ts';
import type { LeaderPhone } from '../support/leader-phone.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';
import { fullTile, plainPng, tilesFile } from '../support/tiles-file.ts';
import { wav } from '../support/wav.ts';

const CARD =
  '031152001234|031123456|Đào Thị Lành|05031952|Nữ|Số 7, ngõ 12, An Hồng, An Dương, Hải Phòng|12052021';
const dataDir = newDataDir();
const folder = mkdtempSync(join(tmpdir(), 'tungnha-film-'));
/** Pictures to look at, where somebody asked for them. */
const LOOK = process.env['LOOK'];
let product: Product;
let camera: Browser;
let desk: Page;
let phone: LeaderPhone;

const look = async (of: Page, name: string): Promise<void> => {
  if (LOOK) await of.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true });
};

async function send(): Promise<void> {
  await phone.page.goto(`${product.url}/field/gui`);
  await phone.page.getByRole('button', { name: 'Gửi bây giờ' }).click();
  await expect(phone.page.getByText('Phường đã nhận hết')).toBeVisible();
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  writeFileSync(join(folder, 'card.y4m'), film(CARD));
  camera = await chromium.launch(
    await launchOptions([
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${join(folder, 'card.y4m')}`,
    ]),
  );
  product = await startProduct({ dataDir });
  phone = await leaderPhone(camera, product, dataDir, { doors: 3, pin: '270553' });
  const office = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN' });
  await signIn(office, product, 'truong.congan');
  desk = await office.newPage();
});
test.afterAll(async () => {
  await desk.context().close();
  await camera.close();
  await product.stop();
  removeDataDir(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

test('the pledge is heard at the door without a network, and nothing is shown where there is no recording', async () => {
  test.setTimeout(180_000);
  const { page, doors } = phone;
  await page.goto(`${product.url}/field/nha/${doors[0]}`);
  await page.getByRole('button', { name: 'Gặp' }).click();
  await expect(page.getByRole('button', { name: 'Đã ký bản giấy' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Nghe bản cam kết' })).toHaveCount(0);

  await desk.goto(`${product.url}/giay-cam-ket/ban-van`);
  const input = desk.locator('input[type=file]').first();
  await input.setInputFiles({ name: 'doc.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('<html>') });
  await desk.getByRole('button', { name: 'Đưa bản ghi lên' }).first().click();
  await expect(desk.getByText('không phải bản ghi âm').first()).toBeVisible();
  await input.setInputFiles({ name: 'doc.wav', mimeType: 'audio/wav', buffer: wav(60) });
  await desk.getByRole('button', { name: 'Đưa bản ghi lên' }).first().click();
  await expect(desk.getByText('Đã lưu bản ghi')).toBeVisible();
  await look(desk, 'recording-desk');

  await send();
  const kept = () =>
    page.evaluate(async () => (await (await caches.open('tungnha-pledge-sounds')).keys()).length);
  await expect.poll(kept).toBe(1);
  await page.context().setOffline(true);
  await page.goto(`${product.url}/field/nha/${doors[0]}`);
  const play = page.getByRole('button', { name: 'Nghe bản cam kết' });
  await play.focus();
  await page.keyboard.press('Enter');
  const pause = page.getByRole('button', { name: 'Tạm dừng' });
  await expect(pause).toBeVisible();
  await look(page, 'recording-phone');
  await pause.press('Enter');
  await expect(page.getByRole('button', { name: 'Nghe tiếp' })).toBeVisible();
  await expect(page.getByText(/0:\d\d \/ 1:00/)).toBeVisible();
  await page.context().setOffline(false);
});

test('a citizen card fills in a household once the ward has turned it on with a reason', async () => {
  test.setTimeout(180_000);
  const { page } = phone;
  await page.goto(`${product.url}/field/nha/them`);
  await expect(page.getByLabel('Họ và tên chủ hộ').or(page.locator('#chu-ho')).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Quét thẻ căn cước' })).toHaveCount(0);

  await desk.goto(`${product.url}/ho-dan/the-can-cuoc`);
  await desk.getByRole('radio', { name: /lưu ba số đầu/ }).check();
  await desk.getByLabel('Đơn vị trước tháng 7/2025').fill('An Hồng\nQuán Toan');
  await desk.getByLabel('Lý do').fill('Theo công văn thử nghiệm, chủ hộ đồng ý mới quét');
  await look(desk, 'identity-desk');
  await desk.getByRole('button', { name: 'Lưu lựa chọn' }).click();
  await expect(desk.getByText('Điện thoại nhận lựa chọn mới')).toBeVisible();
  await expect(desk.getByText('Lý do đã ghi')).toBeVisible();

  await send();
  await page.context().setOffline(true);
  await page.goto(`${product.url}/field/nha/them`);
  await page.getByRole('button', { name: 'Quét thẻ căn cước' }).click();
  await expect(page.getByText('Đã đọc thẻ của Đào Thị Lành, sinh năm 1952.')).toBeVisible();
  await expect(page.getByText(/đơn vị cũ An Hồng/)).toBeVisible();
  await expect(page.locator('#so-nha')).toHaveValue('7');
  await expect(page.locator('#chu-ho')).toHaveValue('Đào Thị Lành');
  await look(page, 'identity-phone');
  // Without a camera a picture of the card does the same.
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
  });
  await page.goto(`${product.url}/field/nha/them`);
  await page.getByRole('button', { name: 'Quét thẻ căn cước' }).click();
  await expect(page.getByText('Không mở được máy ảnh')).toBeVisible();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'the.png', mimeType: 'image/png', buffer: picture(CARD) });
  await expect(page.locator('#chu-ho')).toHaveValue('Đào Thị Lành');
  await page.getByRole('button', { name: 'Thêm và ghi kết quả' }).click();
  await expect(page.getByRole('heading', { name: 'Đào Thị Lành' })).toBeVisible();
  await page.context().setOffline(false);
  // Once it can no longer be undone it goes by itself.
  const found = () =>
    askDatabase<{ born: number; number: string; address: string }>(
      dataDir,
      `select head_born_year as born, identity_masked as number, address_written as address from households
       where head_name = 'Đào Thị Lành' and head_born_year is not null`,
    );
  await expect.poll(async () => (await found()).length, { timeout: 60_000 }).toBe(1);
  const [household] = await found();
  expect(household).toMatchObject({ born: 1952, number: '031••••••234' });
  expect(household?.address).toContain('An Dương');
  // Nowhere does the whole number stand, neither in the record that came nor in the audit.
  const [whole] = await askDatabase<{ n: number }>(
    dataDir,
    `select (select count(*) from field_records where body::text like '%031152001234%')::int
       + (select count(*) from households where address_written like '%031152001234%')::int as n`,
  );
  expect(whole?.n).toBe(0);
});

test('a household is mended at the door without a network, found by its new name, and arrives', async () => {
  test.setTimeout(180_000);
  const { page, doors } = phone;
  await page.context().setOffline(true);
  await page.goto(`${product.url}/field/nha/${doors[1]}`);
  const before = await page.getByRole('heading', { level: 2 }).first().textContent();
  await page.getByRole('link', { name: `Sửa thông tin hộ ${before}` }).click();
  await expect(page.getByLabel('Tên chủ hộ')).toHaveValue(before ?? '');
  const save = page.getByRole('button', { name: 'Lưu thay đổi' });
  await save.click();
  await expect(page.getByText('Chưa có gì thay đổi.')).toBeVisible();
  await page.getByRole('button', { name: 'Quét thẻ căn cước' }).click();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'the.png', mimeType: 'image/png', buffer: picture(CARD) });
  await expect(page.getByLabel('Tên chủ hộ')).toHaveValue('Đào Thị Lành');
  await expect(page.getByLabel(/Địa chỉ/)).toHaveValue(/An Dương/);
  await page.getByLabel('Tên chủ hộ').fill('Phạm Văn Sửa Lại');
  await page.getByLabel(/^Điện thoại/).fill('0912 345');
  await page.getByLabel('Từ 60 tuổi').fill('2');
  await save.click();
  await expect(page.getByRole('link', { name: /Số điện thoại chưa đúng/ })).toBeVisible();
  await page.getByLabel(/^Điện thoại/).fill('0912 345 678');
  await page
    .getByRole('group', { name: 'Trong hộ có điện thoại thông minh' })
    .getByText('Có', { exact: true })
    .click();
  await page.getByLabel('Người có uy tín').check();
  await look(page, 'edit-phone');
  await save.click();
  await expect(page.getByRole('heading', { name: 'Phạm Văn Sửa Lại' })).toBeVisible();
  await expect(page.getByText('· 2 người')).toBeVisible();
  await page.getByRole('link', { name: 'Nhà', exact: true }).click();
  await page.getByLabel('Tìm tên hoặc số nhà').fill('sua lai');
  await expect(page.getByRole('link', { name: /Phạm Văn Sửa Lại/ })).toBeVisible();
  await page.context().setOffline(false);
  const stored = () =>
    askDatabase<object>(
      dataDir,
      `select head_name as name, phone, members, smartphone, respected from households where dwelling_id = $1`,
      [doors[1]],
    );
  await expect.poll(stored, { timeout: 60_000 }).toEqual([
    {
      ...{ name: 'Phạm Văn Sửa Lại', phone: '+84912345678', members: { from60: 2 } },
      ...{ smartphone: true, respected: true },
    },
  ]);
});

test('the doors of the ward stand on a map, and the table beside it says the same', async () => {
  await askDatabase(
    dataDir,
    `update dwellings set position_lat = 20.86 + random() * 0.02, position_lon = 106.6 + random() * 0.02
     where ward_id = $1`,
    [phone.ward],
  );
  await desk.goto(`${product.url}/bao-phu/ban-do`);
  await expect(desk.locator('canvas.maplibregl-canvas')).toBeVisible();
  const [placed] = await askDatabase<{ n: number }>(
    dataDir,
    `select count(distinct dwelling_id)::int as n from households where ward_id = $1 and merged_into is null
       and closed_at is null`,
    [phone.ward],
  );
  await expect(desk.locator('[data-doors]')).toHaveAttribute('data-doors', String(placed?.n));
  await expect(desk.getByRole('button', { name: 'Phóng to' })).toBeVisible();
  const figures = await desk
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('td')]
          .slice(-5, -1)
          .reduce((sum, cell) => sum + Number((cell.textContent ?? '').replaceAll(/\D/g, '') || 0), 0),
      ),
    );
  expect(figures.reduce((sum, n) => sum + n, 0)).toBe(placed?.n);
  await look(desk, 'map-desk');
});

/** Of what the drawn map shows: how much is blue as the tiles of pictures are, and its light, 255 being white. */
async function groundOf(page: Page): Promise<{ blue: number; light: number }> {
  const canvas = page.locator('canvas.maplibregl-canvas');
  await expect(canvas).toBeVisible();
  await expect(page.getByText('Đang vẽ bản đồ…')).toBeHidden();
  const shot = (await canvas.screenshot()).toString('base64');
  return page.evaluate(async (picture) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    if (!context) return { blue: 0, light: 0 };
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const points = image.width * image.height;
    let [blue, light] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, , third = 0] = data.subarray(at, at + 3);
      if (third - red > 60) blue++;
      light += (red + third) / 2;
    }
    return { blue: blue / points, light: light / points };
  }, shot);
}

test('the map the ward gave is drawn beneath the doors, and taken away again', async ({ browser }) => {
  const wide = { width: 1440, height: 900 };
  const office = await browser.newContext({ viewport: wide });
  await signIn(office, product, 'quan.tri');
  const keeper = await office.newPage();
  await keeper.goto(`${product.url}/bao-phu/ban-do`, { waitUntil: 'networkidle' });
  const bounds = [106.5, 20.8, 106.7, 20.95] as const;
  const file = (buffer: Buffer) => ({ name: 'phuong.pmtiles', mimeType: 'application/octet-stream', buffer });
  const tiles = tilesFile({ bounds, zooms: [10, 14], tile: plainPng([40, 160, 220]) });
  await keeper.locator('input[type=file]').setInputFiles(file(tiles.subarray(0, tiles.length - 40)));
  await keeper.getByRole('button', { name: 'Dùng tệp này' }).click();
  await expect(keeper.getByText('bị thiếu phần cuối')).toBeVisible();
  const plain = await groundOf(keeper);
  expect(plain.blue).toBeLessThan(0.05);
  await keeper.locator('input[type=file]').setInputFiles(file(tiles));
  await keeper.getByRole('button', { name: 'Dùng tệp này' }).click();
  await expect(keeper.getByText('Đã dùng nền bản đồ mới.')).toBeVisible();
  await expect.poll(async () => (await groundOf(keeper)).blue).toBeGreaterThan(0.5);
  await look(keeper, 'map-ground');
  // Streets and water instead of a picture: quieter, and darker than the plain paper.
  const metadata = { vector_layers: [{ id: 'water' }, { id: 'pois' }], attribution: 'Bản đồ của phường' };
  const drawing = tilesFile({
    bounds,
    zooms: [10, 14],
    tile: fullTile('water'),
    type: 1,
    gzip: true,
    metadata,
  });
  await keeper.locator('input[type=file]').setInputFiles(file(drawing));
  await keeper.getByRole('button', { name: 'Thay bằng tệp khác' }).click();
  await expect(keeper.getByText('Nền bản đồ: Bản đồ của phường')).toBeVisible();
  await expect.poll(async () => (await groundOf(keeper)).light).toBeLessThan(plain.light - 15);
  expect((await groundOf(keeper)).blue).toBeLessThan(0.05);
  await look(keeper, 'map-vector');
  await keeper.setViewportSize({ width: 360, height: 740 });
  await look(keeper, 'map-phone');
  // As wide as the plain one was: on a phone the doors take more of the paper.
  await keeper.setViewportSize(wide);
  await keeper.getByRole('button', { name: 'Bỏ nền bản đồ' }).click();
  await expect(keeper.getByText('Đã bỏ nền bản đồ.')).toBeVisible();
  await expect.poll(async () => (await groundOf(keeper)).light).toBeGreaterThan(plain.light - 5);
  await office.close();
});
