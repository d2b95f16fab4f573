import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#messages/messages.js';
import { CampaignListReply, FreshReply } from '#features/plan/api-schema.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';
import { wardBase } from '../ward.server.ts';

export const load: PageServerLoad = async (event) => {
  const { units, mayCreateFor } = await ask(event, `${wardBase(event)}/campaigns`, CampaignListReply);
  if (mayCreateFor.length === 0) error(403);
  return { units: units.filter(({ id }) => mayCreateFor.includes(id)) };
};

async function planIn(file: FormDataEntryValue | null): Promise<unknown> {
  if (!(file instanceof File)) return null;
  try {
    return JSON.parse(await file.text()) as unknown;
  } catch {
    return null;
  }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const wish = {
      name: textOf(form, 'name'),
      shortName: textOf(form, 'shortName'),
      leadingUnitId: textOf(form, 'leadingUnitId'),
      startOn: textOf(form, 'startOn') || undefined,
    };
    const plan = await planIn(form.get('file'));
    if (plan === null) return fail(422, { problem: m.plan_take_broken(), wish });
    const taken = await send(
      event,
      'POST',
      `${wardBase(event)}/campaigns/take-over`,
      { ...wish, plan },
      FreshReply,
    );
    if (taken.ok) redirect(303, `/ke-hoach/${taken.data.campaignId}/soan`);
    const broken = taken.problem.errors?.some(({ pointer }) => pointer?.startsWith('/body/plan') === true);
    const problem = broken ? m.plan_take_broken() : (taken.problem.detail ?? taken.problem.code);
    return fail(taken.problem.status, { problem, wish });
  },
};
