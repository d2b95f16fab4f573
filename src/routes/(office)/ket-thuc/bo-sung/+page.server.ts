import { error, fail } from '@sveltejs/kit';
import { z } from 'zod';
import { ListReply } from '#features/reports/closing/schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  const base = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/closing/supplementary`;
  const { doors, mayPrepare } = await ask(event, base, ListReply);
  const groups = [...Map.groupBy(doors, ({ groupId }) => groupId)].map(([id, own]) => ({
    id,
    name: own[0]?.group ?? '',
    left: own.length,
    listed: own.filter(({ listed }) => listed).length,
  }));
  // One group at a time: early in a campaign the whole ward is more doors than a page can carry.
  const chosen = event.url.searchParams.get('to');
  return {
    base: `/api${base}`,
    mayPrepare,
    groups,
    left: doors.length,
    listed: doors.filter(({ listed }) => listed).length,
    doors: doors.filter(({ groupId }) => groupId === chosen),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const campaign = (await campaignOf(event)) ?? '';
    const path = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/closing/supplementary`;
    const sent = await send(event, 'POST', path, undefined, z.object({ added: z.number() }));
    return sent.ok
      ? { added: sent.data.added, message: '' }
      : fail(sent.problem.status, { added: null, message: sent.problem.detail ?? '' });
  },
};
