import { error, fail } from '@sveltejs/kit';
import { mayAnywhere } from '#platform/api/permission.ts';
import { newId } from '#core/ids.ts';
import { CheckList } from '#features/reports/checks/schema.ts';
import { WardReply } from '#features/reports/schema.ts';
import { permissions } from '#registry/permissions.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { dayAsked } from '../../../day-asked.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { actor } = event.locals;
  const campaign = await campaignOf(event);
  if (!campaign || !actor) error(404);
  const on = dayAsked(event.url);
  const query = on ? `?on=${encodeURIComponent(on)}` : '';
  const sum = await ask(
    event,
    `/wards/${actor.wardId}/campaigns/${campaign}/reports/ward${query}`,
    WardReply,
  );
  const mayConclude = mayAnywhere(permissions, actor, 'plan.edit');
  const { units, today } = await ask(event, `/wards/${actor.wardId}/campaigns/${campaign}/checks`, CheckList);
  return {
    conclude: mayConclude ? { id: newId(), units, today } : null,
    ward: actor.wardId,
    campaign,
    sum,
    mayState: mayAnywhere(permissions, actor, 'reports.state-figures'),
    projector: event.url.searchParams.has('chieu'),
  };
};

export const actions: Actions = {
  conclude: async (event) => {
    const form = await event.request.formData();
    const campaign = (await campaignOf(event)) ?? '';
    const title = textOf(form, 'title');
    const body = {
      id: textOf(form, 'id'),
      title,
      on: textOf(form, 'by'),
      accountable: textOf(form, 'accountable'),
    };
    const path = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/tasks`;
    const sent = await send(event, 'POST', path, body);
    return sent.ok
      ? { added: true, message: '', title: '' }
      : fail(sent.problem.status, { added: false, message: sent.problem.detail ?? '', title });
  },
};
