// Fields of a directive's forms, and what goes back with a refusal so that nothing is typed twice.
import { fail } from '@sveltejs/kit';
import { m } from '#messages/messages.js';
import { isDateOn } from '#core/calendar.ts';
import type { ProblemBody } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';

export const factsOf = (form: FormData) => ({
  number: textOf(form, 'number').trim(),
  issuedOn: textOf(form, 'issuedOn'),
  issuer: textOf(form, 'issuer').trim(),
  subject: textOf(form, 'subject').trim(),
});

/** What is missing, in words, before anything is sent; null: all there. */
export function lackOf(facts: ReturnType<typeof factsOf>): string | null {
  if (facts.number === '') return m.directives_need_number();
  if (!isDateOn(facts.issuedOn)) return m.directives_need_day();
  if (facts.issuer.length < 2) return m.directives_need_issuer();
  return facts.subject.length < 5 ? m.directives_need_subject() : null;
}

export const refused = (what: string, typed: ReturnType<typeof factsOf>, problem: ProblemBody) =>
  fail(problem.status, { what, typed, message: problem.detail ?? '' });
