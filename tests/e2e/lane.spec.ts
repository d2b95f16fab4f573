// The heart of the campaign on a phone without a network: twenty doors recorded with the server stopped, the browser
// killed in the middle of the next one, and everything arrives exactly once. Then a forgotten PIN and a shared phone.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { askDatabase, fillGroup } from '../support/lane-ward.ts';
import { PhoneBrowser } from '../support/phone-browser.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';
import { chooseCardPin, typePin, useCard } from '../support/use-card.ts';

test.describe.configure({ mode: 'serial' });

const PIN = '270553';
const dataDir = newDataDir();
const phone = new PhoneBrowser();
let product: Product;
let port = '';
let office: BrowserContext;
let police: BrowserContext;
let ward = 0;
let leaders: { person: string; name: string; groups: string[] }[] = [];
let group = '';
let doors: string[] = [];
let page: Page;

async function start(): Promise<void> {
  product = await startProduct({ dataDir, ...(port === '' ? {} : { env: { PORT: port } }) });
  port = new URL(product.url).port;
}

async function newCard(person: string): Promise<string> {
  const response = await office.request.post(`${product.url}/api/wards/${ward}/cards`, {
    headers: { origin: product.url },
    data: { people: [person] },
  });
  const { cards } = (await response.json()) as { cards: { link: string }[] };
  return cards[0]!.link;
}

/** What the ward has of the doors this test made. */
async function counted(): Promise<{ visits: number; households: number; pledges: number }> {
  const [row] = await askDatabase<{ visits: number; households: number; pledges: number }>(
    dataDir,
    `select count(v.id)::int as visits, count(distinct v.household_id)::int as households,
       (select count(*)::int from pledges p join households h on h.ward_id = p.ward_id and h.id = p.household_id
        where h.dwelling_id = any($1)) as pledges
     from visits v join households h on h.ward_id = v.ward_id and h.id = v.household_id
     where h.dwelling_id = any($1) and v.taken_back_at is null`,
    [doors],
  );
  return row!;
}

let desk: Page;
let reachedBefore = 0;

/** What the ward police read on the group's page of coverage: households reached. */
async function reachedOnDesk(): Promise<number> {
  const text = await desk.locator('a.figure').first().innerText();
  return Number(/([\d.]+)\s*\/|([\d.]+) trên/.exec(text)?.[1]?.replaceAll('.', ''));
}

const accessible = async (): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
};

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  await start();
  office = await browser.newContext({ locale: 'vi-VN' });
  await signIn(office, product, 'quan.tri');
  const session = await (await office.request.get(`${product.url}/api/session`)).json();
  ward = session.person.ward as number;
  const { phones } = (await (await office.request.get(`${product.url}/api/wards/${ward}/phones`)).json()) as {
    phones: { person: string; name: string; roles: string[]; groups: string[] }[];
  };
  leaders = phones.filter(({ roles, groups }) => roles.includes('group-leader') && groups.length === 1);
  const [area] = await askDatabase<{ id: string }>(
    dataDir,
    `select g.area_id as id from grants g where g.ward_id = $1 and g.person_id = $2 and g.role = 'group-leader'`,
    [ward, leaders[0]!.person],
  );
  group = area!.id;
  doors = await fillGroup(dataDir, ward, group, 300);
  police = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN' });
  await signIn(police, product, 'truong.congan');
  desk = await police.newPage();
  await desk.goto(`${product.url}/bao-phu/${group}`, { waitUntil: 'networkidle' });
  reachedBefore = await reachedOnDesk();
});

test.afterAll(async () => {
  await phone.close();
  await office.close();
  await police.close();
  await product.stop();
  phone.remove();
  removeDataDir(dataDir);
});

test('after one sign-in the group is on the phone, and its worker keeps the app', async () => {
  test.setTimeout(120_000);
  page = (await phone.open()).pages()[0]!;
  await useCard(page, await newCard(leaders[0]!.person), PIN);
  await expect(page.getByText(/\/\d+ hộ/).first()).toBeVisible();
  await expect(page.getByRole('link', { name: /Đã vào số liệu/ })).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await accessible();
});

test('with the server stopped, deep addresses open and twenty doors are recorded', async () => {
  test.setTimeout(180_000);
  await product.stop();
  // Closed and opened again, as phones do: nothing of the last life but what was kept.
  await phone.close();
  page = (await phone.open()).pages()[0]!;
  await page.goto(`${product.url}/field/nha/${doors[0]}`);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Ngõ kiểm 100, số 1' })).toBeVisible();
  await accessible();
  for (let at = 1; at <= 20; at++) {
    await expect(page.getByRole('heading', { name: `Ngõ kiểm 100, số ${at}`, exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Gặp' }).click();
    await page.getByRole('button', { name: 'Đã ký bản giấy' }).click();
    await page.getByRole('button', { name: 'Xong · nhà sau' }).click();
    // The app may lead to somebody expected home by now first; this walk keeps to its lane.
    await expect(page.getByText(`Đã ghi Ngõ kiểm 100, số ${at}.`)).toBeVisible();
    await page.goto(`${product.url}/field/nha/${doors[at]}`);
  }
  await expect(page.getByRole('heading', { name: 'Ngõ kiểm 100, số 21' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Chưa gửi/ })).toContainText('20');
  // A page of the server says so in words, and leads back to the doors.
  await page.goto(`${product.url}/field/viec`);
  await expect(page.getByRole('heading', { name: 'Trang này cần có mạng' })).toBeVisible();
  await page.getByRole('link', { name: 'Ghi tiếp các nhà' }).click();
  await expect(page.getByRole('heading', { name: 'Nhà trong tổ' })).toBeVisible();
  await accessible();
});

test('the browser killed in the middle of the next door loses nothing', async () => {
  test.setTimeout(180_000);
  await page.goto(`${product.url}/field/nha/${doors[20]}`);
  await page.getByRole('button', { name: 'Gặp' }).click();
  await page.getByRole('button', { name: 'Đã ký bản giấy' }).click();
  await page.getByRole('button', { name: 'Đã vào nhóm' }).click();
  // What a finger needs to rest, so that the last tap is on the disk.
  await page.waitForTimeout(300);
  await phone.kill();

  page = (await phone.open()).pages()[0]!;
  await page.goto(`${product.url}/field/nha/${doors[20]}`);
  await expect(page.getByText('Nội dung ghi dở được giữ lại')).toBeVisible();
  for (const name of ['Gặp', 'Đã ký bản giấy', 'Đã vào nhóm'])
    await expect(page.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('link', { name: /Chưa gửi/ })).toContainText('20');

  await start();
  await page.goto(`${product.url}/field/gui`);
  await page.getByRole('button', { name: 'Gửi bây giờ' }).click();
  await expect(page.getByText('Phường đã nhận hết')).toBeVisible({ timeout: 30_000 });
  const received = Date.now();
  // The office's page was open all the time, the server's death included: nobody loads it again.
  await expect.poll(reachedOnDesk, { timeout: 15_000, intervals: [50] }).toBe(reachedBefore + 20);
  const took = Date.now() - received;
  // Two seconds is what is promised; a machine that runs other tests beside this one is given twice that.
  test.info().annotations.push({ type: 'office page', description: `${took} ms (2,000 promised)` });
  expect(took, 'the office page shows them').toBeLessThan(4_000);
  expect(await counted()).toEqual({ visits: 20, households: 20, pledges: 20 });
  await accessible();

  await page.goto(`${product.url}/field/nha/${doors[20]}`);
  await page.getByRole('button', { name: 'Xong · nhà sau' }).click();
  await expect(page.getByRole('link', { name: /Chưa gửi/ })).toContainText('1');
  await expect.poll(async () => (await counted()).visits, { timeout: 40_000 }).toBe(21);
  // Sent again and again, opened again: still once.
  await page.goto(`${product.url}/field/gui`);
  await page.getByRole('button', { name: 'Gửi bây giờ' }).click();
  await expect(page.getByText('Phường đã nhận hết')).toBeVisible({ timeout: 30_000 });
  expect(await counted()).toEqual({ visits: 21, households: 21, pledges: 21 });
  const [zalo] = await askDatabase<{ state: string }>(
    dataDir,
    `select v.zalo_state as state from visits v join households h on h.ward_id = v.ward_id and h.id = v.household_id
     where h.dwelling_id = $1`,
    [doors[20]],
  );
  expect(zalo?.state).toBe('own-member');
});

test('what was recorded is taken back within ten seconds as if it had never been', async () => {
  await page.goto(`${product.url}/field/nha/${doors[30]}`);
  await page.getByRole('button', { name: 'Vắng' }).click();
  await page.getByRole('button', { name: 'Tối mai' }).click();
  await page.getByRole('button', { name: 'Xong · nhà sau' }).click();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.getByText('Đã bỏ ghi')).toBeVisible();
  await page.goto(`${product.url}/field/nha/${doors[30]}`);
  await expect(page.getByRole('button', { name: 'Tối mai' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Bỏ, ghi lại từ đầu' }).click();
  await expect(page.getByRole('button', { name: 'Vắng' })).toHaveAttribute('aria-pressed', 'false');
});

test('a household is added at the door, found by its name without marks, and arrives', async () => {
  test.setTimeout(120_000);
  await page.goto(`${product.url}/field/nha/them`);
  await page.getByRole('button', { name: 'Ngõ kiểm 101' }).click();
  await page.getByLabel('Số nhà').fill('50B');
  await page.getByLabel('Tên chủ hộ').fill('Đặng Thị Mới Đến');
  await accessible();
  await page.getByRole('button', { name: 'Thêm và ghi kết quả' }).click();
  await expect(page.getByRole('heading', { name: 'Ngõ kiểm 101, số 50B' })).toBeVisible();
  await page.getByRole('link', { name: 'Nhà', exact: true }).click();
  await page.getByLabel('Tìm tên hoặc số nhà').fill('dang moi');
  await expect(page.getByRole('link', { name: /Đặng Thị Mới Đến/ })).toBeVisible();
  await expect
    .poll(
      async () =>
        (await askDatabase(dataDir, `select 1 from households where head_name = 'Đặng Thị Mới Đến'`)).length,
      { timeout: 40_000 },
    )
    .toBe(1);
});

test('a photo leaves the phone small and without saying where it was taken', async () => {
  test.setTimeout(120_000);
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1700, 1300];
    const drawing = canvas.getContext('2d')!;
    const image = drawing.createImageData(canvas.width, canvas.height);
    for (let at = 0; at < image.data.length; at++)
      image.data[at] = at % 4 === 3 ? 255 : (at * 2654435761) >>> 24;
    drawing.putImageData(image, 0, 0);
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1] ?? '';
  });
  const note = Buffer.from('Exif\0\0GPSLatitude 20.85 GPSLongitude 106.68');
  const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, note.length + 2]), note]);
  const jpeg = Buffer.from(drawn, 'base64');
  const photo = Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
  expect(photo.length).toBeGreaterThan(1_000_000);

  await page.goto(`${product.url}/field/nha/${doors[60]}`);
  await page.getByRole('button', { name: 'Gặp' }).click();
  await page.getByRole('button', { name: 'Đã ký bản giấy' }).click();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect(page.getByText('1 ảnh')).toBeVisible();
  await page.getByRole('button', { name: 'Xong · nhà sau' }).click();
  const stored = () =>
    askDatabase<{ sha256: Buffer; bytes: number }>(
      dataDir,
      `select f.sha256, f.bytes from media f join record_media r on r.ward_id = f.ward_id and r.sha256 = f.sha256
       join households h on h.ward_id = r.ward_id and h.id = r.household_id where h.dwelling_id = $1`,
      [doors[60]],
    );
  await expect.poll(async () => (await stored()).length, { timeout: 40_000 }).toBe(1);
  const [file] = await stored();
  expect(Number(file!.bytes)).toBeLessThanOrEqual(300_000);
  const name = file!.sha256.toString('hex');
  const kept = readFileSync(join(dataDir, 'rehearsal', 'media', String(ward), name.slice(0, 2), name));
  expect(createHash('sha256').update(kept).digest('hex')).toBe(name);
  expect(kept.includes('Exif') || kept.includes('GPS')).toBe(false);
});

test('a forgotten PIN costs one contact with the network and no record', async () => {
  test.setTimeout(120_000);
  const before = await counted();
  await page.goto(`${product.url}/field/nha/${doors[40]}`);
  await page.getByRole('button', { name: 'Gặp' }).click();
  await page.getByRole('button', { name: 'Xong · nhà sau' }).click();
  await expect(page.getByRole('link', { name: /Chưa gửi/ })).toContainText('1');
  // Locked with unsent work: it says so, and keeps it.
  await page.goto(`${product.url}/field/gui`);
  await expect(page.getByText('Khóa máy vẫn giữ nguyên các việc này')).toBeVisible();
  await page.getByRole('button', { name: 'Khóa máy' }).click();
  await expect(page.getByText('1 việc chưa gửi vẫn còn nguyên trên máy')).toBeVisible();
  await accessible();
  await page.getByLabel('Mã PIN').fill('111333');
  await page.getByRole('button', { name: 'Mở khóa' }).click();
  await expect(page.getByText('Mã PIN chưa đúng')).toBeVisible();

  await useCard(page, await newCard(leaders[0]!.person), '881122');
  await expect.poll(async () => (await counted()).visits, { timeout: 40_000 }).toBe(before.visits + 1);
});

/** Nothing gets out, as in a lane without a network; the rest of the server answers. */
async function hold(on: boolean): Promise<void> {
  if (on) await page.context().route('**/api/sync/push', (route) => route.abort());
  else await page.context().unroute('**/api/sync/push');
}

async function recordMet(door: string): Promise<void> {
  await page.goto(`${product.url}/field/nha/${door}`);
  await page.getByRole('button', { name: 'Gặp' }).click();
  await page.getByRole('button', { name: 'Xong · nhà sau' }).click();
  await expect(page.getByRole('link', { name: /Chưa gửi/ })).toContainText('1');
  // Until then it can still be undone and stays where it is.
  await page.waitForTimeout(11_500);
}

test('work handed over in a sealed file arrives once, and the phone that packed it sends it again in vain', async () => {
  test.setTimeout(120_000);
  const before = await counted();
  await hold(true);
  await recordMet(doors[70]!);
  await page.goto(`${product.url}/field/gui`);
  await expect(page.getByRole('button', { name: /Đóng gói 1 việc/ })).toBeVisible();
  await accessible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /Đóng gói 1 việc/ }).click(),
  ]);
  const packed = readFileSync(await download.path(), 'utf8');
  // Whoever carries it reads nothing in it.
  expect(packed).not.toContain(doors[70]!);
  expect(packed).not.toContain('householdId');
  const bring = (text: string) =>
    police.request.post(`${product.url}/api/sync/handover`, {
      headers: { origin: product.url, 'content-type': 'application/json' },
      data: Buffer.from(text),
    });
  const bent = packed.replace(/"box":"./, (box) => box.slice(0, -1) + (box.endsWith('A') ? 'B' : 'A'));
  expect((await bring(bent)).status()).toBe(422);
  // Beside the visit the file may hold that the door was taken.
  const first: unknown = await (await bring(packed)).json();
  expect(first).toMatchObject({ applied: expect.any(Number), held: 0, refused: 0, later: 0 });
  expect(await (await bring(packed)).json()).toEqual(first);
  expect((await counted()).visits).toBe(before.visits + 1);
  // The phone does not know yet: it keeps what it has, sends it, and is told what the ward has long had.
  await expect(page.getByText('1 việc chưa gửi').first()).toBeVisible();
  await hold(false);
  await page.getByRole('button', { name: 'Gửi bây giờ' }).click();
  await expect(page.getByText('Phường đã nhận hết')).toBeVisible({ timeout: 30_000 });
  expect((await counted()).visits).toBe(before.visits + 1);
});

test('two people on one phone mix nothing', async () => {
  test.setTimeout(180_000);
  const before = await counted();
  await hold(true);
  await recordMet(doors[80]!);
  const second = leaders.find(({ groups }) => groups[0] !== leaders[0]!.groups[0])!;
  await chooseCardPin(page, await newCard(second.person), '604417');
  // Sent as by a page whose script has not loaded yet: the first one's book must not open for the second.
  await page.locator('form').evaluate((form: HTMLFormElement) => form.submit());
  await typePin(page, '604417');
  await expect(page.getByText(/\/\d+ hộ/).first()).toBeVisible();
  await expect(page.getByRole('link', { name: /Chưa gửi/ })).toHaveCount(0);
  await page.goto(`${product.url}/field/nha/${doors[80]}`);
  await expect(page.getByText('Không thấy nhà này trên máy')).toBeVisible();
  await page.goto(`${product.url}/field/nha?tim=kiem`);
  await expect(page.getByText('Không thấy nhà nào')).toBeVisible();
  await hold(false);
  await page.goto(`${product.url}/field/gui`);
  await page.getByRole('button', { name: 'Gửi bây giờ' }).click();
  await expect(page.getByText('Phường đã nhận hết')).toBeVisible({ timeout: 30_000 });
  // What the first one recorded waited for the first one, and goes out in their name.
  expect(await counted()).toEqual(before);
  await page.getByRole('button', { name: 'Khóa máy' }).click();
  await page.getByRole('button', { name: `Sổ của ${leaders[0]!.name}` }).click();
  await expect(page.getByText('1 việc chưa gửi vẫn còn nguyên trên máy')).toBeVisible();
  await page.getByLabel('Mã PIN').fill('881122');
  await page.getByRole('button', { name: 'Mở khóa' }).click();
  await expect.poll(async () => (await counted()).visits, { timeout: 40_000 }).toBe(before.visits + 1);
  const [visit] = await askDatabase<{ author: string }>(
    dataDir,
    `select v.author_id as author from visits v join households h on h.ward_id = v.ward_id and h.id = v.household_id
     where h.dwelling_id = $1 and v.taken_back_at is null`,
    [doors[80]],
  );
  expect(visit?.author).toBe(leaders[0]!.person);
});

test('the morning report opens with the server stopped', async () => {
  test.setTimeout(60_000);
  await page.goto(`${product.url}/field/bao-cao`);
  await expect(page.getByRole('button', { name: /^Sửa: Hộ được tuyên truyền/ })).toBeVisible();
  await accessible();
  await product.stop();
  await page.goto(`${product.url}/field`);
  await page.getByRole('link', { name: /Báo cáo nhanh/ }).click();
  await expect(page.getByText(/Số liệu máy giữ từ/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sửa: Hộ được tuyên truyền/ })).toBeVisible();
  await accessible();
  await page.goto(`${product.url}/field/dang`);
  await expect(page.getByRole('heading', { name: 'Trang này cần có mạng' })).toBeVisible();
  await start();
});
