import { fail } from '@sveltejs/kit';
import { newId } from '#core/ids.ts';
import { ClosingReply } from '#features/reports/closing/schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const baseOf = (event: RequestEvent, campaign: string) =>
  `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/closing`;

export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  if (!campaign) return { base: '', closing: null };
  const base = baseOf(event, campaign);
  return { base: `/api${base}`, closing: await ask(event, base, ClosingReply) };
};

async function act(
  event: RequestEvent,
  method: 'POST' | 'PUT',
  path: string,
  bodyOf: (form: FormData) => object,
) {
  const form = await event.request.formData();
  const campaign = (await campaignOf(event)) ?? '';
  const sent = await send(event, method, `${baseOf(event, campaign)}/${path}`, bodyOf(form));
  return sent.ok
    ? { saved: true, message: '', reason: '' }
    : fail(sent.problem.status, {
        saved: false,
        message: sent.problem.detail ?? '',
        reason: textOf(form, 'reason'),
      });
}

export const actions: Actions = {
  explain: (event) =>
    act(event, 'POST', 'remarks', (form) => ({
      id: newId(),
      subject: textOf(form, 'subject'),
      note: textOf(form, 'note'),
    })),
  deletion: (event) => act(event, 'PUT', 'deletion', (form) => ({ on: textOf(form, 'on') })),
  decide: (event) =>
    act(event, 'POST', 'decisions', (form) => ({
      act: textOf(form, 'act'),
      reason: textOf(form, 'reason'),
    })),
};
