import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/**
 * One duty at one place in one period, as notices, e-mails and calendars name it. They know no frame and outlive the
 * pages they lead to, so the address stays and this door knows today's page.
 */
export const GET: RequestHandler = ({ locals, params, url }) => {
  const { actor } = locals;
  if (!actor) redirect(303, `/vao?ve=${encodeURIComponent(url.pathname)}`);
  if (actor.via === 'field') redirect(303, '/field/thong-bao');
  const { campaign, item, place, start } = params;
  const query = new URLSearchParams({ to: place, ky: start });
  redirect(
    303,
    `/ke-hoach/${encodeURIComponent(campaign)}/muc/${encodeURIComponent(item)}?${query.toString()}`,
  );
};
