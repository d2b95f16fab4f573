import { error } from '@sveltejs/kit';
import { ask } from '../ask.server.ts';
import { SessionReply } from '#features/people/schema.ts';
import { fieldMenu } from '#registry/navigation.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { actor } = event.locals;
  const session = await ask(event, '/session', SessionReply);
  if (!session.person || !actor) error(401);
  const { name, ward, wardName, via } = session.person;
  return {
    name,
    ward,
    wardName,
    via,
    rehearsal: session.rehearsal,
    now: session.now,
    items: fieldMenu(actor),
  };
};
