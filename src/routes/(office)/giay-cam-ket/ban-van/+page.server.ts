import { error } from '@sveltejs/kit';
import { TextsReply } from '#features/pledges/texts-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { refused } from '../../to-dan-pho/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  return ask(event, `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/pledge-texts`, TextsReply);
};

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const actions: Actions = {
  original: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const campaign = (await campaignOf(event)) ?? error(404);
    const form = await event.request.formData();
    const sent = await send(event, 'PATCH', `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}`, {
      pledgeOriginal: textOf(form, 'original'),
    });
    return sent.ok ? { chosen: true as const } : refused(sent.problem, form);
  },
  write: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const campaign = (await campaignOf(event)) ?? error(404);
    const form = await event.request.formData();
    const sent = await send(
      event,
      'POST',
      `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/pledge-texts`,
      {
        title: textOf(form, 'title'),
        body: linesOf(textOf(form, 'body')).join('\n'),
        consents: linesOf(textOf(form, 'consents')),
        source: textOf(form, 'source').trim() || null,
        inForceFrom: textOf(form, 'inForceFrom'),
      },
    );
    return sent.ok ? { done: true as const } : refused(sent.problem, form);
  },
};
