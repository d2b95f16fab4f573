import { SearchReply } from '#features/search/schema.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const query = event.url.searchParams.get('q') ?? '';
  const path = `/wards/${event.locals.actor?.wardId ?? 0}/search?q=${encodeURIComponent(query)}`;
  return { query, ...(await ask(event, path, SearchReply)) };
};
