import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import type { Sent } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { personBody } from '../person-body.ts';
import { dayOf } from '#core/clock.ts';
import { RegisterReply } from '#features/areas/schema.ts';
import { GivenAccount, PersonReply, UnitsReply } from '#features/people/schema-register.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = RequestEvent<{ person: string }>;
const ward = (event: Event) => `/wards/${event.locals.actor?.wardId ?? 0}`;
const person = (event: Event) => `${ward(event)}/people/${event.params.person}`;

export const load: PageServerLoad = async (event) => {
  const [reply, units, areas] = await Promise.all([
    ask(event, person(event), PersonReply),
    ask(event, `${ward(event)}/units`, UnitsReply),
    ask(event, `${ward(event)}/areas`, RegisterReply),
  ]);
  return {
    ...reply,
    today: dayOf(runtime().campaignClock.now()),
    units: units.units
      .filter(({ closedOn }) => closedOn === null)
      .map(({ id, name }) => ({ value: id, label: name })),
    groups: areas.groups.map(({ id, name }) => ({ value: id, label: name })),
  };
};

const answer = (what: string, sent: Sent<unknown>) =>
  sent.ok ? { what, done: true } : fail(sent.problem.status, { what, message: sent.problem.detail ?? '' });

const orNull = (text: string): string | null => (text === '' ? null : text);

export const actions: Actions = {
  edit: async (event) =>
    answer('edit', await send(event, 'PUT', person(event), personBody(await event.request.formData()))),
  grant: async (event) => {
    const form = await event.request.formData();
    const place = textOf(form, 'place');
    const [kind, id = ''] = place.split(':');
    const body = {
      role: textOf(form, 'role'),
      areaId: kind === 'group' ? orNull(id) : null,
      unitId: kind === 'unit' ? orNull(id) : null,
      fromOn: textOf(form, 'fromOn'),
      toOn: orNull(textOf(form, 'toOn')),
      reason: textOf(form, 'reason'),
    };
    return answer('grant', await send(event, 'POST', `${person(event)}/grants`, body));
  },
  end: async (event) => {
    const form = await event.request.formData();
    const body = { toOn: orNull(textOf(form, 'toOn')), reason: textOf(form, 'reason') };
    const path = `${ward(event)}/grants/${textOf(form, 'grant')}/end`;
    return answer('end', await send(event, 'POST', path, body));
  },
  close: async (event) => {
    const reason = textOf(await event.request.formData(), 'reason');
    return answer('close', await send(event, 'POST', `${person(event)}/close`, { reason }));
  },
  reopen: async (event) => answer('reopen', await send(event, 'POST', `${person(event)}/reopen`)),
  account: async (event) => {
    const username = textOf(await event.request.formData(), 'username');
    const sent = await send(event, 'POST', `${person(event)}/account`, { username }, GivenAccount);
    return sent.ok ? { what: 'account', given: sent.data } : answer('account', sent);
  },
  reset: async (event) => {
    const sent = await send(event, 'POST', `${person(event)}/account/reset`, {}, GivenAccount);
    return sent.ok ? { what: 'account', given: sent.data } : answer('account', sent);
  },
  takeAccount: async (event) => answer('account', await send(event, 'POST', `${person(event)}/account/end`)),
};
