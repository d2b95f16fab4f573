import { redirect } from '@sveltejs/kit';
import { send } from '../../ask.server.ts';
import { ownPages } from '../../reminder-forms.server.ts';
import type { RequestHandler } from './$types';

/** A notification knows no frame: opened, it counts as read and shows itself where its reader works. */
export const GET: RequestHandler = async (event) => {
  const { actor } = event.locals;
  if (!actor) redirect(303, `/vao?ve=${encodeURIComponent(event.url.pathname)}`);
  const { reminder } = event.params;
  await send(event, 'POST', `/wards/${actor.wardId}/notices/read`, { ids: [reminder] });
  redirect(303, `${ownPages(event).notices}#${encodeURIComponent(reminder)}`);
};
