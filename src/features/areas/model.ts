// Areas of a ward: residential groups and the lanes in them, each valid from a day until the day it no longer counts.
// Groups merge, split and are renamed by decisions of the ward's council, so an id never dies: a closed group names
// the groups that go on in its place.
import type { DateOn } from '#core/calendar.ts';
import { derivedId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { compareVietnamese, fold, normaliseTones } from '#core/vietnamese.ts';

/** The paper an area stands on: "12/NQ-HĐND", and the day it was passed. */
export interface Decision {
  readonly number: string;
  readonly on: DateOn | null;
}

export interface Validity {
  readonly validFrom: DateOn;
  /** First day that no longer counts; null while it stands. */
  readonly validTo: DateOn | null;
}

export interface Declaration {
  readonly version: number;
  readonly households: number;
  /** Of these, households without permanent registration here. */
  readonly temporaryHouseholds: number;
  readonly countedOn: DateOn | null;
  readonly note: string | null;
  readonly statedBy: string;
  readonly statedAt: string;
  readonly confirmedBy: string | null;
  readonly confirmedAt: string | null;
}

export interface Ordered {
  readonly name: string;
  readonly position: number;
}

export const isValidOn = ({ validFrom, validTo }: Validity, day: DateOn): boolean =>
  validFrom <= day && (validTo === null || day < validTo);

/** The areas that stand on a day. */
export const areasAt = <A extends Validity>(areas: readonly A[], day: DateOn): A[] =>
  areas.filter((area) => isValidOn(area, day));

export const byPosition = (a: Ordered, b: Ordered): number =>
  a.position - b.position || compareVietnamese(a.name, b.name);

export const byName = (a: Ordered, b: Ordered): number => compareVietnamese(a.name, b.name);

/** What counts now, and what waits for a second person. */
export function standing(declarations: readonly Declaration[]): {
  inForce: Declaration | null;
  waiting: Declaration | null;
} {
  const newest = declarations.toSorted((a, b) => b.version - a.version);
  const inForce = newest.find(({ confirmedAt }) => confirmedAt !== null) ?? null;
  const last = newest[0] ?? null;
  return { inForce, waiting: last && last.confirmedAt === null ? last : null };
}

/** Two persons set a number of households: the one who stated it cannot be the one who confirms it. */
export function mayConfirm(
  declarations: readonly Declaration[],
  version: number,
  personId: string,
): Problem | null {
  const { waiting } = standing(declarations);
  if (!waiting || waiting.version !== version) return problem('areas.nothing-to-confirm', { status: 409 });
  if (waiting.statedBy === personId) return problem('areas.own-declaration', { status: 403 });
  return null;
}

/** "Tổ dân phố Đình Hạ 2" is written TDP Đình Hạ 2 where there is little room. */
export function shortGroupName(name: string): string {
  const bare = name.trim().replace(/^(?:tổ dân phố|tdp|thôn|khu phố|tổ)\s+/i, '');
  return /^thôn\s/i.test(name) ? name.trim() : `TDP ${bare}`;
}

/** Two phones that lay out one lane of one group must make the same row, however its name's tones are placed. */
export const laneId = (groupId: string, name: string): string =>
  derivedId<'lane'>(groupId, 'lane', fold(normaliseTones(name)));

/** Each of these must stand on the day the decision takes effect; the day itself belongs to what follows. */
export function checkEnding(groups: readonly Validity[], on: DateOn): Problem | null {
  const wrong = groups.find((group) => group.validTo !== null || group.validFrom >= on);
  return wrong ? problem('areas.not-standing', { status: 409, params: { on } }) : null;
}

/** A name begins on a day that has come, and never behind one that began later; the same day corrects it. */
export function checkRenaming(
  area: Validity,
  names: readonly { readonly validFrom: DateOn }[],
  from: DateOn,
  today: DateOn,
): Problem | null {
  if (area.validTo !== null || area.validFrom > from)
    return problem('areas.not-standing', { status: 409, params: { on: from } });
  if (from > today) return problem('areas.renamed-ahead', { status: 422, pointer: '/from' });
  if (names.some(({ validFrom }) => validFrom > from)) return problem('areas.renamed-later', { status: 409 });
  return null;
}

/** A new order names every standing group once. */
export function checkOrder(standingIds: readonly string[], wished: readonly string[]): Problem | null {
  const wanted = new Set(wished);
  const complete =
    wanted.size === wished.length &&
    wished.length === standingIds.length &&
    standingIds.every((id) => wanted.has(id));
  return complete ? null : problem('areas.order-incomplete', { status: 409 });
}
