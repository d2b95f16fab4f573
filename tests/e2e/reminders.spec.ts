// The call board, one's own choices and the calendar feeds, as people use them in a browser.
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import ICAL from 'ical.js';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

const dataDir = newDataDir();
let product: Product;
let police: BrowserContext;
let page: Page;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  product = await startProduct({ dataDir });
  police = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await signIn(police, product, 'truong.congan');
  page = await police.newPage();
});
test.afterAll(async () => {
  await police.close();
  await product.stop();
  removeDataDir(dataDir);
});

const firstGroup = () => page.locator('ol > li').filter({ hasText: 'TDP' }).first();
const nextPerson = () => firstGroup().locator('.person.next');

test('each place on the call board has a polite text for Zalo, a text message and a call', async () => {
  await page.goto(`${product.url}/nhac-viec`, { waitUntil: 'networkidle' });
  await expect(nextPerson()).toContainText('Tổ trưởng');
  await nextPerson()
    .getByRole('button', { name: /Sao chép lời nhắc gửi Zalo/ })
    .click();
  await expect(nextPerson().getByRole('button', { name: /Sao chép lời nhắc gửi Zalo/ })).toContainText(
    'Đã sao chép',
  );
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^Kính gửi ông\/bà .*: đến 0\dh\d\d' .*Trân trọng\.$/);
  const sms = await nextPerson()
    .getByRole('link', { name: /Nhắn tin cho/ })
    .getAttribute('href');
  expect(sms).toMatch(/^sms:\+84\d{9}\?body=/);
  expect(decodeURIComponent(sms?.split('?body=')[1] ?? '')).toBe(text);
  expect(await nextPerson().getByRole('link', { name: /^Gọi / }).getAttribute('href')).toMatch(
    /^tel:\+84\d{9}$/,
  );
});

test('the board notes who was called when, and goes from leader to deputy to area officer', async () => {
  const place = await firstGroup().getByRole('heading').innerText();
  const row = page
    .locator('ol > li')
    .filter({ has: page.getByRole('heading', { name: place, exact: true }) });
  const next = row.locator('.person.next');
  const noteAs = async (way: string) => {
    await next.getByRole('button', { name: /Ghi lại việc đã liên hệ/ }).click();
    await page.getByRole('menuitem', { name: way, exact: true }).click();
  };
  await expect(next).toContainText('Tổ trưởng');
  await noteAs('gọi không nghe máy');
  await expect(next).toContainText('Tổ phó');
  await noteAs('gọi không nghe máy');
  await expect(next).toContainText('Cảnh sát khu vực');
  await expect(row.getByText('Đã nhắc', { exact: true })).toHaveCount(0);
  await noteAs('đã gọi');
  await expect(row.locator('.contacts')).toContainText(/đã gọi (?:07:5\d|08:0\d)/);
  await expect(row.getByText('Đã nhắc', { exact: true })).toBeVisible();
  await row.getByRole('button', { name: 'Hoàn tác' }).last().click();
  await expect(row.getByText('Đã nhắc', { exact: true })).toHaveCount(0);
});

test('on a phone of 360 the ready text, the message and the call lie under the thumb, none cut off', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${product.url}/nhac-viec`, { waitUntil: 'networkidle' });
  const ways = [
    nextPerson().getByRole('button', { name: /Sao chép lời nhắc gửi Zalo/ }),
    nextPerson().getByRole('link', { name: /Nhắn tin cho/ }),
    nextPerson().getByRole('link', { name: /^Gọi / }),
    nextPerson().getByRole('button', { name: /Ghi lại việc đã liên hệ/ }),
  ];
  for (const way of ways) {
    await way.scrollIntoViewIfNeeded();
    const box = await way.boundingBox();
    expect(box?.height ?? 0).toBeGreaterThanOrEqual(44);
    expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
  }
  await ways[0]?.click();
  await expect(ways[0] ?? nextPerson()).toContainText('Đã sao chép');
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('choices are kept: what, how long before, quiet hours', async () => {
  await page.goto(`${product.url}/nhac-viec/lua-chon`, { waitUntil: 'networkidle' });
  await page.getByLabel('Khi đã quá hạn').uncheck();
  await page.getByLabel('Nhắc trước').selectOption('30');
  await page.getByLabel('Từ', { exact: true }).fill('20:30');
  await page.getByRole('button', { name: 'Lưu lựa chọn' }).click();
  await expect(page.getByText('Đã lưu lựa chọn.')).toBeVisible();
  await page.reload({ waitUntil: 'networkidle' });
  await expect(page.getByLabel('Khi đã quá hạn')).not.toBeChecked();
  await expect(page.getByLabel('Nhắc trước')).toHaveValue('30');
  await expect(page.getByLabel('Từ', { exact: true })).toHaveValue('20:30');
});

async function feed(address: string) {
  const response = await fetch(address);
  return { status: response.status, text: await response.text() };
}

test('a calendar’s address opens without sign-in, passes a parser, and dies when renewed', async () => {
  const addresses = page.locator('code');
  const made = async () => (await addresses.allInnerTexts()).map((one) => one.trim());
  const makers = page.getByRole('button', { name: /^Tạo địa chỉ lịch/ });
  for (let left = await makers.count(); left > 0; left = await makers.count()) {
    await makers.first().click();
    await expect(makers).toHaveCount(left - 1);
  }
  // One for the person, one for the unit.
  const before = await made();
  expect(before).toHaveLength(2);
  for (const address of before) {
    const { status, text } = await feed(address);
    expect(status).toBe(200);
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getAllSubcomponents('vevent').length).toBeGreaterThan(0);
  }
  await page
    .getByRole('button', { name: /^Đổi địa chỉ lịch mới/ })
    .first()
    .click();
  await expect.poll(async () => (await made())[0]).not.toBe(before[0]);
  const after = await made();
  expect((await feed(before[0] ?? '')).status).toBe(404);
  expect((await feed(after[0] ?? '')).status).toBe(200);
  expect((await feed(before[1] ?? '')).status).toBe(200);
});
