import { error } from '@sveltejs/kit';
import { ask } from '../../../../ask.server.ts';
import { ListReply } from '#features/publishing/broadcasts/schema.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const wanted = new URLSearchParams();
  for (const [name, from] of [
    ['channel', 'kenh'],
    ['from', 'from'],
    ['to', 'to'],
  ] as const)
    wanted.set(name, event.url.searchParams.get(from) ?? '');
  const path = `/wards/${event.locals.actor?.wardId ?? 0}/broadcasts?${wanted.toString()}`;
  const { broadcasts, clusters } = await ask(event, path, ListReply);
  const cluster = clusters.find(({ id }) => id === wanted.get('channel'));
  if (!cluster) error(404);
  return {
    cluster,
    lines: broadcasts.filter(({ state, script }) => state !== 'cancelled' && script !== null),
  };
};
