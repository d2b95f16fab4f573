import { fail, redirect } from '@sveltejs/kit';
import { send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const code = textOf(await event.request.formData(), 'code');
    const sent = await send(event, 'POST', '/setup/unlock', { code });
    if (!sent.ok) return fail(sent.problem.status, { problem: sent.problem, code });
    // Sent on to wherever the set-up stands.
    redirect(303, '/cai-dat');
  },
};
