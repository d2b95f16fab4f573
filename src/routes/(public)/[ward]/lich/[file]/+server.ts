import type { RequestHandler } from './$types';
import { api } from '#registry/api.server.ts';

/** The secret address of a calendar is short enough to be typed; what answers it is the API. */
export const GET: RequestHandler = ({ request, params, url, locals }) => {
  const path = `/api/calendars/${encodeURIComponent(params.ward)}/${encodeURIComponent(params.file)}`;
  const headers = new Headers();
  const tag = request.headers.get('if-none-match');
  if (tag !== null) headers.set('if-none-match', tag);
  return api.fetch(new Request(new URL(path, url.origin), { headers }), {
    actor: null,
    origin: locals.origin,
  });
};
