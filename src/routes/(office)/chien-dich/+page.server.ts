import { fail } from '@sveltejs/kit';
import { newId } from '#core/ids.ts';
import { OverviewReply } from '#features/evidence/calendar-schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask, send } from '../../ask.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  if (!campaign) return { overview: null, actId: newId() };
  const path = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/overview`;
  return { overview: await ask(event, path, OverviewReply), actId: newId() };
};

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

export const actions: Actions = {
  act: async (event) => {
    const campaign = await campaignOf(event);
    const form = await event.request.formData();
    const body = {
      id: text(form, 'id'),
      kind: text(form, 'kind'),
      doneOn: text(form, 'doneOn'),
      number: text(form, 'number') || null,
      note: text(form, 'note') || null,
      link: text(form, 'link') || null,
    };
    const path = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign ?? ''}/acts`;
    const sent = await send(event, 'POST', path, body);
    return sent.ok
      ? { recorded: true }
      : fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
  },
};
