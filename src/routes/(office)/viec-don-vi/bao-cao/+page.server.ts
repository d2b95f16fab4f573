import { error, fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { newId } from '#core/ids.ts';
import { m } from '#messages/messages.js';
import { UnitReports } from '#features/reports/units/schema.ts';
import { typedCount } from '#features/reports/units/typed-count.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send, type ProblemBody } from '../../../ask.server.ts';
import { dayAsked } from '../../../day-asked.ts';
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
  const on = dayAsked(event.url);
  const query = on ? `?on=${on}` : '';
  return {
    id: newId(),
    asked: on,
    told: await ask(event, `${baseOf(event, campaign)}/units/${unit}${query}`, UnitReports),
  };
};

/** One duty's line of the form, with its name for whoever must be told that it is wrong. */
interface Typed {
  readonly itemId: string;
  readonly title: string;
  readonly stated: string;
  readonly reason: string;
}

/** Fields of one report: `work.{duty}` is a number, `reason.{duty}` why it differs, `title.{duty}` and `counted.{duty}` what stood there. */
const typedIn = (form: FormData): Typed[] =>
  [...form.keys()].flatMap((key) => {
    if (!key.startsWith('work.')) return [];
    const itemId = key.slice('work.'.length);
    const title = textOf(form, `title.${itemId}`);
    return [{ itemId, title, stated: textOf(form, key), reason: textOf(form, `reason.${itemId}`).trim() }];
  });

/** A box left empty is no figure: a draft may hold it, what is sent may not. */
const isWrong = ({ stated }: Typed, draft: boolean): boolean => {
  const read = typedCount(stated);
  return !read.ok || (read.count === null && !draft);
};

function bodyOf(form: FormData, typed: readonly Typed[]) {
  const work = typed.flatMap(({ itemId, stated, reason }) => {
    const read = typedCount(stated);
    return read.ok && read.count !== null ? [{ itemId, stated: read.count, reason: reason || null }] : [];
  });
  return {
    figures: {},
    work,
    nothingReason: textOf(form, 'nothing').trim() || null,
    remarks: textOf(form, 'remarks').trim() || null,
  };
}

/** Which line a refusal is about, and words that name it. */
function refusalOf(problem: ProblemBody, typed: readonly Typed[], form: FormData) {
  const pointer = typeof problem['pointer'] === 'string' ? problem['pointer'] : '';
  const line = typed.find(({ itemId }) => pointer.endsWith(`/${itemId}`));
  if (!line || problem.code !== 'reports.below-itemised')
    return { message: problem.detail ?? m.problem_platform_failed(), wrong: null };
  const counted = textOf(form, `counted.${line.itemId}`);
  return { message: m.unit_reports_below({ duty: line.title, counted }), wrong: line.itemId };
}

async function keep(event: RequestEvent, draft: boolean) {
  const form = await event.request.formData();
  const typed = typedIn(form);
  // What was typed goes back with a refusal: without script the page is made anew.
  const kept = {
    item: textOf(form, 'item'),
    work: typed,
    nothing: textOf(form, 'nothing'),
    remarks: textOf(form, 'remarks'),
    correction: textOf(form, 'correction'),
  };
  const wrong = typed.find((one) => isWrong(one, draft));
  if (wrong)
    return fail(422, {
      message: m.unit_reports_figure_wrong({ duty: wrong.title }),
      wrong: wrong.itemId,
      done: '',
      kept,
    });
  const campaign = (await campaignOf(event)) ?? '';
  const wish = {
    unitId: unitOf(event),
    itemId: kept.item,
    reportOn: textOf(form, 'on'),
    body: bodyOf(form, typed),
  };
  const correction = kept.correction.trim() || null;
  const sent = draft
    ? await send(event, 'PUT', `${baseOf(event, campaign)}/draft`, wish)
    : await send(event, 'POST', baseOf(event, campaign), { ...wish, id: textOf(form, 'id'), correction });
  if (!sent.ok) return fail(sent.problem.status, { ...refusalOf(sent.problem, typed, form), done: '', kept });
  return { message: '', wrong: null, done: draft ? ('draft' as const) : ('sent' as const), kept: null };
}

export const actions: Actions = {
  send: (event) => keep(event, false),
  keep: (event) => keep(event, true),
};
