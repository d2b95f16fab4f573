/**
 * Search everything at the API, on a real embedded PostgreSQL with its usual durability, over the rehearsal (its people,
 * groups, units, the plan in force and the register of directives) with as many more people and directives as ten years
 * of a ward's work bring. Each query is asked with marks and without. Run: node bench/search.ts. Limit: 50 ms at the
 * 95th percentile.
 */
import { sql } from 'kysely';
import { instantOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import { api } from '#registry/api.server.ts';
import { makeRehearsal } from '#registry/rehearsal.server.ts';
import { tell, time } from './figures.support.ts';
import { openWorld } from './world.support.ts';

const LIMIT = 50;
const RUNS = 40;
const MORE_PEOPLE = 2_000;
const MORE_DIRECTIVES = 3_000;

const world = await openWorld(instantOf('2025-08-05', '07:50'));
const { database, runtime } = world;
await makeRehearsal(runtime);

const WARD = 1;
await database.asOwnerInWard(WARD, async (trx) => {
  await sql`
    insert into people (ward_id, id, name, sort_key, title)
    select p.ward_id, gen_random_uuid(), p.name || ' ' || s.n, p.sort_key, p.title
    from (select *, row_number() over (order by id) as at, count(*) over () as of from people) p
    join generate_series(1, ${MORE_PEOPLE}::int) as s (n) on s.n % p.of + 1 = p.at`.execute(trx);
  await sql`
    insert into directives (ward_id, id, number, issued_on, issuer, subject, entered_by, entered_at)
    select d.ward_id, gen_random_uuid(), s.n || '/KH-UBND', date '2016-01-01' + s.n, d.issuer, d.subject, d.entered_by, now()
    from (select *, row_number() over (order by id) as at, count(*) over () as of from directives) d
    join generate_series(1, ${MORE_DIRECTIVES}::int) as s (n) on s.n % d.of + 1 = d.at`.execute(trx);
});
await database.ownerPool.query('analyze people, directives, areas, plan_version_items, plan_versions');

const actor: Actor = {
  accountId: newId(),
  wardId: WARD,
  personId: newId(),
  name: 'Người Đo',
  grants: [{ role: 'leader', areaId: null, unitId: null }],
  via: 'office',
  deviceId: null,
  sessionId: newId(),
};

async function ask(query: string): Promise<number> {
  const request = new Request(`http://bench/api/wards/${WARD}/search?q=${encodeURIComponent(query)}`);
  const response = await api.fetch(request, { actor, origin: 'bench' });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${query}: ${text.slice(0, 200)}`);
  return (JSON.parse(text) as { found: unknown[] }).found.length;
}

const [counted] = await database.inWard(WARD, async (trx) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from search_entries`.execute(trx);
  return rows;
});
process.stdout.write(
  `${counted?.n ?? 0} people, groups, units, duties, plans and directives to look through\n`,
);

const QUERIES = [
  'Đình Hạ',
  'dinh ha',
  'Nguyễn',
  'nguyen thi',
  'báo cáo nhanh',
  'bao cao',
  '12/KH',
  'a',
  'zzz',
];
const all: number[] = [];
let processor = 0;
for (const query of QUERIES) {
  const found = await ask(query);
  const before = process.cpuUsage();
  const taken = await time(RUNS, () => ask(query), 0);
  const { user, system } = process.cpuUsage(before);
  processor += (user + system) / 1000;
  all.push(...taken);
  tell(`"${query}" (${found} shown)`, taken, LIMIT);
}
tell(
  'all queries',
  all.sort((a, b) => a - b),
  LIMIT,
);
process.stdout.write(`  processor time of this process: ${(processor / all.length).toFixed(1)} ms each\n`);
await world.close();
