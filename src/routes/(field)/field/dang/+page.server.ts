import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '../../../ask.server.ts';
import { recordPost, undoPost } from '../../../post.server.ts';
import { newId } from '#core/ids.ts';
import { ChannelsReply } from '#features/publishing/channels-schema.ts';
import { TextReply, TextsReply } from '#features/publishing/schema.ts';
import type { Actions, PageServerLoad } from './$types';

/** A few newest texts: a list that needs searching is no help in a lane. */
const SHOWN = 5;

const ward = ({ locals }: RequestEvent) => `/wards/${locals.actor?.wardId ?? 0}`;

export const load: PageServerLoad = async (event) => {
  const { channels } = await ask(event, `${ward(event)}/channels`, ChannelsReply);
  const own = channels.filter(({ kind, mayPost }) => kind === 'zalo-group' && mayPost);
  const channel = own.find(({ id }) => id === event.url.searchParams.get('nhom')) ?? own[0] ?? null;
  const { texts } = await ask(event, `${ward(event)}/texts?state=approved`, TextsReply);
  const newest = texts.filter(({ publicVersion }) => publicVersion !== null).slice(0, SHOWN);
  const messages = await Promise.all(
    newest.map(async ({ id, title }) => {
      const { pieces } = await ask(event, `${ward(event)}/texts/${id}`, TextReply);
      const zalo = pieces.find(({ form }) => form === 'zalo');
      return { id, title, words: zalo?.edited ?? zalo?.proposed ?? '' };
    }),
  );
  return { own, channel, messages, postId: newId(), person: event.locals.actor?.personId ?? '' };
};

export const actions: Actions = { post: recordPost, undo: undoPost };
