// Steps at a household that touch others, in the browser as the office takes them: moved to another group, what phones
// brought that nobody can date, a list whose work stopped, erased on request with the frozen reports left standing; at
// last everything the ward owns goes out as open files by the command and comes back into an empty folder.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { fieldRecord, visitBody } from '../support/field.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { askDatabase, bindPhones } from '../support/pushing.ts';
import { signIn } from '../support/sign-in.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(120_000);

const dataDir = newDataDir();
const LOOK = process.env['LOOK'];
if (LOOK) mkdirSync(LOOK, { recursive: true });
let product: Product;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  product = await startProduct({ dataDir });
  context = await browser.newContext({
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  await signIn(context, product, 'quan.tri');
  page = await context.newPage();
});
test.afterAll(async () => {
  await context.close();
  await product.stop();
  removeDataDir(dataDir);
});

/** No violation at either size, and a picture of each for whoever looks. */
async function looked(name: string): Promise<void> {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 360, height: 740 },
  ]) {
    await page.setViewportSize(size);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, `${name} at ${size.width}`).toBeLessThanOrEqual(0);
    if (LOOK) await page.screenshot({ path: `${LOOK}/${name}-${size.width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

interface Door {
  readonly id: string;
  readonly name: string;
  readonly group: string;
}
const doors = (where: string): Promise<Door[]> =>
  askDatabase<Door>(
    dataDir,
    `select h.id, h.head_name as name, h.group_id as group from households h
     where h.merged_into is null and h.closed_at is null and h.erased_at is null and ${where} order by h.id limit 40`,
  );

test('a household moves to another group and keeps its visits', async () => {
  const [door] = await doors(
    'exists (select 1 from visits v where v.ward_id = h.ward_id and v.household_id = h.id)',
  );
  const visits = async () =>
    (
      await askDatabase<{ n: number }>(
        dataDir,
        'select count(*)::int as n from visits where household_id = $1',
        [door?.id],
      )
    )[0]?.n;
  const before = await visits();
  await page.goto(`${product.url}/ho-dan/${door?.id}`, { waitUntil: 'networkidle' });
  await looked('move');
  const form = page.locator('form[action="?/move"]');
  const to = form.getByLabel('Tổ dân phố mới');
  const values = await to
    .locator('option')
    .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  const other = values.find((value) => value !== '' && value !== door?.group);
  await to.selectOption(other ?? '');
  await form.getByLabel('Số nhà').fill('307');
  await form.getByLabel('Lý do').fill('Chuyển nhà trong phường');
  await form.getByRole('button', { name: 'Chuyển hộ' }).click();
  await expect.poll(async () => (await doors(`h.id = '${door?.id}'`))[0]?.group).toBe(other);
  await expect(page.locator('main')).toContainText('307');
  expect(await visits()).toBe(before);
});

test('what a phone dated in the wrong century waits at the office, and counts from the day stated there', async () => {
  const phones = await bindPhones(dataDir, 1);
  const [phone] = phones.phones;
  if (!phone) throw new Error('no phone');
  const at = Date.parse('1970-01-02T09:00:00+07:00');
  const record = fieldRecord(phones.field, phone, {
    type: 'visit',
    at,
    clockOffset: null,
    body: visitBody(phone.households[3] ?? '', at),
  });
  const sent = await fetch(`${product.url}/api/sync/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: phone.cookie },
    body: JSON.stringify({
      protocol: 1,
      epoch: null,
      groupId: phone.groupId,
      // Its clock was set right before it sent: how wrong it was when recording, nobody knows.
      sentAt: '2025-08-05T08:00:00+07:00',
      records: [record],
    }),
  });
  expect(((await sent.json()) as { answers: object[] }).answers[0]).toMatchObject({ answer: 'held' });
  await page.goto(`${product.url}/thiet-bi`, { waitUntil: 'networkidle' });
  await looked('held');
  const form = page.locator('form').filter({ has: page.locator('input[name="id"]') });
  await form.getByRole('checkbox').first().check();
  await form.locator('input[name="day"]').fill('2025-08-04');
  await form.locator('button[formaction="?/release"]').click();
  const visit = () =>
    askDatabase<{ day: string }>(dataDir, 'select work_on::text as day from visits where id = $1', [
      record.id,
    ]);
  await expect.poll(visit).toEqual([{ day: '2025-08-04' }]);
  await expect(page.locator('input[name="id"]')).toHaveCount(0);
});

test('a list whose work stopped says so and is gone on with', async () => {
  await page.goto(`${product.url}/ho-dan/nhap`, { waitUntil: 'networkidle' });
  const csv = '\ufeffChủ hộ,Tổ,Số nhà,Ngõ\nHÀ THỊ SẮC,TDP Đình Hạ 2,1,ngõ 66\n';
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'ho.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: 'Đọc danh sách' }).click();
  await expect(page).toHaveURL(/\/nhap\/[0-9a-f-]{36}/);
  const id = page.url().split('/').at(-1);
  // As a process leaves it that was killed between two groups.
  await askDatabase(
    dataDir,
    `update household_imports set state = 'running', total = 1, report = '{"at": 1}', confirmed_by = created_by where id = $1`,
    [id],
  );
  await page.reload({ waitUntil: 'networkidle' });
  await expect(page.locator('main')).toContainText('đã dừng giữa chừng');
  await looked('stopped');
  await page.getByRole('button', { name: 'Làm tiếp' }).click();
  await expect(page.getByRole('button', { name: 'Rút cả danh sách' })).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('main')).toContainText('Đã thêm 1 hộ trong 1 dòng');
});

test('a household that asks is erased: nothing of it stays but figures, and frozen reports stand word for word', async () => {
  const [door] = await doors(
    `(select count(*) from households o where o.head_name = h.head_name) = 1
     and exists (select 1 from pledges p where p.ward_id = h.ward_id and p.household_id = h.id)`,
  );
  const frozen = () =>
    askDatabase<Record<string, string>>(
      dataDir,
      `select (select md5(string_agg(r::text, '' order by r::text)) from reports r) as reports,
        (select md5(string_agg(m::text, '' order by m::text)) from report_mornings m) as mornings,
        (select count(*)::text from report_mornings) as n`,
    );
  const before = await frozen();
  expect(Number(before[0]?.['n'])).toBeGreaterThan(0);
  await page.goto(`${product.url}/ho-dan/${door?.id}`, { waitUntil: 'networkidle' });
  await expect(page.locator('main')).toContainText(door?.name ?? '');
  const form = page.locator('form[action="?/erase"]');
  await form.getByLabel('Ai yêu cầu, yêu cầu bằng cách nào').fill('Chủ hộ, đơn ngày 05/8');
  await form.getByRole('checkbox').check();
  await looked('erase');
  await form.getByRole('button', { name: 'Xóa hẳn' }).click();
  await expect(page.locator('main')).toContainText('Thông tin của hộ đã xóa theo yêu cầu.');
  await expect(page.locator('main')).not.toContainText(door?.name ?? '-');
  await looked('erased');
  expect(await frozen()).toEqual(before);
  const left = await askDatabase<{ n: number }>(
    dataDir,
    `select (select count(*) from households h where h.head_name = $1)
      + (select count(*) from field_records r where r.body::text like '%' || $1 || '%')
      + (select count(*) from reports r where r::text like '%' || $1 || '%')
      + (select count(*) from report_mornings m where m::text like '%' || $1 || '%') as n`,
    [door?.name],
  );
  expect(Number(left[0]?.n)).toBe(0);
});

test('everything goes out as open files by the command, and comes back into an empty folder', async () => {
  const run = promisify(execFile);
  const counts = (of: string) =>
    askDatabase<Record<string, string>>(
      of,
      `select (select count(*) from households)::text as households, (select count(*) from visits)::text as visits,
        (select count(*) from pledges)::text as pledges, (select count(*) from reports)::text as reports`,
    );
  const before = await counts(dataDir);
  await product.stop();
  const out = newDataDir();
  const back = newDataDir();
  const cli = join(import.meta.dirname, '../../src/cli.ts');
  const told = await run(process.execPath, [cli, 'export', join(out, 'ward'), '--data', dataDir]);
  expect(told.stdout).toMatch(/\d+ tables, \d+ rows, \d+ files/);
  expect(readdirSync(join(out, 'ward'))).toContain('manifest.json');
  expect(readFileSync(join(out, 'ward', 'manifest.json'), 'utf8')).toContain('households');
  const came = await run(process.execPath, [cli, 'import', join(out, 'ward'), '--data', back]);
  expect(came.stdout).toMatch(/quan\.tri: new password/);
  // A second one into the same folder finds it taken and changes nothing.
  await expect(run(process.execPath, [cli, 'import', join(out, 'ward'), '--data', back])).rejects.toThrow(
    'tung-nha import',
  );
  product = await startProduct({ dataDir: back });
  expect(await counts(back)).toEqual(before);
  removeDataDir(out);
});
