// A sent form of a text as the API takes it, and the API's refusal back at the field it means.
import { textOf, textsOf } from '../../form-text.ts';
import type { ProblemBody } from '../../ask.server.ts';

const lines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function citations(form: FormData): unknown {
  try {
    return JSON.parse(textOf(form, 'citations') || '[]');
  } catch {
    return [];
  }
}

export const textBody = (form: FormData) => ({
  pillar: textOf(form, 'pillar'),
  audience: textsOf(form, 'audience'),
  validFrom: orNull(textOf(form, 'validFrom')),
  validTo: orNull(textOf(form, 'validTo')),
  body: {
    title: textOf(form, 'title'),
    summary: textOf(form, 'summary'),
    paragraphs: lines(textOf(form, 'paragraphs')),
    signs: lines(textOf(form, 'signs')),
    actions: lines(textOf(form, 'actions')),
    source: {
      name: textOf(form, 'source'),
      on: orNull(textOf(form, 'sourceOn')),
      url: orNull(textOf(form, 'sourceUrl')),
    },
    citations: citations(form),
  },
});

/** By the name of the form's field: `/body/source/name` is `source`, `/body/signs/3` is `signs`. */
export function fieldErrors({ errors = [] }: ProblemBody): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { pointer = '', detail = '' } of errors) {
    const parts = pointer.split('/').filter((part) => part !== '' && part !== 'body');
    const name = parts[0] === 'source' ? (parts[1] === 'url' ? 'sourceUrl' : 'source') : (parts[0] ?? '');
    found[name] ??= detail;
  }
  return found;
}
