// Finding households by words, people, standings and doors, against the same asked of the raw rows one by one.
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange } from '#platform/feeds.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { openWard } from '#platform/wards.server.ts';
import { api } from '#registry/api.server.ts';
import { DOOR_STATES } from '#features/households/door-states.ts';
import type { ListReply } from '#features/households/office-schema.ts';
import type { WardMapReply } from '#features/households/ward-map.ts';
import { testRuntime } from '../../../tests/support/database.ts';
import { makeFieldWard } from '../../../tests/support/field.ts';
import type { FieldWard } from '../../../tests/support/field.ts';

let runtime: Runtime;
let field: FieldWard;
let actor: Actor;
const walker = '0198c0de-0000-7000-8000-000000000001';

interface Facts {
  readonly id: string;
  readonly dwelling: string;
  readonly group: string;
  readonly name: string;
  readonly met: boolean;
  readonly tried: boolean;
  readonly by: readonly string[];
}

const NAMES = ['Đào Thị Lành', 'Nguyễn Văn Hùng', 'Nguyễn Thị Lành'];
let facts: Facts[] = [];

async function write(trx: WardTransaction, group: string, household: string, n: number): Promise<void> {
  const outcome = ['met', 'nobody-home', null][n % 3] ?? null;
  await sql`update households set head_name = ${NAMES[n % 4] ?? NAMES[0]}
    where ward_id = ${trx.wardId} and id = ${household}`.execute(trx);
  if (outcome)
    await sql`insert into visits (ward_id, id, campaign_id, household_id, group_id, outcome, channel, place, how,
        author_id, done_at, work_on, received_at, feed_id, change_n)
      values (${trx.wardId}, ${newId()}, ${field.campaignId}, ${household}, ${group}, ${outcome}, 'direct', 'home',
        'on-the-spot', ${n % 2 === 0 ? walker : newId()}, now(), '2025-08-05', now(), ${group},
        ${await nextChange(trx, group)})`.execute(trx);
}

beforeAll(async () => {
  const test = await testRuntime();
  runtime = test.runtime;
  setRuntime(runtime);
  const ward = await openWard(test.database, {
    name: 'Phường',
    code: '1',
    cityCode: '31',
    validFrom: '2025-07-01',
  });
  field = await makeFieldWard(runtime, ward, { groups: 3, households: 40 });
  actor = {
    ...{ accountId: newId(), wardId: ward, personId: newId(), name: 'Người Tìm', sessionId: newId() },
    ...{ grants: [{ role: 'administrator', areaId: null, unitId: null }], via: 'office', deviceId: null },
  };
  await test.database.asOwnerInWard(ward, async (trx) => {
    for (const [at, group] of field.groups.entries()) {
      // The second household of a door stands behind the first one's.
      await sql`update households set dwelling_id = ${group.dwellings[0]}, n = 2
        where ward_id = ${ward} and id = ${group.households[1]}`.execute(trx);
      for (const [n, household] of group.households.entries()) await write(trx, group.id, household, n + at);
    }
    const { rows } =
      await sql<Facts>`select h.id, h.dwelling_id as dwelling, h.group_id as "group", h.head_name as name,
        coalesce(bool_or(v.outcome = 'met'), false) as met, count(v.id) > 0 as tried,
        coalesce(array_agg(v.author_id::text) filter (where v.id is not null), '{}') as by
      from households h left join visits v on v.ward_id = h.ward_id and v.household_id = h.id
      where h.ward_id = ${ward} group by h.ward_id, h.id`.execute(trx);
    facts = rows;
  });
});

async function get<T>(path: string): Promise<T> {
  const response = await api.fetch(new Request(`http://test/api/wards/${field.ward}${path}`), {
    actor,
    origin: 'test',
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as T;
}

async function all(query: string): Promise<ListReply['households']> {
  const found: ListReply['households'] = [];
  for (let page = 1; ; page++) {
    const reply = await get<ListReply>(`/households?${query}&campaign=${field.campaignId}&page=${page}`);
    found.push(...reply.households);
    if (found.length >= reply.total || reply.households.length === 0) {
      expect(found).toHaveLength(reply.total);
      return found;
    }
  }
}

const idsOf = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id).toSorted();

it.each<[string, (of: Facts) => boolean]>([
  ['q=lanh&show=left', (of) => of.name.endsWith('Lành') && !of.met],
  ['q=nguyen&show=reached', (of) => of.name.startsWith('Nguyễn') && of.met],
  ['show=left&reason=none', (of) => !of.tried],
  ['show=left&reason=nobody-home', (of) => of.tried && !of.met],
  [`person=${walker}`, (of) => of.by.includes(walker)],
  [
    `q=nguyen&person=${walker}&show=reached`,
    (of) => of.name.startsWith('Nguyễn') && of.by.includes(walker) && of.met,
  ],
  [`person=${walker}&show=left`, (of) => of.by.includes(walker) && !of.met],
  ['show=reached&day=2025-08-04', () => false],
  ['residence=permanent&show=left', (of) => !of.met],
])(
  'finds by %s whom the rows name, page after page, each once and in the order of the walk',
  async (query, is) => {
    const found = await all(query);
    expect(idsOf(found)).toEqual(idsOf(facts.filter(is)));
    const places = found.map(({ groupId, laneId }) => `${groupId}/${laneId}`);
    expect(new Set(places).size).toBe(places.filter((place, at) => place !== places[at - 1]).length);
    for (const { id, reachedOn, visits } of found) {
      const of = facts.find((one) => one.id === id);
      expect([reachedOn !== null, visits]).toEqual([of?.met, of?.by.length]);
    }
  },
);

it('every figure of the map of the ward opens exactly the doors it counts', async () => {
  const { groups } = await get<WardMapReply>(`/campaigns/${field.campaignId}/door-map`);
  for (const group of groups)
    for (const state of DOOR_STATES) {
      const found = await all(`area=${group.id}&door=${state}`);
      const doors = new Set(found.map(({ id }) => facts.find((of) => of.id === id)?.dwelling));
      expect([group.name, state, doors.size]).toEqual([group.name, state, group[state]]);
      const whole = facts.filter(({ dwelling }) => doors.has(dwelling));
      expect(idsOf(found)).toEqual(idsOf(whole));
      const lane = found[0]?.laneId;
      if (lane)
        expect(idsOf(await all(`area=${group.id}&door=${state}&lane=${lane}`))).toEqual(
          idsOf(found.filter(({ laneId }) => laneId === lane)),
        );
    }
  expect(groups.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(0);
});

it('finds the doors of a merged group where they count now', async () => {
  const [one, other] = field.groups;
  await runtime.database.asOwnerInWard(field.ward, async (trx) => {
    await sql`update areas set valid_to = '2025-08-01' where ward_id = ${field.ward} and id = ${one?.id}`.execute(
      trx,
    );
    await sql`insert into area_successors (ward_id, area_id, successor_id)
      values (${field.ward}, ${one?.id}, ${other?.id})`.execute(trx);
    await nextChange(trx, other?.id ?? '');
  });
  const of = facts.filter(({ group }) => group === one?.id || group === other?.id);
  expect(idsOf(await all(`area=${other?.id}&show=left`))).toEqual(idsOf(of.filter(({ met }) => !met)));
  expect(idsOf(await all(`area=${other?.id}`))).toEqual(idsOf(of));
});
