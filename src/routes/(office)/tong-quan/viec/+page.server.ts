import { OwedReply } from '#features/dashboards/schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask } from '../../../ask.server.ts';
import type { PageServerLoad } from './$types';

const FILTERS = ['from', 'to', 'unit', 'area', 'item', 'state'];

export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  if (!campaign) return { owed: null, filter: {} };
  const query = new URLSearchParams(
    FILTERS.flatMap((name) => {
      const value = event.url.searchParams.get(name);
      return value ? [[name, value]] : [];
    }),
  );
  const path = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/dashboard/owed`;
  return {
    owed: await ask(event, `${path}?${query.toString()}`, OwedReply),
    filter: Object.fromEntries(query),
  };
};
