// Pure decisions of signing in: what a password and a PIN must be, how long wrong answers wait, when a card or a phone
// is still good. Time is always an argument; it is the machine's, not the campaign's.
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Role } from '#platform/api/actor.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const UNIT_KINDS = [
  'police',
  'office',
  'service',
  'party',
  'front',
  'union',
  'military',
  'school',
  'clinic',
  'other',
] as const;

/** The roles a phone bound by a card may act in: six digits are not enough for the ward's whole office. */
export const FIELD_ROLES = [
  'area-officer',
  'group-leader',
  'deputy-leader',
  'field-member',
] as const satisfies readonly Role[];

export const isFieldRole = (role: Role): boolean => FIELD_ROLES.some((one) => one === role);

/** Roles given for an area, for a unit, or (the rest) for the whole ward. */
export function placeOfRole(role: Role): 'area' | 'unit' | 'ward' {
  if (isFieldRole(role)) return 'area';
  return role === 'unit-head' || role === 'unit-member' ? 'unit' : 'ward';
}

// Characters. NIST SP 800-63B-4 §3.1.1.2: 15 where the password stands alone, 8 beside a second factor.
export const PASSWORD_LIMITS = { alone: 15, withSecondFactor: 8, longest: 128 } as const;
/** Keyboards type the same Vietnamese letter as one or two code points; both must be the same password. */
export const normalPassword = (typed: string): string => typed.normalize('NFKC');

export function passwordProblem(typed: string, hasSecondFactor: boolean): Problem | null {
  const characters = [...normalPassword(typed)];
  const least = hasSecondFactor ? PASSWORD_LIMITS.withSecondFactor : PASSWORD_LIMITS.alone;
  const params = { least, longest: PASSWORD_LIMITS.longest };
  if (characters.length < least)
    return problem(hasSecondFactor ? 'people.password-short' : 'people.password-short-alone', { params });
  if (characters.length > PASSWORD_LIMITS.longest) return problem('people.password-long', { params });
  // "aaaaaaaaaaaaaaa" and "121212121212121" are long and worth nothing.
  if (new Set(characters).size < 5) return problem('people.password-simple');
  return null;
}

/** Taking the second factor away leaves the password alone, so it must be long enough to stand alone. */
export const mayDropSecondFactor = (password: string): boolean => passwordProblem(password, false) === null;

/** Wrong answers that cost nothing: people mistype. */
export const FREE_TRIES = 5;
const LONGEST_WAIT = 15 * MINUTE;
/** A row of failures this old is forgotten. */
export const FORGET_TRIES_AFTER = DAY;

/** How long the next try waits after so many failures in a row from one place on one account. */
export function waitAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  return Math.min(15 * SECOND * 2 ** (failures - FREE_TRIES), LONGEST_WAIT);
}

/** Six digits, and none of those tried first by whoever finds a phone. A birthday is allowed: it will be remembered. */
export function pinProblem(pin: string): Problem | null {
  if (!/^[0-9]{6}$/.test(pin)) return problem('people.pin-shape');
  const repeated = new Set(pin).size === 1 || pin.slice(0, 3) === pin.slice(3);
  const pairs = pin.slice(0, 2) === pin.slice(2, 4) && pin.slice(2, 4) === pin.slice(4);
  const counted = '01234567890'.includes(pin) || '09876543210'.includes(pin);
  return repeated || pairs || counted ? problem('people.pin-guessable') : null;
}

/** After so many wrong PINs the phone is ended and needs a new card. Only whoever holds the phone can spend them. */
export const MOST_WRONG_PINS = 15;
/** One working day in the lanes without typing the PIN again. */
export const UNLOCKED_FOR = 12 * HOUR;
/** A printed card that nobody has used by then is worth nothing to whoever finds it. */
export const CARD_LIFE = 30 * DAY;
/** So long may the same phone press the button again and get the same answer. */
export const REPEAT_WITHIN = DAY;

export interface CardState {
  readonly endedAt: number | null;
  readonly expiresAt: number;
  readonly redeemedAt: number | null;
}

export type CardAnswer = 'bind' | 'repeat' | Problem;

/** @param samePhone the key that presses is the key that pressed first, and its binding still stands */
export function answerCard(card: CardState | null, samePhone: boolean, now: number): CardAnswer {
  if (!card) return problem('people.card-unknown', { status: 404 });
  if (card.endedAt !== null) return problem('people.card-ended', { status: 410 });
  if (card.redeemedAt !== null) {
    const repeat = samePhone && now - card.redeemedAt <= REPEAT_WITHIN;
    return repeat ? 'repeat' : problem('people.card-used', { status: 409 });
  }
  return now > card.expiresAt ? problem('people.card-expired', { status: 410 }) : 'bind';
}

/** As a scope of the permission table says it: everything, or some areas. */
export interface Reached {
  readonly everything: boolean;
  readonly areaIds: readonly string[];
}

export interface RoleInArea {
  readonly role: Role;
  readonly path: readonly string[];
}

/**
 * Whose cards somebody may issue: a card lets its holder act as that person, so an area officer hands them only to those
 * all of whose field roles lie in the officer's own groups, and never to another officer.
 */
export function mayHandCard(reached: Reached, roles: readonly RoleInArea[]): boolean {
  if (reached.everything) return true;
  return (
    roles.length > 0 &&
    roles.every(
      ({ role, path }) => role !== 'area-officer' && path.some((area) => reached.areaIds.includes(area)),
    )
  );
}

export interface GrantTime {
  readonly fromAt: number;
  readonly toAt: number | null;
}

/** Campaign time: a role given for the peak ends with the peak, in a rehearsal too. */
export const inForce = (grant: GrantTime, now: number): boolean =>
  grant.fromAt <= now && (grant.toAt === null || now < grant.toAt);

/** An address of our own pages, so that signing in cannot be used to send somebody to a stranger's page. */
export function safeReturn(text: string | null): string | null {
  if (text === null || !/^\/(?![/\\])[^\p{Cc}\\]*$/u.test(text)) return null;
  return /^\/(?:vao|ra)(?:[/?#]|$)/.test(text) ? null : text;
}
