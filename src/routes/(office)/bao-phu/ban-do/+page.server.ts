import { error, fail } from '@sveltejs/kit';
import { BasemapReply } from '#features/households/basemap/schema.ts';
import { CoverageReply } from '#features/households/office-schema.ts';
import { WardMapReply } from '#features/households/ward-map.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  const at = `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}`;
  const [map, coverage, ground] = await Promise.all([
    ask(event, `${at}/door-map`, WardMapReply),
    ask(event, `${at}/coverage`, CoverageReply),
    ask(event, `/wards/${ward}/basemap`, BasemapReply),
  ]);
  return {
    map,
    ground,
    campaign,
    name: coverage.campaign.name,
    waiting: coverage.waiting,
    points: `/api${at}/door-map/points`,
    api: `/api/wards/${ward}`,
  };
};

export const actions: Actions = {
  bring: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const sent = await send(event, 'POST', `/wards/${ward}/basemap`, await event.request.formData());
    if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? sent.problem.code });
    return { done: 'brought' as const };
  },
  remove: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const sent = await send(event, 'DELETE', `/wards/${ward}/basemap`);
    if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? sent.problem.code });
    return { done: 'removed' as const };
  },
};
