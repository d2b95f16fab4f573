// A group that has no list of its households, only the number in its book: laid out by range and named door by door over
// three days of the campaign, with each morning's figures, until the list is whole.
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { PhoneBrowser } from '../support/phone-browser.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';
import { useCard } from '../support/use-card.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

const dataDir = newDataDir();
const phone = new PhoneBrowser();
const DECLARED = 6;
const PEOPLE = ['Đào Thị Sáu', 'Vũ Văn Bảy', 'Lê Thị Tám', 'Phạm Văn Chín', 'Bùi Thị Mười', 'Hoàng Văn Một'];
let product: Product;
let port = '';
let office: BrowserContext;
let page: Page;
let base = '';
let campaign = '';
let group = '';

async function startAt(time: string): Promise<void> {
  const env = { CLOCK: `2025-08-${time}:00+07:00`, ...(port === '' ? {} : { PORT: port }) };
  product = await startProduct({ dataDir, env });
  port = new URL(product.url).port;
}

const ask = async <T>(path: string, data?: unknown): Promise<T> => {
  const address = `${product.url}${base}${path}`;
  const response = data
    ? await office.request.post(address, { headers: { origin: product.url }, data })
    : await office.request.get(address);
  expect(response.ok(), `${path}: ${await response.text()}`).toBe(true);
  return (await response.json()) as T;
};

test.beforeAll(async ({ browser }) => {
  await startAt('05T08:40');
  office = await browser.newContext({ locale: 'vi-VN' });
  await signIn(office, product, 'quan.tri');
  const session = (await (await office.request.get(`${product.url}/api/session`)).json()) as {
    person: { ward: number };
  };
  base = `/api/wards/${session.person.ward}`;
  const { campaigns } = await ask<{ campaigns: { id: string }[] }>('/campaigns');
  campaign = campaigns[0]!.id;
  const wish = { name: 'Tổ dân phố Chưa Sổ', shortName: 'TDP Chưa Sổ', validFrom: '2025-08-01' };
  group = (await ask<{ id: string }>('/groups', wish)).id;
  const { phones } = await ask<{ phones: { person: string; roles: string[] }[] }>('/phones');
  const leader = phones.find(({ roles }) => roles.includes('group-leader'))!;
  const role = { role: 'group-leader', areaId: group, unitId: null, fromOn: '2025-08-01', toOn: null };
  await ask(`/people/${leader.person}/grants`, { ...role, reason: 'Phụ trách thêm tổ mới' });
  // The number of the book: one person states it, another confirms it.
  const desk = await browser.newContext({ locale: 'vi-VN' });
  await signIn(desk, product, 'truc.ban');
  const stated = await desk.request.post(`${product.url}${base}/areas/${group}/declarations`, {
    headers: { origin: product.url },
    data: { households: DECLARED },
  });
  const { version } = (await stated.json()) as { version: number };
  await desk.close();
  await ask(`/areas/${group}/declarations/${version}/confirm`, {});
  const { cards } = await ask<{ cards: { link: string }[] }>('/cards', { people: [leader.person] });
  page = (await phone.open()).pages()[0]!;
  await useCard(page, cards[0]!.link, '270553');
  await page.getByRole('button', { name: 'TDP Chưa Sổ' }).click();
});

test.afterAll(async () => {
  await phone.close();
  await office.close();
  await product.stop();
  phone.remove();
  removeDataDir(dataDir);
});

const missing = (named: number): string =>
  `Sổ: ${DECLARED} hộ · đã có tên ${named} · còn ${DECLARED - named} hộ chưa lập danh sách`;

/** A household met behind a laid-out door: its name, then the visit. Answers how long naming it took. */
async function nameAndMeet(number: string, name: string): Promise<number> {
  await page.goto(`${product.url}/field/nha?tim=ngo moi`);
  await page.getByRole('link', { name: `Ngõ Mới, số ${number}.` }).click();
  const began = Date.now();
  await page.getByRole('link', { name: 'Ghi tên chủ hộ' }).click();
  await page.getByLabel('Tên chủ hộ').fill(name);
  await page.getByRole('button', { name: 'Thêm và ghi kết quả' }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  const took = Date.now() - began;
  await page.getByRole('button', { name: 'Gặp' }).click();
  await page.getByRole('button', { name: 'Đã ký bản giấy' }).click();
  await page.getByRole('button', { name: /^Xong/ }).click();
  await expect(page.getByText(`Đã ghi Ngõ Mới, số ${number}.`)).toBeVisible();
  return took;
}

async function send(): Promise<void> {
  await page.goto(`${product.url}/field/gui`);
  await expect(async () => {
    await page.getByRole('button', { name: 'Gửi bây giờ' }).click();
    await expect(page.getByText('Phường đã nhận hết')).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
}

interface Owed {
  readonly owed: {
    households: number | null;
    itemised: { reached: { day: number | null; total: number | null } };
  }[];
}

/** What the group's report of a morning holds by itself. */
async function report(on: string) {
  const { owed } = await ask<Owed>(`/campaigns/${campaign}/reports/owed?area=${group}&on=${on}`);
  return { households: owed[0]!.households, reached: owed[0]!.itemised.reached };
}

test('first day: laid out by range, two households named at the door', async () => {
  await page.goto(`${product.url}/field`);
  await expect(page.getByText(`0/${DECLARED} hộ`)).toBeVisible();
  await expect(page.getByText(missing(0))).toBeVisible();
  await page.goto(`${product.url}/field/nha/bay`);
  const name = page.getByLabel('Tên ngõ');
  await name.fill('Ngõ Mới');
  await page.getByLabel('Đến số').fill('11');
  await page.getByText('Số lẻ').click();
  await expect(page.getByText('Sẽ tạo 6 nhà: 1 … 11')).toBeVisible();
  await page.getByRole('button', { name: 'Tạo 6 nhà' }).click();
  const times = [await nameAndMeet('1', PEOPLE[0]!), await nameAndMeet('3', PEOPLE[1]!)];
  expect(Math.max(...times), 'named at the door in ten seconds').toBeLessThan(10_000);
  await page.goto(`${product.url}/field`);
  await expect(page.getByText(`2/${DECLARED} hộ`)).toBeVisible();
  await expect(page.getByText(missing(2))).toBeVisible();
  await send();
  expect(await report('2025-08-06')).toEqual({ households: DECLARED, reached: { day: 2, total: 2 } });
});

test('second and third day: the list grows, the figures never pass the book, and it ends whole', async () => {
  for (const [at, day] of ['06T09:00', '07T09:00'].entries()) {
    await product.stop();
    await startAt(day);
    await page.goto(`${product.url}/field/gui`);
    // The campaign's clock moved on: the phone hears so before it records.
    await expect(async () => {
      await page.getByRole('button', { name: 'Gửi bây giờ' }).click();
      await expect(page.getByText(/Gặp máy chủ lần cuối: .*0[67]\/8/)).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    for (const door of [2 + at * 2, 3 + at * 2]) await nameAndMeet(String(door * 2 + 1), PEOPLE[door]!);
    await send();
    const reached = 4 + at * 2;
    const figures = { households: DECLARED, reached: { day: 2, total: reached } };
    expect(await report(`2025-08-0${7 + at}`)).toEqual(figures);
  }
  await page.goto(`${product.url}/field`);
  await expect(page.getByText(`${DECLARED}/${DECLARED} hộ`)).toBeVisible();
  await expect(page.getByText(/chưa lập danh sách/)).toHaveCount(0);
  await page.goto(`${product.url}/field/nha`);
  for (const name of PEOPLE) await expect(page.getByRole('link', { name: new RegExp(name) })).toBeVisible();
});
