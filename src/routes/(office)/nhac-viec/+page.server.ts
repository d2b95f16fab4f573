import { BoardReply } from '#features/reminders/schema.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const { searchParams } = event.url;
  const query = new URLSearchParams();
  for (const name of ['ahead', 'of']) {
    const value = searchParams.get(name);
    if (value) query.set(name, value);
  }
  const board = await ask(event, `/wards/${ward}/reminders/board?${query.toString()}`, BoardReply);
  return { ward, board, ahead: query.get('ahead') ?? '120', of: query.get('of') ?? 'all' };
};
