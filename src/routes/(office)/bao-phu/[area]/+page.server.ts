import { error } from '@sveltejs/kit';
import { CoverageReply, DoorsReply, MarkReply, PaceReply } from '#features/households/office-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask } from '../../../ask.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  const at = `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}`;
  const area = encodeURIComponent(event.params.area);
  const { mark } = await ask(event, `/wards/${ward}/coverage-mark?area=${area}`, MarkReply);
  const [coverage, pace, map] = await Promise.all([
    ask(event, `${at}/coverage?area=${area}`, CoverageReply),
    ask(event, `${at}/coverage/pace?area=${area}`, PaceReply),
    ask(event, `${at}/areas/${area}/door-map`, DoorsReply),
  ]);
  return { coverage, pace, map, live: { ward, mark, area: event.params.area } };
};
