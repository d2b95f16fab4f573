// The browser's side of push: the worker is registered from signed-in pages, the permission is asked for by a tap only,
// and what the browser holds is told to the ward again whenever a page is opened, since browsers renew it by themselves.

/** `install`: iPhones push only for pages put on the home screen. */
export type PushState = 'unsupported' | 'install' | 'denied' | 'off' | 'on';

const WORKER = '/service-worker.js';
/** Pages on which nothing can be half done: there a waiting worker may take over. */
export const HOMES = ['/', '/field'];

const isIos = (): boolean => /iPhone|iPad|iPod/.test(navigator.userAgent);
const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches;

const works = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** Registering twice is the same registration. */
export async function registerWorker(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator)) return null;
  try {
    return await navigator.serviceWorker.register(WORKER, { type: 'module' });
  } catch {
    // Private windows and hardened browsers refuse; pages work without a worker.
    return null;
  }
}

/** On a home screen with nothing open: lets a waiting worker take over, which checks the other windows itself. */
export function offerTakeOver(registration: ServiceWorkerRegistration, path: string): void {
  if (!HOMES.includes(path)) return;
  registration.waiting?.postMessage({ type: 'take-over', homes: HOMES });
}

export async function pushState(): Promise<PushState> {
  if (!works()) return isIos() && !isInstalled() ? 'install' : 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  return subscription ? 'on' : 'off';
}

export interface Place {
  readonly ward: number;
  readonly publicKey: string;
}

/** "Chrome · Android": enough to tell one's own devices apart, and no more. */
export function deviceLabel(agent: string): string {
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /OPR\//.test(agent)
      ? 'Opera'
      : /CocCoc|coc_coc/i.test(agent)
        ? 'Cốc Cốc'
        : /SamsungBrowser/.test(agent)
          ? 'Samsung Internet'
          : /Firefox\//.test(agent)
            ? 'Firefox'
            : /Chrome\//.test(agent)
              ? 'Chrome'
              : /Safari\//.test(agent)
                ? 'Safari'
                : 'Web';
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone|iPad/.test(agent)
      ? 'iPhone'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac OS/.test(agent)
          ? 'Mac'
          : 'Linux';
  return `${browser} · ${system}`;
}

const post = (ward: number, path: string, body: object): Promise<Response> =>
  fetch(`/api/wards/${ward}/reminders/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function tell(subscription: PushSubscription, { ward, publicKey }: Place): Promise<boolean> {
  const { endpoint, keys } = subscription.toJSON();
  const label = deviceLabel(navigator.userAgent);
  const registration = await navigator.serviceWorker.ready;
  registration.active?.postMessage({ type: 'subscribed', ward, publicKey, label });
  const response = await post(ward, 'devices', {
    endpoint,
    p256dh: keys?.['p256dh'],
    auth: keys?.['auth'],
    label,
  });
  return response.ok;
}

/** After a tap: asks for the permission, subscribes, tells the ward. */
export async function turnOn(place: Place): Promise<PushState | 'failed'> {
  const registration = await registerWorker();
  if (!registration || !works()) return pushState();
  if ((await Notification.requestPermission()) !== 'granted') return pushState();
  const options = { userVisibleOnly: true, applicationServerKey: place.publicKey };
  const { pushManager } = await navigator.serviceWorker.ready;
  try {
    const subscription = await pushManager.subscribe(options).catch(async (error: unknown) => {
      // Left from a key of ours that is gone (another ward, a rehearsal): it can only be given up.
      const old = await pushManager.getSubscription();
      if (!old) throw error;
      await old.unsubscribe();
      return pushManager.subscribe(options);
    });
    return (await tell(subscription, place)) ? 'on' : 'failed';
  } catch {
    return 'failed';
  }
}

export async function turnOff(ward: number): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return;
  await post(ward, 'devices/leave', { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

/**
 * Signing out: the ward ends the subscription itself; here the browser gives it up and the worker forgets, or the next
 * person at this browser would be subscribed without having asked.
 */
export async function forgetHere(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  registration?.active?.postMessage({ type: 'forget' });
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** What the browser holds may be newer than what the ward knows. */
export async function tellAgain(ward: number): Promise<void> {
  if (!works()) return;
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  const key = subscription?.options.applicationServerKey;
  if (subscription && key) await tell(subscription, { ward, publicKey: base64url(key) });
}

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
