import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../../../ask.server.ts';
import { textOf } from '../../../../../form-text.ts';
import { newId } from '#core/ids.ts';
import { m } from '#messages/messages.js';
import { Confirmed, ListsReply, MemberListReply, Undone } from '#features/publishing/chats/schema.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = RequestEvent<{ channel: string }>;
const path = ({ locals, params }: Event) =>
  `/wards/${locals.actor?.wardId ?? 0}/channels/${params.channel}/chat/member-lists`;

export const load: PageServerLoad = async (event) => ({
  ...(await ask(event, path(event), ListsReply)),
  channel: event.params.channel,
  listId: newId(),
});

/** `household how`, as each box of the list says it. */
const households = (form: FormData) =>
  form.getAll('household').flatMap((value) => {
    const [householdId, foundBy] = typeof value === 'string' ? value.split(' ') : [];
    return householdId ? [{ householdId, foundBy }] : [];
  });

export const actions: Actions = {
  read: async (event) => {
    const text = textOf(await event.request.formData(), 'text');
    const sent = await send(event, 'POST', `${path(event)}/read`, { text }, MemberListReply);
    return sent.ok
      ? { members: sent.data.members }
      : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
  confirm: async (event) => {
    const form = await event.request.formData();
    const chosen = households(form);
    if (chosen.length === 0) return fail(422, { message: m.publishing_members_nothing() });
    const body = { listId: textOf(form, 'list'), households: chosen };
    const sent = await send(event, 'POST', path(event), body, Confirmed);
    return sent.ok
      ? { matched: sent.data.matched, list: body.listId }
      : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
  undo: async (event) => {
    const list = textOf(await event.request.formData(), 'list');
    const sent = await send(event, 'POST', `${path(event)}/${list}/undo`, {}, Undone);
    return sent.ok
      ? { undone: sent.data.undone }
      : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
