/**
 * What somebody owes, in the order in which it is to be done: late, today, the next seven days. One duty owed in many
 * groups is one entry that opens to its groups; one owed every day is one entry with its next day. Pure.
 */
import { addDays, type DateOn } from '#core/calendar.ts';
import type { State } from '#features/plan/model.ts';

/** An occurrence, as the calendar's doors give it. */
export interface OwedOccurrence {
  readonly key: string;
  readonly itemId: string;
  readonly areaId: string | null;
  readonly periodStart: DateOn;
  readonly dueOn: DateOn | null;
  readonly dueAt: string | null;
  readonly state: State;
  readonly required: number;
  readonly done: number;
  readonly fulfilled: number;
  readonly timeLeft: number | null;
  readonly mayRecord: boolean;
}

export interface Entry<One extends OwedOccurrence> {
  readonly itemId: string;
  /** The soonest due first. */
  readonly ones: readonly [One, ...One[]];
}

export interface Sections<One extends OwedOccurrence> {
  readonly late: readonly Entry<One>[];
  readonly today: readonly Entry<One>[];
  readonly week: readonly Entry<One>[];
  readonly done: readonly Entry<One>[];
  /** Without a due time: standing work, and what was asked for by a proposal. */
  readonly standing: readonly Entry<One>[];
}

export const WEEK_DAYS = 7;

function entriesOf<One extends OwedOccurrence>(ones: readonly One[]): Entry<One>[] {
  const sorted = ones.toSorted((a, b) =>
    (a.dueAt ?? '9') < (b.dueAt ?? '9')
      ? -1
      : (a.dueAt ?? '9') > (b.dueAt ?? '9')
        ? 1
        : a.key < b.key
          ? -1
          : 1,
  );
  const byItem = Map.groupBy(sorted, ({ itemId }) => itemId);
  return [...byItem].flatMap(([itemId, [first, ...rest]]) =>
    first ? [{ itemId, ones: [first, ...rest] }] : [],
  );
}

const isLate = ({ state, fulfilled, required }: OwedOccurrence): boolean =>
  state === 'late' && fulfilled < required;

/** @param lists may name the same occurrence twice */
export function sectionsOf<One extends OwedOccurrence>(lists: readonly One[], today: DateOn): Sections<One> {
  const all = [...new Map(lists.map((one) => [one.key, one])).values()];
  const until = addDays(today, WEEK_DAYS);
  const open = (one: One) => one.state === 'due' || one.state === 'upcoming';
  return {
    late: entriesOf(all.filter(isLate)),
    today: entriesOf(all.filter((one) => open(one) && one.dueOn !== null && one.dueOn <= today)),
    week: entriesOf(
      all.filter((one) => open(one) && one.dueOn !== null && one.dueOn > today && one.dueOn <= until),
    ),
    done: entriesOf(all.filter((one) => one.state === 'met' && one.dueOn !== null && one.dueOn >= today)),
    standing: entriesOf(
      all.filter(
        ({ state, dueOn }) =>
          state === 'ongoing' || state === 'no-information' || (state === 'due' && dueOn === null),
      ),
    ),
  };
}

export const countOf = (entries: readonly Entry<OwedOccurrence>[]): number =>
  entries.reduce((sum, { ones }) => sum + ones.length, 0);

export const isEmpty = (sections: Sections<OwedOccurrence>): boolean =>
  [sections.late, sections.today, sections.week, sections.done, sections.standing].every(
    ({ length }) => length === 0,
  );
