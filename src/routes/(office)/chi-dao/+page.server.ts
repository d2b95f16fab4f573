import { error } from '@sveltejs/kit';
import { SORTS } from '#features/directives/model.ts';
import { DirectivesReply } from '#features/directives/schema.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const { searchParams } = event.url;
  const wish = {
    search: searchParams.get('tim')?.slice(0, 120) ?? '',
    issuer: searchParams.get('co-quan')?.slice(0, 200) ?? '',
    year: /^\d{4}$/.test(searchParams.get('nam') ?? '') ? (searchParams.get('nam') ?? '') : '',
    sort: SORTS.find((sort) => sort === searchParams.get('xep')) ?? 'newest',
  };
  const query = new URLSearchParams(Object.entries(wish).filter(([, value]) => value !== ''));
  return {
    wish,
    register: await ask(event, `/wards/${ward}/directives?${query}`, DirectivesReply),
    csv: `/api/wards/${ward}/directives.csv?${query}`,
    xlsx: `/api/wards/${ward}/directives.xlsx?${query}`,
  };
};
