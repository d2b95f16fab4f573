// The register of people and their roles in SQL. Roles are never deleted: a role ends at an instant, with a reason.
import { sql } from 'kysely';
import type { PeopleTables } from '#features/people/tables.ts';
import type { Grant, Role } from '#platform/api/actor.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

export interface PersonInForce {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly grants: readonly Grant[];
}

/** A person who is not closed, with the roles in force at `now` (campaign time), in one statement. */
export async function personInForce(
  trx: WardTransaction,
  personId: string,
  now: number,
): Promise<PersonInForce | null> {
  const at = new Date(now);
  const rows = await trx
    .withTables<PeopleTables>()
    .selectFrom('people')
    .leftJoin('grants', (join) =>
      join
        .onRef('grants.ward_id', '=', 'people.ward_id')
        .onRef('grants.person_id', '=', 'people.id')
        .on('grants.from_at', '<=', at)
        .on((eb) => eb.or([eb('grants.to_at', 'is', null), eb('grants.to_at', '>', at)])),
    )
    .select([
      'people.id',
      'people.name',
      'people.account_id',
      'grants.role',
      'grants.area_id',
      'grants.unit_id',
    ])
    .where('people.ward_id', '=', trx.wardId)
    .where('people.id', '=', personId)
    .where((eb) => eb.or([eb('people.closed_at', 'is', null), eb('people.closed_at', '>', at)]))
    .orderBy(sql`grants.from_at`)
    .execute();
  const first = rows[0];
  if (!first) return null;
  return {
    id: first.id,
    name: first.name,
    accountId: first.account_id,
    grants: rows.flatMap(({ role, area_id, unit_id }) =>
      role === null ? [] : [{ role, areaId: area_id, unitId: unit_id }],
    ),
  };
}

export interface FieldGrant {
  readonly personId: string;
  readonly role: Role;
  /** The area of the role and those above it. */
  readonly path: readonly string[];
}

/** The field roles in force of some people: where their cards and phones may be dealt with. */
export async function fieldGrants(
  trx: WardTransaction,
  personIds: readonly string[],
  now: number,
): Promise<FieldGrant[]> {
  if (personIds.length === 0) return [];
  const at = new Date(now);
  const rows = await trx
    .withTables<PeopleTables>()
    .selectFrom('grants')
    .innerJoin('area_paths', (join) =>
      join
        .onRef('area_paths.ward_id', '=', 'grants.ward_id')
        .onRef('area_paths.area_id', '=', 'grants.area_id'),
    )
    .innerJoin('people', (join) =>
      join.onRef('people.ward_id', '=', 'grants.ward_id').onRef('people.id', '=', 'grants.person_id'),
    )
    .select(['grants.person_id', 'grants.role', 'area_paths.path'])
    .where('grants.ward_id', '=', trx.wardId)
    .where('grants.person_id', 'in', [...personIds])
    .where('grants.from_at', '<=', at)
    .where((eb) => eb.or([eb('grants.to_at', 'is', null), eb('grants.to_at', '>', at)]))
    .where((eb) => eb.or([eb('people.closed_at', 'is', null), eb('people.closed_at', '>', at)]))
    .execute();
  return rows.map((row) => ({ personId: row.person_id, role: row.role, path: row.path }));
}
