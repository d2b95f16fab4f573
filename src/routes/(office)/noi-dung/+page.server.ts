import { fail } from '@sveltejs/kit';
import { ask, send } from '../../ask.server.ts';
import { StarterReply, TextsReply } from '#features/publishing/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const KEPT = ['state', 'pillar', 'q'] as const;

export const load: PageServerLoad = async (event) => {
  const wanted = new URLSearchParams();
  for (const name of KEPT) {
    const value = event.url.searchParams.get(name);
    if (value) wanted.set(name, value);
  }
  const found = await ask(event, `/wards/${event.locals.actor?.wardId ?? 0}/texts?${wanted}`, TextsReply);
  return { ...found, query: Object.fromEntries(wanted) };
};

export const actions: Actions = {
  starter: async (event) => {
    const path = `/wards/${event.locals.actor?.wardId ?? 0}/texts/starter`;
    const sent = await send(event, 'POST', path, {}, StarterReply);
    return sent.ok
      ? { added: sent.data.added }
      : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
