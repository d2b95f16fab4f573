import { error, fail, redirect } from '@sveltejs/kit';
import { IdReply, LayoutReply, ListReply } from '#features/households/office-schema.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { refused } from '../../to-dan-pho/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const area = event.url.searchParams.get('to') ?? '';
  const narrow = /^[0-9a-f-]{36}$/.test(area) ? `?area=${area}` : '';
  const { groups, lanes } = await ask(event, `/wards/${ward}/households${narrow}`, ListReply);
  return { groups, lanes, area };
};

export const actions: Actions = {
  add: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const form = await event.request.formData();
    const phone = textOf(form, 'phone').trim();
    const area = encodeURIComponent(textOf(form, 'area'));
    const sent = await send(
      event,
      'POST',
      `/wards/${ward}/areas/${area}/households`,
      {
        lane: textOf(form, 'lane'),
        houseNumber: textOf(form, 'houseNumber'),
        headName: textOf(form, 'headName'),
        residence: textOf(form, 'residence') || 'permanent',
        another: form.has('another'),
        ...(phone ? { phone } : {}),
      },
      IdReply,
    );
    if (!sent.ok) return refused(sent.problem, form);
    redirect(303, `/ho-dan/${sent.data.id}`);
  },
  layOut: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const form = await event.request.formData();
    const area = encodeURIComponent(textOf(form, 'area'));
    const sent = await send(
      event,
      'POST',
      `/wards/${ward}/areas/${area}/lay-out`,
      { text: textOf(form, 'text') },
      LayoutReply,
    );
    if (!sent.ok) return refused(sent.problem, form);
    return sent.data.unread.length > 0 ? fail(422, { laidOut: sent.data }) : { laidOut: sent.data };
  },
};
