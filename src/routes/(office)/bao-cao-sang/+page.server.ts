import { MorningReply } from '#features/reports/schema.ts';
import { UnitBoard } from '#features/reports/units/schema.ts';
import { mayAnywhere } from '#platform/api/permission.ts';
import { permissions } from '#registry/permissions.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import { dayAsked } from '../../day-asked.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = await campaignOf(event);
  if (!campaign) return { ward, board: null, units: null };
  const on = dayAsked(event.url);
  const query = on ? `?on=${encodeURIComponent(on)}` : '';
  const { actor } = event.locals;
  const office = actor !== null && mayAnywhere(permissions, actor, 'reports.read-ward');
  const path = `/wards/${ward}/campaigns/${campaign}/reports/units${query}`;
  return {
    ward,
    units: office ? await ask(event, path, UnitBoard) : null,
    board: await ask(event, `/wards/${ward}/campaigns/${campaign}/reports/morning${query}`, MorningReply),
  };
};
