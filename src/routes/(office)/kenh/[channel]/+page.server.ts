import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { recordPost, undoPost } from '../../../post.server.ts';
import { newId } from '#core/ids.ts';
import { ChannelReply } from '#features/publishing/channels-schema.ts';
import { TextsReply } from '#features/publishing/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const ward = ({ locals }: RequestEvent) => `/wards/${locals.actor?.wardId ?? 0}`;

export const load: PageServerLoad = async (event) => {
  const { texts } = await ask(event, `${ward(event)}/texts?state=approved`, TextsReply);
  return {
    ...(await ask(event, `${ward(event)}/channels/${event.params.channel}`, ChannelReply)),
    texts: texts
      .filter(({ publicVersion }) => publicVersion !== null)
      .map(({ id, title }) => ({ id, title })),
    postId: newId(),
    api: `/api${ward(event)}`,
    chosen: event.url.searchParams.get('bai') ?? undefined,
  };
};

export const actions: Actions = {
  post: recordPost,
  undo: undoPost,
  confirm: async (event) => {
    const post = textOf(await event.request.formData(), 'post');
    const sent = await send(event, 'POST', `${ward(event)}/posts/${post}/confirm`);
    return sent.ok ? { confirmed: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
