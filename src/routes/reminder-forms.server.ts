// What the pages of one's own reminders do, the same under the office's and the field's frame.
import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { CalendarList, ChoicesView, NoticeList } from '#features/reminders/schema.ts';
import { ask, send } from './ask.server.ts';
import type { Sent } from './ask.server.ts';
import { textOf } from './form-text.ts';

const wardOf = (event: RequestEvent): number => event.locals.actor?.wardId ?? 0;
const base = (event: RequestEvent) => `/wards/${wardOf(event)}`;

export async function loadChoices(event: RequestEvent) {
  const choices = await ask(event, `${base(event)}/reminders/choices`, ChoicesView);
  const { calendars } = await ask(event, `${base(event)}/calendars`, CalendarList);
  return { ward: wardOf(event), choices, calendars };
}

export async function loadNotices(event: RequestEvent) {
  return ask(event, `${base(event)}/notices`, NoticeList);
}

type Done = 'choices' | 'test' | 'remove' | 'calendar';
const answer = (done: Done, sent: Sent<unknown>) =>
  sent.ok ? { done } : fail(sent.problem.status, { message: sent.problem.detail ?? sent.problem.code });

export const choicesActions = {
  choices: async (event: RequestEvent) => {
    const form = await event.request.formData();
    const on = (name: string) => textOf(form, name) === 'on';
    const quiet = on('quiet') ? { from: textOf(form, 'from'), to: textOf(form, 'to') } : null;
    const body = {
      before: on('before'),
      late: on('late'),
      head: on('head'),
      leadMinutes: Number(textOf(form, 'leadMinutes')),
      quiet,
      push: on('push'),
      mail: on('mail'),
    };
    return answer('choices', await send(event, 'PUT', `${base(event)}/reminders/choices`, body));
  },
  test: async (event: RequestEvent) =>
    answer('test', await send(event, 'POST', `${base(event)}/reminders/test`)),
  remove: async (event: RequestEvent) => {
    const id = textOf(await event.request.formData(), 'id');
    return answer(
      'remove',
      await send(event, 'DELETE', `${base(event)}/reminders/devices/${encodeURIComponent(id)}`),
    );
  },
  calendar: async (event: RequestEvent) => {
    const form = await event.request.formData();
    const body = { kind: textOf(form, 'kind'), subjectId: textOf(form, 'subjectId') };
    return answer('calendar', await send(event, 'POST', `${base(event)}/calendars`, body));
  },
};

export const noticeActions = {
  read: async (event: RequestEvent) => {
    const sent = await send(event, 'POST', `${base(event)}/notices/read`, {});
    return sent.ok ? { done: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};

/** Where one's own pages are, by the frame one works in. */
export const ownPages = (event: RequestEvent) =>
  event.locals.actor?.via === 'field'
    ? { notices: '/field/thong-bao', choices: '/field/nhac-viec' }
    : { notices: '/nhac-viec/thong-bao', choices: '/nhac-viec/lua-chon' };
