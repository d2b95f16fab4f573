import { DashboardReply } from '#features/dashboards/schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  if (!campaign) return { dashboard: null };
  const path = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/dashboard`;
  return { dashboard: await ask(event, path, DashboardReply) };
};
