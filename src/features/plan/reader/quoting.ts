/** How much of a clause is quoted: the whole, or as much around its figures as a reader's eye can hold. */
import type { Clause } from './clauses.ts';
import type { Fact } from './facts.ts';

/** Longest clause quoted whole; a longer one is quoted around its figures. */
export const QUOTE_LIMIT = 560;

/** The clause, or as much of it around the facts as a quote may hold. */
export function around(clause: Clause, facts: Fact[]): { start: number; end: number } {
  if (clause.end - clause.start <= QUOTE_LIMIT || facts.length === 0)
    return { start: clause.start, end: Math.min(clause.end, clause.start + QUOTE_LIMIT) };
  const first = clause.start + Math.min(...facts.map((fact) => fact.start));
  const last = clause.start + Math.max(...facts.map((fact) => fact.end));
  const end = Math.min(clause.end, last + 60);
  return { start: Math.max(clause.start, Math.min(first, end - QUOTE_LIMIT)), end };
}
