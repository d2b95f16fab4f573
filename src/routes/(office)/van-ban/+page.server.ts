import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { newId } from '#core/ids.ts';
import { dayOf } from '#core/clock.ts';
import { CampaignListReply } from '#features/plan/api-schema.ts';
import { DocumentList } from '#features/reports/papers/schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = await campaignOf(event);
  if (!campaign) return { list: null, from: '', today: '' };
  const list = await ask(event, `/wards/${ward}/campaigns/${campaign}/documents`, DocumentList);
  const { campaigns } = await ask(event, `/wards/${ward}/campaigns`, CampaignListReply);
  const today = dayOf(runtime().campaignClock.now());
  return { list, from: campaigns.find(({ id }) => id === campaign)?.fromOn ?? today, today };
};

export const actions: Actions = {
  default: async (event) => {
    const ward = event.locals.actor?.wardId ?? 0;
    const campaign = (await campaignOf(event)) ?? '';
    const form = await event.request.formData();
    const text = (name: string) => textOf(form, name);
    const body = { id: newId(), kind: text('kind'), fromOn: text('from'), toOn: text('to') };
    const reply = z.object({ id: z.string() });
    const sent = await send(event, 'POST', `/wards/${ward}/campaigns/${campaign}/documents`, body, reply);
    if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? '' });
    redirect(303, `/van-ban/${sent.data.id}`);
  },
};
