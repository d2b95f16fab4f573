// A sign-in card on its way to a phone: previewed by a robot, opened inside Zalo, and only then used in Chrome. Then the
// second phone, the PIN, and a phone ended from the office; and the office's own second factor.
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { accountsOf, signIn } from '../support/sign-in.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import { totp } from '../support/totp.ts';
import { seeBook } from '../support/use-card.ts';
import type { Product } from '../support/product.ts';

const ANDROID = 'Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko)';
const CHROME = `${ANDROID} Chrome/139.0.0.0 Mobile Safari/537.36`;
const ZALO = `${ANDROID} Version/4.0 Chrome/139.0.0.0 Mobile Safari/537.36 Zalo android/25080900 ZaloTheme/light`;
const FACEBOOK = `${ANDROID} Version/4.0 Chrome/139.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/480.0.0.54.88;]`;
const ROBOT = 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)';

const dataDir = newDataDir();
let product: Product;
let office: BrowserContext;
let ward = 0;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  product = await startProduct({ dataDir });
  office = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN' });
  await signIn(office, product, 'quan.tri');
  const session = await (await office.request.get(`${product.url}/api/session`)).json();
  ward = session.person.ward as number;
});
test.afterAll(async () => {
  await office.close();
  await product.stop();
  removeDataDir(dataDir);
});

interface Phone {
  readonly person: string;
  readonly name: string;
  readonly roles: string[];
  readonly state: string;
  readonly device: { readonly id: string } | null;
}

async function phones(): Promise<Phone[]> {
  const response = await office.request.get(`${product.url}/api/wards/${ward}/phones`);
  return ((await response.json()) as { phones: Phone[] }).phones;
}

const leaders = async () => (await phones()).filter(({ roles }) => roles.includes('group-leader'));

async function newCard(person: string): Promise<{ link: string; code: string; name: string }> {
  const response = await office.request.post(`${product.url}/api/wards/${ward}/cards`, {
    headers: { origin: product.url },
    data: { people: [person] },
  });
  expect(response.status()).toBe(201);
  const { cards } = (await response.json()) as { cards: { link: string; code: string; name: string }[] };
  return cards[0]!;
}

const phone = (browser: Browser, userAgent = CHROME) =>
  browser.newContext({ userAgent, viewport: { width: 360, height: 740 }, hasTouch: true, locale: 'vi-VN' });

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBeLessThanOrEqual(0);
}

async function choosePin(page: Page, pin: string): Promise<void> {
  await page.getByLabel('Mã PIN mới').fill(pin);
  await page.getByLabel('Nhập lại mã PIN').fill(pin);
  await page.getByRole('button', { name: 'Lưu mã PIN' }).click();
}

let bound: BrowserContext;
let card: { link: string; code: string; name: string };

test('a preview robot, then Zalo’s and Facebook’s window spend nothing; Chrome then signs in', async ({
  browser,
  request,
}) => {
  const [leader] = await leaders();
  card = await newCard(leader!.person);
  for (const method of ['HEAD', 'GET'])
    expect((await request.fetch(card.link, { method, headers: { 'user-agent': ROBOT } })).status()).toBe(200);
  const preview = await (await request.get(card.link, { headers: { 'user-agent': ROBOT } })).text();
  expect(preview).not.toContain(card.name);

  for (const userAgent of [ZALO, FACEBOOK]) {
    const inside = await phone(browser, userAgent);
    const page = await inside.newPage();
    await page.goto(card.link);
    await expect(page.getByRole('heading', { name: 'Cần mở bằng trình duyệt' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sao chép đường dẫn' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Dùng điện thoại này' })).toHaveCount(0);
    await expect(page.getByLabel('Đường dẫn của thẻ')).toHaveValue(card.link);
    await accessible(page);
    // Even a form sent by hand from there leaves the card as it is.
    const forced = await inside.request.post(`${product.url}/api/cards/redeem`, {
      headers: { origin: product.url },
      data: { ward: '11602', card: card.link.split('/').at(-1), deviceKey: 'a'.repeat(32) },
    });
    expect(forced.status()).toBe(409);
    await inside.close();
  }

  bound = await phone(browser);
  const page = await bound.newPage();
  await page.goto(card.link);
  await expect(page.getByText(card.name)).toBeVisible();
  await accessible(page);
  await page.reload();
  await page.getByRole('button', { name: 'Dùng điện thoại này' }).click();
  await expect(page.getByRole('heading', { name: 'Chọn mã PIN' })).toBeVisible();
});

test('pressing the button again on the same phone is harmless', async () => {
  const page = await bound.newPage();
  await page.goto(card.link);
  await page.getByRole('button', { name: 'Dùng điện thoại này' }).click();
  await expect(page.getByRole('heading', { name: 'Chọn mã PIN' })).toBeVisible();
  await page.close();
});

test('a guessable PIN is refused, a good one opens the field', async () => {
  const [page] = bound.pages();
  await choosePin(page!, '123456');
  await expect(page!.getByRole('alert')).toContainText('quá dễ đoán');
  await accessible(page!);
  await choosePin(page!, '270553');
  await seeBook(page!, '270553');
  // The PIN just chosen opens the phone's own store as well.
  await expect(page!.getByRole('link', { name: /Đã vào số liệu/ })).toBeVisible();
  await page!.goto(`${product.url}/field/may`);
  await expect(page!.getByText(card.name)).toBeVisible();
  await accessible(page!);
});

test('a second phone is refused in plain words, with the way out', async ({ browser }) => {
  const second = await phone(browser);
  const page = await second.newPage();
  await page.goto(card.link);
  await expect(page.getByText('đã gắn với một điện thoại khác')).toBeVisible();
  await expect(page.getByText('Cảnh sát khu vực cấp thẻ mới ngay tại chỗ')).toBeVisible();
  await accessible(page);
  await second.close();
});

test('a locked phone asks for the PIN and then goes where it was going', async () => {
  const [page] = bound.pages();
  await page!.goto(`${product.url}/field/may`);
  await page!.getByRole('button', { name: 'Khóa máy bây giờ' }).click();
  await expect(page!.getByRole('heading', { name: 'Mở khóa' })).toBeVisible();
  await page!.goto(`${product.url}/field/may`);
  await expect(page!).toHaveURL(/\/mo-khoa/);
  await page!.getByLabel('Mã PIN', { exact: true }).fill('111222');
  await page!.getByRole('button', { name: 'Mở khóa' }).click();
  await expect(page!.getByRole('alert')).toContainText('Mã PIN chưa đúng');
  await page!.getByLabel('Mã PIN', { exact: true }).fill('270553');
  await page!.getByRole('button', { name: 'Mở khóa' }).click();
  await expect(page!).toHaveURL(/\/field\/may/);
});

test('a phone has no office, and its PIN opens none', async () => {
  const [page] = bound.pages();
  await page!.goto(`${product.url}/nguoi`);
  await expect(page!).toHaveURL(/\/field/);
});

test('a lost phone is ended from the office at once', async () => {
  const page = await office.newPage();
  await page.goto(`${product.url}/thiet-bi`);
  const row = page.getByRole('listitem').filter({ hasText: card.name });
  await row.getByText('Ngừng điện thoại này').click();
  await row.getByRole('button', { name: 'Mất máy' }).click();
  await expect(page.getByText('Điện thoại đã ngừng.')).toBeVisible();
  await accessible(page);
  await page.close();
  const [held] = bound.pages();
  await held!.goto(`${product.url}/field/may`);
  await expect(held!).toHaveURL(/\/vao/);
  await bound.close();
});

test('cards for many leaders are printed eight to a sheet, and the typed code works too', async ({
  browser,
}) => {
  const some = (await leaders()).slice(1, 10);
  const page = await office.newPage();
  await page.goto(`${product.url}/the-dang-nhap`);
  // The page must be alive first: a box ticked before that is not yet counted by the button.
  await page.waitForLoadState('networkidle');
  for (const { person } of some) await page.locator(`input[value="${person}"]`).check();
  await page.getByRole('button', { name: 'Cấp 9 thẻ' }).click();
  await expect(page.getByRole('heading', { name: 'Đã cấp 9 thẻ' })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(9);
  await accessible(page);
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length).toBe(2);
  await page.emulateMedia({ media: 'screen' });
  const code = await page.locator('.code').first().innerText();
  await page.close();

  const old = await phone(browser);
  const small = await old.newPage();
  await small.goto(`${product.url}/11602/the`);
  await small.getByLabel('Mã in dưới hình vuông').fill(code.toLowerCase().replaceAll('-', ' '));
  await accessible(small);
  await small.getByRole('button', { name: 'Tiếp tục' }).click();
  await small.getByRole('button', { name: 'Dùng điện thoại này' }).click();
  await expect(small.getByRole('heading', { name: 'Chọn mã PIN' })).toBeVisible();
  await old.close();
});

test('at the office a second factor is set up, asked for, and lets a shorter password stand', async ({
  browser,
}) => {
  const account = accountsOf(product).find(({ username }) => username === 'van.thu')!;
  const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN' });
  const page = await desk.newPage();
  const enter = async (password: string) => {
    await page.goto(`${product.url}/vao?ve=%2Ftai-khoan`);
    await page.getByLabel('Tên đăng nhập').fill(account.username);
    await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
  };
  await enter(account.password);
  await expect(page.getByRole('heading', { name: 'Tài khoản của tôi' })).toBeVisible();
  await page.locator('#factor-password').fill(account.password);
  await page.getByRole('button', { name: 'Bật xác thực hai bước' }).click();
  await expect(page.getByText('Ghi lại các mã dự phòng')).toBeVisible();
  await accessible(page);
  const secret = await page.locator('.mono').first().innerText();
  await page.getByLabel('Mã 6 số đang hiện').fill(totp(secret));
  await page.getByRole('button', { name: 'Xác nhận' }).click();
  await expect(page.getByText('Đã bật xác thực hai bước.')).toBeVisible();

  await page.getByLabel('Mật khẩu hiện tại').first().fill(account.password);
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill('chín ký tự');
  await page.getByLabel('Nhập lại mật khẩu mới').fill('chín ký tự');
  await page.getByRole('button', { name: 'Lưu mật khẩu' }).click();
  await expect(page.getByText('Đã đổi mật khẩu.')).toBeVisible();
  await page.getByText('Tắt xác thực hai bước').first().click();
  await page.locator('#drop-password').fill('chín ký tự');
  await page.getByRole('button', { name: 'Tắt xác thực hai bước' }).click();
  await expect(page.getByRole('alert')).toContainText('ngắn hơn 15 ký tự');

  await page.goto(`${product.url}/ra`);
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  // Asked for before it has gone out, the door would still know the session and lead inside.
  await expect(page).toHaveURL(/\/vao/);
  await enter('chín ký tự');
  await expect(page.getByRole('heading', { name: 'Nhập mã xác thực' })).toBeVisible();
  await accessible(page);
  await page.getByLabel('Mã xác thực hoặc mã dự phòng').fill(totp(secret));
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await expect(page.getByRole('heading', { name: 'Tài khoản của tôi' })).toBeVisible();
  await desk.close();
});

test('a session that ends while a form is being filled in keeps the text on the page', async ({
  browser,
}) => {
  const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN' });
  await signIn(desk, product, 'quan.tri');
  const page = await desk.newPage();
  await page.goto(`${product.url}/nguoi/them`);
  await page.getByLabel('Họ và tên').fill('Trần Thị Đang Gõ Dở');
  await desk.request.delete(`${product.url}/api/session`, { headers: { origin: product.url }, data: {} });
  await page.getByRole('button', { name: 'Thêm người' }).click();
  await expect(page.getByRole('alert')).toContainText('Nội dung vừa nhập vẫn còn trên trang này');
  await expect(page.getByLabel('Họ và tên')).toHaveValue('Trần Thị Đang Gõ Dở');
  await signIn(desk, product, 'quan.tri');
  await page.getByRole('button', { name: 'Thêm người' }).click();
  await expect(page.getByRole('heading', { name: 'Trần Thị Đang Gõ Dở' })).toBeVisible();
  await desk.close();
});
