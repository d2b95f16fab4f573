// Every request's door: who asks, from where, in which language.
import type { Handle } from '@sveltejs/kit/hooks';
import { paraglideMiddleware } from '#messages/server.js';
import { THEME_COOKIE, themeAttribute } from '#ui/theme-choice.ts';

export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ request, locale }) => {
    event.locals.actor = null;
    event.locals.origin = request.headers.get('x-tungnha-address') ?? 'unknown';
    return resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace('%lang%', locale).replace('%theme%', themeAttribute(event.cookies.get(THEME_COOKIE))),
    });
  });
