import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/**
 * One duty at one place in one period, as notices, e-mails and calendars name it. They know no frame and outlive the
 * pages they lead to, so the address stays and this door knows today's page.
 */
export const GET: RequestHandler = ({ locals, params, url }) => {
  const { actor } = locals;
  if (!actor) redirect(303, `/vao?ve=${encodeURIComponent(url.pathname)}`);
  const { campaign, item, place, start } = params;
  const query = new URLSearchParams({ 'chien-dich': campaign, muc: item, ky: start });
  if (place !== 'ward') query.set('to', place);
  redirect(303, `${actor.via === 'field' ? '/field' : ''}/nhiem-vu?${query.toString()}`);
};
