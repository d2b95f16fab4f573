/**
 * What the phone says of its doors, purely: where each household stands, which door is next, how far the group is and
 * what pace is still needed. The same arithmetic as the office's coverage: a household counts once however often it was
 * visited, the denominator is what was declared or named, whichever is more, without approved exclusions.
 */
import { parseInstant, dayOf } from '#core/clock.ts';
import { daysBetween } from '#core/calendar.ts';
import { compareVietnamese } from '#core/vietnamese.ts';
import { progressKey } from '#features/lane/book.ts';
import type { Book } from '#features/lane/book.ts';
import type {
  DwellingRow,
  HouseholdRow,
  LaneRow,
  LastVisit,
  PledgeTextRow,
  ProgressRow,
} from '#features/lane/rows.ts';
import type { Outcome } from '#features/visits/schema.ts';

/** left: not visited yet; absent: come back; done: met in person; out: asked to be excluded, or the like. */
export type DoorState = 'left' | 'absent' | 'away' | 'refused' | 'done' | 'out';

export const FILTERS = ['all', 'left', 'absent', 'refused', 'done'] as const;
export type Filter = (typeof FILTERS)[number];

export interface HouseholdView {
  readonly household: HouseholdRow;
  readonly visit: LastVisit | null;
  readonly pledged: boolean;
  readonly pledgeId: string | null;
  readonly zalo: ProgressRow['zalo'];
  readonly reached: boolean;
  readonly excluded: boolean;
  readonly state: DoorState;
}

/** Said at the door, or found by the ward in the member list of the group's chat. */
export const onZalo = ({ zalo }: HouseholdView): boolean => zalo === 'own-member' || zalo === 'received-by';

export interface Door {
  readonly dwelling: DwellingRow;
  readonly lane: LaneRow;
  readonly households: readonly HouseholdView[];
  readonly state: DoorState;
  /** Taken by somebody else now. */
  readonly claim: { readonly name: string | null; readonly until: number } | null;
}

const STATE_OF: Readonly<Record<Outcome, DoorState>> = {
  met: 'done',
  'nobody-home': 'absent',
  'working-away': 'away',
  refused: 'refused',
  'moved-away': 'out',
  vacant: 'out',
  duplicate: 'out',
  ineligible: 'out',
  inaccessible: 'out',
};

/** The door asks for what is most urgent behind it. */
const URGENCY: readonly DoorState[] = ['left', 'absent', 'refused', 'away', 'done', 'out'];

function householdState(visit: LastVisit | null, reached: boolean, excluded: boolean): DoorState {
  if (excluded) return 'out';
  if (reached) return 'done';
  if (!visit) return 'left';
  // By phone or Zalo alone nobody was met at the door.
  return visit.outcome === 'met' && visit.channel !== 'direct' ? 'left' : STATE_OF[visit.outcome];
}

function householdViews(book: Book, campaignId: string): Map<string, HouseholdView[]> {
  const out = new Set(
    book
      .all('exclusion')
      .filter((one) => one.campaignId === campaignId && one.state === 'approved')
      .map(({ householdId }) => householdId),
  );
  const doors = new Map<string, HouseholdView[]>();
  for (const household of book.all('household')) {
    if (household.mergedInto || household.closed || household.erased) continue;
    const progress = book.get('progress', progressKey(campaignId, household.id));
    const visit = progress?.last ?? null;
    const reached = progress?.reached ?? false;
    const excluded = out.has(household.id);
    const view = {
      ...{ household, visit, reached, excluded },
      pledged: Boolean(progress?.pledged),
      pledgeId: progress?.pledgeId ?? null,
      zalo: progress?.zalo,
      state: householdState(visit, reached, excluded),
    };
    const there = doors.get(household.dwellingId);
    if (there) there.push(view);
    else doors.set(household.dwellingId, [view]);
  }
  for (const views of doors.values()) views.sort((a, b) => a.household.ordinal - b.household.ordinal);
  return doors;
}

/** House order: as it was dragged once; doors that came later follow by number. */
function inHouseOrder(order: readonly string[]): (a: DwellingRow, b: DwellingRow) => number {
  const place = new Map(order.map((id, at) => [id, at]));
  return (a, b) => {
    const [x, y] = [place.get(a.id), place.get(b.id)];
    if (x !== undefined && y !== undefined) return x - y;
    if (x !== undefined) return -1;
    if (y !== undefined) return 1;
    return compareVietnamese(a.houseNumber, b.houseNumber);
  };
}

export interface Reader {
  readonly campaignId: string;
  readonly personId: string;
  /** Campaign time. */
  readonly now: number;
}

/** Every door of a group, lane after lane, in the order they are walked. */
export function doorsOf(book: Book, groupId: string, reader: Reader): Door[] {
  const lanes = book
    .all('lane')
    .filter((lane) => lane.groupId === groupId && !lane.closedOn)
    .sort((a, b) => (a.position ?? 1e9) - (b.position ?? 1e9) || compareVietnamese(a.name, b.name));
  const views = householdViews(book, reader.campaignId);
  const dwellings = new Map<string, DwellingRow[]>();
  for (const dwelling of book.all('dwelling')) {
    if (dwelling.closed) continue;
    const there = dwellings.get(dwelling.laneId);
    if (there) there.push(dwelling);
    else dwellings.set(dwelling.laneId, [dwelling]);
  }
  return lanes.flatMap((lane) =>
    (dwellings.get(lane.id) ?? [])
      .sort(inHouseOrder(lane.order ?? []))
      .map((dwelling) => door(book, dwelling, lane, views.get(dwelling.id) ?? [], reader)),
  );
}

function door(
  book: Book,
  dwelling: DwellingRow,
  lane: LaneRow,
  households: readonly HouseholdView[],
  reader: Reader,
): Door {
  const claimed = book.get('claim', dwelling.id);
  const until = claimed ? (parseInstant(claimed.until) ?? 0) : 0;
  const state = URGENCY.find((one) => households.some((view) => view.state === one)) ?? 'left';
  return {
    ...{ dwelling, lane, households, state },
    claim:
      claimed && claimed.personId !== reader.personId && until > reader.now
        ? { name: claimed.personName ?? null, until }
        : null,
  };
}

export const comeBackAt = (one: Door): number | null =>
  one.households.reduce<number | null>((soonest, { state, visit }) => {
    const at = state === 'absent' && visit?.comeBackAt ? parseInstant(visit.comeBackAt) : undefined;
    return at === undefined ? soonest : Math.min(soonest ?? at, at);
  }, null);

/** Somebody said "back at seven": from a quarter of an hour before, that door is worth a turn. */
const SOON = 15 * 60_000;

/**
 * The next door is the one further along the lane: whoever walks is not sent across the group because somebody there is
 * home by now. First the door left after the last one in the order of walking, then from the beginning, then those
 * absent. Doors taken by others are passed over.
 */
export function nextDoor(doors: readonly Door[], after: string | null): Door | null {
  const free = doors.filter(({ claim }) => claim === null);
  const from = after === null ? -1 : free.findIndex(({ dwelling }) => dwelling.id === after);
  const ahead = [...free.slice(from + 1), ...free.slice(0, from + 1)];
  return (
    ahead.find(({ state, dwelling }) => state === 'left' && dwelling.id !== after) ??
    ahead.find(({ state, dwelling }) => state === 'absent' && dwelling.id !== after) ??
    null
  );
}

/** Where somebody who was out is expected home by now, today: offered beside the walk, the earliest first. */
export const homeByNow = (doors: readonly Door[], now: number): Door[] =>
  doors
    .flatMap((one) => {
      const at = one.state === 'absent' && one.claim === null ? comeBackAt(one) : null;
      return at !== null && at - SOON <= now && dayOf(at) === dayOf(now) ? [{ one, at }] : [];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

export const passes = (one: Door, filter: Filter): boolean =>
  filter === 'all' ||
  one.households.some(({ state }) => state === filter) ||
  (one.households.length === 0 && filter === 'left');

export interface Progress {
  readonly reached: number;
  readonly pledged: number;
  readonly onZalo: number;
  readonly named: number;
  readonly declared: number | null;
  readonly excluded: number;
  readonly denominator: number;
  /** Households a day from today on, to be through on the last day; null when there is nothing left or no day. */
  readonly pace: number | null;
  /** Households whose last visit of today met somebody. */
  readonly reachedToday: number;
  /** What the pace asks for today and was not reached yet; null: no pace. */
  readonly leftToday: number | null;
  /** How many should be reached by now at an even pace. */
  readonly due: number | null;
}

export interface Days {
  readonly from: string;
  readonly to: string;
}

export function progressOf(
  doors: readonly Door[],
  declared: number | null,
  days: Days | null,
  today: string,
): Progress {
  const views = doors.flatMap(({ households }) => households);
  const excluded = views.filter((view) => view.excluded).length;
  const counted = views.filter((view) => !view.excluded);
  const reached = counted.filter((view) => view.reached).length;
  const denominator = Math.max(declared ?? 0, views.length) - excluded;
  const reachedToday = counted.filter(
    ({ reached, visit }) =>
      reached && visit?.outcome === 'met' && dayOf(parseInstant(visit.doneAt) ?? 0) === today,
  ).length;
  const left = denominator - reached;
  const daysLeft = days ? daysBetween(today, days.to) + 1 : 0;
  const length = days ? daysBetween(days.from, days.to) + 1 : 0;
  const gone = days ? Math.min(length, Math.max(0, daysBetween(days.from, today) + 1)) : 0;
  const askedToday = daysLeft > 0 ? Math.ceil((left + reachedToday) / daysLeft) : null;
  return {
    ...{ reached, excluded, declared, denominator, reachedToday },
    leftToday: left > 0 && askedToday !== null ? Math.max(0, askedToday - reachedToday) : null,
    pledged: counted.filter(({ pledged }) => pledged).length,
    onZalo: counted.filter(onZalo).length,
    named: views.length,
    pace: left > 0 && daysLeft > 0 ? Math.ceil(left / daysLeft) : null,
    due: length > 0 ? Math.round((denominator * gone) / length) : null,
  };
}

export interface LaneLeft {
  readonly lane: LaneRow;
  readonly doors: number;
  /** Not visited yet, or nobody was in. */
  readonly left: number;
}

/** Lanes in the order they are walked, and what is left of each. */
export function lanesOf(doors: readonly Door[]): LaneLeft[] {
  const lanes = new Map<string, LaneLeft>();
  for (const { lane, state } of doors) {
    const known = lanes.get(lane.id) ?? { lane, doors: 0, left: 0 };
    const isLeft = state === 'left' || state === 'absent';
    lanes.set(lane.id, { lane, doors: known.doors + 1, left: known.left + (isLeft ? 1 : 0) });
  }
  return [...lanes.values()];
}

export type Side = 'all' | 'odd' | 'even';
/** A lane of more doors than this is laid out in two goes; a mistyped "1–4500" is not laid out at all. */
export const MOST_LAID_OUT = 300;

/** "Số 1–45 lẻ"; empty where the range makes no sense. */
export function houseNumbers(from: number, to: number, side: Side): string[] {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 1 || to < from || to > 9999) return [];
  const rest = side === 'odd' ? 1 : 0;
  const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at).filter(
    (number) => side === 'all' || number % 2 === rest,
  );
  return numbers.length > MOST_LAID_OUT ? [] : numbers.map(String);
}

/** What is signed today: the newest text of the campaign whose day has come. One of tomorrow is on the phone already. */
export const textInForce = (
  texts: readonly PledgeTextRow[],
  campaignId: string | undefined,
  today: string,
): PledgeTextRow | null =>
  texts
    .filter(
      (one) =>
        (campaignId === undefined || one.campaignId === campaignId) && (one.inForceFrom ?? today) <= today,
    )
    .reduce<PledgeTextRow | null>(
      (newest, one) => (newest && newest.version >= one.version ? newest : one),
      null,
    );
