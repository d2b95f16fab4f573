import { error } from '@sveltejs/kit';
import { mayAnywhere } from '#platform/api/permission.ts';
import { WardReply } from '#features/reports/schema.ts';
import { permissions } from '#registry/permissions.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask } from '../../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { actor } = event.locals;
  const campaign = await campaignOf(event);
  if (!campaign || !actor) error(404);
  const on = event.url.searchParams.get('ngay');
  const query = on ? `?on=${encodeURIComponent(on)}` : '';
  const sum = await ask(
    event,
    `/wards/${actor.wardId}/campaigns/${campaign}/reports/ward${query}`,
    WardReply,
  );
  return {
    ward: actor.wardId,
    campaign,
    sum,
    mayState: mayAnywhere(permissions, actor, 'reports.state-figures'),
    projector: event.url.searchParams.has('chieu'),
  };
};
