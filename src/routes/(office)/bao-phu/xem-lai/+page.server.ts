import { error } from '@sveltejs/kit';
import { FlagsReply } from '#features/visits/office-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf, textsOf } from '../../../form-text.ts';
import { refused } from '../../to-dan-pho/forms.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

async function base(event: RequestEvent): Promise<string> {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  return `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/visits`;
}

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  const at = `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/visits/flags`;
  return { flags: await ask(event, at, FlagsReply) };
};

async function act(event: RequestEvent, step: string, body: (form: FormData) => object) {
  const form = await event.request.formData();
  const sent = await send(event, 'POST', `${await base(event)}/${step}`, body(form));
  return sent.ok ? { done: true as const } : refused(sent.problem, form);
}

export const actions: Actions = {
  review: (event) => act(event, 'review', (form) => ({ visits: textsOf(form, 'visit') })),
  takeBack: (event) =>
    act(event, 'take-back', (form) => ({ visit: textOf(form, 'visit'), reason: textOf(form, 'reason') })),
  takeBackDay: (event) =>
    act(event, 'take-back-day', (form) => ({
      person: textOf(form, 'person'),
      day: textOf(form, 'day'),
      area: textOf(form, 'area'),
      reason: textOf(form, 'reason'),
    })),
};
