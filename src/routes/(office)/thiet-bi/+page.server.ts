import { fail } from '@sveltejs/kit';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { PhonesReply } from '#features/people/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const ward = (locals: App.Locals) => `/wards/${locals.actor?.wardId ?? 0}`;

export const load: PageServerLoad = async (event) => {
  const reply = await ask(event, `${ward(event.locals)}/phones`, PhonesReply);
  return { phones: reply.phones, now: Date.now() };
};

export const actions: Actions = {
  end: async (event) => {
    const form = await event.request.formData();
    const why = textOf(form, 'why') === 'left' ? 'left' : 'lost';
    const path = `${ward(event.locals)}/devices/${textOf(form, 'device')}/end`;
    const sent = await send(event, 'POST', path, { why });
    return sent.ok ? { ended: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
