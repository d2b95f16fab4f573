import { error, fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { newId } from '#core/ids.ts';
import { UnitReports } from '#features/reports/units/schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

const unitOf = ({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>): string | null =>
  url.searchParams.get('don-vi') ??
  locals.actor?.grants.find(({ unitId }) => unitId !== null)?.unitId ??
  null;

const baseOf = (event: Pick<RequestEvent, 'locals'>, campaign: string) =>
  `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/reports`;

export const load: PageServerLoad = async (event) => {
  const [campaign, unit] = [await campaignOf(event), unitOf(event)];
  if (!campaign || !unit) error(404);
  const on = event.url.searchParams.get('ngay');
  const query = on ? `?on=${encodeURIComponent(on)}` : '';
  return {
    id: newId(),
    told: await ask(event, `${baseOf(event, campaign)}/units/${unit}${query}`, UnitReports),
  };
};

/** Fields of one report: `work.{duty}` is a number, `reason.{duty}` why it differs. */
function bodyOf(form: FormData) {
  const work = [...form.keys()].flatMap((key) => {
    if (!key.startsWith('work.')) return [];
    const itemId = key.slice('work.'.length);
    const digits = textOf(form, key).replaceAll(/\D/g, '');
    if (digits === '') return [];
    return [{ itemId, stated: Number(digits), reason: textOf(form, `reason.${itemId}`).trim() || null }];
  });
  return {
    figures: {},
    work,
    nothingReason: textOf(form, 'nothing').trim() || null,
    remarks: textOf(form, 'remarks').trim() || null,
  };
}

async function keep(event: RequestEvent, draft: boolean) {
  const form = await event.request.formData();
  const campaign = (await campaignOf(event)) ?? '';
  const wish = {
    unitId: unitOf(event),
    itemId: textOf(form, 'item'),
    reportOn: textOf(form, 'on'),
    body: bodyOf(form),
  };
  const correction = textOf(form, 'correction').trim() || null;
  const sent = draft
    ? await send(event, 'PUT', `${baseOf(event, campaign)}/draft`, wish)
    : await send(event, 'POST', baseOf(event, campaign), { ...wish, id: textOf(form, 'id'), correction });
  if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? '', done: '' });
  return { message: '', done: draft ? ('draft' as const) : ('sent' as const) };
}

export const actions: Actions = {
  send: (event) => keep(event, false),
  keep: (event) => keep(event, true),
};
