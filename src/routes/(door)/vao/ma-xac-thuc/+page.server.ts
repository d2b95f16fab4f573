import { fail, redirect } from '@sveltejs/kit';
import { afterSignIn } from '../../where-next.server.ts';
import { send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { NextReply } from '#features/people/schema.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const code = textOf(form, 'code');
    const sent = await send(event, 'POST', '/session/second-factor', { code }, NextReply);
    if (!sent.ok) return fail(sent.problem.status, { problem: sent.problem });
    redirect(303, afterSignIn(sent.data.next, event.url));
  },
};
