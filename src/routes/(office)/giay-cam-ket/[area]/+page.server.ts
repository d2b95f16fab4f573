import { error } from '@sveltejs/kit';
import { newId } from '#core/ids.ts';
import { AreaPapersReply, PrintReply } from '#features/pledges/papers-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { refused } from '../../to-dan-pho/forms.server.ts';
import { custodyActions } from '../custody.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

async function place(event: RequestEvent) {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  const area = encodeURIComponent(event.params.area);
  return { ward, at: `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/areas/${area}` };
}

export const load: PageServerLoad = async (event) => {
  const { ward, at } = await place(event);
  return { ward, at, handover: newId(), papers: await ask(event, `${at}/papers`, AreaPapersReply) };
};

async function print(event: RequestEvent) {
  const { at } = await place(event);
  const form = await event.request.formData();
  const extra = Math.max(0, Math.min(200, Math.trunc(Number(textOf(form, 'extra')) || 0)));
  const lane = textOf(form, 'lane');
  const wish = { id: newId(), kind: textOf(form, 'kind'), lane: lane === '' ? null : lane, extra };
  const sent = await send(event, 'POST', `${at}/prints`, wish, PrintReply);
  return sent.ok ? { printed: { ...sent.data, extra } } : refused(sent.problem, form);
}

async function hand(event: RequestEvent) {
  const { at } = await place(event);
  const form = await event.request.formData();
  const note = textOf(form, 'note').trim();
  const sent = await send(event, 'POST', `${at}/handovers`, {
    id: textOf(form, 'id'),
    pledges: form.getAll('selected').filter((one) => typeof one === 'string'),
    note: note === '' ? null : note,
  });
  return sent.ok ? { done: true as const } : refused(sent.problem, form);
}

export const actions: Actions = { print, hand, ...custodyActions };
