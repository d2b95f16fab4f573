import { askPortal } from '../../../portal.server.ts';
import { PortalTextReply } from '#features/publishing/schema.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  askPortal(event, `/texts/${encodeURIComponent(event.params.slug)}`, PortalTextReply);
