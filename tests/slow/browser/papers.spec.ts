// A form as it comes off the printer: its PDF drawn as a picture, and the picture of the paper finds its household.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { BrowserContext } from '@playwright/test';
import { newDataDir, removeDataDir, startProduct } from '../../support/product.ts';
import type { Product } from '../../support/product.ts';
import { signIn } from '../../support/sign-in.ts';

const dataDir = newDataDir();
let product: Product;

test.setTimeout(180_000);
test.beforeAll(async () => {
  product = await startProduct({ dataDir });
});
test.afterAll(async () => {
  await product.stop();
  removeDataDir(dataDir);
});

const PDFJS = readFileSync(join(dirname(createRequire(import.meta.url).resolve('unpdf')), 'pdfjs.mjs'));

/** The first page at 130 dots an inch, less than any office printer and telephone give. */
async function drawn(context: BrowserContext, pdf: Buffer): Promise<Buffer> {
  const page = await context.newPage();
  await page.route('http://paper.test/**', (route) =>
    route.request().url().endsWith('.mjs')
      ? route.fulfill({ body: PDFJS, contentType: 'text/javascript' })
      : route.fulfill({ body: '<!doctype html><canvas></canvas>', contentType: 'text/html' }),
  );
  await page.goto('http://paper.test/');
  const data = await page.evaluate(
    async (bytes) => {
      const at = '/pdfjs.mjs';
      const { getDocument } = (await import(/* @vite-ignore */ at)) as {
        getDocument: (from: object) => {
          promise: Promise<{
            getPage: (n: number) => Promise<{
              getViewport: (to: object) => { width: number; height: number };
              render: (to: object) => { promise: Promise<void> };
            }>;
          }>;
        };
      };
      const document_ = await getDocument({ data: Uint8Array.from(bytes) }).promise;
      const first = await document_.getPage(1);
      const viewport = first.getViewport({ scale: 130 / 72 });
      const canvas = document.querySelector('canvas');
      const pen = canvas?.getContext('2d');
      if (!canvas || !pen) throw new Error('no canvas');
      canvas.width = viewport.width;
      canvas.height = viewport.height;
      await first.render({ canvas, canvasContext: pen, viewport }).promise;
      return canvas.toDataURL('image/png');
    },
    [...pdf],
  );
  await page.close();
  return Buffer.from(data.split(',')[1] ?? '', 'base64');
}

test('a picture of a printed form finds its household', async ({ browser }) => {
  const context = await browser.newContext({
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  await signIn(context, product, 'truc.ban');
  const page = await context.newPage();
  await page.goto(`${product.url}/giay-cam-ket`, { waitUntil: 'networkidle' });
  await page.locator('tbody a').first().click();
  await page.waitForURL(/giay-cam-ket\/[0-9a-f-]{36}/);
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Tạo phiếu để in' }).click();
  const link = page.getByRole('link', { name: 'Mở tệp PDF' });
  await expect(link).toBeVisible();
  const pdf = await (
    await context.request.get(`${product.url}${(await link.getAttribute('href')) ?? ''}`)
  ).body();
  const picture = await drawn(context, pdf);
  const head = await page.evaluate(() => document.title);
  expect(head).toContain('Bản cam kết giấy');
  await page.goto(`${product.url}/giay-cam-ket`, { waitUntil: 'networkidle' });
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'phieu.png', mimeType: 'image/png', buffer: picture });
  await page.waitForURL(/\?ma=[0-9A-Z]{16}/);
  const found = page.locator('main a[href^="/ho-dan/"]').first();
  await expect(found).toBeVisible();
  await found.click();
  await page.waitForURL(/\/ho-dan\/[0-9a-f-]{36}/);
  const name = await page.locator('h1').innerText();
  const { extractText, getDocumentProxy } = await import('unpdf');
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: false });
  expect((text[0] ?? '').normalize('NFC').replaceAll(/\s+/g, ' ')).toContain(name);
  await context.close();
});
