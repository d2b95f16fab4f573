import { error } from '@sveltejs/kit';
import { GroupReply } from '#features/areas/schema.ts';
import { dayOf } from '#core/clock.ts';
import { runtime } from '#platform/runtime.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { refused } from '../forms.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = event.locals.actor ?? error(401);
  const group = await ask(event, `/wards/${actor.wardId}/areas/${event.params.area}`, GroupReply);
  return { group, me: actor.personId, today: dayOf(runtime().campaignClock.now()) };
};

const wholeNumber = (text: string): number | string => {
  // Offices write 1.250 for one thousand two hundred and fifty.
  const plain = text.trim().replaceAll(/[.\s]/g, '');
  return /^\d+$/.test(plain) ? Number(plain) : text;
};

async function act(
  event: RequestEvent,
  path: string,
  method: 'POST' | 'PATCH',
  body: (form: FormData) => object,
) {
  const ward = event.locals.actor?.wardId ?? error(401);
  const form = await event.request.formData();
  const to = path.replace('{lane}', encodeURIComponent(textOf(form, 'lane')));
  const sent = await send(event, method, `/wards/${ward}${to}`, body(form));
  return sent.ok ? { done: true as const } : refused(sent.problem, form);
}

export const actions: Actions = {
  declare: (event) =>
    act(event, `/areas/${event.params.area}/declarations`, 'POST', (form) => ({
      households: wholeNumber(textOf(form, 'households')),
      temporaryHouseholds: wholeNumber(textOf(form, 'temporaryHouseholds') || '0'),
      ...(textOf(form, 'countedOn') ? { countedOn: textOf(form, 'countedOn') } : {}),
      ...(textOf(form, 'note').trim() ? { note: textOf(form, 'note') } : {}),
    })),
  confirm: async (event) => {
    const form = await event.request.clone().formData();
    const version = Number(textOf(form, 'version'));
    return act(event, `/areas/${event.params.area}/declarations/${version}/confirm`, 'POST', () => ({}));
  },
  lane: (event) =>
    act(event, `/areas/${event.params.area}/lanes`, 'POST', (form) => ({ name: textOf(form, 'laneName') })),
  renameLane: (event) => act(event, '/lanes/{lane}', 'PATCH', (form) => ({ name: textOf(form, 'laneName') })),
  closeLane: (event) => act(event, '/lanes/{lane}/close', 'POST', (form) => ({ on: textOf(form, 'on') })),
};
