import { fail } from '@sveltejs/kit';
import { dayOf } from '#core/clock.ts';
import { m } from '#messages/messages.js';
import { RollUpReply } from '#features/reports/city/schema.ts';
import { runtime } from '#platform/runtime.server.ts';
import { send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ today: dayOf(runtime().campaignClock.now()) });

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const files = await Promise.all(
      form
        .getAll('files')
        .filter((one) => one instanceof File && one.size > 0)
        .map(async (one) => ({
          name: one instanceof File ? one.name : '',
          text: one instanceof File ? await one.text() : '',
        })),
    );
    const number = Number(textOf(form, 'number').replaceAll(/\D/g, ''));
    const wish = {
      kind: textOf(form, 'kind'),
      on: textOf(form, 'on'),
      number: number > 0 ? number : null,
      names: lines(textOf(form, 'names')),
    };
    const kept = { ...wish, names: textOf(form, 'names') };
    if (files.length === 0) return fail(422, { roll: null, message: m.roll_up_no_file(), kept });
    const path = `/wards/${event.locals.actor?.wardId ?? 0}/roll-up`;
    const sent = await send(event, 'POST', path, { ...wish, files }, RollUpReply);
    return sent.ok
      ? { roll: sent.data, message: '', kept }
      : fail(sent.problem.status, { roll: null, message: sent.problem.detail ?? '', kept });
  },
};
