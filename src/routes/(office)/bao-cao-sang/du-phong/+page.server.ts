import { error, fail } from '@sveltejs/kit';
import { ReserveList } from '#features/reports/reserve/schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  const base = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/paper-reserves`;
  return { base: `/api${base}`, list: await ask(event, base, ReserveList) };
};

export const actions: Actions = {
  default: async (event) => {
    const campaign = (await campaignOf(event)) ?? '';
    const address = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/paper-reserves`;
    const sent = await send(event, 'POST', address);
    return sent.ok
      ? { made: true, message: '' }
      : fail(sent.problem.status, { made: false, message: sent.problem.detail ?? '' });
  },
};
