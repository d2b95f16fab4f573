import { error } from '@sveltejs/kit';
import { isDateOn } from '#core/calendar.ts';
import { RegisterReply } from '#features/areas/schema.ts';
import { ask } from '../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const asked = event.url.searchParams.get('ngay');
  const on = asked !== null && isDateOn(asked) ? asked : null;
  const register = await ask(event, `/wards/${ward}/areas${on ? `?on=${on}` : ''}`, RegisterReply);
  return {
    register,
    past: on !== null,
    search: event.url.searchParams.get('tim') ?? '',
    sort: event.url.searchParams.get('xep'),
    csv: `/api/wards/${ward}/areas.csv?on=${register.on}`,
  };
};
