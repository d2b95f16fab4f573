/**
 * The service worker that opens the app without a network. Registered by the offline app itself; a waiting one takes
 * over only where nothing can be half done: on the home screen, without a draft.
 */
const WORKER = '/service-worker.js';
const HOMES = ['/', '/field'];

export async function keepOffline(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator)) return null;
  try {
    return await navigator.serviceWorker.register(WORKER, { type: 'module' });
  } catch {
    // A hardened browser refuses: the app works with a network only, and the sync page says so.
    return null;
  }
}

export function offerTakeOver(registration: ServiceWorkerRegistration, path: string): void {
  if (path !== '/field') return;
  registration.waiting?.postMessage({ type: 'take-over', homes: HOMES });
}
