import { error, fail, redirect } from '@sveltejs/kit';
import { CampaignListReply, IdReply } from '#features/plan/api-schema.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';
import { wardBase } from '../ward.server.ts';

export const load: PageServerLoad = async (event) => {
  const { units, mayCreateFor } = await ask(event, `${wardBase(event)}/campaigns`, CampaignListReply);
  if (mayCreateFor.length === 0) error(403);
  return { units: units.filter(({ id }) => mayCreateFor.includes(id)) };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const wish = {
      name: textOf(form, 'name'),
      shortName: textOf(form, 'shortName'),
      leadingUnitId: textOf(form, 'leadingUnitId'),
      fromOn: textOf(form, 'fromOn'),
      toOn: textOf(form, 'toOn'),
    };
    const file = form.get('file');
    const refuse = (status: number, problem: string) => fail(status, { problem, wish });
    const made = await send(event, 'POST', `${wardBase(event)}/campaigns`, wish, IdReply);
    if (!made.ok) return refuse(made.problem.status, made.problem.detail ?? made.problem.code);
    const at = `/ke-hoach/${made.data.id}`;
    if (!(file instanceof File) || file.size === 0) redirect(303, at);
    const upload = new FormData();
    upload.set('file', file);
    const read = await send(event, 'POST', `${wardBase(event)}/campaigns/${made.data.id}/plan/draft`, upload);
    // The campaign stands; its page says why the paper was not read and takes another.
    if (!read.ok)
      redirect(303, `${at}?${new URLSearchParams({ khong: read.problem.detail ?? read.problem.code })}`);
    redirect(303, `${at}/soan`);
  },
};
