import { error, fail } from '@sveltejs/kit';
import { isDateOn } from '#core/calendar.ts';
import { BoardReply } from '#features/assignment/schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = await campaignOf(event);
  const { searchParams } = event.url;
  const asked = searchParams.get('ngay');
  const on = asked !== null && isDateOn(asked) ? `?on=${asked}` : '';
  return {
    ward,
    campaign,
    search: searchParams.get('tim') ?? '',
    onlyGaps: searchParams.get('thieu') === '1',
    board: campaign
      ? await ask(event, `/wards/${ward}/campaigns/${campaign}/assignment${on}`, BoardReply)
      : null,
  };
};

export const actions: Actions = {
  back: async (event) => {
    const ward = event.locals.actor?.wardId ?? 0;
    const absence = textOf(await event.request.formData(), 'absence');
    const path = `/wards/${ward}/campaigns/${await campaignOf(event)}/absences/${absence}/end`;
    const sent = await send(event, 'POST', path);
    return sent.ok ? { done: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
