import { error, redirect } from '@sveltejs/kit';
import { IdReply, RegisterReply } from '#features/areas/schema.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { decisionOf, namesOf, refused } from '../forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const { on, may } = await ask(event, `/wards/${ward}/areas`, RegisterReply);
  if (!may.change) error(403);
  return { today: on };
};

export const actions: Actions = {
  default: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const form = await event.request.formData();
    const decision = decisionOf(form);
    const wish = {
      ...namesOf(form),
      validFrom: textOf(form, 'from'),
      ...(decision.number.trim() ? { decision } : {}),
    };
    const sent = await send(event, 'POST', `/wards/${ward}/groups`, wish, IdReply);
    if (!sent.ok) return refused(sent.problem, form);
    redirect(303, `/to-dan-pho/${sent.data.id}`);
  },
};
