import { askPortal } from '../../portal.server.ts';
import { PortalReply } from '#features/publishing/schema.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const query = (event.url.searchParams.get('q') ?? '').trim().slice(0, 200);
  const rest = query === '' ? '' : `?q=${encodeURIComponent(query)}`;
  return { ...(await askPortal(event, rest, PortalReply)), query };
};
