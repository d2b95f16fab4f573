import { fail, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../../ask.server.ts';
import { textOf } from '../../../../form-text.ts';
import { bringPicture } from '../../../../picture.server.ts';
import { isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { TextsReply } from '#features/publishing/schema.ts';
import { Posted, SiteReply } from '#features/publishing/sites/schema.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = RequestEvent<{ site: string }>;
const ward = ({ locals }: RequestEvent) => `/wards/${locals.actor?.wardId ?? 0}`;
const site = (event: Event) => `${ward(event)}/sites/${event.params.site}`;
const refusal = (problem: { status: number; detail?: string | undefined }) =>
  fail(problem.status, { message: problem.detail ?? '' });

export const load: PageServerLoad = async (event) => {
  const { texts } = await ask(event, `${ward(event)}/texts?state=approved`, TextsReply);
  return {
    ...(await ask(event, site(event), SiteReply)),
    texts: texts
      .filter(({ publicVersion }) => publicVersion !== null)
      .map(({ id, title }) => ({ value: id, label: title })),
    hangingId: newId(),
    checkId: newId(),
    api: `/api${ward(event)}`,
  };
};

export const actions: Actions = {
  hang: async (event) => {
    const form = await event.request.formData();
    const picture = await bringPicture(event, form);
    if (!picture.ok) return refusal(picture.problem);
    const body = {
      id: textOf(form, 'id'),
      textId: textOf(form, 'text') || null,
      what: textOf(form, 'what'),
      copies: Number(textOf(form, 'copies')),
      hungAt: isoOf(runtime().campaignClock.now()),
      picture: picture.data,
    };
    const sent = await send(event, 'POST', `${site(event)}/hangings`, body, Posted);
    return sent.ok ? { hung: sent.data.itemIds.length } : refusal(sent.problem);
  },
  check: async (event) => {
    const form = await event.request.formData();
    const picture = await bringPicture(event, form);
    if (!picture.ok) return refusal(picture.problem);
    const body = {
      id: textOf(form, 'id'),
      condition: textOf(form, 'condition'),
      note: textOf(form, 'note').trim() || null,
      picture: picture.data,
    };
    const sent = await send(event, 'POST', `${site(event)}/checks`, body);
    return sent.ok ? { checked: true } : refusal(sent.problem);
  },
  down: async (event) => {
    const hanging = textOf(await event.request.formData(), 'hanging');
    const sent = await send(event, 'POST', `${ward(event)}/hangings/${hanging}/take-down`);
    return sent.ok ? { down: true } : refusal(sent.problem);
  },
  close: async (event) => {
    const sent = await send(event, 'POST', `${site(event)}/close`);
    if (!sent.ok) return refusal(sent.problem);
    redirect(303, '/kenh/diem');
  },
};
