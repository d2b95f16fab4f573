import { error, fail } from '@sveltejs/kit';
import { z } from 'zod';
import { ListReply } from '#features/reports/closing/schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  const base = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/closing/supplementary`;
  return { base: `/api${base}`, list: await ask(event, base, ListReply) };
};

export const actions: Actions = {
  default: async (event) => {
    const campaign = (await campaignOf(event)) ?? '';
    const path = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/closing/supplementary`;
    const sent = await send(event, 'POST', path, undefined, z.object({ added: z.number() }));
    return sent.ok
      ? { added: sent.data.added, message: '' }
      : fail(sent.problem.status, { added: null, message: sent.problem.detail ?? '' });
  },
};
