import { error } from '@sveltejs/kit';
import { CoverageReply, PaceReply } from '#features/households/office-schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = await campaignOf(event);
  if (!campaign) return { coverage: null, pace: null };
  const at = `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/coverage`;
  const [coverage, pace] = await Promise.all([
    ask(event, at, CoverageReply),
    ask(event, `${at}/pace`, PaceReply),
  ]);
  return { coverage, pace };
};
