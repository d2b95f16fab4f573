import { error, type RequestEvent } from '@sveltejs/kit';
import { TextsReply } from '#features/pledges/texts-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { refused } from '../../to-dan-pho/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  const path = textsPath(ward, campaign);
  return { ...(await ask(event, path, TextsReply)), api: `/api${path}` };
};

const textsPath = (ward: number, campaign: string): string =>
  `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/pledge-texts`;

/** Where the recording of the text named in a form stands. */
async function recordingPath(event: RequestEvent, form: FormData): Promise<string> {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  return `${textsPath(ward, campaign)}/${encodeURIComponent(textOf(form, 'version'))}/recording`;
}

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
    const sent = await send(event, 'POST', textsPath(ward, campaign), {
      title: textOf(form, 'title'),
      body: linesOf(textOf(form, 'body')).join('\n'),
      consents: linesOf(textOf(form, 'consents')),
      source: textOf(form, 'source').trim() || null,
      inForceFrom: textOf(form, 'inForceFrom'),
    });
    return sent.ok ? { done: true as const } : refused(sent.problem, form);
  },
  recording: async (event) => {
    const form = await event.request.formData();
    const brought = new FormData();
    const file = form.get('recording');
    if (file instanceof File && file.size > 0) brought.set('recording', file);
    const sent = await send(event, 'POST', await recordingPath(event, form), brought);
    return sent.ok ? { recording: 'kept' as const } : refused(sent.problem, form);
  },
  voice: async (event) => {
    const form = await event.request.formData();
    const sent = await send(event, 'POST', `${await recordingPath(event, form)}/voice`, {});
    return sent.ok ? { voice: true as const } : refused(sent.problem, form);
  },
  removeRecording: async (event) => {
    const form = await event.request.formData();
    const sent = await send(event, 'POST', `${await recordingPath(event, form)}/remove`, {});
    return sent.ok ? { recording: 'removed' as const } : refused(sent.problem, form);
  },
};
