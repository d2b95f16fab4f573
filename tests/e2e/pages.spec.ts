// Every page at phone and at desk size: no accessibility violation, nothing wider than the screen, no error in the
// console. With PICTURES=1 it also writes the pictures of docs/.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { open, PAGES, SIZES, UNPROVED } from '../support/pages.ts';
import type { Size } from '../support/pages.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

const dataDir = newDataDir();
let product: Product;

test.beforeAll(async () => {
  product = await startProduct({ dataDir });
});
test.afterAll(async () => {
  await product.stop();
  removeDataDir(dataDir);
});

const all = process.env['PICTURES'] !== undefined || process.env['ALL_PAGES'] !== undefined;
for (const wanted of PAGES.filter(({ name }) => all || !UNPROVED.has(name))) {
  for (const size of wanted.sizes ?? (['phone', 'desk'] satisfies Size[])) {
    test(`${wanted.name} on a ${size}`, async ({ browser }) => {
      const context = await browser.newContext({
        viewport: SIZES[size],
        hasTouch: size === 'phone',
        locale: 'vi-VN',
        timezoneId: 'Asia/Ho_Chi_Minh',
        reducedMotion: 'reduce',
      });
      if (wanted.as) await signIn(context, product, wanted.as);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      page.on('pageerror', (error) => errors.push(error.message));
      await open(page, product.url, wanted);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      expect(
        violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
        ),
      ).toEqual([]);
      const [inner, outer] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(inner, 'wider than the screen').toBeLessThanOrEqual(outer ?? 0);
      expect(errors).toEqual([]);
      if (process.env['PICTURES'] === '1') {
        await page.screenshot({ path: `docs/${wanted.name}-${SIZES[size].width}.png`, fullPage: false });
      }
      await context.close();
    });
  }
}
