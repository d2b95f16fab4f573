// Which addresses a subscription may name. Browsers choose among a handful of push services; anything else would let a
// signed-in person make the server send requests into the ward's own network.

/** Chrome and its kin, Firefox, Edge, Safari. A name beginning with a dot stands for every host under it. */
const SERVICES = [
  'fcm.googleapis.com',
  'jmt17.google.com',
  'updates.push.services.mozilla.com',
  '.push.services.mozilla.com',
  '.notify.windows.com',
  '.push.apple.com',
];

/** @param allowed further origins, such as a UnifiedPush server of the ward's own */
export function isPushService(endpoint: string, allowed: readonly string[]): boolean {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (!url || url.username !== '' || url.password !== '') return false;
  if (allowed.includes(url.origin)) return true;
  if (url.protocol !== 'https:' || url.port !== '') return false;
  return SERVICES.some((name) =>
    name.startsWith('.') ? url.hostname.endsWith(name) : url.hostname === name,
  );
}
