/**
 * Evidence made ready for judging: what is undone, double or not yet received at the moment asked about is left
 * out, an act for one item is also put under the items linked with it on its day, and everything is kept by item
 * and place. Built once for a view; a ward-year may hold some hundred thousand acts.
 */
import { dayNumber, type DateOn } from '#core/calendar.ts';
import { DAY, instantOf, type Instant } from '#core/clock.ts';
import type { Place } from '#features/plan/engine/places.ts';
import type { AreaId, Evidence, ItemId, PlanVersion } from '#features/plan/model.ts';

export interface Act {
  readonly evidenceId: string;
  readonly day: number;
  /** When it was done; the beginning of its day where only the day is known. */
  readonly at: Instant;
  /** Milliseconds from midnight; null: only the day is known. */
  readonly hour: number | null;
  readonly receivedAt: Instant;
  readonly channel: string | null;
  readonly count: number;
}

export interface Acts {
  /** As seen at this moment: what was received or undone later is not known yet. */
  readonly seenAt: Instant;
  /** Acts for an item at a place, in order of days. For the ward: all acts of the item. */
  readonly of: (itemId: ItemId, place: Place) => readonly Act[];
}

const NONE: readonly Act[] = [];

export function actsOf(
  evidence: Iterable<Evidence>,
  versions: readonly PlanVersion[],
  seenAt: Instant,
): Acts {
  const items = new Map<ItemId, { all: Act[]; byArea: Map<AreaId, Act[]> }>();
  const seen = new Set<string>();
  const linked = linksByDay(versions);
  for (const one of evidence) {
    if (one.receivedAt > seenAt || (one.undoneAt !== null && one.undoneAt <= seenAt) || seen.has(one.id))
      continue;
    seen.add(one.id);
    const act = actOf(one);
    for (const itemId of linked(one.itemIds, act.day)) {
      let kept = items.get(itemId);
      if (!kept) items.set(itemId, (kept = { all: [], byArea: new Map() }));
      kept.all.push(act);
      if (one.areaId === null) continue;
      const there = kept.byArea.get(one.areaId);
      if (there) there.push(act);
      else kept.byArea.set(one.areaId, [act]);
    }
  }
  for (const { all, byArea } of items.values()) {
    sortByDay(all);
    for (const acts of byArea.values()) sortByDay(acts);
  }
  return { seenAt, of: (itemId, place) => atPlace(items.get(itemId), place) };
}

function atPlace(
  kept: { readonly all: readonly Act[]; readonly byArea: ReadonlyMap<AreaId, readonly Act[]> } | undefined,
  place: Place,
): readonly Act[] {
  if (!kept) return NONE;
  if (place.areaId === null) return kept.all;
  if (place.lineage.length === 1) return kept.byArea.get(place.areaId) ?? NONE;
  return sortByDay(place.lineage.flatMap((id) => kept.byArea.get(id) ?? []));
}

/** Mostly sorted already, as a database gives it; then nothing is moved. */
function sortByDay(acts: Act[]): Act[] {
  for (let i = 1; i < acts.length; i++) {
    if ((acts[i - 1]?.day ?? 0) > (acts[i]?.day ?? 0)) return acts.sort((a, b) => a.day - b.day);
  }
  return acts;
}

/** Turning a day into a number costs more than all else here, and acts fall on few days. */
const dayNumbers = new Map<DateOn, number>();

function dayOfWork(day: DateOn): number {
  let number = dayNumbers.get(day);
  if (number === undefined) {
    if (dayNumbers.size > 20_000) dayNumbers.clear();
    dayNumbers.set(day, (number = dayNumber(day)));
  }
  return number;
}

const EPOCH_DAY = instantOf('1970-01-01');

function actOf(one: Evidence): Act {
  const day = dayOfWork(one.workOn);
  const start = EPOCH_DAY + day * DAY;
  // A time stated for another day than the day of work says nothing about the hour of that work.
  const timeKnown = one.doneAt !== null && one.doneAt >= start && one.doneAt < start + DAY;
  const at = timeKnown && one.doneAt !== null ? one.doneAt : start;
  return {
    evidenceId: one.id,
    day,
    at,
    hour: timeKnown ? at - start : null,
    receivedAt: one.receivedAt,
    channel: one.channel,
    count: one.count,
  };
}

/** The items an act counts for: those named, and those linked with one of them in the version in force on its day. */
function linksByDay(
  versions: readonly PlanVersion[],
): (ids: readonly ItemId[], day: number) => Iterable<ItemId> {
  const dated = versions.map((version, index) => {
    const partners = new Map<ItemId, ItemId[]>();
    for (const [a, b] of version.links) {
      partners.set(a, [...(partners.get(a) ?? []), b]);
      partners.set(b, [...(partners.get(b) ?? []), a]);
    }
    return { from: index === 0 ? -Infinity : dayNumber(version.inForceFrom), partners };
  });
  return (ids, day) => {
    const partners = dated.findLast(({ from }) => from <= day)?.partners;
    if (!partners || partners.size === 0) return ids.length === 1 ? ids : new Set(ids);
    return new Set(ids.flatMap((id) => [id, ...(partners.get(id) ?? [])]));
  };
}

/** Everything counted once: an act that serves several items is one act in every total. */
export function totalOf(evidence: Iterable<Evidence>, seenAt: Instant): number {
  const seen = new Set<string>();
  let total = 0;
  for (const one of evidence) {
    if (one.receivedAt > seenAt || (one.undoneAt !== null && one.undoneAt <= seenAt) || seen.has(one.id))
      continue;
    seen.add(one.id);
    total += one.count;
  }
  return total;
}
