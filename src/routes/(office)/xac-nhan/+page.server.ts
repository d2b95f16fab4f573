import { fail, redirect } from '@sveltejs/kit';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { safeReturn } from '#features/people/model.ts';
import { AccountReply } from '#features/people/schema.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const base = (event: RequestEvent) => `/wards/${event.locals.actor?.wardId ?? 0}/account`;
const back = (url: URL): string => safeReturn(url.searchParams.get('ve')) ?? '/tai-khoan';

export const load: PageServerLoad = async (event) => {
  const { secondFactor, passkeys, username } = await ask(event, base(event), AccountReply);
  return {
    ward: event.locals.actor?.wardId ?? 0,
    secondFactor,
    hasPasskey: passkeys.length > 0,
    username,
    back: back(event.url),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const code = textOf(form, 'code');
    const body = { password: textOf(form, 'password'), ...(code === '' ? {} : { code }) };
    const sent = await send(event, 'POST', `${base(event)}/proof`, body);
    if (!sent.ok)
      return fail(sent.problem.status, { message: sent.problem.detail ?? '', code: sent.problem.code });
    redirect(303, back(event.url));
  },
};
