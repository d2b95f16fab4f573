import { error, redirect } from '@sveltejs/kit';
import { FIELDS } from '#features/households/import/columns.ts';
import { ImportReply } from '#features/households/import-schema.ts';
import { ask, send } from '../../../../ask.server.ts';
import { textOf, textsOf } from '../../../../form-text.ts';
import { refused } from '../../../to-dan-pho/forms.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const baseOf = (event: RequestEvent | Parameters<PageServerLoad>[0]): string =>
  `/wards/${event.locals.actor?.wardId ?? error(401)}/household-imports/${event.params.import}`;

export const load: PageServerLoad = async (event) => {
  const fault = event.url.searchParams.get('loi');
  const query = fault ? `?fault=${encodeURIComponent(fault)}` : '';
  return { fault, ...(await ask(event, `${baseOf(event)}${query}`, ImportReply)) };
};

async function act(
  event: RequestEvent,
  method: 'POST' | 'PATCH',
  step: string,
  body: (form: FormData) => object,
) {
  const form = await event.request.formData();
  const sent = await send(event, method, `${baseOf(event)}${step}`, body(form));
  return sent.ok ? { done: true as const } : refused(sent.problem, form);
}

function columnsOf(form: FormData): Record<string, number | null> {
  const columns: Record<string, number | null> = {};
  for (const field of FIELDS) {
    const value = form.get(`column-${field}`);
    if (typeof value === 'string') columns[field] = value === '' ? null : Number(value);
  }
  return columns;
}

export const actions: Actions = {
  choose: (event) =>
    act(event, 'PATCH', '', (form) => ({
      columns: columnsOf(form),
      groupId: textOf(form, 'groupId') || null,
      ...(form.has('sheet') ? { sheet: Number(textOf(form, 'sheet')) } : {}),
    })),
  accept: (event) => act(event, 'PATCH', '', (form) => ({ accepted: textsOf(form, 'line').map(Number) })),
  confirm: (event) => act(event, 'POST', '/confirm', () => ({})),
  undo: (event) => act(event, 'POST', '/undo', () => ({})),
  drop: async (event) => {
    const dropped = await act(event, 'POST', '/drop', () => ({}));
    if ('done' in dropped) redirect(303, '/ho-dan/nhap');
    return dropped;
  },
};
