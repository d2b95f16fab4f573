import { error } from '@sveltejs/kit';
import { newId } from '#core/ids.ts';
import { ListReply } from '#features/households/office-schema.ts';
import { RoundsReply } from '#features/visits/rounds-schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { refused } from '../to-dan-pho/forms.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const ID = /^[0-9a-f-]{36}$/;

async function place(event: RequestEvent, area: string) {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  return `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/areas/${encodeURIComponent(area)}/rounds`;
}

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const { groups } = await ask(event, `/wards/${ward}/households`, ListReply);
  const asked = event.url.searchParams.get('to') ?? '';
  const area = ID.test(asked) ? asked : groups.length === 1 ? (groups[0]?.id ?? '') : '';
  return {
    groups: groups.map(({ id, name }) => ({ id, name })),
    area,
    id: newId(),
    plan: area === '' ? null : await ask(event, await place(event, area), RoundsReply),
  };
};

const all = (form: FormData, name: string) => form.getAll(name).filter((one) => typeof one === 'string');

export const actions: Actions = {
  add: async (event) => {
    const form = await event.request.formData();
    const sent = await send(event, 'POST', await place(event, textOf(form, 'area')), {
      id: textOf(form, 'id'),
      lanes: all(form, 'lane'),
      onDay: textOf(form, 'onDay'),
      fromTime: textOf(form, 'fromTime'),
      toTime: textOf(form, 'toTime'),
      people: all(form, 'person'),
    });
    return sent.ok ? { done: true as const } : refused(sent.problem, form);
  },
  cancel: async (event) => {
    const form = await event.request.formData();
    const at = await place(event, textOf(form, 'area'));
    const sent = await send(event, 'POST', `${at}/${encodeURIComponent(textOf(form, 'round'))}/cancel`);
    return sent.ok ? { done: true as const } : refused(sent.problem, form);
  },
};
