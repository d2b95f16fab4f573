// Everyone knows what is theirs, as people meet it in a browser: where each lands, the keys, the leader's page on one
// sheet of paper and every figure opened down to a door, a unit's duty put into one member's hands, a paper from above
// whose deadline becomes a duty, and the readiness board.
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { Document, Packer, Paragraph } from 'docx';
import { getDocumentProxy } from 'unpdf';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { accountsOf, signIn } from '../support/sign-in.ts';

const dataDir = newDataDir();
let product: Product;
const contexts: BrowserContext[] = [];

async function context(browser: Browser, viewport = { width: 1440, height: 900 }): Promise<BrowserContext> {
  const made = await browser.newContext({
    viewport,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
  });
  contexts.push(made);
  return made;
}
async function as(browser: Browser, username: string): Promise<Page> {
  const made = await context(browser);
  await signIn(made, product, username);
  return made.newPage();
}
const visit = (page: Page, path: string) => page.goto(product.url + path, { waitUntil: 'networkidle' });
/** A count as the page writes it: 2.891. */
const number = (text: string | null) => Number((text ?? '').replaceAll(/\D/g, ''));

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

test('signing in leads each to where their work is', async ({ browser }) => {
  const accounts = accountsOf(product);
  const homes: readonly (readonly [string, RegExp, string])[] = [
    ['chu.tich', /\/tong-quan$/, 'Ba việc cần xử lý ngay'],
    ['truong.congan', /\/tong-quan$/, 'Ba việc cần xử lý ngay'],
    ['truong.vhxh', /\/viec-don-vi$/, 'Phòng Văn hóa - Xã hội'],
    ['can.bo.vhxh', /\/viec-cua-toi$/, 'Việc của tôi'],
    ['canh.sat.kv', /\/viec-cua-toi$/, 'Việc của tôi'],
    ['quan.tri', /\/tong-quan$/, 'Ba việc cần xử lý ngay'],
  ];
  for (const [username, home, words] of homes) {
    const page = await (await context(browser)).newPage();
    await visit(page, '/vao');
    await page.getByLabel('Tên đăng nhập').fill(username);
    await page
      .getByLabel('Mật khẩu', { exact: true })
      .fill(accounts.find((one) => one.username === username)?.password ?? '');
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await expect(page, username).toHaveURL(home);
    await expect(page.locator('main'), username).toContainText(words);
  }
});

test('on every page "/" searches, "?" tells the keys and "g d" goes to today', async ({ browser }) => {
  const page = await as(browser, 'truong.congan');
  for (const path of ['/tong-quan', '/chi-dao', '/tai-khoan', '/ho-dan']) {
    await visit(page, path);
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Phím tắt' });
    await expect(sheet, path).toContainText('Tìm mọi thứ');
    await expect(sheet, path).toContainText('Đến trang Hôm nay');
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await page.keyboard.press('/');
    const field = page.getByRole('searchbox', { name: 'Từ cần tìm' });
    await expect(field, path).toBeFocused();
    await page.keyboard.type('g d/');
    await expect(field, 'letters typed are letters').toHaveValue('g d/');
    await page.keyboard.press('Escape');
    await expect(field).toBeHidden();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await expect(page, path).toHaveURL(/\/hom-nay/);
  }
  // From the keys to the thing itself: a group, a unit, a person, found without marks.
  for (const [typed, found, opens, says] of [
    ['dinh ha 2', 'Tổ dân phố Đình Hạ 2', /\/to-dan-pho\/[0-9a-f-]{36}$/, 'Tổ dân phố Đình Hạ 2'],
    ['van hoa - xa hoi', 'Phòng Văn hóa - Xã hội', /\/nguoi\?unit=/, 'Trần Ngọc Bình'],
    ['tran ngoc binh', 'Trần Ngọc Bình', /\/nguoi\/[0-9a-f-]{36}$/, 'Trần Ngọc Bình'],
  ] as const) {
    await page.keyboard.press('/');
    await page.keyboard.type(typed);
    await expect(page.getByRole('dialog').getByRole('link').first()).toContainText(found);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(opens);
    await expect(page.locator('main')).toContainText(says);
  }
});

const together = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, '');

async function printed(page: Page): Promise<{ pages: number; size: string; words: string }> {
  await page.emulateMedia({ media: 'print' });
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
  const words: string[] = [];
  for (let at = 1; at <= pdf.numPages; at++) {
    const { items } = await (await pdf.getPage(at)).getTextContent();
    words.push(...items.map((item) => ('str' in item ? item.str : '')));
  }
  const [, , width = 0, height = 0] = (await pdf.getPage(1)).view;
  return {
    pages: pdf.numPages,
    size: `${Math.round(width)} × ${Math.round(height)}`,
    // A font cut to its letters puts a letter with marks into a run of its own, so spaces say nothing.
    words: together(words.join('')),
  };
}

test('the leader’s page prints on one A4, with everything on it', async ({ browser }) => {
  const page = await as(browser, 'chu.tich');
  await visit(page, '/tong-quan');
  await expect(page.getByRole('link', { name: 'Xem cả 45 tổ' })).toBeVisible();
  const { pages, size, words } = await printed(page);
  expect(pages).toBe(1);
  expect(size).toBe('595 × 842');
  for (const part of ['Chỉ tiêu', 'Ba việc cần xử lý ngay', 'Việc theo đơn vị và ngày', 'Các tổ cạnh nhau'])
    expect(words).toContain(together(part));
  // The tenth of the slowest groups is still on the sheet, and the reason of each urgent thing is in words.
  const last = await page.locator('section tbody tr th').last().innerText();
  expect(words).toContain(together(last));
  await page.emulateMedia({ media: 'screen' });
});

test('a target’s figure opens to the households it counts, and a household to its visits', async ({
  browser,
}) => {
  const page = await as(browser, 'chu.tich');
  await visit(page, '/tong-quan');
  const line = page
    .locator('li')
    .filter({ has: page.getByRole('heading', { name: 'Tuyên truyền trực tiếp' }) });
  const shown = number(await line.locator('.figure a').innerText());
  await line.locator('.figure a').click();
  await expect(page).toHaveURL(/minh-chung/);
  const doors = page.getByRole('region', { name: /^Hộ có danh sách/ });
  const listed = number(await doors.getByRole('heading').innerText());
  expect(listed).toBeGreaterThan(0);
  expect(listed).toBeLessThanOrEqual(shown);
  await expect(page.getByRole('region', { name: 'Con số đã báo' })).toBeVisible();
  // Page by page there are as many as the heading says.
  const perPage = await doors.locator('tbody tr').count();
  const pages = await doors.getByRole('navigation').locator('span').first().innerText();
  expect(Math.ceil(listed / perPage)).toBe(number(/\d+\D*$/.exec(pages)?.[0] ?? ''));
  await doors.locator('tbody a').first().click();
  await expect(page).toHaveURL(/\/ho-dan\/[0-9a-f-]{36}$/);
});

test('the head puts a duty of the unit into one member’s hands; it shows on that member’s page alone', async ({
  browser,
}) => {
  const head = await as(browser, 'truong.vhxh');
  await visit(head, '/viec-don-vi');
  await head.getByRole('link', { name: 'Giao việc trong đơn vị' }).click();
  await expect(head.getByRole('heading', { level: 1 })).toHaveText('Giao việc trong đơn vị');
  const duty = head
    .locator('main li')
    .filter({ has: head.getByRole('combobox') })
    .first();
  const title = await duty.getByRole('heading').innerText();
  const choose = duty.getByRole('combobox');
  const names = (await choose.getByRole('option').allInnerTexts()).filter(
    (name) => !/Cả đơn vị|thủ trưởng|Trần Ngọc Bình/.test(name),
  );
  const other = names[0] ?? '';
  const member = await as(browser, 'can.bo.vhxh');
  const entry = member.locator('main li').filter({ hasText: title });
  await visit(member, '/viec-cua-toi');
  await expect(entry.first()).toBeAttached();

  await choose.selectOption({ label: other });
  await duty.getByRole('button', { name: /^Giao việc/ }).click();
  await expect(duty.locator('strong').first()).toHaveText(other);
  await visit(member, '/viec-cua-toi');
  await expect(entry).toHaveCount(0);
  // The head still sees it, and in whose hands it is.
  await visit(head, '/viec-don-vi');
  await expect(head.locator('main li').filter({ hasText: title }).first()).toContainText(`${other} làm`);

  await visit(head, '/viec-don-vi/giao-viec');
  await choose.selectOption({ label: 'Trần Ngọc Bình' });
  await duty.getByRole('button', { name: /^Giao việc/ }).click();
  await expect(duty.locator('strong').first()).toHaveText('Trần Ngọc Bình');
  await visit(member, '/viec-cua-toi');
  await expect(entry.first()).toBeAttached();
  await head.getByRole('button', { name: 'Hoàn tác' }).last().click();
  await expect(duty.locator('strong').first()).toHaveText(other);
  await duty.getByText(/^Trước đây/).click();
  await expect(duty.getByRole('listitem').filter({ hasText: 'Trần Ngọc Bình' })).toBeVisible();
});

const PAPER = [
  'CÔNG AN THÀNH PHỐ',
  'Số: 9920/CV-CATP',
  'ngày 04 tháng 8 năm 2025',
  'Kính gửi: Công an các phường.',
  '1. Công an các phường báo cáo kết quả tuyên truyền về Công an thành phố trước ngày 11/8/2025.',
  'Nơi nhận:',
  '- Như trên.',
];

test('a paper from above comes in with its file; its deadline becomes a duty and the plan cites it', async ({
  browser,
}) => {
  const clerk = await as(browser, 'van.thu');
  await visit(clerk, '/chi-dao/moi');
  const paper = new Document({ sections: [{ children: PAPER.map((line) => new Paragraph(line)) }] });
  await clerk.locator('input[type=file][name=file]').setInputFiles({
    name: 'Công văn 9920.docx',
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    buffer: await Packer.toBuffer(paper),
  });
  await clerk.getByLabel('Số, ký hiệu').fill('9920/CV-CATP');
  await clerk.getByLabel('Ngày ban hành').fill('2025-08-04');
  await clerk.getByLabel('Cơ quan ban hành').fill('Công an thành phố');
  await clerk.getByLabel('Trích yếu').fill('Báo cáo kết quả tuyên truyền đợt cao điểm');
  await clerk.getByRole('button', { name: 'Lưu văn bản' }).click();
  await clerk.waitForURL(/\/chi-dao\/[0-9a-f-]{36}$/);
  const at = new URL(clerk.url()).pathname;
  await expect(clerk.locator('blockquote')).toContainText('trước ngày 11/8/2025');
  // The plan as a whole stands on it.
  await clerk.getByText('Thêm nơi viện dẫn').click();
  await clerk.getByRole('button', { name: 'Ghi viện dẫn' }).click();
  await expect(clerk.getByRole('region', { name: 'Nơi viện dẫn' }).getByRole('listitem')).toHaveCount(1);

  const head = await as(browser, 'truong.congan');
  await visit(head, at);
  const units = head.getByLabel('Đơn vị chịu trách nhiệm');
  const police =
    (await units.getByRole('option').allInnerTexts()).find((name) => /^Công an/.test(name)) ?? '';
  await units.selectOption({ label: police });
  await head.getByRole('button', { name: 'Nhận thành nhiệm vụ' }).click();
  await expect(head.getByText('Đã đưa vào bản soạn của kế hoạch.')).toBeVisible();
  await head.getByRole('link', { name: 'Mục đang chờ trong bản soạn' }).click();
  await head.waitForURL(/\/soan$/);
  await head.getByRole('button', { name: 'Xác nhận kế hoạch' }).click();
  const dialog = head.getByRole('dialog');
  await dialog.getByLabel('Số văn bản điều chỉnh').fill('9920/CV-CATP');
  await dialog.getByLabel('Ngày văn bản').fill('2025-08-04');
  await dialog.getByRole('button', { name: 'Xác nhận' }).click();
  await head.waitForURL(/\/ke-hoach\/[0-9a-f-]{36}$/);

  // In force, it falls due in the calendar of the day the paper names, and its page names its grounds.
  await visit(head, '/lich?xem=ngay&ngay=2025-08-10');
  await expect(head.locator('main')).toContainText(/báo cáo kết quả tuyên truyền về Công an thành phố/i);
  await visit(head, '/lich?xem=ngay&ngay=2025-08-11');
  await expect(head.locator('main')).not.toContainText(/báo cáo kết quả tuyên truyền về Công an thành phố/i);
  await visit(head, at);
  const item = head.getByRole('region', { name: 'Nơi viện dẫn' }).getByRole('link').last();
  await item.click();
  await head.waitForURL(/\/muc\//);
  await expect(head.locator('main')).toContainText('9920/CV-CATP');
  await head.keyboard.press('/');
  await head.keyboard.type('9920');
  await expect(head.getByRole('dialog').getByRole('link').first()).toContainText('9920/CV-CATP');
  await head.keyboard.press('Enter');
  await expect(head).toHaveURL(new RegExp(`${at}$`));
});

test('the readiness board puts the unready on top, leads to where each gap is mended, and prints', async ({
  browser,
}) => {
  const page = await as(browser, 'truong.congan');
  await visit(page, '/san-sang');
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(45);
  const gaps = await rows.evaluateAll((all) => all.map((row) => row.querySelectorAll('a.mend').length));
  expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
  expect(gaps[0]).toBeGreaterThan(0);
  const { words, size } = await printed(page);
  expect(size).toMatch(/595 × 842|842 × 595/);
  expect(words).toContain(together(await rows.last().locator('th').innerText()));
  await page.emulateMedia({ media: 'screen' });
  await rows.first().locator('a.mend').first().click();
  await expect(page).not.toHaveURL(/san-sang/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
