import { error, fail, redirect } from '@sveltejs/kit';
import { EnteredReply } from '#features/directives/schema.ts';
import { send } from '../../../ask.server.ts';
import { factsOf, lackOf, refused } from '../facts.server.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const form = await event.request.formData();
    const facts = factsOf(form);
    const lack = lackOf(facts);
    if (lack !== null) return fail(422, { what: 'enter', typed: facts, message: lack });
    const body = new FormData();
    for (const [name, value] of Object.entries(facts)) body.set(name, value);
    const file = form.get('file');
    if (file instanceof File && file.size > 0) body.set('file', file);
    const sent = await send(event, 'POST', `/wards/${ward}/directives`, body, EnteredReply);
    if (!sent.ok) return refused('enter', facts, sent.problem);
    redirect(303, `/chi-dao/${sent.data.id}`);
  },
};
