// Where all doors of the ward are and how each stands: as points for the map, and as figures by group, which say the same
// to whoever cannot see a map.
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Call } from '#platform/api/endpoint.server.ts';
import { readGroups, visibleGroups } from '#features/households/coverage.server.ts';
import type { WardMapReply, WardPointsReply } from '#features/households/ward-map.ts';

/** A door a line; one of several households stands by what is left of it. */
const doors = (call: Call, campaign: string, groups: readonly string[] | null): RawBuilder<unknown> => sql`
  select s.dwelling_id, s.group_id, min(s.household_id::text) as household,
    case
      when count(*) filter (where s.excluded_on is not null) = count(*) then 'outside'
      when count(*) filter (where s.reached_on is not null or s.excluded_on is not null) = count(*) then 'reached'
      when count(*) filter (where s.reached_on is null and s.last_outcome is not null) > 0 then 'tried'
      else 'left'
    end as state
  from household_standing s
  where s.ward_id = ${call.trx.wardId} and s.campaign_id = ${campaign}
    and ${groups === null ? sql`true` : sql`s.group_id = any(${[...groups]}::uuid[])`}
  group by s.dwelling_id, s.group_id`;

interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}
interface Counted extends Record<keyof Box, number | null> {
  readonly group: string;
  readonly state: string;
  readonly placed: number;
  readonly n: number;
}

function boxOf(rows: readonly Counted[]): WardMapReply['box'] {
  const placed = rows.filter((row): row is Counted & Box => row.placed > 0);
  if (placed.length === 0) return null;
  const of = (side: keyof Box) => placed.map((row) => row[side]);
  return [
    Math.min(...of('west')),
    Math.min(...of('south')),
    Math.max(...of('east')),
    Math.max(...of('north')),
  ];
}

export async function readWardMap(call: Call, campaign: string): Promise<WardMapReply> {
  const visible = visibleGroups(call);
  const groups = await readGroups(call.trx, visible);
  const { rows } = await sql<Counted>`
    with door as materialized (${doors(call, campaign, visible)})
    select door.group_id as "group", door.state, count(d.position_lat)::int as placed, count(*)::int as n,
      min(d.position_lon) as west, min(d.position_lat) as south, max(d.position_lon) as east,
      max(d.position_lat) as north
    from door join dwellings d on d.ward_id = ${call.trx.wardId} and d.id = door.dwelling_id
    group by door.group_id, door.state`.execute(call.trx);
  const of = Map.groupBy(rows, ({ group }) => group);
  return {
    box: boxOf(rows),
    groups: groups.map(({ id, shortName }) => {
      const own = of.get(id) ?? [];
      const count = (state: string) => own.find((row) => row.state === state)?.n ?? 0;
      return {
        ...{ id, name: shortName },
        ...{
          reached: count('reached'),
          left: count('left'),
          tried: count('tried'),
          outside: count('outside'),
        },
        without: own.reduce((sum, { n, placed }) => sum + n - placed, 0),
      };
    }),
  };
}

export async function readWardPoints(call: Call, campaign: string): Promise<WardPointsReply> {
  const { rows } = await sql<WardPointsReply['points'][number]>`
    with door as materialized (${doors(call, campaign, visibleGroups(call))})
    select d.position_lon as lon, d.position_lat as lat, door.state, door.household,
      l.name || ', ' || d.house_number as place
    from door
    join dwellings d on d.ward_id = ${call.trx.wardId} and d.id = door.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    where d.position_lat is not null and d.position_lon is not null`.execute(call.trx);
  return { points: rows };
}
