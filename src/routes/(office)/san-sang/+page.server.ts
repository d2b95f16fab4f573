import { error } from '@sveltejs/kit';
import { ReadinessReply } from '#features/assignment/schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = await campaignOf(event);
  if (!campaign) return { board: null };
  return { board: await ask(event, `/wards/${ward}/campaigns/${campaign}/readiness`, ReadinessReply) };
};
