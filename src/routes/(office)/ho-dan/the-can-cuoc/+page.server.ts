import { error } from '@sveltejs/kit';
import { IdentityReply } from '#features/households/api-identity.server.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { refused } from '../../to-dan-pho/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

const campaignPath = (ward: number, campaign: string): string =>
  `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}`;

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const campaign = (await campaignOf(event)) ?? error(404);
  return ask(event, `${campaignPath(ward, campaign)}/identity-card`, IdentityReply);
};

export const actions: Actions = {
  default: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const campaign = (await campaignOf(event)) ?? error(404);
    const form = await event.request.formData();
    const chosen = textOf(form, 'scanning');
    const sent = await send(event, 'PATCH', campaignPath(ward, campaign), {
      identityCard: {
        on: chosen !== 'off',
        keepNumber: chosen === 'kept',
        reason: textOf(form, 'reason'),
        formerUnits: textOf(form, 'formerUnits')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      },
    });
    return sent.ok ? { saved: true as const } : refused(sent.problem, form);
  },
};
