import { chromium } from '@playwright/test';
import { launchOptions } from '/work/wt/people/tests/support/chromium.ts';
import { AxeBuilder } from '@axe-core/playwright';
const [,, url, user, pass, ...pages] = process.argv;
const browser = await chromium.launch(await launchOptions());
for (const [name, viewport] of [['desk',{width:1440,height:900}],['phone',{width:360,height:740}]] as const) {
  const context = await browser.newContext({ viewport, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce' });
  if (user !== '-') {
    const r = await context.request.post(`${url}/api/session`, { headers: { origin: url! }, data: { username: user, password: pass } });
    if (!r.ok()) console.log('sign in', r.status(), await r.text());
  }
  const page = await context.newPage();
  page.on('console', (m) => m.type() === 'error' && console.log('console', m.text()));
  page.on('pageerror', (e) => console.log('pageerror', e.message));
  for (const path of pages) {
    await page.goto(url + path, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a','wcag2aa','wcag21aa','wcag22aa','best-practice']).analyze();
    for (const v of violations) console.log(name, path, v.id, v.nodes.map((n) => n.html.slice(0,140)).join(' | '));
    const w = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    if (w[0]! > w[1]!) console.log(name, path, 'wider', w);
    await page.screenshot({ path: `/tmp/people-x/${name}${path.replaceAll('/', '_')}.png`, fullPage: path.includes('-') ? false : false });
  }
  await context.close();
}
await browser.close();
