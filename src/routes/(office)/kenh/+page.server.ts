import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { UnitsReply } from '#features/people/schema-register.ts';
import { ChannelsReply, Opened } from '#features/publishing/channels-schema.ts';
import type { Actions, PageServerLoad } from './$types';

const ward = ({ locals }: RequestEvent) => `/wards/${locals.actor?.wardId ?? 0}`;

export const load: PageServerLoad = async (event) => {
  const found = await ask(event, `${ward(event)}/channels`, ChannelsReply);
  const units = found.may.change ? (await ask(event, `${ward(event)}/units`, UnitsReply)).units : [];
  return {
    ...found,
    units: units
      .filter(({ closedOn }) => closedOn === null)
      .map(({ id, name }) => ({ value: id, label: name })),
  };
};

export const actions: Actions = {
  groups: async (event) => {
    const sent = await send(event, 'POST', `${ward(event)}/channels/group-chats`, {}, Opened);
    return sent.ok
      ? { opened: sent.data.opened }
      : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
  add: async (event) => {
    const form = await event.request.formData();
    const sent = await send(event, 'POST', `${ward(event)}/channels`, {
      kind: textOf(form, 'kind'),
      name: textOf(form, 'name'),
      unitId: textOf(form, 'unit') || null,
      areaId: null,
      address: textOf(form, 'address').trim() || null,
    });
    return sent.ok ? { opened: 1 } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
