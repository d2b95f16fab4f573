import { error } from '@sveltejs/kit';
import { ask } from '../ask.server.ts';
import { SessionReply } from '#features/people/schema.ts';
import { officeMenu } from '#registry/navigation.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { actor } = event.locals;
  const session = await ask(event, '/session', SessionReply);
  // Only a form sent after the session ended comes here without an actor; its page is drawn again around the answer.
  if (!session.person) return { frame: null };
  if (!actor) error(401);
  const { name, wardName } = session.person;
  return {
    frame: {
      ward: actor.wardId,
      name,
      place: wardName,
      rehearsal: session.rehearsal,
      now: session.now,
      menu: officeMenu(actor),
      severalWards: session.wards.length > 1,
    },
  };
};
