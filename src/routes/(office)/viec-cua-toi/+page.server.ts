import { campaignOf } from '../../active-campaign.server.ts';
import { loadCallees, loadDuties } from '../duties.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { actor } = event.locals;
  const campaign = await campaignOf(event);
  if (!campaign || !actor) return { duties: null, callees: {}, name: actor?.name ?? '' };
  const duties = await loadDuties(event, campaign, `person=${actor.personId}`);
  return { duties, callees: await loadCallees(event), name: actor.name };
};
