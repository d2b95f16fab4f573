import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { dayOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { StockReply } from '#features/publishing/sites/schema.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { Actions, PageServerLoad } from './$types';

const ward = ({ locals }: RequestEvent) => `/wards/${locals.actor?.wardId ?? 0}`;

export const load: PageServerLoad = async (event) => {
  const stock = await ask(event, `${ward(event)}/print-runs`, StockReply);
  return {
    ...stock,
    today: dayOf(runtime().campaignClock.now()),
    // One a run: a handing out sent twice is one.
    handoutIds: Object.fromEntries(stock.runs.map(({ id }) => [id, newId()])),
  };
};

export const actions: Actions = {
  note: async (event) => {
    const form = await event.request.formData();
    const body = {
      kind: textOf(form, 'kind'),
      what: textOf(form, 'what'),
      printed: Number(textOf(form, 'printed')),
      printedOn: textOf(form, 'on'),
    };
    const sent = await send(event, 'POST', `${ward(event)}/print-runs`, body);
    return sent.ok ? { done: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
  give: async (event) => {
    const form = await event.request.formData();
    const body = {
      id: textOf(form, 'id'),
      areaId: textOf(form, 'area') || null,
      copies: Number(textOf(form, 'copies')),
      note: textOf(form, 'note').trim() || null,
    };
    const path = `${ward(event)}/print-runs/${textOf(form, 'run')}/handouts`;
    const sent = await send(event, 'POST', path, body);
    return sent.ok ? { done: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
