// Reports of the office in a browser: a unit's own page confirmed by its head and seen on the morning's board, a check
// visit whose minutes go into the chain of signing, and the end of the campaign explained, dated and decided.
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

test.describe.configure({ mode: 'serial' });

test.describe('reports of the office', () => {
  const dataDir = newDataDir();
  let product: Product;
  const contexts: BrowserContext[] = [];

  async function as(browser: Browser, username: string): Promise<Page> {
    const context = await browser.newContext({
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      viewport: { width: 1440, height: 900 },
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

  test('a head confirms the unit’s report, filled from evidence; the board shows it', async ({ browser }) => {
    const head = await as(browser, 'truong.vhxh');
    await goto(head, '/');
    await expect(head).toHaveURL(/\/viec-don-vi/);
    await head.getByRole('link', { name: 'Soạn báo cáo' }).click();
    await expect(head.getByRole('heading', { level: 1 })).toContainText('Báo cáo của đơn vị');
    const stated = head.getByRole('textbox', { name: /^Đơn vị báo cáo: .*(loa|phát thanh)/i }).first();
    const recorded = Number(await stated.inputValue());
    expect(recorded).toBeGreaterThan(0);
    await stated.fill('0');
    await head.getByRole('button', { name: 'Xác nhận và gửi' }).click();
    await expect(head.getByText('Xin sửa số, hoặc ghi vì sao')).toBeVisible();
    await expect(stated, 'what was typed stays').toHaveValue('0');
    await head.getByLabel('Kết quả nổi bật, khó khăn, đề nghị').fill('Loa khu 3');
    await stated.fill('12 lượt');
    await head.getByRole('button', { name: 'Xác nhận và gửi' }).click();
    await expect(head.getByText('phải là số nguyên')).toBeVisible();
    await expect(stated).toHaveValue('12 lượt');
    await expect(head.getByLabel('Kết quả nổi bật, khó khăn, đề nghị')).toHaveValue('Loa khu 3');
    await head
      .getByRole('textbox', { name: /^Đơn vị báo cáo: .*(loa|phát thanh)/i })
      .first()
      .fill(String(recorded));
    await head.getByLabel('Kết quả nổi bật, khó khăn, đề nghị').fill('Loa khu 3 hỏng, đã báo sửa');
    await head.getByRole('button', { name: 'Xác nhận và gửi' }).click();
    await expect(head.getByText('Đã gửi báo cáo.')).toBeVisible();
    await expect(head.getByText('Loa khu 3 hỏng, đã báo sửa').first()).toBeVisible();
    const board = await as(browser, 'truong.congan');
    await goto(board, '/bao-cao-sang');
    const units = board.getByRole('region', { name: 'Các đơn vị' });
    await expect(units.getByRole('listitem').filter({ hasText: 'Văn hóa' })).toContainText('Đúng giờ');
    await expect(units.getByText('Không phát sinh:').first()).toBeVisible();
    await goto(board, '/bao-cao-sang?ngay=2025-08-04');
    const late = units.getByRole('listitem').filter({ hasText: 'Kinh tế' });
    await expect(late, 'the picture and what came after it').toContainText('Không gửi');
    await expect(late).toContainText('22 phút');
  });

  test('a check visit is recorded with a task, and its minutes go into the chain', async ({ browser }) => {
    const page = await as(browser, 'truong.congan');
    await goto(page, '/kiem-tra');
    await page.getByLabel('Nơi được kiểm tra').selectOption({ index: 1 });
    await page.getByLabel('Người kiểm tra').fill('Trung tá Phạm Văn An');
    await page.getByLabel('Kết quả kiểm tra').fill('Có sổ theo dõi, thiếu 12 bản giấy');
    // The session ends while somebody writes: nothing of it is lost.
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Ghi lần kiểm tra' }).click();
    await expect(page.getByText('Phiên làm việc đã hết')).toBeVisible();
    await expect(page.getByLabel('Kết quả kiểm tra')).toHaveValue('Có sổ theo dõi, thiếu 12 bản giấy');
    await page.context().addCookies(cookies);
    await page.getByRole('button', { name: 'Ghi lần kiểm tra' }).click();
    await expect(page.getByText('Đã ghi. Việc phải làm')).toBeVisible();
    await page.getByRole('button', { name: 'Trình ký biên bản' }).click();
    await expect(page).toHaveURL(/\/van-ban\//);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Kiểm tra việc thực hiện');
    const written = page.locator('textarea');
    await expect
      .poll(() =>
        written.evaluateAll((all: HTMLTextAreaElement[]) => all.map(({ value }) => value).join('\n')),
      )
      .toContain('Có sổ theo dõi, thiếu 12 bản giấy');
    await goto(page, '/kiem-tra');
    await expect(page.getByRole('link', { name: /Mở biên bản đang trình ký/ })).toBeVisible();
  });

  test('the campaign is closed by the leader: explained, a day set, a reason for what is open', async ({
    browser,
  }) => {
    const page = await as(browser, 'chu.tich');
    await goto(page, '/ket-thuc');
    await expect(page.getByText(/\d+\/10 mục đã xong hoặc đã giải trình/)).toBeVisible();
    await page.getByText('Ghi giải trình').first().click();
    await page.getByLabel('Giải trình').first().fill('Tổ trưởng ốm, đã gọi lấy số');
    await page.getByRole('button', { name: 'Lưu', exact: true }).first().click();
    await expect(page.getByText('Giải trình: Tổ trưởng ốm, đã gọi lấy số')).toBeVisible();
    await page.getByLabel('Ngày xóa', { exact: true }).fill('2025-12-31');
    await page.getByRole('button', { name: 'Đặt ngày xóa' }).click();
    await expect(page.getByText('Sẽ xóa vào ngày 31/12')).toBeVisible();
    const close = page.getByRole('button', { name: 'Kết thúc đợt' });
    await close.click();
    await expect(page.getByText('Xin ghi lý do kết thúc khi còn việc')).toBeVisible();
    await page.getByLabel('Lý do').fill('Kết thúc sớm theo chỉ đạo');
    await close.click();
    await expect(page.getByRole('button', { name: 'Mở lại đợt' })).toBeVisible();
  });
});
