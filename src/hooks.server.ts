// Every request's door: who asks, from where, in which language, and whether the page is for them.
import { redirect } from '@sveltejs/kit';
import type { Handle, HandleFetch } from '@sveltejs/kit/hooks';
import { sequence } from '@sveltejs/kit/hooks';
import type { RequestEvent } from '@sveltejs/kit';
import { NOBODY, whoAsks } from '#features/people/session.server.ts';
import type { Asker } from '#features/people/session.server.ts';
import { isFieldRole } from '#features/people/model.ts';
import { paraglideMiddleware } from '#messages/server.js';
import { parseCookieLine } from '#platform/api/cookie-line.ts';
import { findRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { THEME_COOKIE, themeAttribute } from '#ui/theme-choice.ts';

const language: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ locale }) =>
    resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace('%lang%', locale).replace('%theme%', themeAttribute(event.cookies.get(THEME_COOKIE))),
    }),
  );

/** Where to go first, for a page of the office or of the field; null: go on. */
function elsewhere(event: RequestEvent, { actor, waiting }: Asker): string | null {
  const route = event.route.id ?? '';
  // Nothing is there to sign in to before the ward is set up.
  if (findRuntime()?.setupOpen && !/^\/(?:\(setup\)|api\/|design|\(door\)\/ngon-ngu)/.test(route))
    return '/cai-dat';
  const isOffice = route.startsWith('/(office)');
  // The offline app has a lock of its own; the page that its shell is written from at build is for nobody.
  const isLane = route.startsWith('/(lane)') && route !== '/(lane)/field/shell';
  const isField = route.startsWith('/(field)') || isLane;
  if (!isOffice && !isField) return null;
  if (isLane && waiting === 'unlock') return null;
  const back = `ve=${encodeURIComponent(event.url.pathname + event.url.search)}`;
  if (waiting === 'pin') return '/chon-pin';
  if (waiting === 'unlock') return `/mo-khoa?${back}`;
  if (waiting === 'new-password') return '/mat-khau-moi';
  if (waiting === 'ward') return `/chon-phuong?${back}`;
  if (!actor) return `/vao?${back}`;
  if (isOffice) return actor.via === 'office' ? null : '/field';
  return actor.via === 'field' || actor.grants.some(({ role }) => isFieldRole(role)) ? null : '/';
}

const visitor: Handle = async ({ event, resolve }) => {
  const runtime = findRuntime();
  const address = event.request.headers.get('x-tungnha-address') ?? 'unknown';
  const asker = runtime ? await whoAsks(runtime, event.request.headers) : NOBODY;
  event.locals.actor = asker.actor;
  event.locals.waiting = asker.waiting;
  event.locals.origin = asker.actor?.deviceId ? `device ${asker.actor.deviceId}` : address;
  const { method } = event.request;
  // A form that is sent after the session ended is answered by the API's refusal, so that what was typed stays.
  if (method === 'GET' || method === 'HEAD') {
    const there = elsewhere(event, asker);
    if (there !== null) redirect(303, there);
  }
  return resolve(event);
};

export const handle = sequence(language, visitor);

/**
 * Pages ask the API in process, as whom the request already is: no second look-up, the same address and browser. The
 * cookies that the API sets go on to the browser.
 */
export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
  const url = new URL(request.url);
  if (url.origin !== event.url.origin || !url.pathname.startsWith('/api/')) return fetch(request);
  for (const name of ['cookie', 'user-agent', 'accept-language']) {
    const value = event.request.headers.get(name);
    if (value !== null) request.headers.set(name, value);
  }
  const { actor, origin } = event.locals;
  const response = await api.fetch(request, { actor, origin });
  for (const line of response.headers.getSetCookie()) {
    const { name, value, ...options } = parseCookieLine(line);
    event.cookies.set(name, value, { ...options, encode: (text) => text });
  }
  return response;
};
