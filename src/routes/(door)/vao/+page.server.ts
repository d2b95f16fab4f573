import { fail, redirect } from '@sveltejs/kit';
import { afterSignIn, returnOf } from '../where-next.server.ts';
import { send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { NextReply } from '#features/people/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.actor?.via === 'office') redirect(303, returnOf(url) ?? '/');
  return { sentHere: returnOf(url) !== null };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const username = textOf(form, 'username');
    const password = textOf(form, 'password');
    const sent = await send(event, 'POST', '/session', { username, password }, NextReply);
    if (!sent.ok) return fail(sent.problem.status, { username, problem: sent.problem });
    redirect(303, afterSignIn(sent.data.next, event.url));
  },
};
