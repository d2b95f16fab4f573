import { error, fail, redirect } from '@sveltejs/kit';
import { CampaignDetailReply, CampaignListReply, FreshReply } from '#features/plan/api-schema.ts';
import { ask, send } from '../../../../ask.server.ts';
import { textOf } from '../../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';
import { campaignBase, wardBase } from '../../ward.server.ts';

export const load: PageServerLoad = async (event) => {
  const { units, mayCreateFor } = await ask(event, `${wardBase(event)}/campaigns`, CampaignListReply);
  if (mayCreateFor.length === 0) error(403);
  return {
    campaign: await ask(event, campaignBase(event), CampaignDetailReply),
    units: units.filter(({ id }) => mayCreateFor.includes(id)),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const wish = {
      name: textOf(form, 'name'),
      shortName: textOf(form, 'shortName'),
      leadingUnitId: textOf(form, 'leadingUnitId'),
      startOn: textOf(form, 'startOn') || undefined,
    };
    const sent = await send(event, 'POST', `${campaignBase(event)}/clone`, wish, FreshReply);
    if (sent.ok) redirect(303, `/ke-hoach/${sent.data.campaignId}/soan`);
    return fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code, wish });
  },
};
