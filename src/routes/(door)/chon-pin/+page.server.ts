import { fail, redirect } from '@sveltejs/kit';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { m } from '#messages/messages.js';
import { SessionReply } from '#features/people/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { waiting } = await ask(event, '/session', SessionReply);
  if (waiting !== 'pin') redirect(303, '/');
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const pin = textOf(form, 'pin');
    if (pin !== textOf(form, 'again')) return fail(422, { id: 'again', message: m.people_pin_differ() });
    const sent = await send(event, 'POST', '/device/pin', { pin });
    if (!sent.ok) return fail(sent.problem.status, { id: 'pin', message: sent.problem.detail ?? '' });
    redirect(303, '/field');
  },
};
