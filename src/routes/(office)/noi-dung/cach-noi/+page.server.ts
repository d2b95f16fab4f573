import { fail } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { SettingsReply } from '#features/publishing/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const path = (wardId: number | undefined) => `/wards/${wardId ?? 0}/publishing-settings`;

export const load: PageServerLoad = (event) => ask(event, path(event.locals.actor?.wardId), SettingsReply);

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const orNull = (name: string) => textOf(form, name).trim() || null;
    const pace = orNull('pace');
    const before = await ask(event, path(event.locals.actor?.wardId), SettingsReply);
    const sent = await send(event, 'PUT', path(event.locals.actor?.wardId), {
      speakerName: orNull('speaker'),
      hotline: orNull('hotline'),
      officeHours: orNull('hours'),
      address: orNull('address'),
      syllablesPerMinute: pace === null ? null : Number(pace),
      spokenWords: before.spokenWords,
    });
    return sent.ok ? { done: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
};
