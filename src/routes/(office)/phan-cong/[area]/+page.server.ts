import { error, fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { BoardReply, GivenReply, HistoryReply } from '#features/assignment/schema.ts';
import { overWord } from '#features/assignment/ui/words.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = RequestEvent<{ area: string }>;

const campaignPath = async (event: Event) => {
  const campaign = await campaignOf(event);
  return campaign === null ? null : `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}`;
};

/** What the minute field gives, in Viet Nam's time. */
const LOCAL_MINUTE = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const asked = event.url.searchParams.get('luc') ?? '';
  const at = LOCAL_MINUTE.test(asked) ? `?at=${encodeURIComponent(`${asked}:00+07:00`)}` : '';
  const history = await ask(
    event,
    `/wards/${ward}/areas/${event.params.area}/responsibility${at}`,
    HistoryReply,
  );
  const path = await campaignPath(event);
  const board = path === null ? null : await ask(event, `${path}/assignment`, BoardReply);
  return {
    history,
    asked: at === '' ? '' : asked,
    today: board?.today ?? '',
    group: board?.groups.find(({ id }) => id === event.params.area) ?? null,
    people: board?.may.assign ? board.people : [],
    mayAssign: board?.may.assign ?? false,
  };
};

export const actions: Actions = {
  give: async (event) => {
    const form = await event.request.formData();
    const path = await campaignPath(event);
    const body = {
      give: [{ personId: textOf(form, 'personId'), areaId: event.params.area, post: textOf(form, 'post') }],
      fromOn: textOf(form, 'fromOn'),
      toOn: textOf(form, 'toOn') || null,
      reason: textOf(form, 'reason'),
    };
    const sent = await send(event, 'POST', `${path}/assignment/give`, body, GivenReply);
    if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? '' });
    const [over] = sent.data.over;
    return { done: true, over: over ? overWord(textOf(form, 'name'), over.load) : '' };
  },
  end: async (event) => {
    const form = await event.request.formData();
    const body = { grants: [textOf(form, 'grant')], reason: textOf(form, 'reason') };
    const sent = await send(event, 'POST', `${await campaignPath(event)}/assignment/end`, body);
    return sent.ok
      ? { done: true, over: '' }
      : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
