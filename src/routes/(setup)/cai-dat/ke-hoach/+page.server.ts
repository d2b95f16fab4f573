import { fail, redirect } from '@sveltejs/kit';
import { send } from '../../../ask.server.ts';
import type { Actions } from './$types';

/** Where a first plan is uploaded. */
const IMPORT = '/ke-hoach/moi';

export const actions: Actions = {
  default: async (event) => {
    const sent = await send(event, 'POST', '/setup/finish', {});
    if (!sent.ok) return fail(sent.problem.status, { problem: sent.problem });
    redirect(303, `/vao?ve=${encodeURIComponent(IMPORT)}`);
  },
};
