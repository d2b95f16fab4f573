/**
 * Evidence kept by item and place, ready for judging. An act for one item also stands under the items linked
 * with it in the version in force on its day. The index is independent of the moment asked about and takes
 * changes one by one, so a server may keep it between requests and feed it what came since (a ward-year holds
 * some hundred thousand acts, and opening it must not begin by reading them all).
 */
import { dayNumber, type DateOn } from '#core/calendar.ts';
import { DAY, instantOfNumber, type Instant } from '#core/clock.ts';
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
  /** Infinity: stands. */
  readonly undoneAt: Instant;
  readonly channel: string | null;
  readonly count: number;
}

/** Acts as known at a moment: what was received later is not known yet, what was undone by then is gone. */
export interface Acts {
  readonly seenAt: Instant;
  /** All acts of an item at a place, in order of days, known or not: ask `isKnown` of each. */
  readonly of: (itemId: ItemId, place: Place) => readonly Act[];
  /** The same as rows of `PACKED` numbers: day, at, receivedAt, undoneAt, count. */
  readonly packed: (itemId: ItemId, place: Place) => Float64Array;
}

/** Numbers in one row of packed acts. Summing up a year reads them all: side by side that takes a third of the time. */
export const PACKED = 5;

function pack(acts: readonly Act[]): Float64Array {
  const rows = new Float64Array(acts.length * PACKED);
  acts.forEach(({ day, at, receivedAt, undoneAt, count }, i) => {
    rows.set([day, at, receivedAt, undoneAt, count], i * PACKED);
  });
  return rows;
}

export function isKnown(act: Act, seenAt: Instant): boolean {
  return act.receivedAt <= seenAt && act.undoneAt > seenAt;
}

/** For one question; a server that asks often keeps an `ActIndex`. */
export function actsOf(
  evidence: Iterable<Evidence>,
  versions: readonly PlanVersion[],
  seenAt: Instant,
): Acts {
  const index = new ActIndex(versions);
  for (const one of evidence) index.put(one);
  return index.at(seenAt);
}

interface Kept {
  readonly evidence: Evidence;
  readonly act: Act;
}

/** Made for one row of versions: a new version may link items anew and asks for a new index. */
export class ActIndex {
  readonly #items = new Map<ItemId, ItemActs>();
  readonly #kept = new Map<string, Kept>();
  readonly #linked: (ids: readonly ItemId[], day: number) => Iterable<ItemId>;
  /** Items that at some time were the ward's own to do; for the others nobody asks for all groups' acts as one. */
  readonly #wardItems: ReadonlySet<ItemId>;

  constructor(versions: readonly PlanVersion[]) {
    this.#linked = linksByDay(versions);
    this.#wardItems = new Set(
      versions.flatMap(({ items }) =>
        items.filter((item) => item.kind === 'target' || item.scope === 'ward').map(({ id }) => id),
      ),
    );
  }

  /** Adds an act, or puts its newer state (undone, mended) in the place of the older. Twice the same is once. */
  put(evidence: Evidence): void {
    const old = this.#kept.get(evidence.id);
    if (old) this.#change(old, (list) => void list.remove(old.act));
    const kept = { evidence, act: actOf(evidence) };
    this.#kept.set(evidence.id, kept);
    this.#change(kept, (list) => void list.add(kept.act));
  }

  at(seenAt: Instant): Acts {
    return {
      seenAt,
      of: (itemId, place) => this.#atPlace(itemId, place).acts,
      packed: (itemId, place) => this.#atPlace(itemId, place).packed,
    };
  }

  #change({ evidence, act }: Kept, change: (list: DayList) => void): void {
    for (const itemId of this.#linked(evidence.itemIds, act.day)) {
      let item = this.#items.get(itemId);
      if (!item) this.#items.set(itemId, (item = { all: new DayList(), byArea: new Map() }));
      if (this.#wardItems.has(itemId)) change(item.all);
      if (evidence.areaId === null) continue;
      let there = item.byArea.get(evidence.areaId);
      if (!there) item.byArea.set(evidence.areaId, (there = new DayList()));
      change(there);
    }
  }

  #atPlace(itemId: ItemId, { areaId, lineage }: Place): Pick<DayList, 'acts' | 'packed'> {
    const item = this.#items.get(itemId);
    if (!item) return NONE;
    if (areaId === null) return item.all;
    if (lineage.length === 1) return item.byArea.get(areaId) ?? NONE;
    const merged = new DayList();
    for (const id of lineage) for (const act of item.byArea.get(id)?.acts ?? []) merged.add(act);
    return merged;
  }
}

interface ItemActs {
  readonly all: DayList;
  readonly byArea: Map<AreaId, DayList>;
}

/** In order of days; sorted when asked, and not at all where acts came in order, as a database gives them. */
class DayList {
  #acts: Act[] = [];
  #sorted = true;
  #packed: Float64Array | undefined;

  add(act: Act): void {
    const last = this.#acts.at(-1);
    if (last && last.day > act.day) this.#sorted = false;
    this.#acts.push(act);
    this.#packed = undefined;
  }

  remove(act: Act): void {
    this.#acts = this.#acts.filter((one) => one !== act);
    this.#packed = undefined;
  }

  get acts(): readonly Act[] {
    if (!this.#sorted) this.#acts.sort((a, b) => a.day - b.day);
    this.#sorted = true;
    return this.#acts;
  }

  get packed(): Float64Array {
    this.#packed ??= pack(this.acts);
    return this.#packed;
  }
}

const NONE = new DayList();

/** Reading a date costs more than all else here, and acts fall on few days. */
const dayNumbers = new Map<DateOn, number>();

function dayOfWork(day: DateOn): number {
  let number = dayNumbers.get(day);
  if (number === undefined) {
    if (dayNumbers.size > 20_000) dayNumbers.clear();
    dayNumbers.set(day, (number = dayNumber(day)));
  }
  return number;
}

function actOf(one: Evidence): Act {
  const day = dayOfWork(one.workOn);
  const start = instantOfNumber(day);
  // A time stated for another day than the day of work says nothing about the hour of that work.
  const hour =
    one.doneAt !== null && one.doneAt >= start && one.doneAt < start + DAY ? one.doneAt - start : null;
  return {
    evidenceId: one.id,
    day,
    at: start + (hour ?? 0),
    hour,
    receivedAt: one.receivedAt,
    undoneAt: one.undoneAt ?? Infinity,
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
  const counts = new Map<string, number>();
  for (const { id, count, receivedAt, undoneAt } of evidence) {
    if (receivedAt <= seenAt && (undoneAt ?? Infinity) > seenAt) counts.set(id, count);
  }
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
