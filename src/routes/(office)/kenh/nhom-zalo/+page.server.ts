import { ask } from '../../../ask.server.ts';
import { ChatsReply } from '#features/publishing/chats/schema.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  ask(event, `/wards/${event.locals.actor?.wardId ?? 0}/chats`, ChatsReply);
