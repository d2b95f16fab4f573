// An evening's sheets typed in by keyboard alone: 150 doors, one key each, told for the evening they are of. What a
// closed morning said stays as it was; a slip is taken back; the rows are counted again from the database.
import { randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { formMark, newFormCode } from '../../src/features/pledges/form-code.ts';
import { picture } from '../support/card-picture.ts';
import { askDatabase, fillGroup } from '../support/lane-ward.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';

const dataDir = newDataDir();
const DOORS = 150;
/** Pictures to look at, where somebody asked for them. */
const LOOK = process.env['LOOK'];
const EVENING = '2025-08-03';
let product: Product;
let group = { ward_id: 0, id: '', name: '' };

test.beforeAll(async () => {
  product = await startProduct({ dataDir });
  [group = group] = await askDatabase<typeof group>(
    dataDir,
    `select ward_id, id, short_name as name from areas where kind = 'group' and valid_to is null order by position limit 1`,
  );
  await fillGroup(dataDir, group.ward_id, group.id, DOORS);
});
test.afterAll(async () => {
  await product.stop();
  removeDataDir(dataDir);
});

const ask = async (sql: string): Promise<Record<string, unknown>> => {
  const [row] = await askDatabase<Record<string, unknown>>(dataDir, sql, [group.ward_id, group.id]);
  return row ?? {};
};

/** Every report sent and every morning's picture, word for word. */
const closedMornings = () =>
  ask(`select md5(string_agg(t, '|' order by t)) as print, count(*)::int as n from (
    select to_jsonb(r)::text as t from reports r where ward_id = $1 and $2::uuid is not null
    union all select to_jsonb(m)::text from report_mornings m where ward_id = $1) x`);

const ON_TEST_LANES = `household_id in (select h.id from households h
  join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
  join areas l on l.ward_id = d.ward_id and l.id = d.lane_id where l.name like 'Ngõ kiểm %')`;

const slips = () =>
  ask(`select count(*) filter (where taken_back_at is not null)::int as back,
      count(*) filter (where taken_back_at is null)::int as stand, max(taken_back_reason) as why
    from visits where ward_id = $1 and group_id = $2 and ${ON_TEST_LANES}`);

class Keys {
  count = 0;
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async press(key: string): Promise<void> {
    this.count++;
    await this.page.keyboard.press(key);
  }
  async type(text: string): Promise<void> {
    this.count += text.length;
    await this.page.keyboard.type(text);
  }
  async choose(list: Locator, wanted: string): Promise<void> {
    for (let n = 0; n < 60; n++) {
      if ((await list.locator('option:checked').innerText()) === wanted) return;
      await this.press('ArrowDown');
    }
    throw new Error(`No ${wanted} in the list`);
  }
  async tabTo(wanted: Locator): Promise<void> {
    for (let n = 0; n < 60; n++) {
      if (await wanted.evaluate((one) => one === document.activeElement)) return;
      await this.press('Tab');
    }
    throw new Error('No way there by Tab');
  }
}

/** The duty desk of the ward, where forms are typed in. */
async function openDesk(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  await signIn(context, product, 'truc.ban');
  const page = await context.newPage();
  return { context, page };
}

test.setTimeout(180_000);

test('150 doors typed in by keyboard alone count for their evening, and a slip is taken back', async ({
  browser,
}) => {
  const { context, page } = await openDesk(browser);
  const before = await closedMornings();
  await page.goto(`${product.url}/nhap-phieu`, { waitUntil: 'networkidle' });
  const keys = new Keys(page);
  const submit = page.getByRole('button', { name: 'Mở phiếu' });
  const first = page.getByLabel('Tổ dân phố', { exact: true });
  await keys.tabTo(first);
  await keys.choose(first, group.name);
  await keys.tabTo(submit);
  await keys.press('Enter');
  await page.waitForURL(/to=/);
  await page.waitForLoadState('networkidle');
  const lane = page.getByLabel('Ngõ', { exact: true });
  await lane.waitFor();
  await keys.tabTo(lane);
  await keys.choose(lane, 'Tất cả các ngõ của tổ');
  const day = page.getByLabel('Buổi tối ngày');
  await keys.tabTo(day);
  // The browser of the tests is an American one: month first.
  await keys.type('08032025');
  await expect(day).toHaveValue(EVENING);
  await keys.tabTo(submit);
  await keys.press('Enter');
  await page.waitForURL(/ngo=all/);
  await page.waitForLoadState('networkidle');
  const list = page.getByRole('listbox');
  await expect(list).toBeFocused();
  const opened = keys.count;
  const began = Date.now();
  // Fifteen doors: ten met and signed, one met without, absent, away, refused, vacant.
  const pattern = '111111111123457';
  for (let door = 0; door < DOORS; door++) await keys.press(pattern[door % 15] ?? '1');
  await keys.press('Enter');
  const status = page.getByTestId('paper-status');
  await expect(status).toContainText(`Đã nhập ${DOORS}/`);
  await expect(status).toContainText('chưa gửi 0', { timeout: 30_000 });
  await expect(list.getByRole('option').first()).toContainText('Phường đã nhận');
  const seconds = (Date.now() - began) / 1000;
  const perDoor = (keys.count - opened) / DOORS;
  const counted = await ask(`select count(*)::int as visits, count(distinct household_id)::int as households,
      count(*) filter (where outcome = 'met')::int as met, count(distinct work_on)::int as days,
      min(work_on)::text as day, bool_and(how = 'from-paper') as paper, bool_and(received_at::date > work_on) as kept,
      bool_and(entered_by is not null and entered_by <> author_id) as entered
    from visits where ward_id = $1 and group_id = $2 and taken_back_at is null and ${ON_TEST_LANES}`);
  expect(counted).toEqual({
    visits: DOORS,
    households: DOORS,
    met: 110,
    days: 1,
    day: EVENING,
    paper: true,
    kept: true,
    entered: true,
  });
  const signed = await ask(`select count(*)::int as n from pledges where ward_id = $1 and group_id = $2
    and ${ON_TEST_LANES}
    and original = 'paper' and taken_back_at is null`);
  expect(signed['n']).toBe(100);
  process.stdout.write(
    `paper: ${DOORS} doors, ${perDoor.toFixed(2)} keys a door, ${opened} keys to open the sheet, ${seconds.toFixed(1)} s by machine\n`,
  );
  expect(perDoor).toBeLessThan(1.1);

  // A slip found after it was received: back on the door, and the right key.
  await keys.press('ArrowUp');
  await keys.press('2');
  await keys.press('Enter');
  await expect(status).toContainText('chưa gửi 0');
  const mended = await slips();
  expect(mended).toEqual({ back: 1, stand: DOORS, why: 'Gõ nhầm khi nhập phiếu' });
  await keys.press('Backspace');
  await keys.press('Enter');
  await expect(list.getByRole('option', { selected: true })).toContainText('Đã rút lại');
  expect(await slips()).toMatchObject({ back: 2, stand: DOORS - 1 });
  expect(before['n']).toBeGreaterThan(0);
  expect(await closedMornings()).toEqual(before);
  await context.close();
});

test('a photo of the collective list stands beside the doors, and is the original of each household ticked', async ({
  browser,
}) => {
  const { context, page } = await openDesk(browser);
  await page.goto(`${product.url}/nhap-phieu?to=${group.id}&ngo=all&ngay=${EVENING}&noi=meeting`, {
    waitUntil: 'networkidle',
  });
  const photo = await page.screenshot({ type: 'jpeg' });
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'danh-sach.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect(page.getByRole('img', { name: 'Ảnh danh sách, tấm 1' })).toBeVisible();
  const rows = page.getByRole('option').filter({ hasText: 'Ngõ kiểm' });
  for (const row of [3, 4, 6]) await rows.nth(row).click();
  // A second tap takes a tick away before it was sent.
  await rows.nth(6).click();
  await page.getByRole('button', { name: 'Gửi', exact: true }).click();
  if (LOOK) await page.screenshot({ path: `${LOOK}/collective.png` });
  await expect(page.getByTestId('paper-status')).toContainText('Đã nhập 2/');
  await expect(page.getByTestId('paper-status')).toContainText('chưa gửi 0');
  const kept = await askDatabase<{ household: string; pledge: string }>(
    dataDir,
    `select v.household_id as household, p.id as pledge from visits v
      join record_media r on r.ward_id = v.ward_id and r.record_id = v.id
      join media m on m.ward_id = r.ward_id and m.sha256 = r.sha256
      join pledges p on p.ward_id = v.ward_id and p.visit_id = v.id
      where v.ward_id = $1 and v.feed_id = $2 and v.place = 'meeting' and v.work_on = '${EVENING}'`,
    [group.ward_id, group.id],
  );
  expect(kept).toHaveLength(2);
  await page.goto(`${product.url}/ho-dan/${kept[0]?.household}/cam-ket/${kept[0]?.pledge}`, {
    waitUntil: 'networkidle',
  });
  const original = page.getByRole('img', { name: 'Ảnh bản giấy, tấm 1' });
  await expect(original).toBeVisible();
  expect(await original.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(100);
  if (LOOK) await page.screenshot({ path: `${LOOK}/pledge-photo.png`, fullPage: true });
  await context.close();
});

test('signed forms of a gathering find their households by their squares; nothing is written until confirmed', async ({
  browser,
}) => {
  const { context, page } = await openDesk(browser);
  const doors = await askDatabase<{ household: string; code: string }>(
    dataDir,
    `insert into form_codes (ward_id, campaign_id, household_id, code, made_at, feed_id, change_n)
      select h.ward_id, (select v.campaign_id from visits v where v.ward_id = $1 and v.feed_id = $2 limit 1), h.id,
        ($3::text[])[row_number() over (order by d.house_number, h.id)], now(), h.feed_id, 1
      from households h join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
      join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
      where h.ward_id = $1 and h.group_id = $2 and l.name like 'Ngõ kiểm %' order by d.house_number, h.id limit 3
      returning household_id as household, code`,
    [group.ward_id, group.id, Array.from({ length: 3 }, () => newFormCode((count) => randomBytes(count)))],
  );
  expect(doors).toHaveLength(3);
  const written = () =>
    ask(`select count(distinct v.household_id) filter (where v.taken_back_at is null)::int as met,
        count(distinct p.household_id) filter (where p.taken_back_at is null and p.withdrawn_at is null)::int as signed
      from visits v left join pledges p on p.ward_id = v.ward_id and p.visit_id = v.id
      where v.ward_id = $1 and v.feed_id = $2 and v.place = 'culture-house' and v.work_on = '${EVENING}' and v.${ON_TEST_LANES}`);
  expect(await written()).toEqual({ met: 0, signed: 0 });
  await page.goto(`${product.url}/nhap-phieu?to=${group.id}&ngo=all&ngay=${EVENING}&noi=culture-house`, {
    waitUntil: 'networkidle',
  });
  const form = (name: string, text: string) => ({ name, mimeType: 'image/png', buffer: picture(text) });
  const strange = formMark(newFormCode((count) => randomBytes(count)));
  await page
    .locator('input[type=file][multiple]')
    .last()
    .setInputFiles([
      ...doors.map(({ code }, n) => form(`phieu-${n}.png`, formMark(code))),
      // The same form twice is one household; a form of nobody here and a square that is no form are told.
      form('lan-hai.png', formMark(doors[0]?.code ?? '')),
      form('la.png', strange),
      form('khac.png', 'https://phuong.example/'),
    ]);
  await expect(page.getByText('Tìm thấy 3 hộ. Không đọc được 2 phiếu.')).toBeVisible();
  await expect(page.getByText('phiếu của ngõ hoặc tổ khác')).toHaveCount(0);
  expect(await written()).toEqual({ met: 0, signed: 0 });
  if (LOOK) await page.screenshot({ path: `${LOOK}/scanned.png` });
  await page.getByRole('button', { name: 'Ghi 3 hộ đã ký' }).click();
  await expect(page.getByTestId('paper-status')).toContainText('Đã nhập 3/');
  await expect(page.getByTestId('paper-status')).toContainText('chưa gửi 0');
  expect(await written()).toEqual({ met: 3, signed: 3 });
  await page.getByRole('button', { name: 'Hoàn tác cả lượt' }).click();
  await expect(page.getByText('Đã hoàn tác 3 hộ của lượt quét.')).toBeVisible();
  await expect(page.getByTestId('paper-status')).toContainText('chưa gửi 0');
  await expect.poll(written).toEqual({ met: 0, signed: 0 });
  await context.close();
});
