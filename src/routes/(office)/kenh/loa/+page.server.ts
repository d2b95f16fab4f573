import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { addDays, isDateOn, weekOf } from '#core/calendar.ts';
import { dayOf, isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { ListReply, PlannedReply, Posted } from '#features/publishing/broadcasts/schema.ts';
import { TextsReply } from '#features/publishing/schema.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { Actions, PageServerLoad } from './$types';

const ward = ({ locals }: RequestEvent) => `/wards/${locals.actor?.wardId ?? 0}`;
const refusal = (problem: { status: number; detail?: string | undefined }) =>
  fail(problem.status, { message: problem.detail ?? '' });

export const load: PageServerLoad = async (event) => {
  const now = runtime().campaignClock.now();
  const today = dayOf(now);
  const asked = event.url.searchParams.get('tuan') ?? '';
  const week = weekOf(isDateOn(asked) ? asked : today);
  const list = await ask(event, `${ward(event)}/broadcasts?from=${week.from}&to=${week.to}`, ListReply);
  const { texts } = await ask(event, `${ward(event)}/texts?state=approved`, TextsReply);
  return {
    ...list,
    // Each line's own post, made before the tap: sent twice it is still one.
    postIds: Object.fromEntries(list.broadcasts.map(({ id }) => [id, newId()])),
    texts: texts
      .filter(({ publicVersion }) => publicVersion !== null)
      .map(({ id, title }) => ({ value: id, label: title })),
    week,
    before: addDays(week.from, -7),
    after: addDays(week.from, 7),
    day: today,
    api: `/api${ward(event)}`,
    toldAt: now,
    wardId: event.locals.actor?.wardId ?? 0,
    person: event.locals.actor?.personId ?? '',
  };
};

export const actions: Actions = {
  plan: async (event) => {
    const form = await event.request.formData();
    const body = {
      textId: textOf(form, 'text'),
      from: textOf(form, 'from'),
      to: textOf(form, 'to'),
      // "5h45" and "5:45" as people write them.
      times: textOf(form, 'times')
        .split(/[,;]/)
        .map((time) =>
          time
            .trim()
            .replace(/\s*[hH]\s*/, ':')
            .replace(/:$/, ':00')
            .replace(/^(\d):/, '0$1:'),
        )
        .filter((time) => time !== ''),
    };
    const path = `${ward(event)}/channels/${textOf(form, 'cluster')}/broadcasts`;
    const sent = await send(event, 'POST', path, body, PlannedReply);
    return sent.ok ? sent.data : refusal(sent.problem);
  },
  played: async (event) => {
    const form = await event.request.formData();
    const body = { postId: textOf(form, 'post'), playedAt: isoOf(runtime().campaignClock.now()) };
    const path = `${ward(event)}/broadcasts/${textOf(form, 'line')}/played`;
    const sent = await send(event, 'POST', path, body, Posted);
    return sent.ok ? { counted: sent.data.itemIds.length } : refusal(sent.problem);
  },
  cancel: async (event) => {
    const line = textOf(await event.request.formData(), 'line');
    const sent = await send(event, 'POST', `${ward(event)}/broadcasts/${line}/cancel`);
    return sent.ok ? { cancelled: true } : refusal(sent.problem);
  },
};
