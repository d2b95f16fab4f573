// One text, written once and said everywhere: three people vouch for it, the kit shows it in every form, a leader passes it
// on from a phone and says so in two taps, one broadcast meets both duties that asked, and taken back it is marked
// wherever it went. Then what the ward hands to everybody: prints whose square is read back from the picture, feeds held
// against their formats, pages that need no script and ask nobody else.
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type * as PdfJs from 'unpdf/pdfjs';
import { z } from 'zod';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { signIn } from '../support/sign-in.ts';
import { useCard } from '../support/use-card.ts';

const dataDir = newDataDir();
const TITLE = 'Cảnh báo: cuộc gọi mời nhận quà tri ân Quốc khánh';
let product: Product;
const contexts: BrowserContext[] = [];

async function context(browser: Browser, more: object = {}): Promise<BrowserContext> {
  const made = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...more });
  contexts.push(made);
  return made;
}
async function as(browser: Browser, username: string): Promise<Page> {
  const made = await context(browser, { viewport: { width: 1440, height: 900 } });
  await signIn(made, product, username);
  return made.newPage();
}
const visit = (page: Page, path: string) => page.goto(product.url + path, { waitUntil: 'networkidle' });

test.beforeAll(async () => {
  product = await startProduct({ dataDir });
});
test.afterEach(async () => {
  for (const one of contexts.splice(0)) await one.close();
});
test.afterAll(async () => {
  await product.stop();
  removeDataDir(dataDir);
});

async function writeAndApprove(browser: Browser): Promise<string> {
  const writer = await as(browser, 'can.bo.vhxh');
  await visit(writer, '/noi-dung/moi');
  await writer.getByLabel('Tên bài').fill(TITLE);
  await writer
    .getByLabel('Một câu tóm tắt')
    .fill('Kẻ gian gọi điện mời nhận quà rồi xin mã OTP để rút tiền.');
  await writer.getByLabel('Dấu hiệu nhận biết').fill('Hỏi mã OTP\nGiục làm ngay');
  await writer.getByLabel('Việc cần làm').fill('Không đọc mã OTP cho ai\nGọi trực ban Công an phường');
  await writer.getByLabel('Nguồn', { exact: true }).fill('Công an phường');
  await writer.getByRole('button', { name: 'Lưu bản nháp' }).click();
  await writer.waitForURL(/\/noi-dung\/[0-9a-f-]{36}$/);
  const path = new URL(writer.url()).pathname;
  // The writer is offered neither step.
  await expect(writer.getByRole('button', { name: 'Đã đọc, nội dung đúng' })).toHaveCount(0);
  const checker = await as(browser, 'truong.vhxh');
  await visit(checker, path);
  await checker.getByRole('button', { name: 'Đã đọc, nội dung đúng' }).click();
  await expect(checker.locator('main')).toContainText('Đã kiểm tra');
  const head = await as(browser, 'truong.congan');
  await visit(head, path);
  await head.getByRole('button', { name: 'Duyệt đăng' }).click();
  await expect(head.locator('main')).toContainText('Đang hiện với người dân');
  for (const form of ['Tin nhóm Zalo', 'Bài đăng trang', 'Bài Cổng thông tin', 'Bài phát loa'])
    await expect(head.getByRole('heading', { name: form })).toBeVisible();
  await expect(head.getByRole('link', { name: 'Áp phích A3' })).toHaveCount(3);
  return path;
}

/** A leader's phone, its card handed out by the administrator. */
async function leaderPhone(browser: Browser): Promise<Page> {
  const office = await context(browser);
  await signIn(office, product, 'quan.tri');
  const base = `${product.url}/api/wards/1`;
  const { phones } = (await (await office.request.get(`${base}/phones`)).json()) as {
    phones: { person: string; roles: string[] }[];
  };
  const issued = await office.request.post(`${base}/cards`, {
    headers: { origin: product.url },
    data: { people: [phones.find(({ roles }) => roles.includes('group-leader'))?.person] },
  });
  const { cards } = (await issued.json()) as { cards: { link: string }[] };
  const phone = await context(browser, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  await phone.addInitScript(() => {
    const shared: string[] = [];
    Object.assign(window, { shared });
    Object.defineProperty(navigator, 'share', {
      value: ({ text }: { text: string }) => {
        shared.push(text);
        return Promise.resolve();
      },
    });
  });
  const page = await phone.newPage();
  await useCard(page, cards[0]?.link ?? '', '270553');
  return page;
}

interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly posts: number;
  readonly asked: readonly { readonly itemId: string }[];
}

test('one text: vouched for, shared from a phone in two taps, counted for both duties, withdrawn', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const path = await writeAndApprove(browser);
  const culture = await as(browser, 'can.bo.vhxh');
  const ward = `${product.url}/api/wards/1`;
  const channelsNow = async () =>
    ((await (await culture.request.get(`${ward}/channels`)).json()) as { channels: Channel[] }).channels;
  const inChats = (list: readonly Channel[]) =>
    list.filter(({ kind }) => kind === 'zalo-group').reduce((sum, { posts }) => sum + posts, 0);
  const before = inChats(await channelsNow());

  const phone = await leaderPhone(browser);
  await visit(phone, '/field/dang');
  await phone.getByRole('button', { name: `Chia sẻ ${TITLE}` }).tap();
  const begun = Date.now();
  await phone.getByRole('button', { name: 'Đã đăng' }).tap();
  await expect(phone.getByText(/Bài được tính cho [1-9]/)).toBeVisible();
  expect(Date.now() - begun).toBeLessThan(15_000);
  const [message] = await phone.evaluate(() => (window as unknown as { shared: string[] }).shared);
  expect(message).toContain(TITLE);

  // Without a network: the same two taps, kept on the phone, sent by itself when there is one, counted once.
  await phone.context().setOffline(true);
  await phone.getByRole('button', { name: `Chia sẻ ${TITLE}` }).tap();
  await phone.getByRole('button', { name: 'Đã đăng' }).tap();
  await expect(phone.getByText(/^Thông tin cần chú ý: Chưa gửi|Chưa gửi: /)).toBeVisible();
  await phone.context().setOffline(false);
  await expect(phone.getByText(/Phường đã nhận 1 bài/)).toBeVisible();

  const channels = await channelsNow();
  expect(inChats(channels)).toBe(before + 2);
  const loud = channels.find(({ name }) => name === 'Hệ thống truyền thanh phường');
  expect(loud?.asked.length).toBe(2);
  await visit(culture, `/kenh/${loud?.id ?? ''}`);
  await culture.getByLabel('Bài trong thư viện').selectOption({ label: TITLE });
  await culture.getByRole('button', { name: 'Đã đăng' }).click();
  await expect(culture.getByText('Bài được tính cho 2 nhiệm vụ')).toBeVisible();
  const { posts } = (await (await culture.request.get(`${ward}/channels/${loud?.id ?? ''}`)).json()) as {
    posts: { id: string; campaignId: string }[];
  };
  for (const { itemId } of loud?.asked ?? []) {
    const at = `${ward}/campaigns/${posts[0]?.campaignId ?? ''}/calendar`;
    const query = `item=${itemId}&from=2025-08-05&to=2025-08-05`;
    const { occurrences } = (await (await culture.request.get(`${at}?${query}`)).json()) as {
      occurrences: { state: string; evidence: string[] }[];
    };
    expect(occurrences[0]?.state).toBe('met');
    expect(occurrences[0]?.evidence).toContain(posts[0]?.id);
  }

  const head = await as(browser, 'truong.congan');
  await visit(head, path);
  const open = await head.getByRole('link', { name: 'Xem trang người dân đọc' }).getAttribute('href');
  // As anybody reads it: kept, and answered in two words to who has it already; until it is withdrawn.
  const asked = async (etag = '') =>
    fetch(product.url + (open ?? ''), { headers: { 'if-none-match': etag } });
  const first = await asked();
  expect(await first.text()).toContain('Không đọc mã OTP cho ai');
  expect((await asked(first.headers.get('etag') ?? '')).status).toBe(304);
  await head.getByText('Thu hồi', { exact: true }).first().click();
  await head.getByLabel('Lý do thu hồi').fill('Có cách thức mới, phường viết lại.');
  await head.getByRole('button', { name: 'Thu hồi' }).click();
  await expect(head.locator('main')).toContainText('Đã thu hồi');
  const gone = await asked(first.headers.get('etag') ?? '');
  expect(gone.status).toBe(200);
  expect(await gone.text()).not.toContain('Không đọc mã OTP cho ai');
  await visit(head, open ?? '');
  await expect(head.locator('main')).toContainText('Bài này đã được thu hồi');
  await expect(head.locator('main')).not.toContainText('Không đọc mã OTP cho ai');
  await visit(culture, `/kenh/${loud?.id ?? ''}`);
  await expect(culture.locator('main')).toContainText('Bài đã thu hồi, xin gỡ ở đây');
});

/** Draws a print as a reader's camera would see it and reads its square. */
async function squareOf(
  page: Page,
  kind: 'pdf' | 'svg',
  body: Buffer,
  width: number,
): Promise<string | null> {
  return page.evaluate(
    async ({ kind: what, base64, width: wide }) => {
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      const canvas = document.createElement('canvas');
      const brush = canvas.getContext('2d');
      if (!brush) throw new Error('no canvas');
      if (what === 'pdf') {
        const at = 'http://print.local/pdfjs.mjs';
        const pdfjs = await (import(at) as Promise<typeof PdfJs>);
        const sheet = await (await pdfjs.getDocument({ data: bytes }).promise).getPage(1);
        const viewport = sheet.getViewport({ scale: wide / sheet.getViewport({ scale: 1 }).width });
        Object.assign(canvas, { width: Math.round(viewport.width), height: Math.round(viewport.height) });
        await sheet.render({ canvas, canvasContext: brush, viewport }).promise;
      } else {
        const image = new Image();
        image.src = URL.createObjectURL(new Blob([bytes], { type: 'image/svg+xml' }));
        await image.decode();
        Object.assign(canvas, { width: wide, height: wide });
        brush.drawImage(image, 0, 0, wide, wide);
      }
      const { data } = brush.getImageData(0, 0, canvas.width, canvas.height);
      type Read = (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null;
      return (window as unknown as { jsQR: Read }).jsQR(data, canvas.width, canvas.height)?.data ?? null;
    },
    { kind, base64: body.toString('base64'), width },
  );
}

test('the square of every print is read back from its picture', async ({ browser }) => {
  test.setTimeout(120_000);
  const office = await context(browser);
  await signIn(office, product, 'truong.congan');
  const ward = `${product.url}/api/wards/1`;
  const { texts } = (await (await office.request.get(`${ward}/texts?state=approved`)).json()) as {
    texts: { id: string; slug: string }[];
  };
  const text = texts[0];
  const page = await (await context(browser)).newPage();
  await page.route('http://print.local/**', (route) =>
    route.request().url().endsWith('.mjs')
      ? route.fulfill({ path: 'node_modules/unpdf/dist/pdfjs.mjs', contentType: 'text/javascript' })
      : route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }),
  );
  await page.goto('http://print.local/');
  await page.addScriptTag({ path: 'node_modules/jsqr/dist/jsQR.js' });
  const wanted = `${product.url}/11602/bai/${text?.slug ?? ''}`;
  const base = `${ward}/texts/${text?.id ?? ''}`;
  for (const design of [1, 2, 3]) {
    const card = await office.request.get(`${base}/card.svg?design=${design}`);
    expect(await squareOf(page, 'svg', await card.body(), 1080), `card ${design}`).toBe(wanted);
    for (const size of ['a4', 'a3', 'leaflet']) {
      const sheet = await office.request.get(`${base}/sheet.pdf?size=${size}&design=${design}`);
      // As wide as an old phone's camera sees the whole sheet.
      expect(await squareOf(page, 'pdf', await sheet.body(), 1240), `${size} ${design}`).toBe(wanted);
    }
  }
});

const Url = z.url({ protocol: /^https?$/ });
/** JSON Feed 1.1, the parts the ward says, and nothing the format does not know. */
const JsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string().min(1),
  home_page_url: Url,
  feed_url: Url,
  language: z.literal('vi'),
  authors: z.array(z.strictObject({ name: z.string().min(1) })).min(1),
  items: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        url: Url,
        title: z.string().min(1),
        summary: z.string().min(1),
        content_text: z.string().min(1),
        date_published: z.iso.datetime({ offset: true }),
        tags: z.array(z.string()),
      }),
    )
    .min(10),
});

/** What RFC 4287 §4.1 asks of a feed and its entries; the reasons where it is not so. */
const atomFaults = (page: Page, xml: string): Promise<string[]> =>
  page.evaluate((source) => {
    const found: string[] = [];
    const ATOM = 'http://www.w3.org/2005/Atom';
    const feed = new DOMParser().parseFromString(source, 'application/xml').documentElement;
    if (feed.namespaceURI !== ATOM || feed.localName !== 'feed')
      return [`root ${feed.outerHTML.slice(0, 200)}`];
    const of = (parent: Element, name: string) =>
      [...parent.children].filter((one) => one.namespaceURI === ATOM && one.localName === name);
    const dated = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
    const ids = new Set<string>();
    const check = (one: Element, where: string) => {
      for (const name of ['id', 'title', 'updated'])
        if (of(one, name).length !== 1) found.push(`${where}: one ${name}`);
      const id = of(one, 'id')[0]?.textContent ?? '';
      if (!URL.canParse(id) || ids.has(id)) found.push(`${where}: id ${id}`);
      ids.add(id);
      if (!dated.test(of(one, 'updated')[0]?.textContent ?? '')) found.push(`${where}: updated`);
      const links = of(one, 'link');
      if (links.filter((link) => link.getAttribute('rel') === 'alternate').length !== 1)
        found.push(`${where}: alternate`);
      for (const link of links)
        if (!URL.canParse(link.getAttribute('href') ?? '')) found.push(`${where}: href`);
    };
    check(feed, 'feed');
    if (of(feed, 'author').length === 0 || of(of(feed, 'author')[0] ?? feed, 'name').length !== 1)
      found.push('feed: author');
    if (of(feed, 'link').every((link) => link.getAttribute('rel') !== 'self')) found.push('feed: self');
    const entries = of(feed, 'entry');
    if (entries.length < 10) found.push(`entries: ${entries.length}`);
    for (const [n, entry] of entries.entries()) {
      check(entry, `entry ${n}`);
      if (of(entry, 'summary').length !== 1) found.push(`entry ${n}: summary`);
    }
    return found;
  }, xml);

test('feeds hold to their formats', async ({ browser }) => {
  const page = await (await context(browser)).newPage();
  const atom = await page.request.get(`${product.url}/11602/tin.atom`);
  expect(atom.headers()['content-type']).toContain('application/atom+xml');
  expect(await atomFaults(page, await atom.text())).toEqual([]);
  expect((await atomFaults(page, '<feed xmlns="http://www.w3.org/2005/Atom"/>')).length).toBeGreaterThan(4);
  const json = await page.request.get(`${product.url}/11602/tin.json`);
  expect(json.headers()['content-type']).toContain('application/feed+json');
  JsonFeed.parse(await json.json());
});

test('public pages work with script off, ask nobody else, and bring little script', async ({ browser }) => {
  const still = await context(browser, { javaScriptEnabled: false });
  const page = await still.newPage();
  const foreign: string[] = [];
  const watch = (one: Page) =>
    one.on('request', (request) => {
      if (new URL(request.url()).origin !== product.url) foreign.push(request.url());
    });
  watch(page);
  await visit(page, '/11602');
  await page
    .getByRole('link', { name: /Tôi vừa bị lừa/ })
    .first()
    .click();
  await expect(page.getByRole('link', { name: /Gọi/ }).first()).toHaveAttribute('href', /^tel:/);
  await visit(page, '/11602');
  await page.getByRole('searchbox').fill('cong an goi dien');
  await page.getByRole('searchbox').press('Enter');
  await page.locator('main a[href*="/bai/"]').first().click();
  await expect(page.locator('h1')).toBeVisible();
  await visit(page, '/11602/kiem-tra');
  await expect(page.locator('main')).toContainText('11602');

  const lively = await (await context(browser)).newPage();
  watch(lively);
  let script = 0;
  lively.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      void response.body().then((body) => (script += body.length));
  });
  for (const path of ['', '/bi-lua', '/thu-doan', '/kiem-tra', '/dai-canh-bao']) {
    script = 0;
    const answer = await visit(lively, `/11602${path}`);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy, path).toMatch(/script-src 'self'(;|$)/);
    expect(await lively.context().cookies()).toEqual([]);
    expect(script, `script of ${path}`).toBeLessThanOrEqual(15_000);
  }
  expect(foreign).toEqual([]);
});
