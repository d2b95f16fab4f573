import { fail, redirect } from '@sveltejs/kit';
import { ask, send } from '../../../../ask.server.ts';
import { fieldErrors, textBody } from '../../text-body.ts';
import { TextReply } from '#features/publishing/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const path = (wardId: number | undefined, text: string) => `/wards/${wardId ?? 0}/texts/${text}`;

export const load: PageServerLoad = async (event) => ({
  text: await ask(event, path(event.locals.actor?.wardId, event.params.text), TextReply),
});

export const actions: Actions = {
  default: async (event) => {
    const body = textBody(await event.request.formData());
    const sent = await send(event, 'PUT', path(event.locals.actor?.wardId, event.params.text), body);
    if (sent.ok) redirect(303, `/noi-dung/${event.params.text}`);
    return fail(sent.problem.status, {
      message: sent.problem.detail ?? '',
      errors: fieldErrors(sent.problem),
    });
  },
};
