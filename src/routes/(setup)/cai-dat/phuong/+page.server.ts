import { fail, redirect } from '@sveltejs/kit';
import { send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const wish = {
      code: textOf(form, 'code'),
      name: textOf(form, 'name'),
      cityCode: textOf(form, 'cityCode'),
      cityName: textOf(form, 'cityName'),
    };
    const sent = await send(event, 'PUT', '/setup/ward', wish);
    if (!sent.ok) return fail(sent.problem.status, { problem: sent.problem, wish });
    redirect(303, '/cai-dat/quan-tri');
  },
};
