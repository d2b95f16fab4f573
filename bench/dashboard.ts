/**
 * The leader's page at the API, on a real embedded PostgreSQL with its usual durability: a sample ward of 20,000
 * households in 75 groups, every one of them named in the register, six in ten visited, nine in ten of those signed.
 * `still`: nothing was written since the last question. `moving`: a household was visited in between, so the coverage
 * is counted anew. Run: node bench/dashboard.ts [households] [groups]. Limit: 50 ms at the 95th percentile. On a busy
 * machine read the processor time as well: it says what the work costs, whatever else runs.
 */
import { instantOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import { chanceOf } from '#platform/rehearsal/chance.ts';
import { api } from '#registry/api.server.ts';
import { makeSampleWard } from '#registry/sample-ward.server.ts';
import { tell, time } from './figures.support.ts';
import { openWorld } from './world.support.ts';

const LIMIT = 50;
const RUNS = 60;
const [households = 20_000, groups = 75] = process.argv.slice(2).map(Number);
const NOW = instantOf('2025-08-05', '07:50');

const world = await openWorld(NOW);
const { database, runtime } = world;

const wish = { name: 'Phường', code: '11602', cityCode: '31', groups, households };
const sample = await makeSampleWard(runtime, wish, chanceOf('bench'));
const { wardId } = sample;
const campaign = sample.campaign.campaignId;

const client = await database.ownerPool.connect();
const write = async (text: string, values: unknown[] = []) =>
  (await client.query(text, values)).rowCount ?? 0;
await write('begin');
await write(`set local app.ward_id = '${wardId}'`);
/** One lane a group, as many doors as the group declared. */
await write(
  `insert into areas (ward_id, id, kind, parent_id, name, short_name, valid_from, feed_id, change_n)
   select ward_id, gen_random_uuid(), 'lane', id, 'Ngõ 1', 'Ngõ 1', valid_from, feed_id, 0 from areas
   where kind = 'group' and not exists (select from areas l where l.parent_id = areas.id)`,
);
await write(
  `insert into dwellings (ward_id, id, lane_id, group_id, house_number, kind, created_at, feed_id, change_n)
   select g.ward_id, gen_random_uuid(), l.id, g.group_id, s.n::text, 'house', now(), a.feed_id, 0
   from group_households g
   join areas a on a.ward_id = g.ward_id and a.id = g.group_id
   join lateral (select id from areas l where l.parent_id = g.group_id order by id limit 1) l on true
   cross join lateral generate_series(1, g.households) as s (n)
   where not exists (select from dwellings d where d.group_id = g.group_id)`,
);
const named = await write(
  `insert into households (ward_id, id, dwelling_id, group_id, n, head_name, residence, created_at, feed_id, change_n)
   select d.ward_id, gen_random_uuid(), d.id, d.group_id, 1, 'Đào Thị Lành', 'permanent', now(), d.feed_id, 0
   from dwellings d where not exists (select from households h where h.dwelling_id = d.id)`,
);
const visited = await write(
  `insert into visits (ward_id, id, campaign_id, household_id, group_id, outcome, channel, place, how, zalo_state,
     author_id, done_at, work_on, received_at, feed_id, change_n)
   select h.ward_id, gen_random_uuid(), $1, h.id, h.group_id, 'met', 'direct', 'home', 'on-the-spot', 'own-member',
     gen_random_uuid(), w.day + time '12:00', w.day, now(), h.feed_id, 0
   from (select *, row_number() over (order by id) as at from households) h
   cross join lateral (select date '2025-08-02' + (h.at % 4)::int as day) w where h.at % 10 < 6`,
  [campaign],
);
await write(
  `insert into pledges (ward_id, id, campaign_id, household_id, group_id, original, signer, text_version, author_id,
     signed_at, work_on, received_at, feed_id, change_n)
   select ward_id, gen_random_uuid(), campaign_id, household_id, group_id, 'paper', 'head', 1, author_id, done_at,
     work_on, now(), feed_id, 0 from (select *, row_number() over (order by id) as at from visits) v where at % 10 < 9`,
);
await write('commit');
client.release();
await database.ownerPool.query('analyze households, dwellings, visits, pledges, evidence, evidence_items');

// Forty-five people walk the lanes, as in a ward, rather than one for each visit.
const walked = await database.ownerPool.connect();
await walked.query(`begin; set local app.ward_id = '${wardId}'`);
await walked.query(
  `update visits v set author_id = p.id from (select id, row_number() over (order by id) - 1 as at from people) p
   where p.at = abs(hashtext(v.feed_id::text)) % 45`,
);
await walked.query('commit');
walked.release();

const actor: Actor = {
  accountId: newId(),
  wardId,
  personId: newId(),
  name: 'Người Đo',
  grants: [{ role: 'leader', areaId: null, unitId: null }],
  via: 'office',
  deviceId: null,
  sessionId: newId(),
};
async function get(path: string): Promise<string> {
  const request = new Request(`http://bench/api/wards/${wardId}/campaigns/${campaign}${path}`);
  const response = await api.fetch(request, { actor, origin: 'bench' });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${text.slice(0, 200)}`);
  return text;
}
/** What a write leaves behind for us: the group's feed one further. */
const somebodyWrites = () =>
  database.inWard(wardId, (trx) =>
    trx
      .updateTable('feeds')
      .set((eb) => ({ n: eb('n', '+', 1) }))
      .where('ward_id', '=', wardId)
      .where('feed_id', '=', sample.areas[0]?.id ?? '')
      .execute(),
  );

/** Measured and told beside the limit, with what it cost this process (PostgreSQL's own work comes on top). */
async function measure(what: string, work: () => Promise<unknown>): Promise<void> {
  await time(3, work, 0);
  const before = process.cpuUsage();
  const taken = await time(RUNS, work, 0);
  const { user, system } = process.cpuUsage(before);
  tell(what, taken, LIMIT);
  process.stdout.write(
    `  processor time of this process: ${((user + system) / 1000 / RUNS).toFixed(1)} ms each\n`,
  );
}

const size = (await get('/dashboard')).length;
process.stdout.write(
  `${named} households named in ${groups} groups, ${visited} visited; the page is ${Math.round(size / 1024)} kB\n`,
);
await measure("leader's page, still", () => get('/dashboard'));
await measure("leader's page, moving", async () => {
  await somebodyWrites();
  await get('/dashboard');
});
await measure('coverage of the ward, still', () => get('/coverage'));
await measure('coverage of the ward, moving', async () => {
  await somebodyWrites();
  await get('/coverage');
});
const police = sample.people.units[0]?.id ?? '';
await measure("one unit's record", () => get(`/dashboard/units/${police}`));
await measure('rows of one day', () => get('/dashboard/owed?from=2025-08-04&to=2025-08-04'));
await world.close();
