import { error } from '@sveltejs/kit';
import { CoverageReply, MarkReply, PaceReply } from '#features/households/office-schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = await campaignOf(event);
  if (!campaign) return { coverage: null, pace: null, live: null };
  // Before the figures: what moves while they are read is read once more.
  const { mark } = await ask(event, `/wards/${ward}/coverage-mark`, MarkReply);
  const at = `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/coverage`;
  const [coverage, pace] = await Promise.all([
    ask(event, at, CoverageReply),
    ask(event, `${at}/pace`, PaceReply),
  ]);
  return { coverage, pace, live: { ward, mark } };
};
