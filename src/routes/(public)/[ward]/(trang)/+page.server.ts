import { askPortal } from '../portal.server.ts';
import { PortalReply } from '#features/publishing/schema.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => askPortal(event, '', PortalReply);
