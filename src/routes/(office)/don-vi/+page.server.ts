import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../ask.server.ts';
import type { Sent } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { UnitsReply } from '#features/people/schema-register.ts';
import type { Actions, PageServerLoad } from './$types';

const path = (event: RequestEvent) => `/wards/${event.locals.actor?.wardId ?? 0}/units`;

export const load: PageServerLoad = (event) => ask(event, path(event), UnitsReply);

const answer = (what: string, sent: Sent<unknown>) =>
  sent.ok ? { what, done: true } : fail(sent.problem.status, { what, message: sent.problem.detail ?? '' });

const body = (form: FormData) => ({
  kind: textOf(form, 'kind'),
  name: textOf(form, 'name'),
  shortName: textOf(form, 'shortName'),
});

export const actions: Actions = {
  add: async (event) =>
    answer('add', await send(event, 'POST', path(event), body(await event.request.formData()))),
  edit: async (event) => {
    const form = await event.request.formData();
    const id = textOf(form, 'unit');
    return answer(id, await send(event, 'PUT', `${path(event)}/${id}`, body(form)));
  },
  close: async (event) => {
    const form = await event.request.formData();
    const id = textOf(form, 'unit');
    const sent = await send(event, 'POST', `${path(event)}/${id}/close`, { reason: textOf(form, 'reason') });
    return answer(id, sent);
  },
};
