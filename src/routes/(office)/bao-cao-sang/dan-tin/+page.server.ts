import { error } from '@sveltejs/kit';
import { timeOf } from '#core/clock.ts';
import { MorningReply } from '#features/reports/schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask } from '../../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  const { itemId, on, now } = await ask(
    event,
    `/wards/${ward}/campaigns/${campaign}/reports/morning`,
    MorningReply,
  );
  return { ward, campaign, itemId, on, time: timeOf(Date.parse(now)) };
};
