import { error } from '@sveltejs/kit';
import { ExclusionsReply } from '#features/households/office-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { refused } from '../../to-dan-pho/forms.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const STATES = ['waiting', 'approved', 'refused', 'all'] as const;

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  const asked = event.url.searchParams.get('xem');
  const state = STATES.find((one) => one === asked) ?? 'waiting';
  const at = `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/exclusions?state=${state}`;
  return { campaign, state, list: await ask(event, at, ExclusionsReply) };
};

async function act(event: RequestEvent, step: 'decide' | 'end', body: (form: FormData) => object) {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  const form = await event.request.formData();
  const id = encodeURIComponent(textOf(form, 'exclusion'));
  const at = `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/exclusions/${id}/${step}`;
  const sent = await send(event, 'POST', at, body(form));
  return sent.ok ? { done: true as const } : refused(sent.problem, form);
}

const reasonOf = (form: FormData) => {
  const reason = textOf(form, 'reason').trim();
  return reason === '' ? {} : { reason };
};

export const actions: Actions = {
  approve: (event) => act(event, 'decide', (form) => ({ decision: 'approved', ...reasonOf(form) })),
  refuse: (event) => act(event, 'decide', (form) => ({ decision: 'refused', ...reasonOf(form) })),
  end: (event) => act(event, 'end', reasonOf),
};
