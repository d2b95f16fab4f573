import { error } from '@sveltejs/kit';
import { OriginalReply } from '#features/pledges/original-schema.ts';
import { ask } from '../../../../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const original = await ask(event, `/wards/${ward}/pledges/${event.params.pledge}`, OriginalReply);
  return { ward, original };
};
