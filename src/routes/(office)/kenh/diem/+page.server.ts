import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { SitesReply } from '#features/publishing/sites/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const ward = ({ locals }: RequestEvent) => `/wards/${locals.actor?.wardId ?? 0}`;

export const load: PageServerLoad = (event) => ask(event, `${ward(event)}/sites`, SitesReply);

export const actions: Actions = {
  add: async (event) => {
    const form = await event.request.formData();
    const body = {
      kind: textOf(form, 'kind'),
      name: textOf(form, 'name'),
      address: textOf(form, 'address').trim() || null,
      checkDays: Number(textOf(form, 'days')),
    };
    const path = `${ward(event)}/channels/${textOf(form, 'channel')}/sites`;
    const sent = await send(event, 'POST', path, body);
    return sent.ok ? { added: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
