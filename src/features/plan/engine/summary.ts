/**
 * Counts of occurrences by state, rolled up by item, unit, place and day, without making the occurrences. A
 * ward-year of 30 daily duties and 45 groups is half a million of them; but without evidence every place of a
 * period stands alike, so only pairs of item and place that have acts or an excuse are judged one by one.
 */
import { dateOfNumber, dayNumber, daysBetween, type ClosedRange, type DateOn } from '#core/calendar.ts';
import { PACKED, type Acts } from '#features/plan/engine/acts.ts';
import {
  checkRange,
  occurrenceKey,
  placesFor,
  within,
  type Calendar,
  type Excuses,
  type Filter,
} from '#features/plan/engine/calendar.ts';
import { requiredOf, type Place } from '#features/plan/engine/places.ts';
import type { Period } from '#features/plan/engine/schedule.ts';
import { judgedAt, slotCount, standingOf, stateOf } from '#features/plan/engine/state.ts';
import { STATES, type AreaId, type ItemId, type State, type UnitKey } from '#features/plan/model.ts';

export type Counts = Readonly<Record<State, number>>;

const WIDTH = STATES.length;
const CODE = new Map<State, number>(STATES.map((state, index) => [state, index]));
const codeOf = (state: State): number => CODE.get(state) ?? 0;
const MET = codeOf('met');
/** Read for every row and day: looking each state up by its name took a tenth of a page's time. */
const AT = {
  upcoming: codeOf('upcoming'),
  due: codeOf('due'),
  late: codeOf('late'),
  missed: codeOf('missed'),
  excused: codeOf('excused'),
  unknown: codeOf('no-information'),
  ongoing: codeOf('ongoing'),
};

/** Rows × days × states. The column after the last day holds what has no due day. */
class Grid<Key> {
  readonly #rows = new Map<Key, Int32Array>();
  readonly #days: number;

  constructor(days: number) {
    this.#days = days;
  }

  row(key: Key): Int32Array {
    let row = this.#rows.get(key);
    if (!row) this.#rows.set(key, (row = new Int32Array((this.#days + 1) * WIDTH)));
    return row;
  }

  get keys(): Key[] {
    return [...this.#rows.keys()];
  }

  /** Of one day; of all of them without one. */
  counts(key: Key, day?: number): Counts {
    const row = this.#rows.get(key);
    const sums = new Int32Array(WIDTH);
    const [from, to] = day === undefined ? [0, this.#days + 1] : [day, day + 1];
    for (let i = from * WIDTH; i < to * WIDTH; i++)
      sums[i % WIDTH] = (sums[i % WIDTH] ?? 0) + (row?.[i] ?? 0);
    return toCounts(sums);
  }
}

function toCounts(sums: Int32Array): Counts {
  const of = (code: number) => sums[code] ?? 0;
  return {
    upcoming: of(AT.upcoming),
    due: of(AT.due),
    met: of(MET),
    late: of(AT.late),
    missed: of(AT.missed),
    excused: of(AT.excused),
    'no-information': of(AT.unknown),
    ongoing: of(AT.ongoing),
  };
}

export function addCounts(all: Iterable<Counts>): Counts {
  const sums = new Int32Array(WIDTH);
  for (const counts of all) STATES.forEach((state, code) => (sums[code] = (sums[code] ?? 0) + counts[state]));
  return toCounts(sums);
}

export function totalCount(counts: Counts): number {
  return STATES.reduce((sum, state) => sum + counts[state], 0);
}

export interface Summary {
  readonly range: ClosedRange;
  readonly items: readonly ItemId[];
  readonly units: readonly (UnitKey | null)[];
  readonly areas: readonly (AreaId | null)[];
  readonly total: Counts;
  readonly ofItem: (id: ItemId) => Counts;
  /** Without a day: the whole range. `null` as a unit: nobody is named yet; as an area: the ward itself. */
  readonly ofUnit: (unit: UnitKey | null, day?: DateOn) => Counts;
  readonly ofArea: (area: AreaId | null, day?: DateOn) => Counts;
  readonly ofItemDay: (id: ItemId, day: DateOn) => Counts;
}

interface Grids {
  readonly items: Grid<ItemId>;
  readonly units: Grid<UnitKey | null>;
  readonly areas: Grid<AreaId | null>;
}

/** What falls due in the range, and what has no due day but is open in it, by state at `acts.seenAt`. */
export function summarise(
  calendar: Calendar,
  range: ClosedRange,
  acts: Acts,
  excuses: Excuses,
  filter: Filter = {},
): Summary {
  checkRange(calendar, range);
  const days = daysBetween(range.from, range.to) + 1;
  const grids: Grids = { items: new Grid(days), units: new Grid(days), areas: new Grid(days) };
  const first = dayNumber(range.from);
  const excusedItems = new Set([...excuses].map((key) => key.slice(0, key.indexOf('/'))));
  for (const { itemId, periods } of calendar.schedules) {
    if (filter.itemIds?.has(itemId) === false) continue;
    const cells = within(periods, range, 'open')
      .filter((period) => period.dueOn === null || period.dueOn < first + days)
      .filter((period) => filter.units?.has(period.obligation.accountable) !== false)
      .map((period) => cellOf(period, first, days, acts.seenAt));
    const scopes = new Set(cells.map(({ period }) => placesFor(calendar, period)));
    for (const places of scopes) {
      const own =
        scopes.size === 1 ? cells : cells.filter(({ period }) => placesFor(calendar, period) === places);
      for (const place of places) {
        if (filter.areaIds?.has(place.areaId) === false) continue;
        countPlace(grids, itemId, place, own, acts, excusedItems.has(itemId) ? excuses : undefined);
      }
    }
  }
  return summaryOf(range, grids);
}

interface Cell {
  readonly period: Period;
  /** Offset of its day in every row. */
  readonly at: number;
  /** The state of a place that has done nothing. */
  readonly idle: number;
  /** Owed once, in one slot, by a time: most duties. */
  readonly simple: boolean;
}

function cellOf(period: Period, first: number, days: number, now: number): Cell {
  const idle = stateOf(period, { now, excused: false, done: 0, complete: false, onTime: false });
  const column = period.dueOn === null ? days : period.dueOn - first;
  const simple = !period.anyDay && period.dueAt !== null && slotCount(period.obligation) === 1;
  return { period, at: column * WIDTH, idle: codeOf(idle), simple };
}

function countPlace(
  grids: Grids,
  itemId: ItemId,
  place: Place,
  cells: readonly Cell[],
  acts: Acts,
  excuses: Excuses | undefined,
): void {
  const item = grids.items.row(itemId);
  const area = grids.areas.row(place.areaId);
  const rows = acts.packed(itemId, place);
  let unit: Int32Array | undefined;
  let accountable: UnitKey | null | undefined;
  let next = 0;
  for (const cell of cells) {
    const { period } = cell;
    const required = requiredOf(period, place);
    if (required === undefined || (required === 0 && period.obligation.rhythm !== 'ongoing')) continue;
    if (!unit || period.obligation.accountable !== accountable) {
      accountable = period.obligation.accountable;
      unit = grids.units.row(accountable);
    }
    // Periods and acts are both in order of days, so one walk over the acts serves all periods.
    while (next < rows.length && (rows[next] ?? 0) < period.from) next += PACKED;
    const excused = excuses?.has(occurrenceKey(itemId, place.areaId, dateOfNumber(period.from))) === true;
    const touched = period.anyDay ? rows.length > 0 : (rows[next] ?? Infinity) <= period.to;
    let code = cell.idle;
    if (touched && cell.simple && enoughInTime(period, required, rows, next, acts.seenAt)) code = MET;
    else if (touched || excused) {
      code = codeOf(standingOf(period, required, acts.of(itemId, place), excused, acts.seenAt).state);
    }
    const at = cell.at + code;
    item[at] = (item[at] ?? 0) + 1;
    area[at] = (area[at] ?? 0) + 1;
    unit[at] = (unit[at] ?? 0) + 1;
  }
}

/** Enough done in time is met, whatever else was done: the common case needs no sorting and no objects. */
function enoughInTime(
  period: Period,
  required: number,
  rows: Float64Array,
  next: number,
  now: number,
): boolean {
  const dueAt = period.dueAt ?? Infinity;
  let inTime = 0;
  for (let i = next; i < rows.length && (rows[i] ?? 0) <= period.to; i += PACKED) {
    const [at, receivedAt, undoneAt] = [rows[i + 1] ?? 0, rows[i + 2] ?? 0, rows[i + 3] ?? 0];
    if (receivedAt > now || undoneAt <= now || judgedAt(period, at, receivedAt) >= dueAt) continue;
    inTime += rows[i + 4] ?? 0;
    if (inTime >= required) return true;
  }
  return false;
}

function summaryOf(range: ClosedRange, { items, units, areas }: Grids): Summary {
  const column = (day: DateOn | undefined) => (day === undefined ? undefined : daysBetween(range.from, day));
  return {
    range,
    items: items.keys,
    units: units.keys,
    areas: areas.keys,
    total: addCounts(items.keys.map((id) => items.counts(id))),
    ofItem: (id) => items.counts(id),
    ofUnit: (unit, day) => units.counts(unit, column(day)),
    ofArea: (area, day) => areas.counts(area, column(day)),
    ofItemDay: (id, day) => items.counts(id, column(day)),
  };
}
