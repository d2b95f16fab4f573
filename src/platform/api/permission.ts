// The one rule by which a row of the permission table is read. Authorising comes before looking anything up, so a
// refusal never tells whether a row exists.
import type { Actor, Grant, Role } from '#platform/api/actor.ts';

/**
 * How far a role carries for an action: anywhere in the ward; where the target's area lies in the grant's area; where
 * the target's unit is the grant's unit; or for the person's own things only.
 */
export type Reach = 'ward' | 'area' | 'unit' | 'self';

/** action → role → reach. A role that is absent may not. */
export type PermissionTable = Readonly<Record<string, Readonly<Partial<Record<Role, Reach>>>>>;

/** What an action is done to, as far as the request itself tells. */
export interface Target {
  /** The area and those above it, nearest first. */
  readonly areaPath?: readonly string[];
  readonly unitId?: string | null;
  readonly personId?: string;
}

function reaches(actor: Actor, grant: Grant, reach: Reach, target: Target): boolean {
  switch (reach) {
    case 'ward':
      return true;
    case 'area':
      return grant.areaId !== null && (target.areaPath ?? []).includes(grant.areaId);
    case 'unit':
      return grant.unitId !== null && target.unitId === grant.unitId;
    case 'self':
      return target.personId === actor.personId;
  }
}

/** @param wardId the ward the request names; another ward than the actor's is always refused */
export function may(
  table: PermissionTable,
  actor: Actor,
  action: string,
  wardId: number,
  target: Target = {},
): boolean {
  if (actor.wardId !== wardId) return false;
  const row = table[action];
  if (!row) return false;
  return actor.grants.some((grant) => {
    const reach = row[grant.role];
    return reach !== undefined && reaches(actor, grant, reach, target);
  });
}

/** Where an actor may do an action, for lists: everything, or only these areas, units and oneself. */
export interface Scope {
  readonly everything: boolean;
  readonly areaIds: readonly string[];
  readonly unitIds: readonly string[];
  readonly self: boolean;
}

export function scopeOf(table: PermissionTable, actor: Actor, action: string): Scope {
  const row = table[action] ?? {};
  const areaIds = new Set<string>();
  const unitIds = new Set<string>();
  let everything = false;
  let self = false;
  for (const grant of actor.grants) {
    const reach = row[grant.role];
    if (reach === 'ward') everything = true;
    if (reach === 'self') self = true;
    if (reach === 'area' && grant.areaId) areaIds.add(grant.areaId);
    if (reach === 'unit' && grant.unitId) unitIds.add(grant.unitId);
  }
  return { everything, areaIds: [...areaIds], unitIds: [...unitIds], self };
}

export const mayAnywhere = (table: PermissionTable, actor: Actor, action: string): boolean => {
  const scope = scopeOf(table, actor, action);
  return scope.everything || scope.self || scope.areaIds.length > 0 || scope.unitIds.length > 0;
};
