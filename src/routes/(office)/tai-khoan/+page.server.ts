import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../ask.server.ts';
import type { Sent } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { m } from '#messages/messages.js';
import { AccountReply, SecondFactorStart } from '#features/people/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const path = (event: RequestEvent) => `/wards/${event.locals.actor?.wardId ?? 0}/account`;

export const load: PageServerLoad = async (event) => ({
  ...(await ask(event, path(event), AccountReply)),
  ward: event.locals.actor?.wardId ?? 0,
});

type What = 'password' | 'factor' | 'confirm' | 'drop' | 'passkey' | 'sessions';
const answer = (what: What, sent: Sent<unknown>) =>
  sent.ok ? { what, done: true } : fail(sent.problem.status, { what, message: sent.problem.detail ?? '' });

export const actions: Actions = {
  password: async (event) => {
    const form = await event.request.formData();
    const password = textOf(form, 'password');
    if (password !== textOf(form, 'again'))
      return fail(422, { what: 'password' as const, message: m.people_new_password_differ() });
    const body = { current: textOf(form, 'current'), password };
    return answer('password', await send(event, 'POST', `${path(event)}/password`, body));
  },
  factor: async (event) => {
    const password = textOf(await event.request.formData(), 'password');
    const sent = await send(event, 'POST', `${path(event)}/second-factor`, { password }, SecondFactorStart);
    return sent.ok ? { what: 'factor' as const, begun: sent.data } : answer('factor', sent);
  },
  confirm: async (event) => {
    const form = await event.request.formData();
    const body = { code: textOf(form, 'code') };
    const sent = await send(event, 'POST', `${path(event)}/second-factor/confirm`, body);
    if (sent.ok) return { what: 'confirm' as const, done: true };
    // The square and the spare codes stay in sight: the first code is often typed a moment too late.
    const shown: unknown = JSON.parse(textOf(form, 'begun') || 'null');
    const begun = SecondFactorStart.safeParse(shown);
    return fail(sent.problem.status, {
      what: 'confirm' as const,
      message: sent.problem.detail ?? '',
      ...(begun.success ? { begun: begun.data } : {}),
    });
  },
  drop: async (event) => {
    const password = textOf(await event.request.formData(), 'password');
    return answer('drop', await send(event, 'POST', `${path(event)}/second-factor/end`, { password }));
  },
  passkey: async (event) => {
    const passkey = textOf(await event.request.formData(), 'passkey');
    const end = `${path(event)}/passkeys/${encodeURIComponent(passkey)}/end`;
    return answer('passkey', await send(event, 'POST', end));
  },
  sessions: async (event) => {
    const session = textOf(await event.request.formData(), 'session');
    const body = session === '' ? {} : { session };
    return answer('sessions', await send(event, 'POST', `${path(event)}/sessions/end`, body));
  },
};
