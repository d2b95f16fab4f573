import { fail, redirect } from '@sveltejs/kit';
import { afterSignIn } from '../where-next.server.ts';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { NextReply, SessionReply } from '#features/people/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const session = await ask(event, '/session', SessionReply);
  if (session.wards.length === 0) redirect(303, '/vao');
  return { wards: session.wards };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const sent = await send(event, 'POST', '/session/ward', { ward: textOf(form, 'ward') }, NextReply);
    if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? '' });
    redirect(303, afterSignIn('in', event.url));
  },
};
