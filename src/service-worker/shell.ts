// The offline shell: the field app's own files, kept from the build, and the one page from which all its addresses open.
// The list of files comes with the build (`_app/field-files.json`), so no other page's script takes room on the phone.

const PREFIX = 'field-';
const SHELL = '/field/shell';
const EXTRA = ['/favicon.svg', '/field.webmanifest', '/icon-192.png'];

/** Addresses that the phone draws by itself, with or without a network. */
const OWN = /^\/field(?:\/(?:nha|gui|bao-cao|lua-dao|tap|can-mang|shell)(?:\/|$)|\/?$)/;

export const isOwnPage = (path: string): boolean => OWN.test(path);

/** What a page that needs the network turns into without one: where it is said in words, or the home of the field. */
export function withoutNetwork(path: string): string | null {
  if (path === '/' || path === '/mo-khoa' || path === '/vao') return '/field';
  return path.startsWith('/field/') ? `/field/can-mang?trang=${encodeURIComponent(path)}` : null;
}

/** Kept under the build's own name; a half-filled cache never counts, since installing fails with it. */
export async function keepBuild(version: string): Promise<void> {
  const response = await fetch('/_app/field-files.json', { cache: 'no-store' });
  if (!response.ok) throw new Error('no list of files');
  const files = (await response.json()) as string[];
  const cache = await caches.open(PREFIX + version);
  await cache.addAll([...files, ...EXTRA]);
  await cache.add(new Request(SHELL, { cache: 'no-store' }));
}

/** Only this build and the one before it: a tab still open on the last one finds its files. */
export async function forgetOldBuilds(version: string): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const older = names.filter((name) => name !== PREFIX + version);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
}

export async function ownPage(version: string): Promise<Response> {
  const cache = await caches.open(PREFIX + version);
  const kept = (await cache.match(SHELL)) ?? (await caches.match(SHELL));
  return kept ?? fetch(SHELL);
}

export async function onlinePage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const there = withoutNetwork(new URL(request.url).pathname);
    if (there === null) throw error;
    return Response.redirect(there, 302);
  }
}

export async function keptFile(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}

export const isBuildFile = (path: string): boolean =>
  path.startsWith('/_app/immutable/') || EXTRA.includes(path);
