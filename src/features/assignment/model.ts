// Who answers for what at an instant, where somebody is missing, and what a phone can carry. Pure: the roles ever held,
// the absences and the instant are arguments, so the field's authority over work that arrives late, reminders and the
// board all ask one function.
import type { DateOn } from '#core/calendar.ts';
import { dayOf, endOfDay, instantOf } from '#core/clock.ts';
import type { Instant } from '#core/clock.ts';
import type { Role } from '#platform/api/actor.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

/** A role somebody held, as the view `responsibilities` gives it. */
export interface Responsibility {
  readonly grantId: string;
  readonly personId: string;
  readonly role: Role;
  readonly areaId: string | null;
  readonly unitId: string | null;
  readonly fromAt: Instant;
  readonly toAt: Instant | null;
  /** The role this one stands in for. */
  readonly standsInFor: string | null;
}

export interface Absence {
  readonly id: string;
  readonly personId: string;
  /** First and last day, both counted. */
  readonly fromOn: DateOn;
  readonly toOn: DateOn;
  /** Came back early. */
  readonly endedAt: Instant | null;
}

export type Place = { readonly areaId: string } | { readonly unitId: string };

/** The posts of a group the board shows, in the order it shows them. */
export const POSTS = [
  'area-officer',
  'group-leader',
  'deputy-leader',
  'field-member',
] as const satisfies Role[];
export type Post = (typeof POSTS)[number];

export const isPost = (role: Role): role is Post => POSTS.some((post) => post === role);

/** One person at a time: giving it to another hands it over. A team has as many as go from door to door. */
export const isSingle = (post: Post): boolean => post !== 'field-member';

/** Roles somebody may hold for another while they are away: not those that give out rights or speak for the ward. */
export const mayStandIn = (role: Role): role is Post | 'unit-head' => isPost(role) || role === 'unit-head';

const isIn = (held: Responsibility, place: Place): boolean =>
  'areaId' in place ? held.areaId === place.areaId : held.unitId === place.unitId;

export const isHeldAt = (held: Pick<Responsibility, 'fromAt' | 'toAt'>, at: Instant): boolean =>
  held.fromAt <= at && (held.toAt === null || at < held.toAt);

/** Everybody whose role reached the place at the instant, the one away too: their work of that instant is entitled. */
export const holdersAt = (
  held: readonly Responsibility[],
  place: Place,
  role: Role,
  at: Instant,
): Responsibility[] => held.filter((one) => one.role === role && isIn(one, place) && isHeldAt(one, at));

/** Who answered for a role in a place at an instant: while a stand-in holds it, the one stood in for does not. */
export function responsibleAt(
  held: readonly Responsibility[],
  place: Place,
  role: Role,
  at: Instant,
): Responsibility[] {
  const holders = holdersAt(held, place, role, at);
  const replaced = new Set(holders.map(({ standsInFor }) => standsInFor));
  return holders.filter(({ grantId }) => !replaced.has(grantId));
}

/** An absence ends with its last day, or when the person came back. */
export const isAwayAt = (absence: Absence, at: Instant): boolean =>
  instantOf(absence.fromOn) <= at &&
  at < endOfDay(absence.toOn) &&
  (absence.endedAt === null || at < absence.endedAt);

/** The days somebody was away or will be; null where they came back before it began. */
export function daysAway({ fromOn, toOn, endedAt }: Absence): { from: DateOn; to: DateOn } | null {
  if (endedAt === null) return { from: fromOn, to: toOn };
  if (endedAt <= instantOf(fromOn)) return null;
  return { from: fromOn, to: dayOf(endedAt) < toOn ? dayOf(endedAt) : toOn };
}

/** On some day from `from` to `to`, both counted. */
export function isAwayWithin(absence: Absence, from: DateOn, to: DateOn): boolean {
  const days = daysAway(absence);
  return days !== null && days.from <= to && from <= days.to;
}

/** vacant: nobody holds the post; away: who holds it is away and nobody stands in; ahead: so on a coming day. */
export type GapKind = 'vacant' | 'away' | 'ahead';

export interface Gap {
  readonly post: Post;
  readonly kind: GapKind;
  /** First day of it, for `ahead`. */
  readonly on: DateOn | null;
}

/** So far ahead a coming absence without a stand-in is shown. */
export const LOOK_AHEAD_DAYS = 7;

interface Answering {
  readonly held: readonly Responsibility[];
  readonly absences: readonly Absence[];
  readonly areaId: string;
}

function isManned({ held, absences, areaId }: Answering, post: Post, at: Instant): 'yes' | 'vacant' | 'away' {
  const acting = responsibleAt(held, { areaId }, post, at);
  if (acting.length === 0) return 'vacant';
  const present = acting.filter(
    ({ personId }) => !absences.some((absence) => absence.personId === personId && isAwayAt(absence, at)),
  );
  return present.length > 0 ? 'yes' : 'away';
}

/** Gaps of one group at an instant, and those already known to come. */
export function gapsOf(group: Answering, at: Instant): Gap[] {
  return POSTS.flatMap((post): Gap[] => {
    const now = isManned(group, post, at);
    if (now !== 'yes') return [{ post, kind: now, on: null }];
    const mine = new Set(
      group.held
        .filter(({ role, areaId }) => role === post && areaId === group.areaId)
        .map((one) => one.personId),
    );
    const coming = group.absences
      .filter(({ personId, fromOn }) => mine.has(personId) && instantOf(fromOn) > at)
      .filter(({ fromOn }) => instantOf(fromOn) - at <= LOOK_AHEAD_DAYS * 86_400_000)
      .filter(({ fromOn }) => isManned(group, post, instantOf(fromOn, '12:00')) === 'away')
      .map(({ fromOn }) => fromOn)
      .sort();
    return coming[0] === undefined ? [] : [{ post, kind: 'ahead', on: coming[0] }];
  });
}

/**
 * A phone keeps the groups of its person whole, to work without a network. 2,000 households are its budget; with
 * signatures and thumbnails about 15 kB come with each, which makes 30 MB.
 */
export const PHONE_BUDGET = { households: 2_000, megabytes: 30 } as const;
const BYTES_PER_HOUSEHOLD = 15_000;

export interface GroupSize {
  /** Confirmed by a second person, and stated since; the larger one counts. */
  readonly confirmed: number | null;
  readonly stated: number | null;
}

export interface PhoneLoad {
  readonly groups: number;
  readonly households: number;
  readonly megabytes: number;
  /** Groups whose number nobody has stated: the true load is larger. */
  readonly unknown: number;
  readonly isOver: boolean;
}

/** What the groups somebody holds would put on their phone. It warns and never refuses. */
export function phoneLoad(groups: readonly GroupSize[]): PhoneLoad {
  const sizes = groups.map(({ confirmed, stated }) => Math.max(confirmed ?? 0, stated ?? 0));
  const households = sizes.reduce((sum, size) => sum + size, 0);
  const megabytes = Math.ceil((households * BYTES_PER_HOUSEHOLD) / 1_000_000);
  return {
    groups: groups.length,
    households,
    megabytes,
    unknown: groups.filter(({ confirmed, stated }) => confirmed === null && stated === null).length,
    isOver: households > PHONE_BUDGET.households || megabytes > PHONE_BUDGET.megabytes,
  };
}

/** One group under one line of the readiness board; what is open has one place where it is mended. */
export type ReadinessCheck =
  | { readonly ready: true; readonly detail: null; readonly href: null }
  | { readonly ready: false; readonly detail: string; readonly href: string };

/** A column of the readiness board. A feature writes its line and adds it to the registry's list. */
export interface ReadinessLine {
  readonly id: string;
  readonly label: () => string;
  /** A group that is not in the answer is ready. */
  readonly query: (
    trx: WardTransaction,
    context: { readonly now: Instant; readonly groupIds: readonly string[] },
  ) => Promise<ReadonlyMap<string, ReadinessCheck>>;
}
