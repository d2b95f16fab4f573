// Every request's door: who asks, from where, in which language.
import type { Handle } from '@sveltejs/kit/hooks';
import { paraglideMiddleware } from '#messages/server.js';

export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ request, locale }) => {
    event.locals.actor = null;
    event.locals.origin = request.headers.get('x-tungnha-address') ?? 'unknown';
    return resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) });
  });
