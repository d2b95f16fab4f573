// What was received and held is seen at the office, let into the figures once, or left out with a reason.
import { beforeAll, expect, it } from 'vitest';
import { isProblem } from '#core/problem.ts';
import type { Database } from '#platform/database/database.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { firstHouseholdId, dwellingId, laneId } from '#protocol/identity.ts';
import { api } from '#registry/api.server.ts';
import { sync } from '#registry/sync.server.ts';
import { makeStage } from './support/cast.ts';
import type { Player, Stage } from './support/cast.ts';
import { testRuntime } from './support/database.ts';
import { batchOf, bindPhone, fieldRecord, insertCampaign, visitBody } from './support/field.ts';
import type { FieldPhone, FieldWard } from './support/field.ts';

let runtime: Runtime;
let database: Database;
let stage: Stage;
let field: FieldWard;
const NOW = Date.parse('2025-08-05T07:50:00+07:00');

beforeAll(async () => {
  const test = await testRuntime(NOW);
  ({ runtime, database } = test);
  setRuntime(runtime);
  stage = await makeStage(database);
  const campaignId = await database.asOwnerInWard(stage.ward, (trx) => insertCampaign(trx));
  field = { ward: stage.ward, campaignId, groups: [] };
});

async function call(player: Player, method: string, path: string, body?: object) {
  const request = new Request(`http://test/api/wards/${stage.ward}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const response = await api.fetch(request, { actor: stage.actors[player], origin: 'test' });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function push(phone: FieldPhone, records: readonly object[]) {
  const reply = await sync.push({
    runtime,
    cookies: phone.cookie,
    actor: null,
    parts: [Buffer.from(JSON.stringify(batchOf(stage.group, records, NOW)))],
    receivedAt: NOW,
  });
  if (isProblem(reply)) throw new Error(reply.code);
  return reply.answers;
}

const rows = async (text: string, ...values: unknown[]) => {
  const client = await database.ownerPool.connect();
  try {
    await client.query(`begin; set local app.ward_id = '${stage.ward}'`);
    const found = await client.query<Record<string, unknown>>(text, values);
    await client.query('commit');
    return found.rows;
  } finally {
    client.release();
  }
};

const waiting = async () => (await call('administrator', 'GET', '/held-records')).body['waiting'];

it('is let into the figures once, under its author, on the day it was done', async () => {
  const phone = await bindPhone(runtime, stage.ward, stage.group);
  const at = NOW - 26 * 3_600_000;
  const lane = laneId(stage.group, 'Ngõ Giữ');
  const dwelling = dwellingId(lane, '1');
  const household = firstHouseholdId(dwelling);
  const make = (type: string, body: Record<string, unknown>) => fieldRecord(field, phone, { type, at, body });
  const records = [
    make('lane', { laneId: lane, name: 'Ngõ Giữ' }),
    make('dwelling', { dwellingId: dwelling, laneId: lane, houseNumber: '1', kind: 'house' }),
    make('household', {
      householdId: household,
      dwellingId: dwelling,
      n: 1,
      headName: 'Đào Thị Giữ',
      residence: 'permanent',
    }),
    make('visit', visitBody(household, at)),
  ];
  await rows('update grants set to_at = $2 where id = $1', phone.grantId, new Date(NOW - 1000));
  expect((await push(phone, records)).every(({ answer }) => answer === 'held')).toBe(true);
  expect((await call('leader', 'GET', '/held-records')).status).toBe(403);
  const seen = await call('administrator', 'GET', '/held-records');
  expect(seen.body).toMatchObject({ waiting: 4 });
  const ids = records.map(({ id }) => id);
  const first = await call('administrator', 'POST', '/held-records/release', { ids: ids.slice(3) });
  // The visit stands on a household that is held itself.
  expect(first.body).toEqual({ applied: [], waiting: [{ id: ids[3], code: 'sync.needs-another' }] });
  for (const id of ids) {
    const released = await call('administrator', 'POST', '/held-records/release', { ids: [id] });
    expect(released.body).toEqual({ applied: [id], waiting: [] });
  }
  expect((await call('administrator', 'POST', '/held-records/release', { ids })).body).toEqual({
    applied: [],
    waiting: [],
  });
  const visits = await rows(
    'select author_id, entered_by, work_on::text as day, received_at from visits where id = $1',
    ids[3],
  );
  expect(visits).toEqual([
    { author_id: phone.personId, entered_by: null, day: '2025-08-04', received_at: new Date(NOW) },
  ]);
  expect(await rows('select released_by from field_records where id = $1', ids[3])).toEqual([
    { released_by: stage.actors.administrator.personId },
  ]);
  expect(await waiting()).toBe(0);
  // The phone asks once more and hears that it counts now.
  expect((await push(phone, records.slice(3)))[0]).toMatchObject({ answer: 'applied', workOn: '2025-08-04' });
});

it('asks for the day where the time cannot be believed, and may be left out for good', async () => {
  const phone = await bindPhone(runtime, stage.ward, stage.group);
  const signal = (told: string) => ({
    ...fieldRecord(field, phone, {
      type: 'victim-signal',
      at: 86_400_000,
      body: { at: '1970-01-02T07:00:00+07:00', isHousehold: true, told },
    }),
  });
  const [one, other] = [signal('none'), signal('duty-desk')];
  expect((await push(phone, [one, other])).every(({ answer }) => answer === 'held')).toBe(true);
  const blind = await call('administrator', 'POST', '/held-records/release', { ids: [one.id] });
  expect([blind.status, blind.body['code']]).toEqual([422, 'sync.held-needs-day']);
  const later = await call('administrator', 'POST', '/held-records/release', {
    ids: [one.id],
    day: '2025-08-06',
  });
  expect(later.status).toBe(422);
  const released = await call('administrator', 'POST', '/held-records/release', {
    ids: [one.id],
    day: '2025-08-04',
  });
  expect(released.body).toMatchObject({ applied: [one.id] });
  expect(await rows('select work_on::text as day from field_records where id = $1', one.id)).toEqual([
    { day: '2025-08-04' },
  ]);
  const aside = await call('administrator', 'POST', '/held-records/put-aside', {
    ids: [other.id],
    reason: 'thử máy',
  });
  expect(aside.status).toBe(200);
  expect(await rows('select id from victim_signals where id = $1', other.id)).toEqual([]);
  expect(await waiting()).toBe(0);
  expect((await push(phone, [other]))[0]).toMatchObject({ answer: 'held' });
});
