/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
// Push on the phone: shows what arrives, opens the right page, mends a subscription the browser renewed by itself. And
// the field app's shell: its files and its one page, from what was kept, whatever the network does.
import { version } from '$app/env';
import { forget, keep, kept, type KeptSubscription } from './kept.ts';
import { mayTakeOver, ownPath, readPayload } from './payload.ts';
import {
  forgetOldBuilds,
  isBuildFile,
  isOwnPage,
  keepBuild,
  keptFile,
  onlinePage,
  ownPage,
} from './shell.ts';

declare const self: ServiceWorkerGlobalScope;

const windows = (): Promise<readonly WindowClient[]> =>
  self.clients.matchAll({ type: 'window', includeUncontrolled: true });

// No skipWaiting here: an update waits until a home screen says that nothing is open.
self.addEventListener('install', (event) => event.waitUntil(keepBuild(version)));

self.addEventListener('activate', (event) =>
  event.waitUntil(forgetOldBuilds(version).then(() => self.clients.claim())),
);

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (isBuildFile(url.pathname)) event.respondWith(keptFile(request));
  else if (request.mode === 'navigate') {
    if (isOwnPage(url.pathname)) event.respondWith(ownPage(version));
    else if (url.pathname.startsWith('/field/') || /^\/(?:mo-khoa|vao)?$/.test(url.pathname))
      event.respondWith(onlinePage(request));
  }
});

self.addEventListener('push', (event) => {
  const { title, body, tag, url } = readPayload(event.data?.text());
  event.waitUntil(
    Promise.all([
      self.registration.showNotification(title, {
        body,
        tag,
        data: { url },
        icon: '/favicon.svg',
        lang: 'vi',
      }),
      windows().then((open) => open.forEach((client) => client.postMessage({ type: 'reminded' }))),
    ]),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const data: unknown = event.notification.data;
  const url = ownPath(typeof data === 'object' && data !== null && 'url' in data ? data.url : null);
  event.waitUntil(openPage(url));
});

/** A tab that already shows the page is brought forward. Any other tab may hold something half typed and stays as it is. */
async function openPage(path: string): Promise<void> {
  const target = new URL(path, self.location.origin).href;
  const found = (await windows()).find(({ url }) => url === target);
  if (found) await found.focus();
  else await self.clients.openWindow(target);
}

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renew(event.oldSubscription, event.newSubscription));
});

async function renew(old: PushSubscription | null, fresh: PushSubscription | null): Promise<void> {
  const known = await kept();
  if (!known) return;
  const subscription =
    fresh ??
    (await self.registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: known.publicKey,
    }));
  const { endpoint, keys } = subscription.toJSON();
  // Without a session the API refuses; the next page that is opened signed in sends it again.
  await fetch(`/api/wards/${known.ward}/reminders/devices`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      endpoint,
      p256dh: keys?.['p256dh'],
      auth: keys?.['auth'],
      label: known.label,
      replaces: old?.endpoint ?? null,
    }),
  });
}

type Message =
  | { readonly type: 'forget' }
  | { readonly type: 'take-over'; readonly homes: readonly string[] }
  | ({ readonly type: 'subscribed' } & KeptSubscription);

self.addEventListener('message', (event) => {
  const message = event.data as Message | undefined;
  if (message?.type === 'take-over') event.waitUntil(takeOver(message.homes));
  if (message?.type === 'forget') event.waitUntil(forget());
  if (message?.type === 'subscribed') {
    const { ward, publicKey, label } = message;
    event.waitUntil(keep({ ward, publicKey, label }));
  }
});

async function takeOver(homes: readonly string[]): Promise<void> {
  const open = await windows();
  if (
    mayTakeOver(
      open.map(({ url }) => url),
      homes,
    )
  )
    await self.skipWaiting();
}
