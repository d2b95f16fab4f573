import { error, fail } from '@sveltejs/kit';
import { z } from 'zod';
import { newId } from '#core/ids.ts';
import { FormList } from '#features/reports/papers/form-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf, textsOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  const base = `/wards/${ward}/campaigns/${campaign}/forms`;
  return { base: `/api${base}`, list: await ask(event, base, FormList) };
};

type Event = Parameters<NonNullable<Actions[string]>>[0];
const baseOf = async (event: Event) =>
  `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${(await campaignOf(event)) ?? ''}/forms`;

export const actions: Actions = {
  bring: async (event) => {
    const form = await event.request.formData();
    form.set('id', newId());
    const sent = await send(event, 'POST', await baseOf(event), form, z.object({ id: z.string() }));
    return sent.ok ? { message: '' } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
  tie: async (event) => {
    const form = await event.request.formData();
    const all = (name: string) => textsOf(form, name);
    const [sheets, refs, figures, parts] = [all('sheet'), all('ref'), all('figure'), all('part')];
    const cells = refs.flatMap((ref, n) =>
      ref.trim() === '' || !sheets[n]?.trim()
        ? []
        : [
            {
              sheet: sheets[n].trim(),
              ref: ref.trim().toUpperCase(),
              figure: figures[n] ?? '',
              part: parts[n] ?? 'total',
            },
          ],
    );
    const id = textOf(form, 'form');
    const sent = await send(event, 'PUT', `${await baseOf(event)}/${id}/cells`, { cells });
    return sent.ok ? { message: '' } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
