import type { RequestHandler } from './$types';
import { api } from '#registry/api.server.ts';

/** Every method of every endpoint: the API is one Hono app behind this door. */
export const fallback: RequestHandler = ({ request, locals }) =>
  api.fetch(request, { actor: locals.actor, origin: locals.origin });
