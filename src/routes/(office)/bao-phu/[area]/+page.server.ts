import { error } from '@sveltejs/kit';
import { CoverageReply } from '#features/households/office-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask } from '../../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  const at = `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/coverage?area=${event.params.area}`;
  return { coverage: await ask(event, at, CoverageReply) };
};
