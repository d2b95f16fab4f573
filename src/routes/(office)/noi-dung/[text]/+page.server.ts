import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import type { Sent } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { IdReply, RecordingsReply } from '#features/publishing/broadcasts/schema.ts';
import { TextReply } from '#features/publishing/schema.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = RequestEvent<{ text: string }>;
const path = ({ locals, params }: Event) => `/wards/${locals.actor?.wardId ?? 0}/texts/${params.text}`;

export const load: PageServerLoad = async (event) => ({
  text: await ask(event, path(event), TextReply),
  base: `/api${path(event)}`,
  sound: await ask(event, `${path(event)}/recordings`, RecordingsReply),
  api: `/api/wards/${event.locals.actor?.wardId ?? 0}`,
});

const answer = (sent: Sent<unknown>) =>
  sent.ok ? { done: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });

export const actions: Actions = {
  check: async (event) => answer(await send(event, 'POST', `${path(event)}/check`)),
  approve: async (event) => answer(await send(event, 'POST', `${path(event)}/approve`)),
  withdraw: async (event) => {
    const reason = textOf(await event.request.formData(), 'reason');
    return answer(await send(event, 'POST', `${path(event)}/withdraw`, { reason }));
  },
  recording: async (event) => {
    const brought = new FormData();
    const file = (await event.request.formData()).get('recording');
    if (file instanceof File && file.size > 0) brought.set('recording', file);
    const sent = await send(event, 'POST', `${path(event)}/recordings`, brought, IdReply);
    return sent.ok ? { brought: true } : answer(sent);
  },
  voice: async (event) => {
    const sent = await send(event, 'POST', `${path(event)}/recordings/voice`, {}, IdReply);
    return sent.ok ? { voice: true } : answer(sent);
  },
  piece: async (event) => {
    const form = await event.request.formData();
    const body = textOf(form, 'body').replaceAll('\r\n', '\n');
    return answer(await send(event, 'PUT', `${path(event)}/pieces`, { form: textOf(form, 'form'), body }));
  },
  pieceBack: async (event) => {
    const form = await event.request.formData();
    return answer(
      await send(event, 'PUT', `${path(event)}/pieces`, { form: textOf(form, 'form'), body: null }),
    );
  },
};
