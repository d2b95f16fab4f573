/**
 * "Three things that need you", by a rule that the page itself tells:
 *   1 closing   falls due within two hours and is not done everywhere
 *   2 overdue   its time has passed, and it can still be made good
 *   3 silent    groups of which nothing was heard for two whole days
 *   4 short     a target that is not reached at the pace of the last days
 *   5 unnamed   a duty nobody answers for
 * Of each kind the heaviest stands first; the three are taken kind by kind, and begun anew where there are fewer kinds
 * than three. What can still be saved today comes before what was lost, and one kind never fills the page alone.
 */
import { daysBetween, type DateOn } from '#core/calendar.ts';
import { HOUR, type Instant } from '#core/clock.ts';

export const URGENT_KINDS = ['closing', 'overdue', 'silent', 'short', 'unnamed'] as const;
export type UrgentKind = (typeof URGENT_KINDS)[number];

/** Long enough to call every leader, short enough that it is today's matter. */
export const CLOSING_WITHIN = 2 * HOUR;
export const SILENT_DAYS = 2;
export const MOST = 3;

/** Something owed and not done yet. */
export interface OpenOne {
  readonly itemId: string;
  readonly areaId: string | null;
  readonly accountable: string | null;
  readonly periodStart: DateOn;
  readonly dueAt: Instant;
  readonly late: boolean;
}

export interface Heard {
  readonly areaId: string;
  readonly households: number;
  /** The last day of work anything was told of; null: never. */
  readonly lastOn: DateOn | null;
}

export interface ShortLine {
  readonly key: string;
  readonly shortBy: number;
  readonly goal: number;
}

export interface UrgentInput {
  readonly now: Instant;
  readonly today: DateOn;
  readonly campaignFrom: DateOn;
  readonly open: readonly OpenOne[];
  readonly heard: readonly Heard[];
  readonly short: readonly ShortLine[];
  /** Items nobody is accountable for. */
  readonly unnamed: readonly string[];
}

export interface Urgent {
  readonly kind: UrgentKind;
  /** The item it is about; null where it is about several. */
  readonly itemId: string | null;
  readonly line: string | null;
  readonly accountable: string | null;
  /** Groups concerned, the largest first. */
  readonly areaIds: readonly string[];
  readonly households: number;
  /** How many occurrences, groups or items. */
  readonly count: number;
  /** The first to fall due, or the oldest that did. */
  readonly dueAt: Instant | null;
  readonly periodStart: DateOn | null;
  readonly shortBy: number;
}

const none = {
  itemId: null,
  line: null,
  accountable: null,
  areaIds: [],
  households: 0,
  count: 0,
  dueAt: null,
  periodStart: null,
  shortBy: 0,
} as const;

/** How many whole days nothing was heard; today is not over and does not count. */
export const silentDays = (lastOn: DateOn | null, campaignFrom: DateOn, today: DateOn): number =>
  lastOn === null
    ? Math.max(0, daysBetween(campaignFrom, today))
    : Math.max(0, daysBetween(lastOn, today) - 1);

/** Of one item and one day they make one matter: forty groups that owe the same report are one thing to do. */
function gathered(
  kind: 'closing' | 'overdue',
  open: readonly OpenOne[],
  householdsOf: ReadonlyMap<string, number>,
): Urgent[] {
  const matters = Map.groupBy(open, (one) =>
    kind === 'closing' ? `${one.itemId}/${one.dueAt}` : one.itemId,
  );
  return [...matters.values()]
    .map((ones): Urgent => {
      const oldest = ones.reduce((a, b) => (a.dueAt <= b.dueAt ? a : b));
      const areaIds = [...new Set(ones.flatMap(({ areaId }) => areaId ?? []))].sort(
        (a, b) => (householdsOf.get(b) ?? 0) - (householdsOf.get(a) ?? 0) || (a < b ? -1 : 1),
      );
      return {
        ...none,
        kind,
        itemId: oldest.itemId,
        accountable: oldest.accountable,
        areaIds,
        households: areaIds.reduce((all, id) => all + (householdsOf.get(id) ?? 0), 0),
        count: ones.length,
        dueAt: oldest.dueAt,
        periodStart: oldest.periodStart,
      };
    })
    .sort(
      (a, b) =>
        b.count - a.count ||
        (a.dueAt ?? 0) - (b.dueAt ?? 0) ||
        ((a.itemId ?? '') < (b.itemId ?? '') ? -1 : 1),
    );
}

function silent({ heard, campaignFrom, today }: UrgentInput): Urgent[] {
  const quiet = heard
    .filter(({ lastOn }) => silentDays(lastOn, campaignFrom, today) >= SILENT_DAYS)
    .toSorted((a, b) => b.households - a.households || (a.areaId < b.areaId ? -1 : 1));
  if (quiet.length === 0) return [];
  const households = quiet.reduce((all, one) => all + one.households, 0);
  return [
    { ...none, kind: 'silent', areaIds: quiet.map(({ areaId }) => areaId), households, count: quiet.length },
  ];
}

const short = ({ short: lines }: UrgentInput): Urgent[] =>
  lines
    .filter(({ shortBy, goal }) => shortBy > 0 && goal > 0)
    .toSorted((a, b) => b.shortBy / b.goal - a.shortBy / a.goal || (a.key < b.key ? -1 : 1))
    .map(({ key, shortBy }) => ({ ...none, kind: 'short', line: key, shortBy, count: 1 }));

export function chooseUrgent(input: UrgentInput): Urgent[] {
  const { now, open, heard, unnamed } = input;
  const householdsOf = new Map(heard.map(({ areaId, households }) => [areaId, households]));
  const closing = open.filter(({ late, dueAt }) => !late && dueAt > now && dueAt - now <= CLOSING_WITHIN);
  const lists: readonly Urgent[][] = [
    gathered('closing', closing, householdsOf),
    gathered(
      'overdue',
      open.filter(({ late }) => late),
      householdsOf,
    ),
    silent(input),
    short(input),
    unnamed.length === 0
      ? []
      : [{ ...none, kind: 'unnamed', itemId: unnamed[0] ?? null, count: unnamed.length }],
  ];
  const chosen: Urgent[] = [];
  for (let round = 0; chosen.length < MOST && lists.some((list) => list.length > round); round++)
    for (const list of lists) {
      const next = list[round];
      if (next && chosen.length < MOST) chosen.push(next);
    }
  return chosen;
}
