// From a refusal of the API to the fields of a form: which control a pointer means, and words for what is missing.
import { m } from '#messages/messages.js';
import type { FormError } from '#ui/forms.ts';

interface Refusal {
  readonly code: string;
  readonly detail?: string | undefined;
  readonly errors?: readonly { readonly pointer?: string | undefined }[] | undefined;
}

const FIELDS: Readonly<Record<string, readonly [id: string, words: () => string]>> = {
  '/body/name': ['name', () => m.areas_need_name()],
  '/body/decision/number': ['decision', () => m.areas_need_decision()],
  '/body/decision/on': ['decidedOn', () => m.areas_need_day()],
  '/body/from': ['from', () => m.areas_need_day()],
  '/body/validFrom': ['from', () => m.areas_need_day()],
  '/body/groups': ['groups', () => m.areas_need_two()],
  '/body/into': ['into', () => m.areas_need_names()],
  '/body/households': ['households', () => m.areas_need_count()],
  '/body/temporaryHouseholds': ['temporaryHouseholds', () => m.areas_need_count()],
  '/body/countedOn': ['countedOn', () => m.areas_need_day()],
};

export function formErrors(refusal: Refusal | undefined): FormError[] {
  if (!refusal) return [];
  const known = (refusal.errors ?? []).flatMap(({ pointer }) => {
    const field = FIELDS[pointer ?? ''];
    return field ? [{ id: field[0], message: field[1]() }] : [];
  });
  if (known.length > 0) return known;
  if (refusal.code === 'areas.name-taken') return [{ id: 'name', message: refusal.detail ?? refusal.code }];
  return [{ message: refusal.detail ?? refusal.code }];
}

export const errorsById = (errors: readonly FormError[]): Record<string, string> =>
  Object.fromEntries(errors.flatMap(({ id, message }) => (id ? [[id, message]] : [])));
