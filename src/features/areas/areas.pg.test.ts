// The areas feature through its doors, on a real database: who may, what a decision leaves behind, and when.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Actor, Grant } from '#platform/api/actor.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeWard, testRuntime } from '../../../tests/support/database.ts';

let ward = 0;
let otherWard = 0;
let clock = { at: 0 };
const people = { administrator: newId(), officer: newId(), leader: newId() };

const actor = (personId: string, ...grants: Grant[]): Actor => ({
  accountId: newId(),
  wardId: ward,
  personId,
  name: 'Người thử',
  grants,
  via: 'office',
  deviceId: null,
  sessionId: 'test',
});
/** Has just signed in: the export asks for a fresh proof. */
const administrator = () => ({
  ...actor(people.administrator, { role: 'administrator', areaId: null, unitId: null }),
  provedAt: Date.now(),
});
const officerOf = (areaId: string) => actor(people.officer, { role: 'area-officer', areaId, unitId: null });
const leaderOf = (areaId: string) => actor(people.leader, { role: 'group-leader', areaId, unitId: null });

async function ask(by: Actor, method: string, path: string, body?: unknown) {
  const request = new Request(`http://test/api/wards/${ward}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await api.fetch(request, { actor: by, origin: 'test' });
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

const decision = { number: '05/NQ-HĐND', on: '2025-08-01' };
const addGroup = async (name: string): Promise<string> => {
  const made = await ask(administrator(), 'POST', '/groups', { name, validFrom: '2025-07-01' });
  expect(made.status).toBe(201);
  return made.body.id as string;
};

beforeAll(async () => {
  const test = await testRuntime();
  setRuntime(test.runtime);
  clock = test.clock;
  ward = await makeWard(test.database, '11602', 'Phường Hồng An');
  otherWard = await makeWard(test.database, '11600');
});

describe('the register', () => {
  it('shows the ward by its official code and city, and groups in the order they were added', async () => {
    await addGroup('Tổ dân phố Đình Hạ 10');
    await addGroup('Tổ dân phố Đình Hạ 2');
    const { body } = await ask(administrator(), 'GET', '/areas');
    expect(body.ward).toMatchObject({ code: '11602', cityCode: '31', cityName: 'Thành phố Hải Phòng' });
    expect(body.groups.map((group: { shortName: string }) => group.shortName)).toEqual([
      'TDP Đình Hạ 10',
      'TDP Đình Hạ 2',
    ]);
  });

  it('takes a new order only when it names every standing group once', async () => {
    const before = await ask(administrator(), 'GET', '/areas');
    const ids = before.body.groups.map((group: { id: string }) => group.id) as string[];
    const short = await ask(administrator(), 'PUT', '/groups/order', { groups: ids.slice(1) });
    expect(short.body.code).toBe('areas.order-incomplete');
    expect((await ask(administrator(), 'PUT', '/groups/order', { groups: ids.toReversed() })).status).toBe(
      200,
    );
    const after = await ask(administrator(), 'GET', '/areas');
    expect(after.body.groups.map((group: { id: string }) => group.id)).toEqual(ids.toReversed());
  });

  it('narrows to the areas of whoever asks, and opens no other ward', async () => {
    const mine = await addGroup('Tổ dân phố Của tôi');
    const { body } = await ask(leaderOf(mine), 'GET', '/areas');
    expect(body.groups.map((group: { id: string }) => group.id)).toEqual([mine]);
    const stranger = { ...administrator(), wardId: otherWard };
    expect((await ask(stranger, 'GET', '/areas')).status).toBe(403);
  });

  it('goes out as a file that a spreadsheet reads, and the export is on record', async () => {
    const { body } = await ask(administrator(), 'GET', '/areas.csv');
    expect(body).toMatch(/^\ufeffTT,Tên tổ dân phố/);
    expect(body).toContain('Tổ dân phố Đình Hạ 10');
    expect((await ask(leaderOf(newId()), 'GET', '/areas.csv')).status).toBe(403);
  });
});

describe('decisions of the council', () => {
  it('merge groups: the old ones end that day and name the new one, and each day shows what stood', async () => {
    const first = await addGroup('Tổ dân phố Cầu Đen 1');
    const second = await addGroup('Tổ dân phố Cầu Đen 2');
    for (const [id, households] of [
      [first, 120],
      [second, 95],
    ] as const) {
      await ask(leaderOf(id), 'POST', `/areas/${id}/declarations`, { households });
      await ask(officerOf(id), 'POST', `/areas/${id}/declarations/1/confirm`);
    }
    const merged = await ask(administrator(), 'POST', '/groups/merge', {
      groups: [first, second],
      name: 'Tổ dân phố Cầu Đen',
      from: '2025-08-10',
      decision,
    });
    expect(merged.status).toBe(201);
    const on = async (day: string) => {
      const { body } = await ask(administrator(), 'GET', `/areas?on=${day}`);
      return (body.groups as { id: string }[]).map(({ id }) => id);
    };
    expect(await on('2025-08-09')).toEqual(expect.arrayContaining([first, second]));
    expect(await on('2025-08-09')).not.toContain(merged.body.id);
    expect(await on('2025-08-10')).not.toContain(first);
    expect(await on('2025-08-10')).toContain(merged.body.id);
    const old = await ask(administrator(), 'GET', `/areas/${first}`);
    expect(old.body.successors).toMatchObject([{ id: merged.body.id }]);
    expect(old.body).toMatchObject({ validTo: '2025-08-10', closedBy: '05/NQ-HĐND' });
    const next = await ask(administrator(), 'GET', `/areas/${merged.body.id}`);
    expect(next.body.declarations).toMatchObject([{ version: 1, households: 215, confirmedAt: null }]);
    const again = await ask(administrator(), 'POST', '/groups/merge', {
      groups: [first, merged.body.id],
      name: 'Tổ dân phố Khác',
      from: '2025-09-01',
      decision,
    });
    expect(again.body.code).toBe('areas.not-standing');
  });

  it('split a group into several', async () => {
    const id = await addGroup('Tổ dân phố Bến Đò');
    const split = await ask(administrator(), 'POST', `/areas/${id}/split`, {
      into: [{ name: 'Tổ dân phố Bến Đò 1' }, { name: 'Tổ dân phố Bến Đò 2' }],
      from: '2025-08-05',
      decision,
    });
    expect(split.body.ids).toHaveLength(2);
    const part = await ask(administrator(), 'GET', `/areas/${split.body.ids[0]}`);
    expect(part.body.predecessors).toMatchObject([{ id }]);
  });

  it('rename a group: the old name stays on the days it was used, a same-day correction leaves one name', async () => {
    const id = await addGroup('Tổ dân phố Số 5');
    const rename = (name: string, from: string) =>
      ask(administrator(), 'POST', `/areas/${id}/rename`, { name, from, decision });
    expect((await rename('Tổ dân phố Nam Bính', '2025-08-05')).status).toBe(200);
    expect((await rename('Tổ dân phố Nam Bình', '2025-08-05')).status).toBe(200);
    expect((await rename('Tổ dân phố Mai', '2025-08-06')).body.code).toBe('areas.renamed-ahead');
    const nameOn = async (day: string) => {
      const { body } = await ask(administrator(), 'GET', `/areas?on=${day}`);
      return (body.groups as { id: string; name: string }[]).find((group) => group.id === id)?.name;
    };
    expect(await nameOn('2025-08-04')).toBe('Tổ dân phố Số 5');
    expect(await nameOn('2025-08-05')).toBe('Tổ dân phố Nam Bình');
    const { body } = await ask(administrator(), 'GET', `/areas/${id}`);
    expect(body.names).toHaveLength(2);
  });

  it('refuse a name that stands, and anybody but the administrator', async () => {
    await addGroup('Tổ dân phố Một mình');
    const twin = { name: 'tổ dân phố một mình', validFrom: '2025-08-01' };
    expect((await ask(administrator(), 'POST', '/groups', twin)).body.code).toBe('areas.name-taken');
    expect((await ask(leaderOf(newId()), 'POST', '/groups', twin)).status).toBe(403);
  });
});

describe('declared households', () => {
  it('count once a second person has confirmed them, and every version stays to be read', async () => {
    const id = await addGroup('Tổ dân phố Kê khai');
    const state = (households: number, temporaryHouseholds = 0) =>
      ask(leaderOf(id), 'POST', `/areas/${id}/declarations`, { households, temporaryHouseholds });
    expect((await state(10, 11)).body.code).toBe('areas.more-temporary-than-all');
    expect((await state(180, 12)).body.version).toBe(1);
    const line = async () => {
      const { body } = await ask(administrator(), 'GET', '/areas');
      return (body.groups as { id: string }[]).find((group) => group.id === id);
    };
    expect(await line()).toMatchObject({ households: null, waiting: 180 });
    const own = actor(people.leader, { role: 'administrator', areaId: null, unitId: null });
    const confirm = (by: Actor, version: number) =>
      ask(by, 'POST', `/areas/${id}/declarations/${version}/confirm`);
    expect((await confirm(own, 1)).body.code).toBe('areas.own-declaration');
    expect((await confirm(leaderOf(id), 1)).status).toBe(403);
    expect((await confirm(officerOf(newId()), 1)).status).toBe(403);
    expect((await confirm(officerOf(id), 1)).status).toBe(200);
    await state(184);
    expect(await line()).toMatchObject({ households: 180, temporaryHouseholds: 12, waiting: 184 });
    const { body } = await ask(administrator(), 'GET', `/areas/${id}`);
    expect(body.declarations.map((each: { version: number }) => each.version)).toEqual([2, 1]);
  });
});

describe('lanes', () => {
  it('are laid out by the group’s own leader, once each, and lead permissions up to their group', async () => {
    const id = await addGroup('Tổ dân phố Có ngõ');
    const lane = await ask(leaderOf(id), 'POST', `/areas/${id}/lanes`, { name: 'Ngõ 12' });
    expect(lane.status).toBe(201);
    expect((await ask(leaderOf(id), 'POST', `/areas/${id}/lanes`, { name: 'ngõ  12' })).body.code).toBe(
      'areas.lane-taken',
    );
    const rename = (by: Actor) => ask(by, 'PATCH', `/lanes/${lane.body.id}`, { name: 'Ngõ 12A' });
    expect((await rename(leaderOf(newId()))).status).toBe(403);
    expect((await rename(officerOf(id))).status).toBe(200);
    clock.at += 86_400_000;
    const closed = await ask(leaderOf(id), 'POST', `/lanes/${lane.body.id}/close`, { on: '2025-08-06' });
    clock.at -= 86_400_000;
    expect(closed.status).toBe(200);
    const { body } = await ask(administrator(), 'GET', `/areas/${id}`);
    expect(body.lanes).toMatchObject([{ name: 'Ngõ 12A', validTo: '2025-08-06' }]);
  });
});
