/**
 * The answer of our own reader, whose server side holds it against `ReadReply`: here only the two lists that the page
 * walks are looked at, so that the office's pages draw in no second validator.
 */
import * as z from 'zod/mini';
import type { ReadReply } from '#features/reports/schema.ts';

const Answer = z.custom<ReadReply>(
  (told) =>
    typeof told === 'object' &&
    told !== null &&
    'reports' in told &&
    Array.isArray(told.reports) &&
    'groups' in told &&
    Array.isArray(told.groups),
);

export function readReply(told: unknown): ReadReply | null {
  const parsed = Answer.safeParse(told);
  return parsed.success ? parsed.data : null;
}
