// The public pages' way to the API, and the promises they make in their headers: nothing from elsewhere, no cookie, no
// script but our own file, never inside another site's frame (the strip for other sites says otherwise itself).
import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { ask } from '../../ask.server.ts';
import { api } from '#registry/api.server.ts';

type Event = Pick<RequestEvent, 'fetch' | 'url' | 'setHeaders'> & { params: { ward: string } };

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join('; ');

export async function askPortal<T>(
  event: Event,
  rest: string,
  schema: z.ZodType<T>,
  framed = false,
): Promise<T> {
  if (!/^\d{1,8}$/.test(event.params.ward)) error(404);
  event.setHeaders({
    'content-security-policy': `${POLICY}; frame-ancestors ${framed ? '*' : "'none'"}`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=60',
  });
  return ask(event, `/portals/${event.params.ward}${rest}`, schema);
}

/** A file of the public side, answered by the API as it is. */
export const portalFile = ({ params, url, locals }: RequestEvent<{ ward: string }>, file: string) =>
  api.fetch(new Request(new URL(`/api/portals/${encodeURIComponent(params.ward)}/${file}`, url.origin)), {
    actor: null,
    origin: locals.origin,
  });
