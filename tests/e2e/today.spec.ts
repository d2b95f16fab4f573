// Today's page and the calendar in a browser: what each group owes, one tap to record and to take back, the sheet with
// the words of the plan, filters and views held by the address, arrow keys, the desk entering for somebody else.
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

test.describe.configure({ mode: 'serial' });

test.describe('today and the calendar', () => {
  const dataDir = newDataDir();
  let product: Product;
  const contexts: BrowserContext[] = [];

  async function as(browser: Browser, username: string, width = 1440): Promise<Page> {
    const context = await browser.newContext({
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      viewport: { width, height: width < 500 ? 740 : 900 },
    });
    contexts.push(context);
    await signIn(context, product, username);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return page;
  }
  const goto = (page: Page, path: string) => page.goto(`${product.url}${path}`, { waitUntil: 'networkidle' });

  test.beforeAll(async () => {
    product = await startProduct({ dataDir });
  });
  test.afterAll(async () => {
    for (const context of contexts) await context.close();
    await product.stop();
    removeDataDir(dataDir);
  });

  test('the head sees what each of 45 groups owes today and finds one by its name without marks', async ({
    browser,
  }) => {
    const page = await as(browser, 'truong.congan');
    await goto(page, '/chien-dich');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await expect(page).toHaveURL(/\/hom-nay$/);
    const groups = page.getByRole('region', { name: 'Theo tổ dân phố' });
    const lines = groups.locator(':scope > details');
    await expect(lines).toHaveCount(45);
    await expect(groups.getByText(/còn 1 việc/).first()).toBeVisible();
    const first = lines.first();
    await first.locator('summary').click();
    await expect(first.locator('.line').first()).toContainText('báo cáo nhanh');
    await expect(first.locator('.line').first()).toContainText('Hạn 08:30');
    await groups.getByLabel('Tìm tổ hoặc tổ trưởng').fill('dinh ha 2');
    await expect(lines).toHaveCount(1);
    await expect(lines).toContainText('Đình Hạ 2');
  });

  test('a tap on a duty opens the words of the plan beside the list, and back closes them', async ({
    browser,
  }) => {
    const page = await as(browser, 'truong.congan');
    await goto(page, '/hom-nay');
    const units = page.getByRole('region', { name: 'Theo đơn vị' });
    await units.locator('a[href*="mo="]:visible').first().click();
    const sheet = page.getByRole('dialog');
    await expect(sheet.locator('blockquote')).toBeVisible();
    await expect(page).toHaveURL(/mo=/);
    await page.goBack();
    await expect(sheet).toBeHidden();
    await expect(page).not.toHaveURL(/mo=/);
  });

  test('one tap records, and the message takes it back', async ({ browser }) => {
    const page = await as(browser, 'truong.congan', 360);
    await goto(page, '/hom-nay');
    const police = page.getByRole('region', { name: 'Theo đơn vị' }).locator(':scope > details').first();
    if ((await police.getAttribute('open')) === null) await police.locator('summary').first().click();
    await police.getByText('có hạn sau hôm nay').click();
    const line = police.locator('.line').filter({ hasText: 'phát động đợt cao điểm' });
    await expect(line).toContainText('Trong hạn');
    await line.getByRole('button', { name: /Ghi đã làm/ }).click();
    await expect(line).toContainText('Đã làm');
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect(line).toContainText('Trong hạn');
  });

  test('the calendar opens by week; address, filters, views and arrow keys go together', async ({
    browser,
  }) => {
    const page = await as(browser, 'truong.congan');
    await goto(page, '/lich');
    await expect(page.locator('thead th')).toHaveCount(8);
    await page.getByLabel('Dòng', { exact: true }).selectOption({ label: 'tổ dân phố' });
    await expect(page).toHaveURL(/theo=to/);
    expect(await page.locator('tbody tr').count()).toBeGreaterThanOrEqual(45);
    await page.getByLabel('Đơn vị').selectOption({ label: 'Phòng Văn hóa - Xã hội' });
    await page.getByLabel('Dòng', { exact: true }).selectOption({ label: 'đơn vị' });
    await expect(page.locator('tbody tr')).toHaveCount(1);
    await expect(page.locator('tbody th').first()).toContainText('Phòng Văn hóa - Xã hội');

    const chips = page.locator('td a[data-chip]');
    await chips.first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('td:nth-of-type(2) a[data-chip]').first()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').locator('blockquote')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/mo=/);

    await page.getByRole('link', { name: 'Cả đợt' }).click();
    await expect(page.locator('thead th')).toHaveCount(14);
    await page.locator('tbody td a').first().click();
    await expect(page).toHaveURL(/xem=ngay/);
    await expect(page.locator('thead th')).toHaveCount(2);
  });

  test('the head excuses one group with a reason from the calendar, and it shows', async ({ browser }) => {
    const page = await as(browser, 'truong.congan');
    await goto(page, '/lich?xem=ngay');
    const reports = page.locator('td a[data-chip]').filter({ hasText: 'báo cáo nhanh' });
    await reports.first().click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('link').filter({ hasText: 'Đến hạn' }).first().click();
    await sheet.getByLabel('Lý do').fill('Tổ trưởng nằm viện, tổ phó đi vắng');
    await sheet.getByRole('button', { name: 'Miễn' }).click();
    await expect(sheet).toContainText('Được miễn');
    await expect(sheet).toContainText('Tổ trưởng nằm viện, tổ phó đi vắng');
  });

  test('the duty desk enters for somebody, by which way and when it came', async ({ browser }) => {
    const page = await as(browser, 'truc.ban');
    await goto(page, '/lich?xem=ngay');
    await page.locator('td a[data-chip]').filter({ hasText: 'báo cáo nhanh' }).first().click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('link').filter({ hasText: 'Đến hạn' }).first().click();
    const who = sheet.getByLabel('Người đã làm');
    const label = (await who.locator('option').nth(1).innerText()).split(' (')[0] ?? '';
    await who.selectOption({ index: 1 });
    await sheet.getByRole('button', { name: 'Ghi đã làm' }).click();
    await expect(sheet.getByText('Đã ghi nhận.')).toBeVisible();
    await expect(sheet).toContainText(`${label} (`);
    await expect(sheet).toContainText('nhập thay');
  });
});
