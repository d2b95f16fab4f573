import { chromium } from '@playwright/test';
import { afterAll, expect, test } from 'vitest';
import { chromiumPath, launchOptions } from './chromium.ts';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

test('the browser from npm starts and paints text without any system font', { timeout: 60_000 }, async () => {
  const browser = await chromium.launch(await launchOptions());
  closers.push(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 300, height: 100 } });
  await page.setContent('<body style="margin:0">');
  const empty = await page.screenshot();
  await page.setContent('<body style="margin:0">Phường Hồng An, tổ dân phố Đình Hạ');
  expect((await page.screenshot()).equals(empty)).toBe(false);
});

test('asking twice gives the same binary, in a folder named by the version', async () => {
  const [first, second] = await Promise.all([chromiumPath(), chromiumPath()]);
  expect(first).toBe(second);
  expect(first).toMatch(/tung-nha-chromium-\d+\.\d+\.\d+-\d+\/chromium$/);
});
