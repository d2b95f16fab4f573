// A group full of doors in a rehearsal that is already running, and the figures a test counts: asked of the product's own
// PostgreSQL, whose socket folder is named in postmaster.pid.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { dwellingId, firstHouseholdId, laneId } from '../../src/protocol/identity.ts';

export async function askDatabase<T extends pg.QueryResultRow>(
  dataDir: string,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const socket =
    readFileSync(join(dataDir, 'rehearsal', 'pg', 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
  const client = new pg.Client({ host: socket, user: 'postgres', database: 'tungnha' });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

const NAMES = [
  'Đào Thị Lành',
  'Nguyễn Văn Hùng',
  'Trần Thị Thủy',
  'Phạm Đức Anh',
  'Lê Thị Hòa',
  'Vũ Quốc Khánh',
];

/** Lanes of fifty doors each, one household behind each door; answers the dwellings in house order. */
export async function fillGroup(
  dataDir: string,
  ward: number,
  group: string,
  doors: number,
): Promise<string[]> {
  const made: string[] = [];
  const add = <T extends pg.QueryResultRow>(sql: string, values: unknown[]) =>
    askDatabase<T>(dataDir, sql, values);
  await add('update feeds set n = n + 1 where ward_id = $1 and feed_id = $2', [ward, group]);
  // A group of the rehearsal may have households of its own; the test counts on exactly these.
  for (let at = 0; at * 50 < doors; at++) {
    const name = `Ngõ kiểm ${100 + at}`;
    const lane = laneId(group, name);
    await add(
      `insert into areas (ward_id, id, kind, parent_id, name, short_name, position, valid_from, feed_id, change_n)
       values ($1, $2, 'lane', $3, $4, $4, $5, '2025-07-01', $3, (select n from feeds where ward_id = $1 and feed_id = $3))`,
      [ward, lane, group, name, at - 1000],
    );
    const numbers = Array.from({ length: Math.min(50, doors - at * 50) }, (_, i) => String(i + 1));
    const dwellings = numbers.map((number) => dwellingId(lane, number));
    made.push(...dwellings);
    await add(
      `insert into dwellings (ward_id, id, lane_id, group_id, house_number, kind, created_at, feed_id, change_n)
       select $1, d.id, $2, $3, d.number, 'house', now(), $3, (select n from feeds where ward_id = $1 and feed_id = $3)
       from unnest($4::uuid[], $5::text[]) as d (id, number)`,
      [ward, lane, group, dwellings, numbers],
    );
    await add(
      `insert into households (ward_id, id, dwelling_id, group_id, n, head_name, residence, created_at, feed_id, change_n)
       select $1, h.id, h.dwelling, $2, 1, h.name, 'permanent', now(), $2,
         (select n from feeds where ward_id = $1 and feed_id = $2)
       from unnest($3::uuid[], $4::uuid[], $5::text[]) as h (id, dwelling, name)`,
      [
        ward,
        group,
        dwellings.map((id) => firstHouseholdId(id)),
        dwellings,
        numbers.map((number) => `${NAMES[Number(number) % NAMES.length]} ${number}`),
      ],
    );
  }
  return made;
}
