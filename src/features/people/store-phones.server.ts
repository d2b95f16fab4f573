// The list of everybody with a field role, with the state of their card and phone.
import { sql } from 'kysely';
import { dayOf } from '#core/clock.ts';
import type { RoleInArea } from '#features/people/model.ts';
import type { PhoneRow } from '#features/people/schema.ts';
import type { PeopleTables } from '#features/people/tables.ts';
import type { Role } from '#platform/api/actor.ts';
import type { Scope } from '#platform/api/permission.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

type Row = Omit<PhoneRow, 'mayIssue' | 'mayEnd'> & { readonly grants: readonly RoleInArea[] };

interface Held {
  readonly role: Role;
  readonly path: string[];
  readonly place: string | null;
}

interface Found {
  readonly person: string;
  readonly name: string;
  readonly held: Held[];
  readonly issued_at: Date | null;
  readonly expires_at: Date | null;
  readonly redeemed_at: Date | null;
  readonly device: string | null;
  readonly label: string | null;
  readonly bound_at: Date | null;
  readonly last_used_at: Date | null;
  readonly has_pin: boolean;
  readonly practised_at: Date | null;
}

/**
 * People with some role inside the scope; all their field roles are told, so that a role elsewhere is seen too.
 * @param now campaign time, for the roles; cards and phones live by the machine's clock
 */
export async function listPhones(trx: WardTransaction, scope: Scope, now: number): Promise<Row[]> {
  const at = new Date(now);
  const { rows } = await sql<Found>`
    select p.id as person, p.name,
      json_agg(json_build_object('role', g.role, 'path', a.path, 'place', h.short_name) order by h.position) as held,
      c.issued_at, c.expires_at, c.redeemed_at,
      d.id as device, d.label, d.bound_at, d.last_used_at, d.pin_hash is not null as has_pin,
      d.practised_at
    from people p
    join grants g on g.ward_id = p.ward_id and g.person_id = p.id and g.area_id is not null
      and g.from_at <= ${at} and (g.to_at is null or g.to_at > ${at})
    join area_paths a on a.ward_id = g.ward_id and a.area_id = g.area_id
    left join group_households h on h.ward_id = g.ward_id and h.group_id = g.area_id
    left join sign_in_cards c on c.ward_id = p.ward_id and c.person_id = p.id and c.ended_at is null
    left join devices d on d.ward_id = p.ward_id and d.person_id = p.id and d.ended_at is null
    where p.ward_id = ${trx.wardId} and (p.closed_at is null or p.closed_at > ${at})
    group by p.ward_id, p.id, c.ward_id, c.id, d.ward_id, d.id
    having ${scope.everything} or bool_or(a.path && ${[...scope.areaIds]}::uuid[])
    order by min(h.position), p.sort_key collate "C"`.execute(trx);
  return rows.map(rowOf);
}

function rowOf(row: Found): Row {
  const { device, bound_at, last_used_at } = row;
  return {
    person: row.person,
    name: row.name,
    roles: [...new Set(row.held.map(({ role }) => role))],
    places: [...new Set(row.held.flatMap(({ place }) => (place === null ? [] : [place])))],
    groups: [...new Set(row.held.flatMap(({ path }) => path))],
    state: stateOf(row),
    issuedAt: row.issued_at?.toISOString() ?? null,
    device:
      device === null || bound_at === null || last_used_at === null
        ? null
        : {
            id: device,
            label: row.label ?? '',
            boundAt: bound_at.toISOString(),
            lastUsedAt: last_used_at.toISOString(),
            hasPin: row.has_pin,
            practisedAt: row.practised_at?.toISOString() ?? null,
          },
    grants: row.held.map(({ role, path }) => ({ role, path })),
  };
}

function stateOf(row: Found): PhoneRow['state'] {
  if (row.device !== null) return 'bound';
  // A card whose phone was ended is spent: a new one is needed, as if there were none.
  if (row.issued_at === null || row.redeemed_at !== null) return 'none';
  return row.expires_at !== null && row.expires_at.getTime() < Date.now() ? 'expired' : 'waiting';
}

export interface PhoneGroup {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
}

/** The groups in which somebody works by these areas today; a lane belongs to its group. */
export async function groupsOfGrants(
  trx: WardTransaction,
  areaIds: readonly string[],
  now: number,
): Promise<PhoneGroup[]> {
  if (areaIds.length === 0) return [];
  const today = dayOf(now);
  const rows = await trx
    .withTables<PeopleTables>()
    .selectFrom('group_households as g')
    .innerJoin('area_paths as p', (join) =>
      join
        .onRef('p.ward_id', '=', 'g.ward_id')
        .on((eb) => sql<boolean>`${eb.ref('g.group_id')} = any(${eb.ref('p.path')})`),
    )
    .select(['g.group_id as id', 'g.name', 'g.short_name as shortName', 'g.position'])
    .distinct()
    .where('g.ward_id', '=', trx.wardId)
    .where('p.area_id', 'in', [...areaIds])
    .where('g.valid_from', '<=', today)
    .where((eb) => eb.or([eb('g.valid_to', 'is', null), eb('g.valid_to', '>', today)]))
    .orderBy('g.position')
    .execute();
  return rows.map(({ id, name, shortName }) => ({ id, name, shortName }));
}
