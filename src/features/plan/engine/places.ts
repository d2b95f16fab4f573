/**
 * Who owes a period: the ward once, or each group that is valid on its due day. When groups merge in the middle
 * of a period, the successor owes it whole and the acts of the closed groups in it count for the successor: the
 * households stayed the same, only the name over them changed.
 */
import { dayNumber } from '#core/calendar.ts';
import { countFor, type Period } from '#features/plan/engine/schedule.ts';
import type { Area, AreaId } from '#features/plan/model.ts';

export interface Place {
  /** Null: the ward. */
  readonly areaId: AreaId | null;
  readonly from: number;
  /** First day it no longer is; Infinity: still there. */
  readonly to: number;
  /** Has predecessors: it did not begin from nothing. */
  readonly inherits: boolean;
  /** Itself and every group that was merged into it, directly or through others. */
  readonly lineage: readonly AreaId[];
}

export const WARD: Place = { areaId: null, from: -Infinity, to: Infinity, inherits: false, lineage: [] };

export function placesOf(areas: readonly Area[]): Place[] {
  const before = new Map<AreaId, AreaId[]>();
  for (const area of areas) {
    for (const next of area.successors) before.set(next, [...(before.get(next) ?? []), area.id]);
  }
  return areas.map((area) => ({
    areaId: area.id,
    from: dayNumber(area.validFrom),
    to: area.validTo === null ? Infinity : dayNumber(area.validTo),
    inherits: before.has(area.id),
    lineage: lineageOf(area.id, before),
  }));
}

function lineageOf(id: AreaId, before: ReadonlyMap<AreaId, readonly AreaId[]>): AreaId[] {
  // A set that grows while it is walked; it also ends where wrong data names two groups each other's successor.
  const lineage = new Set([id]);
  for (const area of lineage) for (const earlier of before.get(area) ?? []) lineage.add(earlier);
  return [...lineage];
}

/** How many the place owes in the period; undefined where the period is not this place's. */
export function requiredOf(period: Period, place: Place): number | undefined {
  const due = period.dueOn;
  if (due === null ? place.to !== Infinity : due < place.from || due >= place.to) return undefined;
  if (place.inherits || place.from <= period.from || period.anyDay || period.dueOn === null)
    return period.required;
  // Founded inside the period from nothing: a cut period like any other.
  return Math.min(period.required, countFor(period.obligation, period.to - place.from + 1, period.fullDays));
}
