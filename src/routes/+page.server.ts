import { redirect } from '@sveltejs/kit';
import { homeOf } from '#registry/navigation.ts';
import { runningCampaign } from './active-campaign.server.ts';
import type { PageServerLoad } from './$types';

/** The bare address leads each to where their work is. */
export const load: PageServerLoad = async (event) => {
  const { actor, waiting } = event.locals;
  // Only who heads a unit needs to know which unit leads the campaign.
  const heads = actor?.grants.some(({ role }) => role === 'unit-head') === true;
  if (actor)
    redirect(303, homeOf(actor, heads ? ((await runningCampaign(event))?.leadingUnitId ?? null) : null));
  if (waiting === 'ward') redirect(303, '/chon-phuong');
  if (waiting === 'new-password') redirect(303, '/mat-khau-moi');
  if (waiting === 'pin') redirect(303, '/chon-pin');
  redirect(303, waiting === 'unlock' ? '/mo-khoa' : '/vao');
};
