// The register's lists and changes in SQL. Search folds marks, đ and the place of tone marks away.
import { sql } from 'kysely';
import type { GrantRow, PeopleQuery, PersonRow, UnitRow } from '#features/people/schema-register.ts';
import type { PeopleTables, UnitKind } from '#features/people/tables.ts';
import type { Role } from '#platform/api/actor.ts';
import type { Scope } from '#platform/api/permission.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

const tables = (trx: WardTransaction) => trx.withTables<PeopleTables>();

interface Held {
  readonly role: Role;
  readonly place: string | null;
}

/** Part of a name, marks and đ folded away, or digits of a telephone number (kept as +84…, so a leading 0 is dropped). */
const named = (typed: string) =>
  sql<boolean>`(people.search like '%' || replace(replace(search_key(${typed}), '%', ''), '_', '') || '%'
    or people.phone like '%' || nullif(ltrim(regexp_replace(${typed}, '[^0-9]', '', 'g'), '0'), '') || '%')`;

/** @param only one person; @param now campaign time: roles in force then are shown */
export async function listPeople(
  trx: WardTransaction,
  query: PeopleQuery,
  scope: Scope,
  now: number,
  only?: string,
): Promise<(PersonRow & { accountId: string | null; email: string | null })[]> {
  const at = new Date(now);
  const live = sql<boolean>`grants.from_at <= ${at} and (grants.to_at is null or grants.to_at > ${at})`;
  let found = tables(trx)
    .selectFrom('people')
    .leftJoin('grants', (join) =>
      join
        .onRef('grants.ward_id', '=', 'people.ward_id')
        .onRef('grants.person_id', '=', 'people.id')
        .on(live),
    )
    .leftJoin('units', (join) =>
      join.onRef('units.ward_id', '=', 'grants.ward_id').onRef('units.id', '=', 'grants.unit_id'),
    )
    .leftJoin('group_households as groups', (join) =>
      join.onRef('groups.ward_id', '=', 'grants.ward_id').onRef('groups.group_id', '=', 'grants.area_id'),
    )
    .leftJoin('area_paths as paths', (join) =>
      join.onRef('paths.ward_id', '=', 'grants.ward_id').onRef('paths.area_id', '=', 'grants.area_id'),
    )
    .where('people.ward_id', '=', trx.wardId)
    .groupBy(['people.ward_id', 'people.id'])
    .select([
      'people.id',
      'people.name',
      'people.title',
      'people.phone',
      'people.email',
      'people.account_id as accountId',
      sql<boolean>`people.closed_at is not null and people.closed_at <= ${at}`.as('closed'),
      sql<
        Held[]
      >`coalesce(json_agg(json_build_object('role', grants.role, 'place', coalesce(units.short_name, groups.short_name))
        order by grants.from_at) filter (where grants.id is not null), '[]')`.as('roles'),
    ]);
  if (only !== undefined) found = found.where('people.id', '=', only);
  else if (query.state !== 'all')
    found = found.where(
      query.state === 'closed'
        ? sql<boolean>`people.closed_at <= ${at}`
        : sql<boolean>`(people.closed_at is null or people.closed_at > ${at})`,
    );
  if (query.search) found = found.where(named(query.search));
  if (query.unit) found = found.having(sql<boolean>`bool_or(grants.unit_id = ${query.unit})`);
  if (query.role) found = found.having(sql<boolean>`bool_or(grants.role = ${query.role})`);
  if (query.group) found = found.having(sql<boolean>`bool_or(grants.area_id = ${query.group})`);
  if (!scope.everything)
    found = found.having(sql<boolean>`bool_or(paths.path && ${[...scope.areaIds]}::uuid[])`);
  const rows = await found.orderBy(sql`people.sort_key collate "C"`).execute();
  return rows.map((row) => ({ ...row, hasAccount: row.accountId !== null }));
}

export async function grantsOf(trx: WardTransaction, personId: string, now: number): Promise<GrantRow[]> {
  const rows = await tables(trx)
    .selectFrom('grants')
    .leftJoin('units', (join) =>
      join.onRef('units.ward_id', '=', 'grants.ward_id').onRef('units.id', '=', 'grants.unit_id'),
    )
    .leftJoin('group_households as groups', (join) =>
      join.onRef('groups.ward_id', '=', 'grants.ward_id').onRef('groups.group_id', '=', 'grants.area_id'),
    )
    .leftJoin('people as giver', (join) =>
      join.onRef('giver.ward_id', '=', 'grants.ward_id').onRef('giver.id', '=', 'grants.granted_by'),
    )
    .leftJoin('people as ender', (join) =>
      join.onRef('ender.ward_id', '=', 'grants.ward_id').onRef('ender.id', '=', 'grants.ended_by'),
    )
    .select([
      'grants.id',
      'grants.role',
      'grants.area_id',
      'grants.unit_id',
      'grants.from_at',
      'grants.to_at',
      'grants.reason',
      'grants.end_reason',
      'units.name as unit',
      'groups.name as group',
      'giver.name as giver',
      'ender.name as ender',
    ])
    .where('grants.ward_id', '=', trx.wardId)
    .where('grants.person_id', '=', personId)
    .orderBy('grants.from_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    place: row.unit ?? row.group,
    areaId: row.area_id,
    unitId: row.unit_id,
    fromAt: row.from_at.toISOString(),
    toAt: row.to_at?.toISOString() ?? null,
    reason: row.reason,
    endReason: row.end_reason,
    grantedBy: row.giver,
    endedBy: row.ender,
    inForce: row.from_at.getTime() <= now && (row.to_at === null || row.to_at.getTime() > now),
  }));
}

/** What the audit log tells of a person, newest first; who did it by name, where that person is known. */
export async function historyOf(trx: WardTransaction, personId: string) {
  const rows = await tables(trx)
    .selectFrom('audit_entries')
    .leftJoin('people as author', (join) =>
      join
        .onRef('author.ward_id', '=', 'audit_entries.ward_id')
        .onRef('author.id', '=', 'audit_entries.person_id'),
    )
    .select(['audit_entries.campaign_at', 'audit_entries.action', 'author.name'])
    .where('audit_entries.ward_id', '=', trx.wardId)
    .where('audit_entries.subject_kind', '=', 'person')
    .where('audit_entries.subject_id', '=', personId)
    .orderBy('audit_entries.at', 'desc')
    .limit(30)
    .execute();
  return rows.map((row) => ({ at: row.campaign_at.toISOString(), by: row.name, action: row.action }));
}

export interface PersonFields {
  readonly name: string;
  readonly sortKey: string;
  readonly title: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

const columnsOf = (person: PersonFields) => ({
  name: person.name,
  sort_key: person.sortKey,
  title: person.title,
  phone: person.phone,
  email: person.email,
});

export async function insertPerson(trx: WardTransaction, id: string, person: PersonFields): Promise<void> {
  await tables(trx)
    .insertInto('people')
    .values({ ward_id: trx.wardId, id, ...columnsOf(person) })
    .execute();
}

export async function updatePerson(trx: WardTransaction, id: string, person: PersonFields): Promise<void> {
  await tables(trx)
    .updateTable('people')
    .set(columnsOf(person))
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

/** null opens again. */
export async function setClosed(trx: WardTransaction, id: string, at: Date | null): Promise<void> {
  await tables(trx)
    .updateTable('people')
    .set({ closed_at: at })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

export async function setAccount(trx: WardTransaction, id: string, accountId: string | null): Promise<void> {
  await tables(trx)
    .updateTable('people')
    .set({ account_id: accountId })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

export interface NewGrant {
  readonly id: string;
  readonly personId: string;
  readonly role: Role;
  readonly areaId: string | null;
  readonly unitId: string | null;
  readonly fromAt: Date;
  readonly toAt: Date | null;
  readonly by: string;
  readonly reason: string;
  readonly standsInFor?: string;
}

export async function insertGrant(trx: WardTransaction, grant: NewGrant): Promise<void> {
  await tables(trx)
    .insertInto('grants')
    .values({
      ward_id: trx.wardId,
      id: grant.id,
      person_id: grant.personId,
      role: grant.role,
      area_id: grant.areaId,
      unit_id: grant.unitId,
      from_at: grant.fromAt,
      to_at: grant.toAt,
      granted_by: grant.by,
      reason: grant.reason,
      stands_in_for: grant.standsInFor ?? null,
    })
    .execute();
}

export async function findGrant(trx: WardTransaction, id: string) {
  const row = await tables(trx)
    .selectFrom('grants')
    .select(['id', 'person_id', 'role', 'from_at', 'to_at'])
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      personId: row.person_id,
      role: row.role,
      fromAt: row.from_at.getTime(),
      toAt: row.to_at?.getTime() ?? null,
    }
  );
}

/** One role, or all of a person that are not yet over. Never before it began: the times stay in order. */
export async function endGrants(
  trx: WardTransaction,
  which: { readonly grantId: string } | { readonly personId: string },
  ending: { readonly at: Date; readonly by: string; readonly reason: string },
): Promise<number> {
  const update = tables(trx)
    .updateTable('grants')
    .set({
      to_at: sql<Date>`greatest(from_at, ${ending.at})`,
      ended_by: ending.by,
      end_reason: ending.reason,
    })
    .where('ward_id', '=', trx.wardId)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', ending.at)]));
  const [result] = await (
    'grantId' in which
      ? update.where('id', '=', which.grantId)
      : update.where('person_id', '=', which.personId)
  ).execute();
  return Number(result?.numUpdatedRows ?? 0);
}

/** Who could still give roles at `at`, leaving out one grant or one person. */
export async function administratorsLeft(
  trx: WardTransaction,
  at: Date,
  without: { readonly grantId?: string; readonly personId?: string },
): Promise<number> {
  let query = tables(trx)
    .selectFrom('grants')
    .innerJoin('people', (join) =>
      join.onRef('people.ward_id', '=', 'grants.ward_id').onRef('people.id', '=', 'grants.person_id'),
    )
    .select((eb) => eb.fn.count<number>('grants.person_id').distinct().as('count'))
    .where('grants.ward_id', '=', trx.wardId)
    .where('grants.role', '=', 'administrator')
    .where('people.closed_at', 'is', null)
    .where('grants.from_at', '<=', at)
    .where('grants.to_at', 'is', null);
  if (without.grantId) query = query.where('grants.id', '<>', without.grantId);
  if (without.personId) query = query.where('grants.person_id', '<>', without.personId);
  const row = await query.executeTakeFirst();
  return row?.count ?? 0;
}

export async function listUnits(trx: WardTransaction, now: number): Promise<UnitRow[]> {
  const at = new Date(now);
  const rows = await tables(trx)
    .selectFrom('units')
    .leftJoin('grants', (join) =>
      join
        .onRef('grants.ward_id', '=', 'units.ward_id')
        .onRef('grants.unit_id', '=', 'units.id')
        .on(sql<boolean>`grants.from_at <= ${at} and (grants.to_at is null or grants.to_at > ${at})`),
    )
    .leftJoin('people', (join) =>
      join.onRef('people.ward_id', '=', 'grants.ward_id').onRef('people.id', '=', 'grants.person_id'),
    )
    .select([
      'units.id',
      'units.kind',
      'units.name',
      'units.short_name',
      'units.valid_to',
      sql<number>`count(distinct grants.person_id)::int`.as('people'),
      sql<string[]>`coalesce(array_agg(people.name) filter (where grants.role = 'unit-head'), '{}')`.as(
        'heads',
      ),
    ])
    .where('units.ward_id', '=', trx.wardId)
    .groupBy(['units.ward_id', 'units.id'])
    .orderBy('units.valid_to', (order) => order.desc().nullsFirst())
    .orderBy('units.position')
    .orderBy('units.name')
    .execute();
  return rows.map(({ short_name, valid_to, ...row }) => ({
    ...row,
    shortName: short_name,
    closedOn: valid_to,
  }));
}

export interface UnitFields {
  readonly kind: UnitKind;
  readonly name: string;
  readonly shortName: string;
}

export async function insertUnit(
  trx: WardTransaction,
  id: string,
  unit: UnitFields,
  on: string,
): Promise<void> {
  await tables(trx)
    .insertInto('units')
    .values((eb) => ({
      ward_id: trx.wardId,
      id,
      kind: unit.kind,
      name: unit.name,
      short_name: unit.shortName,
      valid_from: on,
      valid_to: null,
      position: eb
        .selectFrom('units')
        .select((inner) => sql<number>`coalesce(${inner.fn.max('position')}, 0) + 1`.as('next'))
        .where('ward_id', '=', trx.wardId),
    }))
    .execute();
}

/** `closedOn` undefined leaves it as it is. Answers whether the unit exists. */
export async function updateUnit(
  trx: WardTransaction,
  id: string,
  change: Partial<UnitFields> & { readonly closedOn?: string },
): Promise<boolean> {
  const [result] = await tables(trx)
    .updateTable('units')
    .set({
      ...(change.kind === undefined ? {} : { kind: change.kind }),
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.shortName === undefined ? {} : { short_name: change.shortName }),
      ...(change.closedOn === undefined ? {} : { valid_to: change.closedOn }),
    })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('valid_to', 'is', null)
    .execute();
  return Number(result?.numUpdatedRows ?? 0) === 1;
}
