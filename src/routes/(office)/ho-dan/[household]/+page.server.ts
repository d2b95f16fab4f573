import { error } from '@sveltejs/kit';
import { HouseholdReply, ListReply } from '#features/households/office-schema.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { refused } from '../../to-dan-pho/forms.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? error(401);
  const [detail, list] = await Promise.all([
    ask(event, `/wards/${ward}/households/${event.params.household}`, HouseholdReply),
    ask(event, `/wards/${ward}/households`, ListReply),
  ]);
  return { ward, detail, groups: list.groups.map(({ id, name }) => ({ id, name })) };
};

async function act(
  event: RequestEvent,
  method: 'POST' | 'PATCH',
  step: string,
  body: (form: FormData) => object,
) {
  const ward = event.locals.actor?.wardId ?? error(401);
  const form = await event.request.formData();
  const sent = await send(
    event,
    method,
    `/wards/${ward}/households/${event.params.household}${step}`,
    body(form),
  );
  return sent.ok ? { done: true as const } : refused(sent.problem, form);
}

const number = (form: FormData, name: string): Record<string, number> => {
  const text = textOf(form, name).trim();
  return /^\d+$/.test(text) ? { [name]: Number(text) } : {};
};

const seenOf = (form: FormData): Record<string, unknown> => {
  try {
    return JSON.parse(textOf(form, 'seen')) as Record<string, unknown>;
  } catch {
    return {};
  }
};

export const actions: Actions = {
  edit: (event) =>
    act(event, 'PATCH', '', (form) => {
      const members = {
        ...number(form, 'under16'),
        ...number(form, 'from16to59'),
        ...number(form, 'from60'),
      };
      return {
        headName: textOf(form, 'headName'),
        residence: textOf(form, 'residence'),
        members: Object.keys(members).length > 0 ? members : null,
        phone: textOf(form, 'phone').trim() || null,
        addressWritten: textOf(form, 'addressWritten').trim() || null,
        respected: form.has('respected'),
        seen: seenOf(form),
      };
    }),
  merge: (event) =>
    act(event, 'POST', '/merge', (form) => ({
      absorbed: textOf(form, 'absorbed'),
      reason: textOf(form, 'reason'),
    })),
  erase: (event) => act(event, 'POST', '/erase', (form) => ({ asked: textOf(form, 'asked') })),
  move: (event) =>
    act(event, 'POST', '/move', (form) => ({
      group: textOf(form, 'group'),
      lane: textOf(form, 'lane').trim(),
      houseNumber: textOf(form, 'houseNumber').trim(),
      reason: textOf(form, 'reason').trim(),
    })),
  settle: (event) =>
    act(event, 'POST', '/conflicts/settle', (form) => ({ conflict: textOf(form, 'conflict') })),
  unmerge: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const form = await event.request.formData();
    const sent = await send(
      event,
      'POST',
      `/wards/${ward}/households/${encodeURIComponent(textOf(form, 'absorbed'))}/unmerge`,
    );
    return sent.ok ? { done: true as const } : refused(sent.problem, form);
  },
  exclude: async (event) => {
    const ward = event.locals.actor?.wardId ?? error(401);
    const campaign = (await campaignOf(event)) ?? error(404);
    const form = await event.request.formData();
    const note = textOf(form, 'note').trim();
    const sent = await send(
      event,
      'POST',
      `/wards/${ward}/campaigns/${encodeURIComponent(campaign)}/exclusions`,
      {
        householdId: event.params.household,
        reason: textOf(form, 'reason'),
        ...(note ? { note } : {}),
      },
    );
    return sent.ok ? { done: true as const } : refused(sent.problem, form);
  },
};
