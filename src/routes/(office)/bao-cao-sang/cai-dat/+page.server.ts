import { error, fail } from '@sveltejs/kit';
import { z } from 'zod';
import { mayAnywhere } from '#platform/api/permission.ts';
import { ReportSettings } from '#features/reports/settings.ts';
import { permissions } from '#registry/permissions.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

const Reply = z.object({ version: z.number(), settings: ReportSettings });

export const load: PageServerLoad = async (event) => {
  const { actor } = event.locals;
  const campaign = await campaignOf(event);
  if (!campaign || !actor) error(404);
  const { settings } = await ask(
    event,
    `/wards/${actor.wardId}/campaigns/${campaign}/reports/settings`,
    Reply,
  );
  return { settings, mayChange: mayAnywhere(permissions, actor, 'reports.change-settings') };
};

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const text = (name: string) => textOf(form, name);
    const campaign = await campaignOf(event);
    const body = {
      window: text('window'),
      unitReports: text('units'),
      place: text('place'),
      issuer: {
        superior: text('superior'),
        name: text('issuer'),
        symbol: text('symbol'),
        onBehalfOf: text('behalf'),
        headTitle: text('head'),
        deputyTitle: text('deputy'),
        fileMark: text('file'),
      },
      addressees: lines(text('to')),
      recipients: lines(text('recipients')),
      signer: { name: text('signer'), rank: text('rank'), capacity: text('capacity') },
      basis: text('basis'),
    };
    const ward = event.locals.actor?.wardId ?? 0;
    const sent = await send(
      event,
      'PUT',
      `/wards/${ward}/campaigns/${campaign ?? ''}/reports/settings`,
      body,
    );
    if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? '', saved: false });
    return { message: '', saved: true };
  },
};
