/**
 * The calendar at the API, on a real embedded PostgreSQL with its usual durability: 30 duties × 45 groups × a year,
 * two plans of it. "full": every duty is owed daily by every group, six in ten done (295,000 acts). "usual": a mix of
 * daily, weekly and monthly duties of groups and units. Run: node bench/calendar-api.ts [full]. Limit: 100 ms.
 * On a busy machine read the processor time: it says what the work costs, whatever else runs.
 */
import { addDays } from '#core/calendar.ts';
import { instantOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import { openFeed } from '#platform/feeds.server.ts';
import { openWard } from '#platform/wards.server.ts';
import { evidenceTables } from '#features/evidence/tables.server.ts';
import { DEFAULT_CHOICES } from '#features/plan/model.ts';
import { api } from '#registry/api.server.ts';
import { tell, time } from './figures.support.ts';
import { openWorld } from './world.support.ts';

const GROUPS = 45;
const UNITS = 20;
const RUNS = 30;
const YEAR = { from: '2025-01-01', to: '2025-12-31' };
const NOW = instantOf('2025-12-20', '09:00');

const world = await openWorld(NOW);
const { database } = world;

const wardId = await openWard(database, {
  name: 'Phường',
  code: '11602',
  cityCode: '31',
  validFrom: YEAR.from,
});
const groups = Array.from({ length: GROUPS }, newId);
const units = Array.from({ length: UNITS }, newId);
const person = newId();
await database.asOwnerInWard(wardId, async (trx) => {
  const tables = evidenceTables(trx);
  for (const [n, id] of groups.entries()) {
    await openFeed(trx, id, 'group');
    const name = `Tổ dân phố ${n + 1}`;
    const row = {
      ward_id: wardId,
      id,
      kind: 'group' as const,
      parent_id: null,
      name,
      short_name: `TDP ${n + 1}`,
    };
    await tables
      .insertInto('areas')
      .values({
        ...row,
        position: n,
        valid_from: YEAR.from,
        valid_to: null,
        feed_id: id,
        change_n: 0,
      } as never)
      .execute();
  }
  await tables
    .insertInto('units')
    .values(
      units.map((id, n) => {
        const name = `Đơn vị ${n + 1}`;
        const dates = { valid_from: YEAR.from, valid_to: null };
        return { ward_id: wardId, id, kind: 'office', name, short_name: name, position: n, ...dates };
      }),
    )
    .execute();
  await tables
    .insertInto('people')
    .values({ ward_id: wardId, id: person, name: 'Người Đo', sort_key: 'do', title: null })
    .execute();
});

type Rhythm = 'day' | 'week' | 'month';
const body = (n: number, scope: 'group' | 'ward', per: Rhythm) => ({
  kind: 'duty',
  title: `Nhiệm vụ ${n}`,
  proposal: false,
  choices: DEFAULT_CHOICES,
  accountable: units[n % UNITS],
  actor: 'Đơn vị',
  marks: [],
  partners: [],
  cooperating: [],
  scope,
  cadence: { count: 1, per },
  between: null,
  by: null,
  time: null,
  weekdays: [],
  dayOfMonth: null,
  relative: null,
  activity: 'post',
  channels: [],
  audience: null,
  windows: [],
  standing: true,
});

const full = Array.from({ length: 30 }, (_, n) => body(n, 'group', 'day'));
const usual = Array.from({ length: 30 }, (_, n) =>
  body(n, n % 3 === 0 ? 'ward' : 'group', n % 10 === 1 ? 'day' : n % 5 === 4 ? 'month' : 'week'),
);
const STEP: Record<Rhythm, number> = { day: 1, week: 7, month: 30 };

async function makeCampaign(bodies: ReturnType<typeof body>[]): Promise<string> {
  const campaign = newId();
  const feed = groups[0] ?? '';
  const client = await database.ownerPool.connect();
  const write = (text: string, values: unknown[]) => client.query(text, values);
  try {
    await write(`begin`, []);
    await write(`set local app.ward_id = '${wardId}'`, []);
    await write(
      `insert into campaigns (ward_id, id, name, short_name, leading_unit_id, from_on, to_on, state, created_at, feed_id, change_n)
       values ($1, $2, 'Chiến dịch', 'CD', $3, $4, $5, 'active', now(), $6, 0)`,
      [wardId, campaign, units[0], YEAR.from, YEAR.to, feed],
    );
    await write(
      `insert into plan_versions (ward_id, campaign_id, version, state, source, reading, days, in_force_from, created_at,
         confirmed_at, feed_id, change_n) values ($1, $2, 1, 'confirmed', 'x', '{}', $3, $4, now(), now(), $5, 0)`,
      [wardId, campaign, JSON.stringify(YEAR), YEAR.from, feed],
    );
    for (const [n, one] of bodies.entries()) {
      const item = newId();
      await write(`insert into plan_items values ($1, $2, $3, 'duty')`, [wardId, campaign, item]);
      await write(
        `insert into plan_version_items (ward_id, campaign_id, version, item_id, position, body, review)
         values ($1, $2, 1, $3, $4, $5, 'accepted')`,
        [wardId, campaign, item, n, JSON.stringify(one)],
      );
      const places = one.scope === 'group' ? groups : [null];
      // Six in ten, by a fixed pattern over days and places.
      await write(
        `with made as (
           insert into evidence (ward_id, campaign_id, id, area_id, unit_id, work_on, done_at, received_at, author_id,
             feed_id, change_n)
           select $1, $2, gen_random_uuid(), p.area, $3, d.day, d.day + time '03:00', d.day + time '03:01', $4,
             coalesce(p.area, $5), 0
           from generate_series($6::date, $7::date, $8::int * interval '1 day') as g (stamp)
           cross join lateral (select g.stamp::date as day) d
           cross join unnest($9::uuid[]) with ordinality as p (area, n)
           where (d.day - $6::date + 7 * p.n + $10::int) % 10 < 6
           returning id)
         insert into evidence_items select $1, $2, id, $11 from made`,
        [
          wardId,
          campaign,
          units[0],
          person,
          feed,
          YEAR.from,
          addDays(YEAR.to, -12),
          STEP[one.cadence.per],
          places,
          n,
          item,
        ],
      );
    }
    await write(`commit`, []);
  } finally {
    client.release();
  }
  await database.ownerPool.query('analyze evidence, evidence_items');
  return campaign;
}

const actor: Actor = {
  accountId: newId(),
  wardId,
  personId: person,
  name: 'Người Đo',
  grants: [{ role: 'leader', areaId: null, unitId: null }],
  via: 'office',
  deviceId: null,
  sessionId: newId(),
};
async function get(campaign: string, path: string): Promise<string> {
  const request = new Request(`http://bench/api/wards/${wardId}/campaigns/${campaign}${path}`);
  const response = await api.fetch(request, { actor, origin: 'bench' });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${text.slice(0, 200)}`);
  return text;
}

const views: readonly (readonly [string, string])[] = [
  ['year summary', `/calendar/summary?from=${YEAR.from}&to=${YEAR.to}`],
  ['week, units × chips', '/calendar/board'],
  ['week, groups × chips', '/calendar/board?by=group'],
  ['week of one group, listed', `/calendar?area=${groups[7] ?? ''}`],
  ['today, every unit and group', '/calendar/today'],
  ['campaign page', '/overview'],
];
// Making 295,000 acts takes a while: only when asked for.
const plans = { usual, ...(process.argv.includes('full') ? { full } : {}) };
for (const [name, bodies] of Object.entries(plans)) {
  const campaign = await makeCampaign(bodies);
  const { rows } = await database.asOwnerInWard(wardId, (trx) =>
    evidenceTables(trx)
      .selectFrom('evidence')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('ward_id', '=', wardId)
      .where('campaign_id', '=', campaign)
      .execute()
      .then((found) => ({ rows: found })),
  );
  process.stdout.write(`${name}: 30 duties, ${GROUPS} groups, a year, ${rows[0]?.n ?? 0} acts\n`);
  const cold = performance.now();
  await get(campaign, views[0]?.[1] ?? '');
  process.stdout.write(
    `  first question of a new process, all acts read   ${(performance.now() - cold).toFixed(0)} ms\n`,
  );
  for (const [what, path] of views) {
    const size = (await get(campaign, path)).length;
    const cpu = process.cpuUsage();
    const taken = await time(RUNS, () => get(campaign, path), 0);
    const { user, system } = process.cpuUsage(cpu);
    tell(`  ${what} (${Math.round(size / 1024)} kB)`, taken, 100);
    process.stdout.write(
      `    processor time of this process: ${((user + system) / 1000 / RUNS).toFixed(1)} ms each\n`,
    );
  }
}
await world.close();
