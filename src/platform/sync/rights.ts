// Whether the author of a record had the right to it when it was recorded. Pure: grants, places and times are arguments.
import type { Role } from '#platform/api/actor.ts';
import type { Reach } from '#platform/api/permission.ts';

export interface DatedGrant {
  readonly role: Role;
  readonly areaId: string | null;
  /** The group of the area, where the area is a lane. */
  readonly parentId: string | null;
  readonly from: number;
  readonly to: number | null;
}

export type Rights = 'in-force' | 'ended' | 'not-yet' | 'never';

const covers = (
  grant: DatedGrant,
  row: Partial<Record<Role, Reach>>,
  groups: ReadonlySet<string>,
): boolean => {
  const reach = row[grant.role];
  if (reach === 'ward') return true;
  if (reach !== 'area') return false;
  return [grant.areaId, grant.parentId].some((id) => id !== null && groups.has(id));
};

const holdsAt = ({ from, to }: DatedGrant, at: number): boolean => from <= at && (to === null || at < to);

/**
 * Judged at the corrected time of recording. Rights that ended since make it `ended` as well: a phone whose owner lost
 * the work must not be able to go on in the past; an administrator decides about what it still held.
 * @param groups the group as recorded and the one it belongs to today
 */
export function rightsAt(
  grants: readonly DatedGrant[],
  row: Partial<Record<Role, Reach>>,
  groups: ReadonlySet<string>,
  at: number,
  now: number,
): Rights {
  const covering = grants.filter((grant) => covers(grant, row, groups));
  if (covering.length === 0) return 'never';
  const then = covering.some((grant) => holdsAt(grant, at));
  const still = covering.some((grant) => holdsAt(grant, now));
  if (then && still) return 'in-force';
  if (still && covering.every(({ from }) => from > at)) return 'not-yet';
  return 'ended';
}
