/**
 * Coverage: of how many households, how many. Three figures that are never added: reached directly, pledged, in the
 * Zalo group; reached by phone or Zalo alone stands apart. Everything here is a recount from raw rows, so the same
 * functions serve the phone, the office and the test that holds every published figure against them.
 */
import type { DateOn } from '#core/calendar.ts';

/** What a household's own rows say; rows taken back, held or withdrawn are not handed in. */
export interface HouseholdFacts {
  readonly id: string;
  readonly groupId: string;
  readonly laneId: string | null;
  /** Days of visits in which somebody was met face to face. */
  readonly metOn: readonly DateOn[];
  /** Days on which it was reached by telephone or Zalo. */
  readonly calledOn: readonly DateOn[];
  readonly pledgedOn: readonly DateOn[];
  readonly zaloOn: readonly DateOn[];
  /** Approved exclusions: from which day. */
  readonly excludedFrom: DateOn | null;
  /** Of those not reached, what the last visit found. */
  readonly lastReason: string | null;
}

export const MEASURES = ['reached', 'remote', 'pledged', 'zalo'] as const;
export type Measure = (typeof MEASURES)[number];

export interface Figures {
  /** Number of households by the book, confirmed by two persons; null: none yet. */
  readonly declared: number | null;
  readonly named: number;
  readonly excluded: number;
  /** max(declared, named) − excluded. */
  readonly denominator: number;
  readonly reached: number;
  /** By telephone or Zalo alone: not in `reached`. */
  readonly remote: number;
  readonly pledged: number;
  readonly zalo: number;
  /** Named, not excluded and reached in no way. */
  readonly leftNamed: number;
  /** By the book, with no name yet. */
  readonly unlisted: number;
  /** More named than declared: the area officer is asked. */
  readonly overNamed: boolean;
  /** Named, not reached: by what the last visit found; `none` for doors nobody has been to. */
  readonly leftBy: Readonly<Record<string, number>>;
}

/** An exclusion is of a named household, so it can never take more than were named. */
export const denominatorOf = (declared: number | null, named: number, excluded: number): number =>
  Math.max(0, Math.max(declared ?? 0, named) - Math.min(excluded, named));

const first = (days: readonly DateOn[], until: DateOn): DateOn | null =>
  days.reduce<DateOn | null>(
    (least, day) => (day <= until && (least === null || day < least) ? day : least),
    null,
  );

export const isExcluded = ({ excludedFrom }: Pick<HouseholdFacts, 'excludedFrom'>, on: DateOn): boolean =>
  excludedFrom !== null && excludedFrom <= on;

/** The day each measure first counted for a household, as known at the end of a day. */
export function firstDays(household: HouseholdFacts, until: DateOn): Record<Measure, DateOn | null> {
  const reached = first(household.metOn, until);
  return {
    reached,
    remote: reached === null ? first(household.calledOn, until) : null,
    pledged: first(household.pledgedOn, until),
    zalo: first(household.zaloOn, until),
  };
}

export function figuresOf(
  households: readonly HouseholdFacts[],
  declared: number | null,
  on: DateOn,
): Figures {
  const inside = households.filter((household) => !isExcluded(household, on));
  const excluded = households.length - inside.length;
  const count: Record<Measure, number> = { reached: 0, remote: 0, pledged: 0, zalo: 0 };
  const leftBy: Record<string, number> = {};
  for (const household of inside) {
    const days = firstDays(household, on);
    for (const measure of MEASURES) if (days[measure] !== null) count[measure] += 1;
    if (days.reached !== null || days.remote !== null) continue;
    const reason = household.lastReason ?? 'none';
    leftBy[reason] = (leftBy[reason] ?? 0) + 1;
  }
  const named = households.length;
  return {
    declared,
    named,
    excluded,
    denominator: denominatorOf(declared, named, excluded),
    ...count,
    leftNamed: inside.length - count.reached - count.remote,
    unlisted: Math.max(0, (declared ?? 0) - named),
    overNamed: declared !== null && named > declared,
    leftBy,
  };
}

/** Sums figures of groups; a share is only ever taken of the sum, never averaged. */
export function sumFigures(all: readonly Figures[]): Figures {
  const sum = (of: (one: Figures) => number) => all.reduce((total, one) => total + of(one), 0);
  const leftBy: Record<string, number> = {};
  for (const one of all)
    for (const [reason, n] of Object.entries(one.leftBy)) leftBy[reason] = (leftBy[reason] ?? 0) + n;
  return {
    declared: all.every(({ declared }) => declared === null) ? null : sum(({ declared }) => declared ?? 0),
    named: sum(({ named }) => named),
    excluded: sum(({ excluded }) => excluded),
    denominator: sum(({ denominator }) => denominator),
    reached: sum(({ reached }) => reached),
    remote: sum(({ remote }) => remote),
    pledged: sum(({ pledged }) => pledged),
    zalo: sum(({ zalo }) => zalo),
    leftNamed: sum(({ leftNamed }) => leftNamed),
    unlisted: sum(({ unlisted }) => unlisted),
    overNamed: all.some(({ overNamed }) => overNamed),
    leftBy,
  };
}

/**
 * A share from 0 to 1; null where there is nothing to take a share of, or where a count that somebody stated passes
 * the number of households: such a count is printed as a count with a word, never as more than 100 %.
 */
export const shareOf = (n: number, denominator: number): number | null =>
  denominator <= 0 || n > denominator ? null : n / denominator;

/** How many households each measure gained on each day; the sum over all days is the figure of the last. */
export function gainsByDay(
  households: readonly HouseholdFacts[],
  on: DateOn,
): Record<Measure, ReadonlyMap<DateOn, number>> {
  const gains: Record<Measure, Map<DateOn, number>> = {
    reached: new Map(),
    remote: new Map(),
    pledged: new Map(),
    zalo: new Map(),
  };
  for (const household of households) {
    if (isExcluded(household, on)) continue;
    const days = firstDays(household, on);
    for (const measure of MEASURES) {
      const day = days[measure];
      if (day !== null) gains[measure].set(day, (gains[measure].get(day) ?? 0) + 1);
    }
  }
  return gains;
}
