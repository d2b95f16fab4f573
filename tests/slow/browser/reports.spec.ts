// A morning at the ward: 45 groups in all their states, the picture at 08:30, and one leader who confirmed without a
// network at 08:20 and arrived at 08:41. Then the pasted message, and the report as a paper.
import { AxeBuilder } from '@axe-core/playwright';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { Zip } from '../../../src/platform/zip/zip.server.ts';
import { newDataDir, removeDataDir, startProduct } from '../../support/product.ts';
import type { Product } from '../../support/product.ts';
import { signIn } from '../../support/sign-in.ts';
import { useCard } from '../../support/use-card.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

const dataDir = newDataDir();
let port = 0;
let product: Product;
let office: BrowserContext;
let phone: BrowserContext;
let page: Page;
let group = { id: '', shortName: '', leader: '' };

/** The same address after each start, as a phone in the lanes knows it. */
async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function startAt(time: string | null): Promise<void> {
  const env = { PORT: String(port), ...(time === null ? {} : { CLOCK: `2025-08-05T${time}+07:00` }) };
  product = await startProduct({ dataDir, env });
}
async function moveTo(time: string): Promise<void> {
  await product.stop();
  await startAt(time);
}

interface Cell {
  readonly areaId: string;
  readonly shortName: string;
  readonly state: string;
  readonly minutesLate: number;
  readonly leader: { readonly name: string } | null;
}
interface Morning {
  readonly live: Cell[];
  readonly frozen: { readonly at: string; readonly cells: Cell[] } | null;
}
let base = '';
const get = async <T>(path: string): Promise<T> =>
  (await (await office.request.get(`${product.url}${base}${path}`)).json()) as T;
const morning = () => get<Morning>('/reports/morning');

test.beforeAll(async ({ browser }) => {
  port = await freePort();
  await startAt(null);
  office = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN' });
  await signIn(office, product, 'quan.tri');
  const session = (await (await office.request.get(`${product.url}/api/session`)).json()) as {
    person: { ward: number };
  };
  const wards = `/api/wards/${session.person.ward}`;
  const { campaigns } = (await (await office.request.get(`${product.url}${wards}/campaigns`)).json()) as {
    campaigns: { id: string }[];
  };
  base = `${wards}/campaigns/${campaigns[0]?.id ?? ''}`;
  await bindPhone(browser, wards);
  await signIn(office, product, 'truong.congan');
});
test.afterAll(async () => {
  await phone.close();
  await office.close();
  await product.stop();
  removeDataDir(dataDir);
});

/** A leader who has not sent yet gets a card and binds this phone. */
async function bindPhone(browser: Browser, wards: string): Promise<void> {
  const { live } = await morning();
  const open = live.find(({ state }) => state === 'not-sent');
  expect(open).toBeDefined();
  group = { id: open!.areaId, shortName: open!.shortName, leader: open!.leader?.name ?? '' };
  const { phones } = (await (await office.request.get(`${product.url}${wards}/phones`)).json()) as {
    phones: { person: string; name: string; roles: string[] }[];
  };
  const leader = phones.find(({ name, roles }) => name === group.leader && roles.includes('group-leader'));
  const made = await office.request.post(`${product.url}${wards}/cards`, {
    headers: { origin: product.url },
    data: { people: [leader!.person] },
  });
  const { cards } = (await made.json()) as { cards: { link: string }[] };
  phone = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    locale: 'vi-VN',
  });
  page = await phone.newPage();
  await useCard(page, cards[0]!.link, '270553');
}

async function accessible(shown: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: shown }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}
const shot = async (shown: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await shown.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

test('at 07:50 the board shows 45 groups in every state a morning has before its hour', async () => {
  const { live, frozen } = await morning();
  expect(live).toHaveLength(45);
  expect(frozen).toBeNull();
  const states = new Set(live.map(({ state }) => state));
  for (const state of ['not-sent', 'drafted', 'on-time', 'on-time-for-another', 'no-figures', 'excused'])
    expect([...states]).toContain(state);
  const board = await office.newPage();
  await board.goto(`${product.url}/bao-cao-sang`, { waitUntil: 'networkidle' });
  await expect(board.locator('[data-group]')).toHaveCount(45);
  await expect(board.locator(`[data-group="${group.shortName}"]`)).toContainText('Chưa gửi');
  await accessible(board);
  await shot(board, 'board-0750');
  await board.close();
});

test('at 08:20 a leader without a network confirms; the report waits on the phone and says so', async () => {
  await moveTo('08:20:00');
  await page.goto(`${product.url}/field/bao-cao`, { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await accessible(page);
  await shot(page, 'field-report');
  await phone.setOffline(true);
  await page.getByRole('button', { name: /^Sửa: Hộ được tuyên truyền/ }).click();
  await page.getByLabel('Trong ngày').first().fill('12');
  // Fewer than the records hold: the phone asks why, also without a network.
  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await expect(page.getByText('Số ghi thấp hơn số đã có trong sổ')).toBeVisible();
  await page.getByLabel(/ghi thấp hơn số đã ghi trong sổ/).fill('Có hộ ghi trùng');
  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await expect(page.getByText('Chưa gửi: soạn lúc 08:20')).toBeVisible();
  await shot(page, 'field-pending');
});

test('at 08:30 the board freezes a picture in which that group is missing', async () => {
  await moveTo('08:29:57');
  await expect(async () => expect((await morning()).frozen).not.toBeNull()).toPass({ timeout: 130_000 });
  const { frozen } = await morning();
  expect(frozen!.at).toBe('2025-08-05T08:30:00.000+07:00');
  expect(frozen!.cells).toHaveLength(45);
  expect(frozen!.cells.find(({ areaId }) => areaId === group.id)!.state).toBe('missing');
});

test('at 08:41 it arrives: composed 08:20, received 08:41, late 11 minutes, beside the picture', async () => {
  await moveTo('08:41:10');
  await phone.setOffline(false);
  await expect(page.getByText('Nhận lúc 08:41')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Soạn lúc 08:20')).toBeVisible();
  await expect(page.getByText('chậm 11 phút').first()).toBeVisible();
  await shot(page, 'field-sent');
  const { frozen, live } = await morning();
  expect(live.find(({ areaId }) => areaId === group.id)).toMatchObject({ state: 'late', minutesLate: 11 });
  expect(frozen!.cells.find(({ areaId }) => areaId === group.id)!.state).toBe('missing');
  const board = await office.newPage();
  await board.goto(`${product.url}/bao-cao-sang`, { waitUntil: 'networkidle' });
  const cell = board.locator(`[data-group="${group.shortName}"]`);
  await expect(cell).toContainText('Không gửi');
  await expect(cell).toContainText('Hiện nay');
  await expect(cell).toContainText('chậm 11 phút');
  await expect(cell).toContainText('soạn 08:20');
  await expect(cell).toContainText('nhận 08:41');
  await accessible(board);
  await shot(board, 'board-0841');
  await board.close();
});

test('a pasted message becomes a report after its figures were seen beside its words', async () => {
  const { live } = await morning();
  const other = live.find(({ state, areaId }) => state === 'missing' && areaId !== group.id)!;
  const desk = await office.newPage();
  await desk.goto(`${product.url}/bao-cao-sang/dan-tin`, { waitUntil: 'networkidle' });
  await accessible(desk);
  await desk
    .getByLabel('Tin nhắn')
    .fill(`Bc CAP: TDP ${other.shortName} ngày 05/8: đi đc 12 hộ, ký ck 11. LK 400/30 hộ. BC lúc 8g35`);
  await desk.getByRole('button', { name: 'Đọc tin nhắn' }).click();
  await expect(desk.locator('mark.figure').first()).toBeVisible();
  await expect(desk.getByText('nhiều hơn số hộ').first()).toBeVisible();
  await shot(desk, 'paste');
  // Where the records hold more than the message says, the officer says why.
  await desk.waitForLoadState('networkidle');
  for (const why of await desk.getByLabel(/ghi thấp hơn số đã ghi trong sổ/).all())
    await why.fill('Tổ trưởng chưa tính hộ ghi tối qua');
  await desk.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await expect(desk.getByText(/Đã ghi báo cáo của/)).toBeVisible();
  await desk.close();
});

test('the ward’s sum is read at the briefing and becomes a paper with its files', async () => {
  const meeting = await office.newPage();
  await meeting.goto(`${product.url}/bao-cao-sang/giao-ban`, { waitUntil: 'networkidle' });
  await expect(meeting.locator('#text-to-copy')).toContainText('TDP đã báo cáo');
  await accessible(meeting);
  await shot(meeting, 'meeting');
  await meeting.goto(`${product.url}/van-ban`, { waitUntil: 'networkidle' });
  await meeting.getByRole('button', { name: 'Bắt đầu soạn' }).click();
  await expect(meeting).toHaveURL(/\/van-ban\/[0-9a-f-]{36}$/);
  await accessible(meeting);
  await shot(meeting, 'document');
  const address = meeting.url().split('/').at(-1) ?? '';
  for (const [kind, magic] of [
    ['docx', 'PK'],
    ['pdf', '%PDF'],
  ] as const) {
    const file = await office.request.get(`${product.url}${base}/documents/${address}/${kind}`);
    expect(file.status()).toBe(200);
    expect((await file.body()).toString('latin1', 0, magic.length)).toBe(magic);
  }
  // The office edits the paper in Word and brings it back: that file goes up.
  const docx = await office.request.get(`${product.url}${base}/documents/${address}/docx`);
  const zip = Zip.open(new Uint8Array(await docx.body()));
  if (typeof zip === 'string') throw new Error(zip);
  const xml = zip.text('word/document.xml') ?? '';
  const edited = zip.with(new Map([['word/document.xml', xml.replace('KẾT QUẢ', 'KẾT QUẢ ĐẠT ĐƯỢC')]]));
  await meeting
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'bao-cao.docx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(edited),
    });
  await meeting.getByRole('button', { name: 'Dùng bản đã sửa' }).click();
  await expect(meeting.getByText('Văn bản đang dùng bản đã sửa trong Word')).toBeVisible();
  await accessible(meeting);
  await shot(meeting, 'document-edited');
  const again = await office.request.get(`${product.url}${base}/documents/${address}/docx`);
  expect((await again.body()).equals(Buffer.from(edited))).toBe(true);
  await meeting.getByRole('button', { name: 'Kiểm tra nội dung' }).click();
  await expect(meeting.getByText('Đã kiểm tra nội dung')).toBeVisible();
  await meeting.close();
});

test('the city’s form is brought, tied on the page, filled and read back', async () => {
  const desk = await office.newPage();
  await desk.goto(`${product.url}/van-ban/bieu`, { waitUntil: 'networkidle' });
  const rows = [
    ['BIỂU TỔNG HỢP CỦA CÔNG AN THÀNH PHỐ', null],
    ['Chỉ tiêu', 'Kết quả'],
    ['Số hộ được tuyên truyền', null],
    ['Số tổ dân phố đã báo cáo', null],
  ];
  const bytes = await writeXlsx({ sheets: [{ name: 'Biểu 01', rows }] });
  await desk.getByLabel('Tên biểu').fill('Biểu 01');
  await desk
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'bieu.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
  await desk.getByRole('button', { name: 'Lưu biểu' }).click();
  await expect(desk).toHaveURL(/\/van-ban\/bieu\/[0-9a-f-]{36}$/);
  for (const [ref, figure] of [
    ['B3', 'reached'],
    ['B4', 'told'],
  ]) {
    await desk.locator(`[data-place="Biểu 01!${ref}"]`).click();
    await desk.locator('#figure').selectOption(figure ?? '');
  }
  await desk.getByRole('button', { name: 'Lưu các ô' }).click();
  await expect(desk.getByText('Đã gắn 2 ô')).toBeVisible();
  await accessible(desk);
  await shot(desk, 'form-tied');
  const link = await desk.getByRole('link', { name: 'Điền số và tải về' }).getAttribute('href');
  const file = await office.request.get(`${product.url}${link ?? ''}`);
  const book = await readXlsx(new Uint8Array(await file.body()));
  const ward = await get<{ told: number; figures: { measure: string; total: number }[] }>('/reports/ward');
  const column = book.sheets[0]?.rows.map((row) => row[1]);
  expect(column?.slice(2)).toEqual([
    ward.figures.find(({ measure }) => measure === 'reached')?.total,
    ward.told,
  ]);
  await desk.close();
});
