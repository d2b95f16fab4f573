import { error, fail, redirect } from '@sveltejs/kit';
import { textOf } from '../../../form-text.ts';
import { m } from '#messages/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** For a phone whose camera reads no squares: the code printed beneath is typed here. */
export const load: PageServerLoad = ({ params }) => {
  if (!/^\d{1,8}$/.test(params.ward)) error(404);
};

export const actions: Actions = {
  default: async ({ request, params }) => {
    const code = textOf(await request.formData(), 'code');
    const letters = code.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase();
    if (letters.length !== 12) return fail(422, { code, message: m.people_card_code_shape() });
    redirect(303, `/${params.ward}/the/${letters}`);
  },
};
