// A notice on its way: asked for on the call board, encrypted and sent by the product, decrypted by a push service on
// this machine as a browser's keys allow, handed to the product's own service worker in a real Chromium, shown, and
// opened to the duty's page. Headless Chromium has neither a push service to subscribe to nor a place to show notices:
// `PushManager` is given the local service, and what the worker asks to be shown is written down instead.
import { expect, test } from '@playwright/test';
import type { Browser, BrowserContext, Page, Worker } from '@playwright/test';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { startPushService } from '../support/push-service.ts';
import type { Browser as Subscriber, PushService } from '../support/push-service.ts';
import { signIn } from '../support/sign-in.ts';

const dataDir = newDataDir();
let product: Product;
let service: PushService;
const subscribers = new Map<string, Subscriber>();

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  service = await startPushService();
  product = await startProduct({
    dataDir,
    env: { PUSH_SERVICES: service.origin, CLOCK: '2025-08-15T16:00:00+07:00' },
  });
});
test.afterAll(async () => {
  await product.stop();
  await service.stop();
  removeDataDir(dataDir);
});

/** As a browser with a push service behaves: one subscription for each origin, until it is given up. */
async function givePushService(context: BrowserContext): Promise<void> {
  await context.exposeFunction('subscribeLocally', (key: string) => {
    const made = service.subscribe(key);
    subscribers.set(made.endpoint, made);
    return made;
  });
  await context.addInitScript(() => {
    interface Made {
      endpoint: string;
      p256dh: string;
      auth: string;
      key: string;
    }
    const NAME = 'local-push';
    const bytes = (text: string) =>
      Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const base64url = (given: unknown): string => {
      if (typeof given === 'string') return given;
      const view = new Uint8Array(given as ArrayBuffer);
      return btoa(String.fromCharCode(...view))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replace(/=+$/, '');
    };
    const asSubscription = ({ endpoint, p256dh, auth, key }: Made) => ({
      endpoint,
      options: { userVisibleOnly: true, applicationServerKey: bytes(key).buffer },
      toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
      unsubscribe: () => {
        localStorage.removeItem(NAME);
        return Promise.resolve(true);
      },
    });
    const local = (window as unknown as { readonly subscribeLocally: (key: string) => Promise<Made> })
      .subscribeLocally;
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
    Notification.requestPermission = () => Promise.resolve('granted');
    Object.assign(PushManager.prototype, {
      getSubscription: () => {
        const kept = localStorage.getItem(NAME);
        return Promise.resolve(kept === null ? null : asSubscription(JSON.parse(kept) as Made));
      },
      subscribe: async ({ applicationServerKey }: { applicationServerKey: unknown }) => {
        const key = base64url(applicationServerKey);
        const made = { ...(await local(key)), key };
        localStorage.setItem(NAME, JSON.stringify(made));
        return asSubscription(made);
      },
    });
  });
}

async function desk(browser: Browser, username: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    permissions: ['notifications'],
  });
  await givePushService(context);
  await signIn(context, product, username);
  return context;
}

interface Matter {
  readonly occurrence: string;
  readonly areaId: string | null;
  readonly itemId: string;
  readonly title: string;
  readonly url: string;
}

/** What this person's unit owes now, as the call board says it. */
async function mattersOf(name: string): Promise<Matter[]> {
  const answer = await office.request.get(`${product.url}/api/wards/${ward}/reminders/board?ahead=1440`);
  expect(answer.status()).toBe(200);
  const { rows } = (await answer.json()) as { rows: { people: { name: string }[]; matters: Matter[] }[] };
  return rows
    .filter(({ people }) => people.some((one) => one.name === name))
    .flatMap((row) => row.matters)
    .filter(({ areaId }) => areaId === null);
}

const urge = (occurrences: string[]) =>
  office.request.post(`${product.url}/api/wards/${ward}/reminders/urge`, {
    headers: { origin: product.url },
    data: { occurrences },
  });

/** The product's worker once it is active, and the browser's own way of handing it a push. */
async function worker(context: BrowserContext, on: Page): Promise<typeof told> {
  const cdp = await context.newCDPSession(on);
  const registered = new Promise<string>((resolve) =>
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL.startsWith(product.url));
      if (found) resolve(found.registrationId);
    }),
  );
  await cdp.send('ServiceWorker.enable');
  await on.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const registrationId = await registered;
  const [found] = context.serviceWorkers();
  return {
    worker: found ?? (await context.waitForEvent('serviceworker')),
    deliver: async (data) => {
      await cdp.send('ServiceWorker.deliverPushMessage', { origin: product.url, registrationId, data });
    },
  };
}

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly url: string;
}

/** What of the worker's own world is touched here. */
interface Stage {
  standing: Map<string, Shown>;
  readonly clients: { openWindow: (url: string) => Promise<null> };
  readonly dispatchEvent: (event: Event) => boolean;
  readonly ExtendableEvent: new (type: string) => Event;
}

/** What the worker asks the browser to show; of one tag the last stands, as the Notifications API says. */
const watch = (on: Worker): Promise<void> =>
  on.evaluate(() => {
    const scope = self as unknown as Stage;
    scope.standing = new Map();
    ServiceWorkerRegistration.prototype.showNotification = (title, options) => {
      const { body = '', tag = '', data } = options ?? {};
      scope.standing.set(tag, { title, body, tag, url: (data as { url: string }).url });
      return Promise.resolve();
    };
  });

const shown = (on: Worker): Promise<Shown[]> =>
  on.evaluate(() => [...(self as unknown as Stage).standing.values()]);

/** The click as the browser tells it. The window the worker asks for is answered here: a script is no hand that may open one. */
const click = (on: Worker): Promise<string> =>
  on.evaluate(() => {
    const scope = self as unknown as Stage;
    const [notice] = scope.standing.values();
    if (!notice) throw new Error('no notice stands');
    const asked = new Promise<string>((resolve) => {
      scope.clients.openWindow = (url) => {
        resolve(url);
        return Promise.resolve(null);
      };
    });
    const notification = { data: { url: notice.url }, close: () => scope.standing.delete(notice.tag) };
    const event = new scope.ExtendableEvent('notificationclick');
    Object.defineProperties(event, {
      notification: { value: notification },
      waitUntil: { value: () => undefined },
    });
    scope.dispatchEvent(event);
    return asked;
  });

let member: BrowserContext;
let office: BrowserContext;
let ward = 0;
let page: Page;
let subscriber: Subscriber;
let matters: Matter[] = [];
let told: { readonly worker: Worker; readonly deliver: (text: string) => Promise<void> };

test('a tap on the page of choices subscribes this browser', async ({ browser }) => {
  member = await desk(browser, 'canh.sat.kv');
  office = await desk(browser, 'truc.ban');
  const answer = await member.request.get(`${product.url}/api/session`);
  const { person } = (await answer.json()) as { person: { ward: number; name: string } };
  ward = person.ward;
  matters = await mattersOf(person.name);
  expect(matters.length).toBeGreaterThan(1);
  page = await member.newPage();
  await page.goto(`${product.url}/nhac-viec/lua-chon`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Nhận nhắc việc trên máy này' }).click();
  await expect(page.getByText('Máy này đang nhận nhắc việc.')).toBeVisible();
  const [only, ...more] = subscribers.values();
  expect(more).toEqual([]);
  if (!only) throw new Error('nothing subscribed');
  subscriber = only;
});

test('a notice is sent, decrypted, shown by the worker, and its click opens the duty', async () => {
  const [matter] = matters;
  if (!matter) throw new Error('nothing is owed');
  expect((await urge([matter.occurrence])).status()).toBe(200);
  // The product reminds by its own rule as well: ours is the one that opens this duty.
  const ours = () =>
    service.waiting(subscriber).find(({ text }) => (JSON.parse(text) as { url: string }).url === matter.url);
  await expect.poll(() => ours() !== undefined, { timeout: 20_000 }).toBe(true);
  expect(service.faults).toEqual([]);
  const message = ours();
  told = await worker(member, page);
  await watch(told.worker);
  await told.deliver(message?.text ?? '');
  await expect.poll(() => shown(told.worker)).toHaveLength(1);
  const [notice] = await shown(told.worker);
  expect(notice?.title).toContain(matter.title);
  expect(notice?.url).toBe(matter.url);
  expect(notice?.tag).toBe(message?.topic);

  // A repeat, as after a process that died between sending and noting, takes the place of the first.
  await told.deliver(message?.text ?? '');
  await page.waitForTimeout(300);
  expect(await shown(told.worker)).toHaveLength(1);

  const asked = await click(told.worker);
  expect(await shown(told.worker)).toEqual([]);
  await page.goto(asked);
  await expect(page).toHaveURL(new RegExp(`muc=${matter.itemId}`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText(matter.title.slice(0, 40));
});

test('what cannot be read is shown all the same and opens a page of ours only', async () => {
  await told.deliver('{"title":"Xem","url":"https://evil.example/"}');
  await expect.poll(() => shown(told.worker)).toHaveLength(1);
  expect(new URL(await click(told.worker), product.url).origin).toBe(product.url);
});

test('signing out ends the subscription: nothing is sent any more, and the browser has given it up', async () => {
  await page.goto(`${product.url}/ra`);
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await expect(page).toHaveURL(/\/vao/);
  expect(await page.evaluate(() => localStorage.getItem('local-push'))).toBeNull();
  const before = service.requests;
  expect((await urge(matters.slice(1, 2).map(({ occurrence }) => occurrence))).status()).toBe(200);
  await page.waitForTimeout(3_000);
  expect(service.requests).toBe(before);

  // Nor does it come back by itself for whoever signs in next.
  await signIn(member, product, 'chu.tich');
  await page.goto(`${product.url}/nhac-viec/lua-chon`, { waitUntil: 'networkidle' });
  await expect(page.getByRole('button', { name: 'Nhận nhắc việc trên máy này' })).toBeVisible();
  await member.close();
  await office.close();
});
