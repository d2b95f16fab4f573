import { fail, redirect } from '@sveltejs/kit';
import { CampaignDetailReply, PlanReply } from '#features/plan/api-schema.ts';
import { ask, send } from '../../../ask.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { campaignBase } from '../ward.server.ts';

export const load: PageServerLoad = async (event) => {
  const campaign = await ask(event, campaignBase(event), CampaignDetailReply);
  const confirmed = campaign.versions.some(({ state }) => state === 'confirmed');
  return {
    campaign,
    plan: confirmed ? await ask(event, `${campaignBase(event)}/plan`, PlanReply) : null,
    api: `/api${campaignBase(event)}`,
    /** Why a paper brought in with the campaign was not read. */
    refused: event.url.searchParams.get('khong'),
  };
};

const act = (path: string) => async (event: Parameters<Actions[string]>[0]) => {
  const sent = await send(event, 'POST', `${campaignBase(event)}${path}`);
  return sent.ok
    ? { done: path }
    : fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
};

export const actions: Actions = {
  activate: act('/activate'),
  close: act('/close'),
  upload: async (event) => {
    const form = await event.request.formData();
    const sent = await send(event, 'POST', `${campaignBase(event)}/plan/draft`, form);
    if (sent.ok) redirect(303, `/ke-hoach/${event.params.campaign}/soan`);
    return fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
  },
};
