import { redirect } from '@sveltejs/kit';
import { send } from '../../ask.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (!locals.actor && !locals.waiting) redirect(303, '/vao');
};

export const actions: Actions = {
  default: async (event) => {
    await send(event, 'DELETE', '/session');
    redirect(303, '/vao');
  },
};
