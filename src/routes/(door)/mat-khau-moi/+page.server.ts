import { fail, redirect } from '@sveltejs/kit';
import { afterSignIn } from '../where-next.server.ts';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { m } from '#messages/messages.js';
import { PASSWORD_LIMITS } from '#features/people/model.ts';
import { NextReply, SessionReply } from '#features/people/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const session = await ask(event, '/session', SessionReply);
  if (session.waiting !== 'new-password') redirect(303, '/');
  return {
    username: session.username ?? '',
    least: session.secondFactor ? PASSWORD_LIMITS.withSecondFactor : PASSWORD_LIMITS.alone,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const password = textOf(form, 'password');
    if (password !== textOf(form, 'again'))
      return fail(422, { id: 'again', message: m.people_new_password_differ() });
    const sent = await send(event, 'POST', '/session/new-password', { password }, NextReply);
    if (!sent.ok) return fail(sent.problem.status, { id: 'password', message: sent.problem.detail ?? '' });
    redirect(303, afterSignIn(sent.data.next, event.url));
  },
};
