import { fail } from '@sveltejs/kit';
import { CareStatus } from '#features/care/schema.ts';
import { ask, send } from '../../ask.server.ts';
import type { Actions, PageServerLoad } from './$types';

const base = (locals: App.Locals) => `/wards/${locals.actor?.wardId ?? 0}/care`;

export const load: PageServerLoad = async (event) => ({
  status: await ask(event, base(event.locals), CareStatus),
});

export const actions: Actions = {
  backup: async (event) => {
    const sent = await send(event, 'POST', `${base(event.locals)}/backups`);
    return sent.ok
      ? { begun: true }
      : fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
  },
  passphrase: async (event) => {
    const form = await event.request.formData();
    const passphrase = form.get('passphrase');
    const sent = await send(event, 'PUT', `${base(event.locals)}/passphrase`, {
      passphrase: typeof passphrase === 'string' ? passphrase : '',
    });
    return sent.ok ? { chosen: true } : fail(sent.problem.status, { passphrase: sent.problem.code });
  },
};
