import { fail, redirect } from '@sveltejs/kit';
import { send } from '../../../ask.server.ts';
import { personBody } from '../person-body.ts';
import { Created } from '#features/people/schema-register.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const body = personBody(await event.request.formData());
    const sent = await send(event, 'POST', `/wards/${event.locals.actor?.wardId ?? 0}/people`, body, Created);
    if (!sent.ok) return fail(sent.problem.status, { body, message: sent.problem.detail ?? '' });
    redirect(303, `/nguoi/${sent.data.id}`);
  },
};
