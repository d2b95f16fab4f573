import { MorningReply } from '#features/reports/schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = await campaignOf(event);
  if (!campaign) return { ward, board: null };
  const on = event.url.searchParams.get('ngay');
  const query = on ? `?on=${encodeURIComponent(on)}` : '';
  return {
    ward,
    board: await ask(event, `/wards/${ward}/campaigns/${campaign}/reports/morning${query}`, MorningReply),
  };
};
