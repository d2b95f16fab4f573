// The ward's channels as people use them: loudspeakers planned and said to be played, also without a network; a poster
// hung, looked at and mended; a leader who opens the posting page where there is no network; a pasted member list.
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';
import { typePin, useCard } from '../support/use-card.ts';

const dataDir = newDataDir();
const PIN = '270553';
let product: Product;
const contexts: BrowserContext[] = [];

async function context(browser: Browser, more: object = {}): Promise<BrowserContext> {
  const made = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...more });
  contexts.push(made);
  return made;
}
async function as(browser: Browser, username: string): Promise<Page> {
  const made = await context(browser, { viewport: { width: 1440, height: 900 } });
  await signIn(made, product, username);
  return made.newPage();
}
const visit = (page: Page, path: string) => page.goto(product.url + path, { waitUntil: 'networkidle' });
async function read<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(`${product.url}/api/wards/1${path}`);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}
interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly areaId: string | null;
  readonly posts: number;
  readonly mayPost: boolean;
}
const channels = async (page: Page) => (await read<{ channels: Channel[] }>(page, '/channels')).channels;

test.beforeAll(async () => {
  product = await startProduct({ dataDir });
});
test.afterEach(async () => {
  for (const one of contexts.splice(0)) await one.close();
});
test.afterAll(async () => {
  await product.stop();
  removeDataDir(dataDir);
});

test('loudspeakers: planned for days, played counts for both duties, without a network too, once', async ({
  browser,
}) => {
  const page = await as(browser, 'can.bo.vhxh');
  const posts = async () =>
    (await channels(page)).find(({ name }) => name === 'Hệ thống truyền thanh phường')?.posts ?? 0;
  const before = await posts();
  await visit(page, '/kenh/loa');
  await page.getByLabel('Giờ phát').fill('6h45, 6:50, 18:00');
  await page.getByRole('button', { name: 'Xếp lịch' }).click();
  await expect(page.getByText(/Đã xếp \d+ lượt phát/)).toBeVisible();
  const today = page.locator('section.today');
  await today.getByRole('button', { name: /^Đã phát 06:45/ }).click();
  await expect(page.getByText('Lượt phát được tính cho 2 nhiệm vụ')).toBeVisible();
  await today.getByRole('button', { name: /^Bỏ lượt này 18:00/ }).click();
  await expect(today.getByText('Đã bỏ')).toBeVisible();
  expect(await posts()).toBe(before + 1);

  await page.context().setOffline(true);
  await today.getByRole('button', { name: /^Đã phát 06:50/ }).click();
  await expect(today.getByText('Chưa gửi')).toBeVisible();
  await expect(today.getByRole('button', { name: /^Đã phát 06:50/ })).toHaveCount(0);
  await page.context().setOffline(false);
  await expect(page.getByText(/Phường đã nhận 1 bài/)).toBeVisible();
  await expect(today.locator('li', { hasText: '06:50' }).getByText('Đã phát', { exact: true })).toBeVisible();
  expect(await posts()).toBe(before + 2);
});

test('a site: a poster is hung and counted, looked at, found damaged, taken down', async ({ browser }) => {
  const page = await as(browser, 'can.bo.vhxh');
  await visit(page, '/kenh/diem');
  await page.getByRole('link', { name: 'Chợ phường' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Chợ phường' })).toBeVisible();
  await expect(page.getByText('Đang trống')).toBeVisible();
  await page.getByLabel('Treo gì').fill('Áp phích cạnh cổng chợ');
  await page.getByRole('button', { name: 'Đã treo' }).click();
  await expect(page.getByText(/Lần treo được tính cho [1-9]/)).toBeVisible();
  await expect(page.getByText('Áp phích cạnh cổng chợ').first()).toBeVisible();
  await page.getByLabel('Rách, hỏng').check();
  await page.getByLabel('Ghi chú').fill('Mưa làm rách góc');
  await page.getByRole('button', { name: 'Đã xem' }).click();
  await expect(page.getByText('Đã ghi lần xem lại.')).toBeVisible();
  await expect(page.getByText('Cần thay, sửa')).toBeVisible();
  await page.getByRole('button', { name: 'Đã gỡ xuống' }).click();
  await expect(page.getByText('Chưa treo gì')).toBeVisible();
  await expect(page.getByText('Đang trống')).toBeVisible();
});

/** A leader's phone, its card handed out by the administrator. */
async function leaderPhone(browser: Browser): Promise<Page> {
  const office = await context(browser);
  await signIn(office, product, 'quan.tri');
  const base = `${product.url}/api/wards/1`;
  const { phones } = (await (await office.request.get(`${base}/phones`)).json()) as {
    phones: { person: string; roles: string[] }[];
  };
  const issued = await office.request.post(`${base}/cards`, {
    headers: { origin: product.url },
    data: { people: [phones.find(({ roles }) => roles.includes('group-leader'))?.person] },
  });
  const { cards } = (await issued.json()) as { cards: { link: string }[] };
  const phone = await context(browser, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  await phone.addInitScript(() =>
    Object.defineProperty(navigator, 'share', { value: () => Promise.resolve() }),
  );
  const page = await phone.newPage();
  await useCard(page, cards[0]?.link ?? '', PIN);
  return page;
}

test('the posting page opens where there is no network; what is said there is counted once', async ({
  browser,
}) => {
  const phone = await leaderPhone(browser);
  // The worker keeps the field app; the page is seen once with a network.
  await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await visit(phone, '/field/dang');
  const own = async () =>
    (await channels(phone))
      .filter(({ kind, mayPost }) => kind === 'zalo-group' && mayPost)
      .reduce((sum, { posts }) => sum + posts, 0);
  const before = await own();
  await phone.context().setOffline(true);
  await phone.goto(`${product.url}/field/dang`);
  const lock = phone.getByLabel('Mã PIN', { exact: true });
  const share = phone.getByRole('button', { name: /^Chia sẻ / }).first();
  await expect(share.or(lock).first()).toBeVisible();
  if (await lock.isVisible()) await typePin(phone, PIN);
  await share.tap();
  await phone.getByRole('button', { name: 'Đã đăng' }).tap();
  await expect(phone.getByText(/Chưa gửi: /)).toBeVisible();
  await phone.context().setOffline(false);
  await expect(phone.getByText(/Phường đã nhận 1 bài/)).toBeVisible();
  expect(await own()).toBe(before + 1);
});

test('a pasted member list: households are proposed, ticked, written down, taken back', async ({
  browser,
}) => {
  const page = await as(browser, 'canh.sat.kv');
  const chat = (await channels(page)).find(({ kind, areaId }) => kind === 'zalo-group' && areaId !== null);
  const query = `?area=${chat?.areaId ?? ''}&show=offzalo`;
  const { households } = await read<{ households: { headName: string }[] }>(page, `/households${query}`);
  const [first, second] = new Set(households.map(({ headName }) => headName));
  await visit(page, `/kenh/nhom-zalo/${chat?.id ?? ''}`);
  await page.getByRole('link', { name: 'Dán danh sách thành viên' }).click();
  await page
    .getByLabel('Danh sách thành viên')
    .fill(`Trưởng nhóm\n${first ?? ''}\n${second ?? ''}\nNgười Lạ Mặt Xa`);
  await page.getByRole('button', { name: 'Tìm hộ' }).click();
  await expect(page.getByText(/^2 trong 3 thành viên có hộ phù hợp/)).toBeVisible();
  await expect(page.getByText(/Không tìm thấy hộ: Người Lạ Mặt Xa/)).toBeVisible();
  for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
  await page.getByRole('button', { name: 'Ghi các hộ đã đánh dấu' }).click();
  await expect(page.getByText('Xin đánh dấu ít nhất một hộ', { exact: false })).toBeVisible();
  await page.getByLabel('Danh sách thành viên').fill(first ?? '');
  await page.getByRole('button', { name: 'Tìm hộ' }).click();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Ghi các hộ đã đánh dấu' }).click();
  await expect(page.getByText('Đã ghi 1 hộ có người trong nhóm.')).toBeVisible();
  await page.getByRole('button', { name: /^Lấy lại/ }).click();
  await expect(page.getByText('Đã lấy lại 1 hộ.')).toBeVisible();
});
