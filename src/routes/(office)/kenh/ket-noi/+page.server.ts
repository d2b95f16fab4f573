import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { AccountsReply } from '#features/publishing/outlets/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const base = ({ locals }: RequestEvent) => `/wards/${locals.actor?.wardId ?? 0}/outlets`;

export const load: PageServerLoad = (event) => ask(event, base(event), AccountsReply);

/** Which fields each provider is asked for; an empty one is left out. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  zalo: ['accountRef', 'appId', 'appSecret', 'refreshToken'],
  facebook: ['accountRef', 'accessToken', 'appSecret'],
  webhook: ['accountRef', 'appSecret'],
  mail: ['accountRef'],
};

export const actions: Actions = {
  connect: async (event) => {
    const form = await event.request.formData();
    const provider = textOf(form, 'provider');
    const given = (FIELDS[provider] ?? []).map((name) => [name, textOf(form, name).trim()] as const);
    const body = { provider, ...Object.fromEntries(given.filter(([, value]) => value !== '')) };
    const sent = await send(event, 'POST', base(event), body);
    // Keys that were typed never come back to the page.
    return sent.ok
      ? { connected: true }
      : fail(sent.problem.status, { message: sent.problem.detail ?? '', provider });
  },
  end: async (event) => {
    const account = textOf(await event.request.formData(), 'account');
    const sent = await send(event, 'POST', `${base(event)}/${account}/end`);
    return sent.ok ? { ended: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
