// One cell of the whole campaign: of all that is owed in a row's days, the state that needs looking at first.
import { daysBetween, daysOf, type ClosedRange } from '#core/calendar.ts';
import type { SummaryReply } from '#features/evidence/calendar-schema.ts';
import type { StateName } from '#ui/states.ts';

/** Work without a figure is on every day and would hide all else, so it is left out. */
const SHOWN: readonly StateName[] = ['missed', 'late', 'due', 'no-information', 'upcoming', 'met', 'excused'];

/** `days`: a line of the summary, for each day the counts in the order of `summary.states`. */
export function worstOf(
  summary: Pick<SummaryReply, 'range' | 'states'>,
  days: readonly (readonly number[])[],
  column: ClosedRange,
  today: string,
): { readonly state: StateName; readonly detail: string } | null {
  const own = daysOf(column).map((day) => days[daysBetween(summary.range.from, day)] ?? []);
  for (const state of SHOWN) {
    const at = summary.states.findIndex((one) => one === state);
    const sum = own.reduce((total, counts) => total + (counts[at] ?? 0), 0);
    // What is open until a later day is not due yet.
    const shown = state === 'due' && column.from > today ? 'upcoming' : state;
    if (sum > 0) return { state: shown, detail: String(sum) };
  }
  return null;
}
