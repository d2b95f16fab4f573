import { fail } from '@sveltejs/kit';
import { ask, send } from '../../ask.server.ts';
import { m } from '#messages/messages.js';
import { HeldReply, ReleasedReply } from '#platform/sync/held.server.ts';
import { textOf } from '../../form-text.ts';
import { PhonesReply } from '#features/people/schema.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const ward = (locals: App.Locals) => `/wards/${locals.actor?.wardId ?? 0}`;

export const load: PageServerLoad = async (event) => {
  const reply = await ask(event, `${ward(event.locals)}/phones`, PhonesReply);
  // Only the administrator settles what was held; everybody else here sees phones alone.
  const held = await event.fetch(`/api${ward(event.locals)}/held-records`);
  return {
    phones: reply.phones,
    now: Date.now(),
    held: held.ok ? HeldReply.parse(await held.json()) : { waiting: 0, lines: [] },
  };
};

async function settle(event: RequestEvent, step: string, more: (form: FormData) => object) {
  const form = await event.request.formData();
  const ids = form.getAll('id').map(String);
  if (ids.length === 0) return fail(422, { message: m.sync_held_choose() });
  const path = `${ward(event.locals)}/held-records/${step}`;
  const sent = await send(event, 'POST', path, { ids, ...more(form) });
  if (!sent.ok) return fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  const released = ReleasedReply.safeParse(sent.data);
  return {
    settled: released.success
      ? m.sync_held_done({
          applied: released.data.applied.length,
          waiting: released.data.waiting.length,
        })
      : m.sync_held_aside_done(),
  };
}

export const actions: Actions = {
  release: (event) =>
    settle(event, 'release', (form) => {
      const day = textOf(form, 'day').trim();
      return day === '' ? {} : { day };
    }),
  putAside: (event) => settle(event, 'put-aside', (form) => ({ reason: textOf(form, 'reason').trim() })),
  end: async (event) => {
    const form = await event.request.formData();
    const why = textOf(form, 'why') === 'left' ? 'left' : 'lost';
    const path = `${ward(event.locals)}/devices/${textOf(form, 'device')}/end`;
    const sent = await send(event, 'POST', path, { why });
    return sent.ok ? { ended: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
