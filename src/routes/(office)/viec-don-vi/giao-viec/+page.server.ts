import { error, fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { UnitDutiesReply } from '#features/assignment/hands-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

/** The unit asked for, or one's own. */
async function pathOf(event: RequestEvent): Promise<string | null> {
  const { actor } = event.locals;
  const own = actor?.grants.find(({ unitId }) => unitId !== null)?.unitId;
  const unit = event.url.searchParams.get('don-vi') ?? own ?? null;
  const campaign = await campaignOf(event);
  return campaign && unit ? `/wards/${actor?.wardId ?? 0}/campaigns/${campaign}/units/${unit}/duties` : null;
}

export const load: PageServerLoad = async (event) => {
  const path = await pathOf(event);
  if (path === null) error(404);
  return { path, reply: await ask(event, path, UnitDutiesReply) };
};

export const actions: Actions = {
  hand: async (event) => {
    const form = await event.request.formData();
    const path = await pathOf(event);
    const body = { itemId: textOf(form, 'itemId'), personId: textOf(form, 'personId') || null };
    const sent = await send(event, 'POST', `${path ?? ''}/hand`, body);
    return sent.ok ? { done: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
