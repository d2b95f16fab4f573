import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { PROVE_AGAIN, provePage } from '../../ask.server.ts';
import { api } from '#registry/api.server.ts';

/** Every method of every endpoint: the API is one Hono app behind this door. */
export const fallback: RequestHandler = async ({ request, locals, url }) => {
  const response = await api.fetch(request, { actor: locals.actor, origin: locals.origin });
  // A link to a file is followed by the browser itself: a person must be asked again, not shown a refusal in JSON.
  if (response.status === 403 && request.headers.get('sec-fetch-mode') === 'navigate') {
    const problem: unknown = await response.clone().json();
    if (typeof problem === 'object' && problem !== null && 'code' in problem && problem.code === PROVE_AGAIN)
      redirect(303, provePage(new URL(request.headers.get('referer') ?? '/', url)));
  }
  return response;
};
