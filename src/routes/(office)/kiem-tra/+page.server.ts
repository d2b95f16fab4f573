import { error, fail, redirect } from '@sveltejs/kit';
import { newId } from '#core/ids.ts';
import { CheckList } from '#features/reports/checks/schema.ts';
import { campaignOf } from '../../active-campaign.server.ts';
import { ask, send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

const pathOf = (locals: App.Locals, campaign: string) =>
  `/wards/${locals.actor?.wardId ?? 0}/campaigns/${campaign}/checks`;

export const load: PageServerLoad = async (event) => {
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  const path = pathOf(event.locals, campaign);
  return { id: newId(), base: `/api${path}`, list: await ask(event, path, CheckList) };
};

const FIELDS = ['place', 'on', 'checkers', 'findings', 'followUp'] as const;
const nothing: Record<string, string> = {};

export const actions: Actions = {
  record: async (event) => {
    const form = await event.request.formData();
    const campaign = (await campaignOf(event)) ?? '';
    const [kind, place = ''] = textOf(form, 'place').split(':');
    const title = textOf(form, 'followUp').trim();
    const body = {
      id: textOf(form, 'id'),
      areaId: kind === 'group' ? place : null,
      unitId: kind === 'unit' ? place : null,
      checkedOn: textOf(form, 'on'),
      checkers: textOf(form, 'checkers'),
      findings: textOf(form, 'findings'),
      followUp:
        title === '' ? null : { title, by: textOf(form, 'by'), accountable: textOf(form, 'accountable') },
    };
    const sent = await send(event, 'POST', pathOf(event.locals, campaign), body);
    if (sent.ok) return { saved: true, message: '', kept: nothing };
    const kept = Object.fromEntries(FIELDS.map((name) => [name, textOf(form, name)]));
    return fail(sent.problem.status, { saved: false, message: sent.problem.detail ?? '', kept });
  },
  paper: async (event) => {
    const check = textOf(await event.request.formData(), 'check');
    const campaign = (await campaignOf(event)) ?? '';
    const sent = await send(event, 'POST', `${pathOf(event.locals, campaign)}/${check}/paper`);
    if (sent.ok) redirect(303, `/van-ban/${check}`);
    return fail(sent.problem.status, { saved: false, message: sent.problem.detail ?? '', kept: nothing });
  },
  done: async (event) => {
    const form = await event.request.formData();
    const campaign = (await campaignOf(event)) ?? '';
    const path = `${pathOf(event.locals, campaign)}/${textOf(form, 'check')}/done`;
    const sent = await send(event, 'POST', path, { note: textOf(form, 'note') });
    return sent.ok
      ? { saved: false, message: '', kept: nothing }
      : fail(sent.problem.status, { saved: false, message: sent.problem.detail ?? '', kept: nothing });
  },
};
