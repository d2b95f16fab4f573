import { error, fail } from '@sveltejs/kit';
import { z } from 'zod';
import { newId } from '#core/ids.ts';
import { CommendationList } from '#features/reports/closing/schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const pathOf = (event: RequestEvent, campaign: string) =>
  `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/closing/commendations`;

export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  return { list: await ask(event, pathOf(event, campaign), CommendationList) };
};

export const actions: Actions = {
  propose: async (event) => {
    const campaign = (await campaignOf(event)) ?? '';
    const reply = z.object({ proposed: z.number() });
    const sent = await send(event, 'POST', pathOf(event, campaign), undefined, reply);
    return sent.ok
      ? { proposed: sent.data.proposed, saved: false, message: '' }
      : fail(sent.problem.status, { proposed: null, saved: false, message: sent.problem.detail ?? '' });
  },
  write: async (event) => {
    const form = await event.request.formData();
    const campaign = (await campaignOf(event)) ?? '';
    const body = {
      revision: Number(textOf(form, 'revision')) || 0,
      kind: textOf(form, 'kind'),
      name: textOf(form, 'name'),
      words: textOf(form, 'words'),
      state: textOf(form, 'state'),
    };
    const id = textOf(form, 'id') || newId();
    const sent = await send(event, 'PUT', `${pathOf(event, campaign)}/${id}`, body);
    return sent.ok
      ? { proposed: null, saved: true, message: '' }
      : fail(sent.problem.status, { proposed: null, saved: false, message: sent.problem.detail ?? '' });
  },
};
