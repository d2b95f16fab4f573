import { error } from '@sveltejs/kit';
import { FormReply, PapersReply } from '#features/pledges/papers-schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask } from '../../ask.server.ts';
import { custodyActions } from './custody.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  const at = `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}`;
  const typed = event.url.searchParams.get('ma')?.trim() ?? '';
  let found: FormReply | null = null;
  if (typed !== '') {
    const response = await event.fetch(`/api${at}/forms/${encodeURIComponent(typed)}`);
    found = response.ok ? FormReply.parse(await response.json()) : null;
  }
  return { ward, typed, found, papers: await ask(event, `${at}/papers`, PapersReply) };
};

export const actions: Actions = custodyActions;
