// The design system in a real browser: every look without an accessibility violation, and what each part promises to
// the keyboard, the thumb and the back button.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';

const dataDir = newDataDir();
let product: Product;

test.beforeAll(async () => {
  product = await startProduct({ dataDir, env: { TUNG_NHA_DESIGN: '1' } });
});
test.afterAll(async () => {
  await product.stop();
  removeDataDir(dataDir);
});

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };

const open = async (page: Page, query = '') => {
  await page.goto(`${product.url}/design${query}`, { waitUntil: 'load' });
  await page.locator('[data-ready=true]').waitFor();
  await page.evaluate(() => document.fonts.ready);
};

/** Contrast is measured for every pair of colours by src/ui/contrast.test.ts; here each surface and theme once. */
const LOOKS = [
  ['?surface=office&theme=light', DESK],
  ['?surface=office&theme=dark', PHONE],
  ['?surface=field&theme=light', PHONE],
  ['?surface=field&theme=outdoor', PHONE],
  ['?surface=public&theme=dark', DESK],
  ['?surface=public&theme=light', PHONE],
  ['?frame=office', DESK],
  ['?frame=office', PHONE],
  ['?frame=field', PHONE],
  ['?frame=public', PHONE],
] as const;

for (const [look, size] of LOOKS) {
  test(`${look} at ${size.width} px: no violation, not wider than the screen, thumbs find every target`, async ({
    browser,
  }) => {
    const phone = size === PHONE;
    const context = await browser.newContext({
      viewport: size,
      hasTouch: phone,
      isMobile: phone,
      locale: 'vi-VN',
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await open(page, look);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual(
      [],
    );
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide, 'wider than the screen').toBeLessThanOrEqual(0);
    expect(errors).toEqual([]);
    if (phone) expect(await smallTargets(page)).toEqual([]);
    await context.close();
  });
}

/** What is lower than 48 px, links inside a sentence apart; a box counts with its label. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, select, input:not(.ui-hidden), label.ui-button',
      ),
    ]
      .filter((element) => element.checkVisibility() && getComputedStyle(element).display !== 'inline')
      .filter((element) => element.closest('p') === null && element.dataset['variant'] !== 'link')
      .filter((element) => (element.closest('label') ?? element).getBoundingClientRect().height < 47.5)
      .filter((element) => getComputedStyle(element, '::after').position !== 'absolute')
      .map((element) => element.outerHTML.slice(0, 120)),
  );
}

test('figures are tabular, so columns of numbers stand under each other', async ({ page }) => {
  await open(page);
  const widths = await page.evaluate(() =>
    ['11.111', '80.808'].map((text) => {
      const span = document.createElement('span');
      span.textContent = text;
      document.querySelector('main')?.append(span);
      return span.getBoundingClientRect().width;
    }),
  );
  expect(widths[0]).toBeCloseTo(widths[1] ?? 0, 1);
});

test('shortcuts answer outside of text boxes only, and can be switched off', async ({ page }) => {
  await open(page);
  await page.getByLabel('Tên tổ dân phố').pressSequentially('g c?');
  await expect(page.getByLabel('Tên tổ dân phố')).toHaveValue('g c?');
  await expect(page).not.toHaveURL(/tab=/);
  await page.getByRole('heading', { level: 1 }).first().click();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/tab=week/);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Phím tắt' });
  await expect(sheet).toContainText('Đến lịch');
  await sheet.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('?');
  await expect(sheet).toBeHidden();
});

test('a dialog keeps the focus, closes by Escape and gives the focus back', async ({ page }) => {
  await open(page);
  const opener = page.getByRole('button', { name: 'Mở hộp thoại' });
  await opener.click();
  const dialog = page.getByRole('dialog', { name: 'Thu hồi thẻ của Tổ trưởng' });
  await expect(dialog.getByRole('heading')).toBeFocused();
  for (let press = 0; press < 8; press += 1) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(
      () => document.activeElement !== document.body && document.activeElement?.closest('dialog') === null,
    );
    expect(outside).toBe(false);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test('a sheet held by the address closes by the back button', async ({ page }) => {
  await open(page);
  await page.getByRole('link', { name: 'Mở trang bên' }).click();
  const sheet = page.getByRole('dialog', { name: 'Đăng tin vào nhóm Zalo' });
  await expect(sheet).toBeVisible();
  await page.goBack();
  await expect(sheet).toBeHidden();
  await page.goForward();
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/sheet/);
});

test('a menu is walked by arrows and letters and gives the focus back', async ({ page }) => {
  await open(page);
  const button = page.getByRole('button', { name: 'Việc khác với tổ này' });
  await button.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Nhắc qua tin nhắn' })).toBeFocused();
  await page.keyboard.press('t');
  await expect(page.getByRole('menuitem', { name: 'Thu hồi thẻ' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute('aria-expanded', 'false');
});

test('what was done can be taken back for ten seconds, longer while it is read', async ({ page }) => {
  await page.clock.install({ time: '2025-08-05T07:50:00+07:00' });
  await open(page);
  // From here on time passes only when told, however slow the machine is.
  await page.clock.pauseAt('2025-08-05T08:50:00+07:00');
  const remove = page.getByRole('button', { name: 'Bỏ vắng' });
  await remove.click();
  await expect(remove).toBeHidden();
  await page.getByRole('button', { name: 'Hoàn tác', exact: true }).click();
  await expect(remove).toBeVisible();
  await remove.click();
  const toast = page.getByText('Đã bỏ “vắng”.');
  await toast.hover();
  await page.clock.runFor(30_000);
  await expect(toast).toBeVisible();
  await page.mouse.move(0, 0);
  await page.clock.runFor(9_000);
  await expect(toast).toBeVisible();
  await page.clock.runFor(2_000);
  await expect(toast).toBeHidden();
  await expect(remove).toBeHidden();
});

test('errors are summed up above the form with the focus, and each line leads to its field', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('button', { name: 'Ghi', exact: true }).click();
  const summary = page.getByRole('alert', { name: 'Có chỗ cần sửa' });
  await expect(summary).toBeFocused();
  await summary.getByRole('link', { name: 'Xin ghi tên tổ dân phố.' }).click();
  const field = page.getByLabel('Tên tổ dân phố');
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/Như trong quyết định thành lập\. Lỗi: Xin ghi tên/);
  await summary.getByRole('link', { name: 'Xin chọn kết quả lần gặp.' }).click();
  await expect(page.getByRole('radio', { name: 'Gặp' })).toBeFocused();
});

test('files come by choosing and by pasting, are refused in words, and travel in the form itself', async ({
  page,
}) => {
  await open(page);
  const input = page.locator('input[name=files]');
  const png = { name: 'loa.png', mimeType: 'image/png', buffer: Buffer.from('a') };
  await input.setInputFiles([
    png,
    { name: 'x.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('b') },
  ]);
  await expect(page.getByText('loa.png')).toBeVisible();
  await expect(page.getByText('Tệp “x.exe” không đúng loại.')).toBeVisible();
  for (let time = 0; time < 2; time += 1) {
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['c'], 'image.png', { type: 'image/png' }));
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    });
  }
  await expect(page.getByText('Ảnh dán 2.png')).toBeVisible();
  const names = () =>
    input.evaluate((element: HTMLInputElement) => [...(element.files ?? [])].map((file) => file.name));
  expect(await names()).toEqual(['loa.png', 'Ảnh dán 1.png', 'Ảnh dán 2.png']);
  await page.getByRole('button', { name: 'Bỏ loa.png' }).click();
  expect(await names()).toEqual(['Ảnh dán 1.png', 'Ảnh dán 2.png']);
});

test('a table is walked row by row, sorted, selected, and its first column stays', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await open(page);
  const table = page.getByRole('table', { name: /Báo cáo nhanh sáng/ });
  await table.getByRole('link', { name: 'TDP Đình Hạ 1' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(table.getByRole('link', { name: 'TDP Đình Hạ 2' })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('k');
  await expect(table.getByRole('row').nth(7).getByRole('link')).toBeFocused();
  await table.getByRole('checkbox', { name: 'Chọn tất cả' }).check();
  await expect(page.getByText('Đã chọn 8')).toBeVisible();
  await table.getByRole('button', { name: 'Số hộ' }).click();
  await table.getByRole('button', { name: 'Số hộ' }).click();
  await expect(table.getByRole('columnheader', { name: 'Số hộ' })).toHaveAttribute('aria-sort', 'descending');
  await expect(table.getByRole('row').nth(1)).toContainText('435');
  const name = table.getByRole('rowheader').first();
  const region = page.getByRole('group', { name: /Báo cáo nhanh sáng/ });
  const left = async () => ((await name.boundingBox())?.x ?? 0) - ((await region.boundingBox())?.x ?? 0);
  await region.evaluate((element) => element.scrollTo(200, 0));
  expect(await left()).toBeLessThan(3);
  expect(await left()).toBeGreaterThanOrEqual(0);
});

test('a busy button takes no second press and keeps the focus', async ({ page }) => {
  await open(page);
  const button = page.getByRole('button', { name: 'Đang ghi' });
  await button.focus();
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toBeFocused();
  const toggle = page.getByRole('button', { name: /^Ghi kết quả/ });
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-busy', 'true');
  await toggle.click({ force: true });
  await page.keyboard.press('Enter');
  await expect(toggle).toHaveAttribute('aria-busy', 'true');
});

test('a filter said as a sentence stands in the address', async ({ page }) => {
  await open(page);
  await page.getByRole('combobox', { name: 'Màu' }).selectOption('dark');
  await expect(page).toHaveURL(/theme=dark/);
  await expect(page.getByRole('combobox', { name: 'Màu' })).toHaveValue('dark');
});

test('the chosen colours come with the page itself, before any script', async ({ page, browser }) => {
  await open(page);
  await page.getByRole('button', { name: 'Ngoài trời' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'outdoor');
  const silent = await browser.newContext({ javaScriptEnabled: false });
  await silent.addCookies(await page.context().cookies());
  const still = await silent.newPage();
  await still.goto(`${product.url}/design?frame=public`);
  await expect(still.locator('html')).toHaveAttribute('data-theme', 'outdoor');
  await still.getByText('Đây có đúng là trang của phường không?').click();
  await expect(still.getByText('đọc trên loa mỗi sáng')).toBeVisible();
  await silent.close();
});

test('the office menu is a drawer on a phone and opens without script', async ({ browser }) => {
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${product.url}/design?frame=office`);
  const menu = page.getByRole('navigation', { name: 'Trình đơn chính' });
  await expect(menu).toBeHidden();
  await page.getByRole('button', { name: 'Thêm' }).click();
  await expect(menu.getByRole('link', { name: 'Thiết lập' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await context.close();
});

test('a ward’s own address does not have the page', async () => {
  const folder = newDataDir();
  const plain = await startProduct({ dataDir: folder });
  try {
    expect((await fetch(`${plain.url}/design`)).status).toBe(404);
  } finally {
    await plain.stop();
    removeDataDir(folder);
  }
});
