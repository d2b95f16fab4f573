import { error, fail, redirect } from '@sveltejs/kit';
import { byName } from '#features/areas/model.ts';
import { RegisterReply } from '#features/areas/schema.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf, textsOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const { may, groups } = await ask(event, `/wards/${ward}/areas`, RegisterReply);
  if (!may.change) error(403);
  const byNames = event.url.searchParams.get('xep') === 'ten';
  return { groups: byNames ? groups.toSorted(byName) : groups, byNames };
};

export const actions: Actions = {
  default: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const form = await event.request.formData();
    // Equal numbers keep the order in which they stood on the page.
    const order = textsOf(form, 'group')
      .map((id) => ({ id, place: Number(textOf(form, `place-${id}`)) || Infinity }))
      .toSorted((a, b) => (a.place === b.place ? 0 : a.place - b.place));
    const groups = order.map(({ id }) => id);
    const sent = await send(event, 'PUT', `/wards/${ward}/groups/order`, { groups });
    if (!sent.ok) return fail(sent.problem.status, { problem: sent.problem });
    redirect(303, '/to-dan-pho');
  },
};
