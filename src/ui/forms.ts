/** Shapes that forms hand to their components; outside the components, because lint cannot see into `.svelte`. */

export interface Choice {
  value: string;
  label: string;
  hint?: string | undefined;
  disabled?: boolean | undefined;
}

/** What a control inside a `Field` must carry so that label, hint and error are read with it. */
export interface FieldWiring {
  id: string;
  describedBy: string | undefined;
  invalid: 'true' | undefined;
}

export interface FormError {
  /** Id of the control that needs mending; without it the line is plain text. */
  id?: string | undefined;
  message: string;
}

/** `aria-describedby` of a control with a hint or an error, or both. */
export function describedBy(
  id: string,
  hint: string | undefined,
  error: string | undefined,
): string | undefined {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return ids === '' ? undefined : ids;
}

/** A sentence that filters: words, and choices among them. */
export type SentencePart =
  { text: string } | { name: string; label: string; value: string; choices: readonly Choice[] };
