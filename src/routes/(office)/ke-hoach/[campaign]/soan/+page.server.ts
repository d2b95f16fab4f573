import { fail, redirect } from '@sveltejs/kit';
import { addDays } from '#core/calendar.ts';
import { dayOf } from '#core/clock.ts';
import { PlanReply } from '#features/plan/api-schema.ts';
import { runtime } from '#platform/runtime.server.ts';
import { ask, send } from '../../../../ask.server.ts';
import { textOf } from '../../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';
import { campaignBase } from '../../ward.server.ts';

export const load: PageServerLoad = async (event) => ({
  plan: await ask(event, `${campaignBase(event)}/plan/draft`, PlanReply),
  wardId: event.locals.actor?.wardId ?? 0,
  // An amendment does not reach back into a day already worked.
  proposedOn: addDays(dayOf(runtime().campaignClock.now()), 1),
});

export const actions: Actions = {
  confirm: async (event) => {
    const form = await event.request.formData();
    const sent = await send(event, 'POST', `${campaignBase(event)}/plan/draft/confirm`, {
      inForceFrom: textOf(form, 'inForceFrom') || undefined,
      amendingNumber: textOf(form, 'amendingNumber') || null,
      amendingOn: textOf(form, 'amendingOn') || null,
      note: textOf(form, 'note') || null,
    });
    if (sent.ok) redirect(303, `/ke-hoach/${event.params.campaign}`);
    return fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
  },
  discard: async (event) => {
    const sent = await send(event, 'POST', `${campaignBase(event)}/plan/draft/discard`);
    if (sent.ok) redirect(303, `/ke-hoach/${event.params.campaign}`);
    return fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
  },
};
