import { error, fail, redirect } from '@sveltejs/kit';
import { CampaignDetailReply } from '#features/plan/api-schema.ts';
import { ask, send } from '../../../../ask.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { campaignBase } from '../../ward.server.ts';

export const load: PageServerLoad = async (event) => {
  const campaign = await ask(event, campaignBase(event), CampaignDetailReply);
  if (!campaign.may.edit) error(403);
  if (campaign.versions.some(({ state }) => state === 'draft'))
    redirect(303, `/ke-hoach/${event.params.campaign}/soan`);
  return { campaign };
};

export const actions: Actions = {
  hand: async (event) => {
    const sent = await send(event, 'POST', `${campaignBase(event)}/plan/draft/amend`);
    if (sent.ok) redirect(303, `/ke-hoach/${event.params.campaign}/soan`);
    return fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
  },
  upload: async (event) => {
    const form = await event.request.formData();
    const sent = await send(event, 'POST', `${campaignBase(event)}/plan/draft`, form);
    if (sent.ok) redirect(303, `/ke-hoach/${event.params.campaign}/soan`);
    return fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
  },
};
