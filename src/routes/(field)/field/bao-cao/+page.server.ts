import { OwedList } from '#features/reports/schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask } from '../../../ask.server.ts';
import type { PageServerLoad } from './$types';

/** The reports of the groups this person leads, one page each morning. */
export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  const { actor } = event.locals;
  if (!campaign || !actor) return { report: null };
  const on = event.url.searchParams.get('ngay');
  const query = on ? `?on=${encodeURIComponent(on)}` : '';
  const { now, owed } = await ask(
    event,
    `/wards/${actor.wardId}/campaigns/${campaign}/reports/owed${query}`,
    OwedList,
  );
  const mine = owed.filter(({ maySend }) => maySend);
  return { report: { campaign, person: actor.personId, now, owed: mine.length > 0 ? mine : owed } };
};
