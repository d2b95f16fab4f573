import { error } from '@sveltejs/kit';
import { ListReply } from '#features/households/office-schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import { apiQuery } from './list-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const query = apiQuery(event.url.searchParams, await campaignOf(event));
  return {
    list: await ask(event, `/wards/${ward}/households?${query}`, ListReply),
    asked: Object.fromEntries(event.url.searchParams),
    files: {
      csv: `/api/wards/${ward}/households.csv?${query}`,
      xlsx: `/api/wards/${ward}/households.xlsx?${query}`,
    },
  };
};
