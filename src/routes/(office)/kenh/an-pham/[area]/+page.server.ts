import { ask } from '../../../../ask.server.ts';
import { LeafletReply } from '#features/publishing/sites/schema.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  ask(event, `/wards/${event.locals.actor?.wardId ?? 0}/areas/${event.params.area}/leaflets`, LeafletReply);
