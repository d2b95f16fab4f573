import { error, redirect } from '@sveltejs/kit';
import { IdReply, ImportsReply } from '#features/households/import-schema.ts';
import { ListReply } from '#features/households/office-schema.ts';
import { ask, send } from '../../../ask.server.ts';
import { refused } from '../../to-dan-pho/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const { groups } = await ask(event, `/wards/${ward}/households`, ListReply);
  return { groups, ...(await ask(event, `/wards/${ward}/household-imports`, ImportsReply)) };
};

export const actions: Actions = {
  default: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const form = await event.request.formData();
    const sent = await send(event, 'POST', `/wards/${ward}/household-imports`, form, IdReply);
    if (!sent.ok) return refused(sent.problem, form);
    redirect(303, `/ho-dan/nhap/${sent.data.id}`);
  },
};
