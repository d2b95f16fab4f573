// Fields that the forms about groups have in common, from a sent form to what the API takes.
import { fail } from '@sveltejs/kit';
import { textOf } from '../../form-text.ts';
import type { ProblemBody } from '../../ask.server.ts';

export const decisionOf = (form: FormData) => ({
  number: textOf(form, 'decision'),
  on: textOf(form, 'decidedOn') || null,
});

export const namesOf = (form: FormData) => ({
  name: textOf(form, 'name'),
  ...(textOf(form, 'shortName').trim() ? { shortName: textOf(form, 'shortName') } : {}),
});

/** What was typed goes back with the refusal, so that nothing is typed twice. */
export const refused = (problem: ProblemBody, form: FormData) =>
  fail(problem.status, {
    problem,
    typed: Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')) as Record<
      string,
      string
    >,
    many: Object.fromEntries(
      [...new Set(form.keys())].map((key) => [
        key,
        form.getAll(key).filter((value) => typeof value === 'string'),
      ]),
    ),
  });
