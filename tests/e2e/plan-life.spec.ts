// A paper becomes a running campaign and lives through an amendment, each step in a browser by whoever has to take it:
// the ward police head imports, mends, confirms and starts; a member of the culture office does the work and shows it;
// the head sees the state; the plan is amended by a numbered paper; nothing that was recorded is lost.
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { z } from 'zod';
import { planPaper } from '../support/plan-paper.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

test.describe.configure({ mode: 'serial' });

const DUTY = 'Phát thanh phòng cháy trên loa phường';
const LINK = 'https://honga.example/phat-thanh/05-8';
const NOTE = 'Đã phát lúc sáng sớm, đủ ba cụm loa';

const Duties = z.object({
  today: z.string(),
  items: z.array(z.object({ id: z.string(), title: z.string() })),
  occurrences: z.array(
    z.object({ itemId: z.string(), areaId: z.string().nullable(), periodStart: z.string() }),
  ),
});

test.describe('the life of a plan', () => {
  const dataDir = newDataDir();
  let product: Product;
  let head: Page;
  let member: Page;
  let campaign = '';
  const contexts: BrowserContext[] = [];

  async function as(browser: Browser, username: string, size = { width: 1440, height: 900 }): Promise<Page> {
    const context = await browser.newContext({
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      viewport: size,
    });
    contexts.push(context);
    await signIn(context, product, username);
    return context.newPage();
  }

  /** Where the broadcast of the campaign's day stands: found as the clock has it, never by a date of our own. */
  async function occurrence(page: Page): Promise<string> {
    const session = await page.request.get(`${product.url}/api/session`);
    const { person } = z.object({ person: z.object({ ward: z.number() }) }).parse(await session.json());
    const answer = await page.request.get(
      `${product.url}/api/wards/${person.ward}/campaigns/${campaign}/calendar/today`,
    );
    expect(answer.status(), await answer.text()).toBe(200);
    const { items, occurrences, today } = Duties.parse(await answer.json());
    const item = items.find(({ title }) => title === DUTY);
    const one = occurrences.find(({ itemId, periodStart }) => itemId === item?.id && periodStart === today);
    expect(one, 'the broadcast is owed today').toBeDefined();
    return `/nhiem-vu?chien-dich=${campaign}&muc=${one?.itemId ?? ''}&ky=${one?.periodStart ?? ''}`;
  }

  test.beforeAll(async ({ browser }) => {
    product = await startProduct({ dataDir });
    head = await as(browser, 'truong.congan');
    member = await as(browser, 'can.bo.vhxh', { width: 360, height: 740 });
  });
  test.afterAll(async () => {
    for (const context of contexts) await context.close();
    await product.stop();
    removeDataDir(dataDir);
  });

  test('a Word file is imported, one item mended, every question answered, confirmed and started', async () => {
    await head.goto(`${product.url}/ke-hoach/moi`, { waitUntil: 'networkidle' });
    await head.locator('input[type=file][name=file]').setInputFiles({
      name: 'ke-hoach-pccc.docx',
      mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      buffer: await planPaper(),
    });
    await head.getByLabel('Tên chiến dịch').fill('Tuyên truyền phòng cháy, chữa cháy');
    await head.getByLabel('Tên gọi ngắn').fill('Phòng cháy');
    await head.getByLabel('Từ ngày').fill('2025-08-02');
    await head.getByLabel('Đến ngày').fill('2025-08-14');
    await head.getByRole('button', { name: 'Đọc kế hoạch' }).click();
    await head.waitForURL(/\/soan$/);
    campaign = /ke-hoach\/([0-9a-f-]{36})\//.exec(head.url())?.[1] ?? '';
    const confirm = head.getByRole('button', { name: 'Xác nhận kế hoạch' });
    await expect(confirm).toBeDisabled();

    const broadcast = head.locator('li.card').filter({ hasText: 'Phát thanh nội dung phòng cháy' });
    await broadcast.getByRole('button', { name: 'Sửa' }).click();
    const sheet = head.getByRole('dialog');
    await expect(sheet).toContainText('tối thiểu 01 lượt/ngày');
    await sheet.getByLabel('Tên gọi trong danh sách').fill(DUTY);
    await sheet.getByRole('button', { name: 'Ghi mục' }).click();
    await expect(sheet).toBeHidden();
    await expect(head.locator('li.card').filter({ hasText: DUTY })).toContainText('ít nhất 1 lần/ngày');

    await settle(head);
    await expect(head.getByText('Đã đủ để xác nhận')).toBeVisible();
    await confirm.click();
    await head.getByRole('dialog').getByRole('button', { name: 'Xác nhận' }).click();
    await head.waitForURL(new RegExp(`/ke-hoach/${campaign}$`));
    await head.getByRole('button', { name: 'Cho chiến dịch chạy' }).click();
    await expect(head.getByText('Đang chạy')).toBeVisible();
  });

  test('a member of the unit shows the work with a link and a picture; the head sees the state change', async () => {
    const at = await occurrence(head);
    await head.goto(product.url + at);
    await expect(head.locator('.badge').first()).toHaveText('Đến hạn');

    await member.goto(product.url + (await occurrence(member)));
    await expect(member.locator('blockquote')).toContainText('tối thiểu 01 lượt/ngày');
    await member.locator('input[type=file][name=pictures]').setInputFiles({
      name: 'loa.png',
      mimeType: 'image/png',
      buffer: PNG.sync.write(new PNG({ width: 64, height: 48 })),
    });
    await member.getByLabel('Đường dẫn bài đăng').fill(LINK);
    await member.getByLabel('Ghi chú').fill(NOTE);
    await member.getByRole('button', { name: 'Ghi đã làm' }).click();
    await expect(member.getByText('Đã ghi nhận.')).toBeVisible();

    await head.reload();
    await expect(head.locator('.badge').first()).toHaveText('Đã làm');
    await sees(head);
  });

  test('a numbered paper amends the plan; evidence stays with its duty and the old version stays readable', async () => {
    const before = await occurrence(head);
    await head.goto(`${product.url}/ke-hoach/${campaign}`);
    await head.getByRole('link', { name: 'Lập bản điều chỉnh' }).click();
    await head.getByRole('button', { name: 'Sửa trên bản đang dùng' }).click();
    await head.waitForURL(/\/soan$/);
    await head.locator('li.card').filter({ hasText: DUTY }).getByRole('button', { name: 'Sửa' }).click();
    const sheet = head.getByRole('dialog');
    await sheet.getByLabel('Ít nhất').fill('2');
    await sheet.getByRole('button', { name: 'Ghi mục' }).click();
    await expect(sheet).toBeHidden();
    await head.getByRole('button', { name: 'Xác nhận kế hoạch' }).click();
    const dialog = head.getByRole('dialog');
    await dialog.getByLabel('Số văn bản điều chỉnh').fill('35/KH-UBND');
    await dialog.getByLabel('Ngày văn bản').fill('2025-08-05');
    await dialog.getByRole('button', { name: 'Xác nhận' }).click();
    await head.waitForURL(new RegExp(`/ke-hoach/${campaign}$`));

    await head.goto(`${product.url}/ke-hoach/${campaign}/ban/2`);
    await expect(head.locator('main')).toContainText('35/KH-UBND');
    await expect(head.locator('main')).toContainText('ít nhất 2 lần/ngày');
    await head.goto(`${product.url}/ke-hoach/${campaign}/ban/1`);
    const old = head.locator('li.card').filter({ hasText: DUTY });
    await expect(old).toContainText('ít nhất 1 lần/ngày');
    await expect(head.locator('main')).toContainText('tối thiểu 01 lượt/ngày');

    expect(await occurrence(head), 'the duty has the id it had').toBe(before);
    await head.goto(product.url + before);
    await expect(head.locator('.badge').first()).toHaveText('Đã làm');
    await sees(head);
  });
});

async function sees(page: Page): Promise<void> {
  const list = page.getByRole('region', { name: 'Đã ghi nhận' });
  await expect(list).toContainText(NOTE);
  await expect(list.getByRole('link', { name: LINK })).toBeVisible();
  const picture = list.getByRole('img').first();
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
}

/** Everything the desk still asks, answered with the first answer it offers. */
async function settle(page: Page): Promise<void> {
  const left = page.locator('.bar .sum');
  for (let turn = 0; turn < 30; turn++) {
    const words = await left.innerText();
    if (!/Còn \d+ việc/.test(words)) return;
    const names = page.locator('#todo-names select').first();
    const doubts = page.locator('#todo-doubts');
    if (await names.isVisible()) await names.selectOption({ index: 1 });
    else if (await doubts.isVisible()) {
      await doubts.evaluate((part: HTMLDetailsElement) => (part.open = true));
      const choose = doubts.locator('select');
      if (await choose.first().isVisible()) await choose.first().selectOption({ index: 1 });
      else await doubts.getByRole('button').first().click();
    } else await page.locator('#todo-links').getByRole('button').first().click();
    await expect(left).not.toHaveText(words);
  }
}
