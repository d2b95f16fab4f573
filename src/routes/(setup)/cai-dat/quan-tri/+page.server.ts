import { fail, redirect } from '@sveltejs/kit';
import { m } from '#messages/messages.js';
import { send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const [name, username, password] = ['name', 'username', 'password'].map((field) => textOf(form, field));
    const typed = { name, username };
    if (password !== textOf(form, 'again')) {
      const problem = { code: 'setup.differ', detail: m.setup_admin_differ(), pointer: '/again' };
      return fail(422, { problem, typed });
    }
    const sent = await send(event, 'PUT', '/setup/administrator', { name, username, password });
    if (!sent.ok) return fail(sent.problem.status, { problem: sent.problem, typed });
    redirect(303, '/cai-dat/to-dan-pho');
  },
};
