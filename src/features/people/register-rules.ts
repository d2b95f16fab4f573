// Pure rules of the register: telephone numbers, where a role may be given, from when until when.
import type { DateOn } from '#core/calendar.ts';
import { dayOf, endOfDay, instantOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { placeOfRole } from '#features/people/model.ts';
import type { Role } from '#platform/api/actor.ts';

// Mobile numbers of eleven digits became ten on 15 September 2018; old lists still carry them.
const OLD_MOBILE: Readonly<Record<string, string>> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
};

/** E.164 of a number as it is written here; a Problem where it is none. */
export function phoneOf(typed: string): string | Problem {
  let digits = typed.replaceAll(/[\s.()-]/g, '').replace(/^(?:\+84|0084|84(?=\d{9}$))/, '0');
  const renewed = digits.length === 11 ? OLD_MOBILE[digits.slice(0, 4)] : undefined;
  if (renewed) digits = renewed + digits.slice(4);
  // Mobile 03, 05, 07, 08, 09 and eight digits; landline 02, area code and seven or eight.
  if (/^0[35789]\d{8}$/.test(digits) || /^02\d{8,9}$/.test(digits)) return `+84${digits.slice(1)}`;
  return problem('people.phone-unreadable');
}

/** As people read it aloud: 0912 345 678. */
export function phoneShown(e164: string): string {
  const digits = e164.replace(/^\+84/, '0');
  return /^\d{10}$/.test(digits) ? digits.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3') : digits;
}

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
