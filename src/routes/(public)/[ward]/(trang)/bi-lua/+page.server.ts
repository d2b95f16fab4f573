import { askPortal } from '../../portal.server.ts';
import { PortalReply, PortalTextReply } from '#features/publishing/schema.ts';
import type { PageServerLoad } from './$types';

/** The ward's own text for the first hour, the newest where there are several; the telephone numbers stand regardless. */
export const load: PageServerLoad = async (event) => {
  const { portal, items } = await askPortal(event, '?pillar=first-hour', PortalReply);
  const [first] = items;
  if (!first) return { portal, item: null };
  const response = await event.fetch(`/api/portals/${portal.code}/texts/${first.slug}`);
  return { portal, item: PortalTextReply.parse(await response.json()).item };
};
