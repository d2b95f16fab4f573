import { CalendarReply } from '#features/evidence/calendar-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask } from '../../../ask.server.ts';
import type { PageServerLoad } from './$types';

/** What the person at this phone owes: the groups their roles name. */
export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  const { actor } = event.locals;
  if (!campaign || !actor) return { today: null };
  const path = `/wards/${actor.wardId}/campaigns/${campaign}/calendar/today?person=${actor.personId}`;
  return { today: await ask(event, path, CalendarReply) };
};
