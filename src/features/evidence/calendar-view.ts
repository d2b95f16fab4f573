/**
 * From the engine's occurrences to what a screen lists: filters that narrow one another, the order in which things
 * need looking at, and chips that stand for many groups at once.
 */
import type { DateOn } from '#core/calendar.ts';
import { isoOf } from '#core/clock.ts';
import { countingActs } from '#features/plan/engine/state.ts';
import { isKnown, type Acts } from '#features/plan/engine/acts.ts';
import { stateOfOccurrence, type Excuses, type Occurrence } from '#features/plan/engine/calendar.ts';
import type { Standing } from '#features/plan/engine/state.ts';
import { STATES, type State } from '#features/plan/model.ts';
import type { Chip, Counts, OccurrenceView } from '#features/evidence/calendar-schema.ts';
import { handKey, type Responsibility } from '#features/evidence/hands.ts';

export interface Placed {
  readonly occurrence: Occurrence;
  readonly standing: Standing;
}

export interface Narrow {
  readonly unitId?: string | undefined;
  readonly areaId?: string | undefined;
  readonly itemId?: string | undefined;
  /** Groups and units somebody is responsible for: either is enough, but for duties in a colleague's hands. */
  readonly responsible?: Responsibility | undefined;
  /** The groups the reader may see; null: the whole ward, its own duties included. */
  readonly visible: readonly string[] | null;
}

export function passes(occurrence: Occurrence, narrow: Narrow): boolean {
  const { areaId, accountable, itemId } = occurrence;
  if (narrow.visible !== null && (areaId === null || !narrow.visible.includes(areaId))) return false;
  if (narrow.itemId !== undefined && itemId !== narrow.itemId) return false;
  if (narrow.areaId !== undefined && areaId !== narrow.areaId) return false;
  if (narrow.unitId !== undefined && accountable !== narrow.unitId) return false;
  if (!narrow.responsible) return true;
  const { areaIds, unitIds, elsewhere } = narrow.responsible;
  if (areaId !== null && areaIds.includes(areaId)) return true;
  return (
    accountable !== null && unitIds.includes(accountable) && !elsewhere.has(handKey(itemId, accountable))
  );
}

export function place(
  found: readonly Occurrence[],
  acts: Acts,
  excuses: Excuses,
  states: readonly State[] | undefined,
): Placed[] {
  const placed: Placed[] = [];
  for (const occurrence of found) {
    const standing = stateOfOccurrence(occurrence, acts, excuses);
    if (!states || states.includes(standing.state)) placed.push({ occurrence, standing });
  }
  return placed;
}

export const noCounts = (): Record<State, number> => ({
  upcoming: 0,
  due: 0,
  met: 0,
  late: 0,
  missed: 0,
  excused: 0,
  'no-information': 0,
  ongoing: 0,
});

export function countStates(placed: readonly Placed[]): Counts {
  const counts = noCounts();
  for (const { standing } of placed) counts[standing.state] += 1;
  return counts;
}

/** What needs looking at first. "Late" that was made good in the end needs nobody any more. */
export const URGENCY: readonly State[] = [
  'late',
  'due',
  'missed',
  'no-information',
  'upcoming',
  'ongoing',
  'met',
  'excused',
];

export const isOpen = ({ standing }: Placed): boolean =>
  standing.state === 'due' || (standing.state === 'late' && standing.fulfilled < standing.required);

const rank = (one: Placed): number =>
  one.standing.state === 'late' && !isOpen(one)
    ? URGENCY.indexOf('met')
    : URGENCY.indexOf(one.standing.state);

/** Late first, then by due time; what has no due time last of its kind. */
export function byUrgency(a: Placed, b: Placed): number {
  return (
    rank(a) - rank(b) ||
    (a.occurrence.dueAt ?? Infinity) - (b.occurrence.dueAt ?? Infinity) ||
    (a.occurrence.itemId < b.occurrence.itemId ? -1 : a.occurrence.itemId > b.occurrence.itemId ? 1 : 0)
  );
}

export interface Rights {
  readonly mayRecord: (occurrence: Occurrence) => boolean;
  readonly mayExcuse: (occurrence: Occurrence) => boolean;
}

export function viewOf(
  { occurrence, standing }: Placed,
  acts: Acts,
  excuseOf: ReadonlyMap<string, { readonly id: string; readonly reason: string }>,
  rights: Rights,
): OccurrenceView {
  const { period, place: at, itemId } = occurrence;
  return {
    key: occurrence.key,
    itemId,
    areaId: occurrence.areaId,
    periodStart: occurrence.periodStart,
    periodEnd: occurrence.periodEnd,
    dueOn: occurrence.dueOn,
    dueAt: occurrence.dueAt === null ? null : isoOf(occurrence.dueAt),
    state: standing.state,
    required: standing.required,
    done: standing.done,
    fulfilled: standing.fulfilled,
    minutesLate: standing.minutesLate,
    timeLeft: standing.timeLeft,
    evidence: countingActs(period, acts.of(itemId, at))
      .filter((act) => isKnown(act, acts.seenAt))
      .map(({ evidenceId }) => evidenceId),
    excuse: excuseOf.get(occurrence.key) ?? null,
    mayRecord: rights.mayRecord(occurrence),
    mayExcuse: standing.state !== 'met' && standing.state !== 'excused' && rights.mayExcuse(occurrence),
  };
}

/** Occurrences of one row, put together by duty and period. */
export function chipsOf(placed: readonly Placed[], last: DateOn): Chip[] {
  const kept = Map.groupBy(
    placed,
    ({ occurrence }) => `${occurrence.itemId}/${occurrence.periodStart}/${occurrence.dueOn}`,
  );
  return [...kept.values()].flatMap((together) => {
    const [worst] = together.toSorted(byUrgency);
    if (!worst) return [];
    const { occurrence, standing } = worst;
    const sum = (of: (standing: Standing) => number) =>
      together.reduce((total, one) => total + of(one.standing), 0);
    return {
      itemId: occurrence.itemId,
      periodStart: occurrence.periodStart,
      day: occurrence.dueOn !== null && occurrence.dueOn <= last ? occurrence.dueOn : null,
      dueOn: occurrence.dueOn,
      dueAt: occurrence.dueAt === null ? null : isoOf(occurrence.dueAt),
      state: standing.state,
      counts: countStates(together),
      total: together.length,
      areaId: together.length === 1 ? occurrence.areaId : null,
      single: together.length === 1,
      required: sum(({ required }) => required),
      fulfilled: sum(({ fulfilled }) => fulfilled),
    };
  });
}

export const asList = (counts: Counts): number[] => STATES.map((state) => counts[state] ?? 0);
