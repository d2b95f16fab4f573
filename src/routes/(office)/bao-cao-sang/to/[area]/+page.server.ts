import { error } from '@sveltejs/kit';
import { OwedList } from '#features/reports/schema.ts';
import { campaignOf } from '../../../../active-campaign.server.ts';
import { ask } from '../../../../ask.server.ts';
import { dayAsked } from '../../../../day-asked.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  const query = new URLSearchParams({ area: event.params.area });
  const on = dayAsked(event.url);
  if (on) query.set('on', on);
  const list = await ask(
    event,
    `/wards/${ward}/campaigns/${campaign}/reports/owed?${query.toString()}`,
    OwedList,
  );
  return { ward, campaign, ...list };
};
