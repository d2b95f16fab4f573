import { fail, redirect } from '@sveltejs/kit';
import { PlanReply } from '#features/plan/api-schema.ts';
import { ask, send } from '../../../../../ask.server.ts';
import { textOf } from '../../../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';
import { campaignBase } from '../../../ward.server.ts';

const at = (event: Parameters<PageServerLoad>[0]) =>
  `${campaignBase(event)}/plan/versions/${encodeURIComponent(event.params.version)}`;

export const load: PageServerLoad = async (event) => ({ plan: await ask(event, at(event), PlanReply) });

export const actions: Actions = {
  paper: async (event) => {
    const form = await event.request.formData();
    const sent = await send(
      event,
      'PUT',
      `${campaignBase(event)}/plan/versions/${event.params.version}/amending`,
      { number: textOf(form, 'number'), on: textOf(form, 'on') },
    );
    if (sent.ok) redirect(303, `/ke-hoach/${event.params.campaign}/ban/${event.params.version}`);
    return fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
  },
};
