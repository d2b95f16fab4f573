import { error } from '@sveltejs/kit';
import { CoverageReply } from '#features/households/office-schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = await campaignOf(event);
  return {
    coverage: campaign
      ? await ask(event, `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/coverage`, CoverageReply)
      : null,
  };
};
