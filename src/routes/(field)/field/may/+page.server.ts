import { redirect } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import { ThisPhone } from '#features/people/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  phone: await ask(event, `/wards/${event.locals.actor?.wardId ?? 0}/this-phone`, ThisPhone),
});

export const actions: Actions = {
  lock: async (event) => {
    await send(event, 'POST', '/device/lock');
    redirect(303, '/mo-khoa');
  },
};
