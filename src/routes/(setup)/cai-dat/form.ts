// From a refusal of set-up to the field it is about.
import { m } from '#messages/messages.js';
import type { FormError } from '#ui/forms.ts';

interface Refusal {
  readonly code: string;
  readonly detail?: string | undefined;
  readonly pointer?: unknown;
  readonly errors?: readonly { readonly pointer?: string | undefined }[] | undefined;
}

const NEEDED: Readonly<Record<string, () => string>> = {
  code: () => m.setup_need_ward_code(),
  name: () => m.setup_need_name(),
  username: () => m.setup_need_username(),
};

export function setupErrors(refusal: Refusal | undefined): FormError[] {
  if (!refusal) return [];
  const fields = (refusal.errors ?? []).map(({ pointer }) => pointer?.split('/').at(-1) ?? '');
  const missing = fields.flatMap((id) => (NEEDED[id] ? [{ id, message: NEEDED[id]() }] : []));
  if (missing.length > 0) return missing;
  const id = typeof refusal.pointer === 'string' ? refusal.pointer.slice(1) : undefined;
  return [{ id, message: refusal.detail ?? refusal.code }];
}

export const errorAt = (errors: readonly FormError[], id: string): string | undefined =>
  errors.find((error) => error.id === id)?.message;
