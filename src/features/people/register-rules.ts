// Pure rules of the register: telephone numbers, where a role may be given, from when until when.
import type { DateOn } from '#core/calendar.ts';
import { dayOf, endOfDay, instantOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { e164Of, telephoneShown } from '#core/telephone.ts';
import { placeOfRole } from '#features/people/model.ts';
import type { Role } from '#platform/api/actor.ts';

/** E.164 of a number as it is written here; a Problem where it is none. */
export const phoneOf = (typed: string): string | Problem =>
  e164Of(typed) ?? problem('people.phone-unreadable');

/** As people read it aloud: 0912 345 678. */
export const phoneShown = telephoneShown;

export interface RoleWish {
  readonly role: Role;
  readonly areaId: string | null;
  readonly unitId: string | null;
  readonly fromOn: DateOn;
  readonly toOn: DateOn | null;
}

/** A role for an area needs an area and no unit, and so on. */
export function roleProblem(wish: RoleWish): Problem | null {
  const place = placeOfRole(wish.role);
  if (place === 'area' && (wish.areaId === null || wish.unitId !== null))
    return problem('people.role-needs-group');
  if (place === 'unit' && (wish.unitId === null || wish.areaId !== null))
    return problem('people.role-needs-unit');
  if (place === 'ward' && (wish.unitId !== null || wish.areaId !== null))
    return problem('people.role-is-ward-wide');
  if (wish.toOn !== null && wish.toOn < wish.fromOn) return problem('people.role-dates');
  return null;
}

/**
 * A role given for today begins now, not at midnight: what was done this morning was not done in it. It ends with its
 * last day.
 */
export function roleTimes(wish: RoleWish, now: number): { fromAt: Date; toAt: Date | null } {
  const fromAt = wish.fromOn === dayOf(now) ? now : instantOf(wish.fromOn);
  return { fromAt: new Date(fromAt), toAt: wish.toOn === null ? null : new Date(endOfDay(wish.toOn)) };
}
