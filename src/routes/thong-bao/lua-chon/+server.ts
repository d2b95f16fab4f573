import { redirect } from '@sveltejs/kit';
import { ownPages } from '../../reminder-forms.server.ts';
import type { RequestHandler } from './$types';

/** From an e-mail: one's choices, where one works. */
export const GET: RequestHandler = (event) => {
  if (!event.locals.actor) redirect(303, `/vao?ve=${encodeURIComponent(event.url.pathname)}`);
  redirect(303, ownPages(event).choices);
};
