import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { newId } from '#core/ids.ts';
import { FormList } from '#features/reports/papers/form-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  return { list: await ask(event, `/wards/${ward}/campaigns/${campaign}/superior-forms`, FormList) };
};

export const actions: Actions = {
  default: async (event) => {
    const ward = event.locals.actor?.wardId ?? 0;
    const campaign = (await campaignOf(event)) ?? '';
    const form = await event.request.formData();
    form.set('id', newId());
    const address = `/wards/${ward}/campaigns/${campaign}/superior-forms`;
    const sent = await send(event, 'POST', address, form, z.object({ id: z.string() }));
    if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? '' });
    redirect(303, `/van-ban/bieu/${sent.data.id}`);
  },
};
