// Posts said to be done on this phone and not yet with the ward: which text in which channel, when, and the words typed.
import * as z from 'zod/mini';
import { WaitingList } from '#platform/phone/waiting-list.svelte.ts';

const WaitingPost = z.object({
  id: z.string(),
  channel: z.string(),
  textId: z.nullable(z.string()),
  title: z.string(),
  postedAt: z.string(),
  link: z.nullable(z.string()),
  note: z.nullable(z.string()),
  /** Of a loudspeaker: the line of its plan that was played. */
  line: z.optional(z.string()),
  refused: z.optional(z.string()),
});

export const waitingPosts = new WaitingList({
  name: 'posts',
  shape: WaitingPost,
  request: ({ id, channel, textId, postedAt, link, note, line }) =>
    line === undefined
      ? { path: `channels/${channel}/posts`, body: { id, textId, postedAt, link, note } }
      : { path: `broadcasts/${line}/played`, body: { postId: id, playedAt: postedAt } },
});
