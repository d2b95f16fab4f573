import { error } from '@sveltejs/kit';
import { CoverageReply } from '#features/households/office-schema.ts';
import { WardMapReply } from '#features/households/ward-map.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask } from '../../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  const at = `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}`;
  const [map, coverage] = await Promise.all([
    ask(event, `${at}/door-map`, WardMapReply),
    ask(event, `${at}/coverage`, CoverageReply),
  ]);
  return {
    map,
    campaign,
    name: coverage.campaign.name,
    waiting: coverage.waiting,
    points: `/api${at}/door-map/points`,
  };
};
