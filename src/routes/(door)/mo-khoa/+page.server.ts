import { fail, redirect } from '@sveltejs/kit';
import { returnOf } from '../where-next.server.ts';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { SessionReply } from '#features/people/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { waiting } = await ask(event, '/session', SessionReply);
  if (waiting !== 'unlock') redirect(303, '/');
};

export const actions: Actions = {
  default: async (event) => {
    const pin = textOf(await event.request.formData(), 'pin');
    const sent = await send(event, 'POST', '/device/unlock', { pin });
    if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? '' });
    redirect(303, returnOf(event.url) ?? '/field');
  },
};
