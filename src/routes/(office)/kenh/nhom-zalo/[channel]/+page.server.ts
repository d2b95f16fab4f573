import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../../ask.server.ts';
import type { Sent } from '../../../../ask.server.ts';
import { textOf } from '../../../../form-text.ts';
import { newId } from '#core/ids.ts';
import { ChatReply } from '#features/publishing/chats/schema.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = RequestEvent<{ channel: string }>;
const path = ({ locals, params }: Event) =>
  `/wards/${locals.actor?.wardId ?? 0}/channels/${params.channel}/chat`;
const answer = (sent: Sent<unknown>) =>
  sent.ok ? { saved: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });

export const load: PageServerLoad = async (event) => ({
  chat: await ask(event, path(event), ChatReply),
  moderationId: newId(),
});

export const actions: Actions = {
  settings: async (event) => {
    const form = await event.request.formData();
    const members = textOf(form, 'members').trim();
    const body = {
      keepersOnly: form.has('keepersOnly'),
      approvesMembers: form.has('approves'),
      inviteUrl: textOf(form, 'invite').trim() || null,
      members: members === '' ? null : Number(members),
    };
    return answer(await send(event, 'PUT', path(event), body));
  },
  keeper: async (event) => {
    const form = await event.request.formData();
    const body = { personId: textOf(form, 'person'), part: textOf(form, 'part') };
    return answer(await send(event, 'POST', `${path(event)}/keepers`, body));
  },
  keeperEnd: async (event) => {
    const keeper = textOf(await event.request.formData(), 'keeper');
    return answer(await send(event, 'POST', `${path(event)}/keepers/${keeper}/end`));
  },
  moderation: async (event) => {
    const form = await event.request.formData();
    const body = { id: textOf(form, 'id'), act: textOf(form, 'act'), note: textOf(form, 'note') };
    return answer(await send(event, 'POST', `${path(event)}/moderations`, body));
  },
};
