import { error, fail, redirect } from '@sveltejs/kit';
import { FormView } from '#features/reports/papers/form-schema.ts';
import { campaignOf } from '../../../../active-campaign.server.ts';
import { ask, send } from '../../../../ask.server.ts';
import { textOf, textsOf } from '../../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  const base = `/wards/${ward}/campaigns/${campaign}/superior-forms/${event.params.form}`;
  const on = event.url.searchParams.get('on');
  const query = on && /^\d{4}-\d\d-\d\d$/.test(on) ? `?on=${on}` : '';
  return { base: `/api${base}`, form: await ask(event, `${base}${query}`, FormView) };
};

type Event = Parameters<NonNullable<Actions[string]>>[0];
const addressOf = async (event: Event) =>
  `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${(await campaignOf(event)) ?? ''}/superior-forms/${event.params.form}`;

export const actions: Actions = {
  tie: async (event) => {
    const form = await event.request.formData();
    const at = (name: string, n: number) => textsOf(form, name)[n] ?? '';
    const cells = textsOf(form, 'ref').map((ref, n) => ({
      sheet: at('sheet', n),
      ref,
      figure: at('figure', n),
      part: at('part', n),
    }));
    const sent = await send(event, 'PUT', `${await addressOf(event)}/cells`, { cells });
    return sent.ok
      ? { saved: true, closed: false, message: '' }
      : fail(sent.problem.status, { saved: false, closed: false, message: sent.problem.detail ?? '' });
  },
  close: async (event) => {
    const undo = textOf(await event.request.formData(), 'undo') !== '';
    const sent = await send(event, 'POST', `${await addressOf(event)}/close`);
    if (!sent.ok)
      return fail(sent.problem.status, { saved: false, closed: false, message: sent.problem.detail ?? '' });
    if (undo) redirect(303, event.url.pathname);
    return { saved: false, closed: true, message: '' };
  },
};
