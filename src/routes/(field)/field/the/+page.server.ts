import { fail } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { PhonesReply, PrintedCards } from '#features/people/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const ward = (locals: App.Locals) => `/wards/${locals.actor?.wardId ?? 0}`;

export const load: PageServerLoad = async (event) => {
  const { phones } = await ask(event, `${ward(event.locals)}/phones`, PhonesReply);
  return { phones: phones.filter(({ mayIssue }) => mayIssue) };
};

export const actions: Actions = {
  default: async (event) => {
    const person = textOf(await event.request.formData(), 'person');
    const sent = await send(event, 'POST', `${ward(event.locals)}/cards`, { people: [person] }, PrintedCards);
    if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? '' });
    return { card: sent.data.cards[0] };
  },
};
