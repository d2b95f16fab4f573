import { error, redirect } from '@sveltejs/kit';
import { dayOf } from '#core/clock.ts';
import { GroupReply } from '#features/areas/schema.ts';
import { runtime } from '#platform/runtime.server.ts';
import { ask, send } from '../../../../ask.server.ts';
import { textOf } from '../../../../form-text.ts';
import { decisionOf, refused } from '../../forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const group = await ask(event, `/wards/${ward}/areas/${event.params.area}`, GroupReply);
  if (!group.may.change || group.validTo !== null) error(403);
  return { name: group.name, today: dayOf(runtime().campaignClock.now()) };
};

export const actions: Actions = {
  default: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const form = await event.request.formData();
    const into = textOf(form, 'into')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((name) => ({ name }));
    const wish = { into, from: textOf(form, 'from'), decision: decisionOf(form) };
    const sent = await send(event, 'POST', `/wards/${ward}/areas/${event.params.area}/split`, wish);
    if (!sent.ok) return refused(sent.problem, form);
    redirect(303, '/to-dan-pho');
  },
};
