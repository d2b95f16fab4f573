/** From the engine's eight states to what a leader asks: of what fell due, how much was done in time? Pure. */
import { addCounts, type Counts } from '#features/plan/engine/summary.ts';
import type { State } from '#features/plan/model.ts';
import type { Tally } from '#features/dashboards/schema.ts';

/**
 * `owed`: fell due by now and was not let off. A proposal nobody has told about is neither owed nor missed, and work
 * without a rhythm has no due time; neither is ever held against a unit.
 */
export function tallyOf(counts: Counts): Tally {
  const { met, late, missed, due, upcoming, excused } = counts;
  return {
    owed: met + late + missed,
    met,
    late,
    missed,
    due,
    upcoming,
    excused,
    unknown: counts['no-information'],
  };
}

export const tallyAll = (all: Iterable<Counts>): Tally => tallyOf(addCounts(all));

const NONE: Counts = {
  upcoming: 0,
  due: 0,
  met: 0,
  late: 0,
  missed: 0,
  excused: 0,
  'no-information': 0,
  ongoing: 0,
};

export function countStates(states: Iterable<State>): Counts {
  const counts: Record<State, number> = { ...NONE };
  for (const state of states) counts[state] += 1;
  return counts;
}
