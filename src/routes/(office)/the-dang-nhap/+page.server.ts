import { fail } from '@sveltejs/kit';
import { ask, send } from '../../ask.server.ts';
import { textsOf } from '../../form-text.ts';
import { m } from '#messages/messages.js';
import { PhonesReply, PrintedCards } from '#features/people/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const { phones } = await ask(event, `/wards/${ward}/phones`, PhonesReply);
  return { phones: phones.filter(({ mayIssue }) => mayIssue) };
};

export const actions: Actions = {
  /** The cards are in this answer and nowhere else: only their hashes are kept. */
  default: async (event) => {
    const people = textsOf(await event.request.formData(), 'person');
    if (people.length === 0) return fail(422, { message: m.people_cards_none_chosen() });
    const path = `/wards/${event.locals.actor?.wardId ?? 0}/cards`;
    const sent = await send(event, 'POST', path, { people }, PrintedCards);
    if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? '' });
    return { cards: sent.data.cards };
  },
};
