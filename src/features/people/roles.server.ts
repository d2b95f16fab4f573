// The commands that give and end a role, for this feature's own doors and for those that ask through the roof. A role is
// never changed and never deleted: it is given from an instant and ends at one.
import { newId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import * as store from '#features/people/store-people.server.ts';
import type { Role } from '#platform/api/actor.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';

type Asking = Pick<Call, 'trx' | 'actor' | 'now' | 'origin'>;

const EVERYTHING = { everything: true, areaIds: [], unitIds: [], self: false } as const;

/** null: no such person, or the entry is closed. */
export async function openPerson(
  call: Asking,
  personId: string,
): Promise<{ id: string; name: string } | null> {
  const [person] = await store.listPeople(call.trx, { state: 'all' }, EVERYTHING, call.now, personId);
  return person && !person.closed ? person : null;
}

export interface RoleGiven {
  readonly personId: string;
  readonly role: Role;
  readonly areaId: string | null;
  readonly unitId: string | null;
  readonly fromAt: Date;
  readonly toAt: Date | null;
  readonly reason: string;
  /** The role this one stands in for while its holder is away. */
  readonly standsInFor?: string;
}

/** Answers the id of the role. The same role at the same place twice at one time is refused. */
export async function giveRole(call: Asking, given: RoleGiven): Promise<{ id: string } | Problem> {
  const person = await openPerson(call, given.personId);
  if (!person) return problem('people.no-such-person', { status: 404 });
  const held = await store.grantsOf(call.trx, person.id, call.now);
  const twice = held.some(
    (grant) =>
      grant.role === given.role &&
      grant.areaId === given.areaId &&
      grant.unitId === given.unitId &&
      (grant.toAt === null || Date.parse(grant.toAt) > given.fromAt.getTime()) &&
      (given.toAt === null || Date.parse(grant.fromAt) < given.toAt.getTime()),
  );
  if (twice) return problem('people.role-held', { status: 409 });
  const id = newId();
  await store.insertGrant(call.trx, { id, by: call.actor.personId, ...given });
  await note(call, 'people.role-given', person.id, { grant: id, ...given });
  return { id };
}

export interface RoleEnd {
  readonly grantId: string;
  readonly at: Date;
  readonly reason: string;
}

/** A role that had not begun by then was never held. */
export async function endRole(call: Asking, end: RoleEnd): Promise<{ done: true } | Problem> {
  const grant = await store.findGrant(call.trx, end.grantId);
  if (!grant) return problem('people.no-such-role', { status: 404 });
  const last =
    grant.role === 'administrator' &&
    (await store.administratorsLeft(call.trx, new Date(call.now), { grantId: grant.id })) === 0;
  if (last) return problem('people.last-administrator', { status: 409 });
  const ending = { at: end.at, by: call.actor.personId, reason: end.reason };
  if ((await store.endGrants(call.trx, { grantId: grant.id }, ending)) === 0)
    return problem('people.role-over', { status: 409 });
  const after = { grant: grant.id, role: grant.role, at: end.at.toISOString(), reason: end.reason };
  await note(call, 'people.role-ended', grant.personId, after);
  return { done: true };
}

const note = (call: Asking, action: string, personId: string, after: unknown) =>
  audit(call.trx, call, { action, subjectKind: 'person', subjectId: personId, after });
