// The head of the ward police assigns three people to a group by the keyboard alone; one is away the next day, the
// stand-in sees the group's duties on the phone and records one, and who was responsible when stays readable.
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { accountsOf, signIn } from '../support/sign-in.ts';
import { useCard } from '../support/use-card.ts';

const CHROME =
  'Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36';
/** The sixth group of the board. */
const ROW = 5;

interface Person {
  readonly id: string;
  readonly name: string;
  readonly places: readonly string[];
}
interface Board {
  readonly groups: readonly {
    readonly id: string;
    readonly shortName: string;
    readonly held: readonly { readonly personId: string; readonly post: string; readonly name: string }[];
  }[];
  readonly people: readonly Person[];
}

test.describe.configure({ mode: 'serial' });

const dataDir = newDataDir();
let product: Product;
let head: BrowserContext;
let phone: BrowserContext;
let page: Page;
let board: Board;
let group: Board['groups'][number];
/** Leader, deputy, team; then who stands in. */
let chosen: Person[] = [];

const office = async (browser: Browser, username: string) => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
  });
  await signIn(context, product, username);
  return context;
};

const readBoard = async (): Promise<Board> => {
  const { campaigns } = await (await head.request.get(`${product.url}/api/wards/1/campaigns`)).json();
  const path = `${product.url}/api/wards/1/campaigns/${campaigns[0].id}/assignment`;
  return (await (await head.request.get(path)).json()) as Board;
};

/** Presses the key until the condition holds: nobody touches a mouse in this test. */
async function press(key: string, until: () => Promise<boolean>, most = 400): Promise<void> {
  for (let n = 0; n < most && !(await until()); n++) await page.keyboard.press(key);
  expect(await until()).toBe(true);
}

const focused = (attribute: string) =>
  page.evaluate((name) => document.activeElement?.getAttribute(name) ?? '', attribute);

test.beforeAll(async ({ browser }) => {
  product = await startProduct({ dataDir, env: { CLOCK: '2025-08-05T18:00:00+07:00' } });
  head = await office(browser, 'truong.congan');
  board = await readBoard();
  group = board.groups[ROW]!;
  // People who already go from door to door elsewhere, and in one other group only.
  const others = board.people.filter(
    ({ id, places }) =>
      places.length === 1 &&
      places[0] !== group.shortName &&
      board.groups.some(({ held }) => held.some((one) => one.personId === id && one.post === 'field-member')),
  );
  chosen = others.slice(0, 4);
  expect(chosen).toHaveLength(4);
});

test.afterAll(async () => {
  await product.stop();
  removeDataDir(dataDir);
});

test('three posts of one group are given by the keyboard alone, each said aloud', async () => {
  page = await head.newPage();
  await page.goto(`${product.url}/phan-cong`, { waitUntil: 'networkidle' });
  await press('Tab', async () => (await focused('data-spot')) !== '');
  await press('ArrowDown', async () => (await focused('data-spot')).startsWith(`${ROW}-`));
  const said = page.getByTestId('said');
  for (const [column, person] of chosen.slice(0, 3).entries()) {
    // Officer, leader, deputy, team: the first is left as it is.
    await press('ArrowRight', async () => (await focused('data-spot')) === `${ROW}-${column + 1}`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Giao cho ai' })).toBeFocused();
    // Without marks, as people type.
    const typed = person.name
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll('đ', 'd')
      .replaceAll('Đ', 'D');
    await page.keyboard.type(typed);
    await expect(page.getByRole('option', { selected: true })).toContainText(person.name);
    await page.keyboard.press('Enter');
    await expect(said).toContainText(person.name);
    await expect(said).toContainText(group.shortName);
    await expect(page.locator(`[data-spot="${ROW}-${column + 1}"]`)).toContainText(person.name);
    // The keys go on where they were.
    await expect(page.locator(`[data-spot="${ROW}-${column + 1}"]`)).toBeFocused();
  }
  const now = (await readBoard()).groups[ROW]!;
  const holds = (post: string) => now.held.filter((one) => one.post === post).map(({ personId }) => personId);
  expect(holds('group-leader')).toEqual([chosen[0]!.id]);
  expect(holds('deputy-leader')).toEqual([chosen[1]!.id]);
  expect(holds('field-member')).toContain(chosen[2]!.id);
});

async function bindPhone(browser: Browser, personId: string): Promise<BrowserContext> {
  const admin = await office(browser, 'quan.tri');
  const response = await admin.request.post(`${product.url}/api/wards/1/cards`, {
    headers: { origin: product.url },
    data: { people: [personId] },
  });
  const { cards } = (await response.json()) as { cards: { link: string }[] };
  await admin.close();
  const context = await browser.newContext({
    userAgent: CHROME,
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
  });
  const tab = await context.newPage();
  await useCard(tab, cards[0]!.link, '270553');
  await tab.close();
  return context;
}

test('the leader is noted as away tomorrow, with a stand-in, by the keyboard alone', async ({ browser }) => {
  phone = await bindPhone(browser, chosen[3]!.id);
  const field = await phone.newPage();
  await field.goto(`${product.url}/field/viec`);
  await expect(field.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(field.locator('main')).not.toContainText(group.shortName);
  await field.close();

  await press('ArrowLeft', async () => (await focused('data-spot')) === `${ROW}-1`);
  await page.keyboard.press('v');
  await expect(page).toHaveURL(/\/phan-cong\/vang-mat/);
  await expect(page.getByLabel('Vắng từ ngày')).toHaveValue('2025-08-06');
  await press('Tab', async () => (await focused('name')) === 'reason');
  await page.keyboard.type('Di kham benh');
  const place = `Tổ trưởng · ${group.shortName}`;
  await press('Tab', () =>
    page.evaluate(
      (label) =>
        document.activeElement instanceof HTMLSelectElement &&
        document.activeElement.labels[0]?.textContent.includes(label) === true,
      place,
    ),
  );
  await press('ArrowDown', () =>
    page.evaluate(
      (name) =>
        (document.activeElement as HTMLSelectElement).selectedOptions[0]?.text.startsWith(name) === true,
      chosen[3]!.name,
    ),
  );
  await press('Tab', () =>
    page.evaluate(() => (document.activeElement as HTMLButtonElement).type === 'submit'),
  );
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/phan-cong#vang/);
  const absences = page.getByRole('region', { name: 'Vắng và người thay' });
  await expect(absences.getByRole('listitem').filter({ hasText: chosen[0]!.name }).first()).toContainText(
    `${chosen[3]!.name} thay`,
  );
});

test('next morning the stand-in sees the group’s duties on the phone and records one', async () => {
  await product.stop();
  product = await startProduct({
    dataDir,
    env: { CLOCK: '2025-08-06T07:00:00+07:00', PORT: new URL(product.url).port },
  });
  const field = await phone.newPage();
  await field.goto(`${product.url}/field/viec`, { waitUntil: 'networkidle' });
  const duties = field.locator('main a').filter({ hasText: group.shortName });
  await expect(duties.first()).toBeVisible();
  expect(await duties.count()).toBeGreaterThanOrEqual(3);
  await duties
    .filter({ hasText: /Zalo|Đăng|Thăm|hộ/ })
    .first()
    .click();
  await expect(field).toHaveURL(/\/field\/nhiem-vu/);
  await expect(field.locator('main')).toContainText(group.shortName.replace('TDP', 'Tổ dân phố'));
  await field.getByRole('button', { name: 'Ghi đã làm' }).click();
  await expect(field.locator('main')).toContainText(chosen[3]!.name);
});

test('the history says who was responsible when', async ({ browser }) => {
  head = await office(browser, 'truong.congan');
  page = await head.newPage();
  const at = async (minute: string) => {
    await page.goto(`${product.url}/phan-cong/${group.id}?luc=${minute}`);
    const marked = page
      .getByRole('listitem')
      .filter({ hasText: 'Phụ trách lúc đó' })
      .filter({ hasText: 'Tổ trưởng' });
    return (await marked.allInnerTexts()).join('\n');
  };
  const before = group.held.find(({ post }) => post === 'group-leader')!;
  expect(await at('2025-08-05T10:00')).toContain(before.name);
  expect(await at('2025-08-05T23:00')).toContain(chosen[0]!.name);
  const then = await at('2025-08-06T07:30');
  expect(then).toContain(chosen[3]!.name);
  expect(then).toContain(`thay ${chosen[0]!.name}`);
  // Nobody is lost: all three and the stand-in stand in the list.
  const list = page.getByRole('region', { name: 'Lịch sử phụ trách' });
  for (const { name } of [...chosen, before]) await expect(list).toContainText(name);
  expect(accountsOf(product).length).toBeGreaterThan(0);
});
