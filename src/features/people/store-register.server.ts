// The register of people and their roles in SQL. Roles are never deleted: a role ends at an instant, with a reason.
import type { PeopleTables } from '#features/people/tables.ts';
import type { Grant, Role } from '#platform/api/actor.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import { readInOneTrip } from '#platform/sync/flight.server.ts';

export interface PersonInForce {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly grants: readonly Grant[];
}

/** What `personOf` reads, of `people p` and the `grants g` joined to it. */
export const PERSON_COLUMNS = 'p.id as person_id, p.name, p.account_id, g.role, g.area_id, g.unit_id';

/** Of `people p`: not closed at the instant in the parameter `at`. */
export const openAt = (at: string): string => `(p.closed_at is null or p.closed_at > ${at})`;

/** The roles of `people p` in force at the instant in the parameter `at`. */
export const grantsAt = (
  at: string,
): string => `left join grants g on g.ward_id = p.ward_id and g.person_id = p.id
  and g.from_at <= ${at} and (g.to_at is null or g.to_at > ${at})`;

export interface PersonGrantRow {
  /** null where a left join found no person. */
  readonly person_id: string | null;
  readonly name: string | null;
  readonly account_id: string | null;
  readonly role: Role | null;
  readonly area_id: string | null;
  readonly unit_id: string | null;
}

/** @param rows of one person, a row for each role */
export function personOf(rows: readonly PersonGrantRow[]): PersonInForce | null {
  const [first] = rows;
  if (!first || first.person_id === null) return null;
  return {
    id: first.person_id,
    name: first.name ?? '',
    accountId: first.account_id,
    grants: rows.flatMap(({ role, area_id, unit_id }) =>
      role === null ? [] : [{ role, areaId: area_id, unitId: unit_id }],
    ),
  };
}

const PERSON = `select ${PERSON_COLUMNS} from people p ${grantsAt('$3')}
  where p.ward_id = $1 and p.id = $2 and ${openAt('$3')} order by g.from_at`;

/** A person who is not closed, with the roles in force at `now` (campaign time), in one trip. */
export async function personInForce(
  database: Database,
  wardId: number,
  personId: string,
  now: number,
): Promise<PersonInForce | null> {
  const values = [wardId, personId, new Date(now)];
  return personOf(await readInOneTrip(database, wardId, { name: 'person_in_force', text: PERSON, values }));
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
