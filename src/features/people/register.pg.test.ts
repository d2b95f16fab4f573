import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#platform/api/actor.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { personInForce } from '#features/people/store-register.server.ts';
import { api } from '#registry/api.server.ts';
import { giveAccount, makeStage } from '../../../tests/support/cast.ts';
import type { Player, Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';

let runtime: Runtime;
let stage: Stage;
let clock: { at: number };

async function office(by: Player | Actor, method: string, path: string, body?: unknown) {
  const actor = typeof by === 'string' ? stage.actors[by] : by;
  const request = new Request(`http://test/api/wards/${actor.wardId}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await api.fetch(request, { actor, origin: 'test' });
  return { status: response.status, body: await response.json() };
}

const names = async (query: string, by: Player = 'administrator') =>
  ((await office(by, 'GET', `/people${query}`)).body.people as { name: string }[]).map(({ name }) => name);

const person = (name: string) => ({ name, title: null, phone: null, email: null });

beforeAll(async () => {
  const test = await testRuntime();
  ({ runtime, clock } = test);
  setRuntime(runtime);
  stage = await makeStage(test.database);
});

describe('the register of people', () => {
  it('sorts by given name as Vietnamese do', async () => {
    const all = await names('');
    expect(all.indexOf('Nguyễn Thị Quản Trị')).toBeGreaterThan(all.indexOf('Trần Văn Chủ Tịch'));
    expect(all.indexOf('Đỗ Văn Hóa')).toBeLessThan(all.indexOf('Tô Văn Thành Phố'));
  });

  it('finds with marks and without, with đ, and with old and new tone placement', async () => {
    expect(await names('?search=dao thi lanh')).toEqual(['Đào Thị Lành']);
    expect(await names(`?search=${encodeURIComponent('ĐÀO THỊ')}`)).toEqual(['Đào Thị Lành']);
    expect(await names(`?search=${encodeURIComponent('văn hoá')}`)).toEqual(['Đỗ Văn Hóa']);
    expect(await names('?search=%25')).not.toHaveLength(0);
  });

  it('filters by unit, role and group', async () => {
    expect(await names(`?unit=${stage.culture}`)).toEqual(['Đỗ Văn Hóa', 'Hoàng Thị Loan']);
    expect(await names('?role=clerk')).toEqual(['Mai Thị Văn Thư']);
    expect(await names(`?group=${stage.otherGroup}`)).toEqual(['Phan Văn Tổ Khác']);
  });

  it('shows a group leader only the people of the own group', async () => {
    const seen = await names('', 'groupLeader');
    expect(seen).toContain('Bùi Văn Phó');
    expect(seen).not.toContain('Phan Văn Tổ Khác');
    expect(seen).not.toContain('Nguyễn Thị Quản Trị');
    const path = `/people/${stage.actors.otherGroupLeader.personId}`;
    const nobody = `/people/${crypto.randomUUID()}`;
    expect(await office('groupLeader', 'GET', path)).toEqual(await office('groupLeader', 'GET', nobody));
  });

  it('keeps telephone numbers in one form however they are written', async () => {
    const { body } = await office('administrator', 'POST', '/people', {
      ...person('Lê Thử Số'),
      phone: '0168 234 5678',
    });
    const read = await office('administrator', 'GET', `/people/${body.id}`);
    expect(read.body.person.phone).toBe('+84382345678');
    const wrong = await office('administrator', 'POST', '/people', {
      ...person('Lê Sai Số'),
      phone: '12345',
    });
    expect(wrong.body.code).toBe('people.phone-unreadable');
  });
});

describe('roles', () => {
  it('begin and end with their days, and stay in the history with who and why', async () => {
    const { body } = await office('administrator', 'POST', '/people', person('Phạm Giữ Việc'));
    const id = body.id as string;
    const wish = {
      role: 'clerk',
      areaId: null,
      unitId: null,
      fromOn: '2025-08-06',
      toOn: '2025-08-07',
      reason: 'Thay người nghỉ phép',
    };
    expect((await office('administrator', 'POST', `/people/${id}/grants`, wish)).status).toBe(201);
    const rolesAt = async (at: string) => {
      const found = await personInForce(runtime.database, stage.ward, id, Date.parse(at));
      return found?.grants.length;
    };
    expect(await rolesAt('2025-08-05T23:59:59.999+07:00')).toBe(0);
    expect(await rolesAt('2025-08-06T00:00:00+07:00')).toBe(1);
    expect(await rolesAt('2025-08-07T23:59:59.999+07:00')).toBe(1);
    expect(await rolesAt('2025-08-08T00:00:00+07:00')).toBe(0);
    const read = await office('administrator', 'GET', `/people/${id}`);
    expect(read.body.grants[0]).toMatchObject({
      role: 'clerk',
      reason: wish.reason,
      grantedBy: 'Nguyễn Thị Quản Trị',
    });
    expect(read.body.history.map((entry: { action: string }) => entry.action)).toEqual([
      'people.role-given',
      'people.added',
    ]);
  });

  it('are refused twice, in the wrong place, or backwards in time', async () => {
    const path = `/people/${stage.actors.nobody.personId}/grants`;
    const base = { areaId: null, unitId: null, fromOn: '2025-08-05', toOn: null, reason: 'Phân công' };
    const codes = [];
    for (const wish of [
      { ...base, role: 'group-leader' },
      { ...base, role: 'unit-head', areaId: stage.group },
      { ...base, role: 'auditor', unitId: stage.police },
      { ...base, role: 'auditor', toOn: '2025-08-01' },
    ])
      codes.push((await office('administrator', 'POST', path, wish)).body.code);
    expect(codes).toEqual([
      'people.role-needs-group',
      'people.role-needs-unit',
      'people.role-is-ward-wide',
      'people.role-dates',
    ]);
    expect((await office('administrator', 'POST', path, { ...base, role: 'auditor' })).status).toBe(201);
    expect((await office('administrator', 'POST', path, { ...base, role: 'auditor' })).body.code).toBe(
      'people.role-held',
    );
  });

  it('end now, for the very next request', async () => {
    const { body } = await office('administrator', 'GET', `/people/${stage.actors.cultureMember.personId}`);
    const grant = body.grants[0].id as string;
    expect(
      (
        await office('administrator', 'POST', `/grants/${grant}/end`, {
          toOn: null,
          reason: 'Chuyển công tác',
        })
      ).status,
    ).toBe(200);
    clock.at += 1;
    const { personId } = stage.actors.cultureMember;
    const found = await personInForce(runtime.database, stage.ward, personId, clock.at);
    expect(found?.grants).toEqual([]);
    expect(
      (await office('administrator', 'POST', `/grants/${grant}/end`, { toOn: null, reason: 'lần nữa' })).body
        .code,
    ).toBe('people.role-over');
  });

  it('never leave a ward without an administrator', async () => {
    const { personId } = stage.actors.administrator;
    const { body } = await office('administrator', 'GET', `/people/${personId}`);
    const ending = { toOn: null, reason: 'thôi việc' };
    expect(
      (await office('administrator', 'POST', `/grants/${body.grants[0].id}/end`, ending)).body.code,
    ).toBe('people.last-administrator');
    expect(
      (await office('administrator', 'POST', `/people/${personId}/close`, { reason: 'thôi việc' })).body.code,
    ).toBe('people.last-administrator');
  });
});

describe('closing a person', () => {
  it('ends roles, sessions and access with it, and keeps the entry', async () => {
    const { personId } = stage.actors.dutyDesk;
    const accountId = await giveAccount(
      runtime.database,
      stage.actors.dutyDesk,
      'truc.ban',
      'mật khẩu của trực ban',
    );
    expect(
      (await office('administrator', 'POST', `/people/${personId}/close`, { reason: 'Nghỉ hưu' })).status,
    ).toBe(200);
    clock.at += 1;
    const found = await personInForce(runtime.database, stage.ward, personId, clock.at);
    expect(found).toBeNull();
    const wards = await runtime.database.outside
      .selectFrom('account_wards')
      .selectAll()
      .where('account_id', '=', accountId)
      .execute();
    expect(wards).toEqual([]);
    expect(await names('?state=closed')).toEqual(['Đặng Văn Trực']);
    expect((await office('administrator', 'POST', `/people/${personId}/reopen`)).status).toBe(200);
    expect(await names('?role=duty-desk')).toEqual([]);
  });
});

describe('giving an account', () => {
  it('shows a long temporary password once and keeps only its hash', async () => {
    const path = `/people/${stage.actors.clerk.personId}/account`;
    const { status, body } = await office('administrator', 'POST', path, { username: 'Van.Thu' });
    expect(status).toBe(201);
    expect(body.username).toBe('van.thu');
    expect(body.password.length).toBeGreaterThanOrEqual(15);
    expect((await office('administrator', 'POST', path, { username: 'khac' })).body.code).toBe(
      'people.has-account',
    );
    const other = `/people/${stage.actors.auditor.personId}/account`;
    expect((await office('administrator', 'POST', other, { username: 'van.thu' })).body.code).toBe(
      'people.username-taken',
    );
    const audited = await runtime.database.inWard(stage.ward, (trx) =>
      trx.selectFrom('audit_values').selectAll().execute(),
    );
    expect(JSON.stringify(audited)).not.toContain(body.password);
  });
});

describe('units', () => {
  it('are added, renamed, and closed only when nobody works there', async () => {
    const unit = { kind: 'union', name: 'Hội Người cao tuổi', shortName: 'Hội NCT' };
    const { body } = await office('administrator', 'POST', '/units', unit);
    expect(
      (await office('administrator', 'POST', '/units', { ...unit, name: 'hội người CAO TUỔI' })).body.code,
    ).toBe('people.unit-name-taken');
    expect(
      (
        await office('administrator', 'PUT', `/units/${body.id}`, {
          ...unit,
          name: 'Hội Người cao tuổi phường',
        })
      ).status,
    ).toBe(200);
    expect(
      (await office('administrator', 'POST', `/units/${stage.police}/close`, { reason: 'sáp nhập' })).body,
    ).toMatchObject({
      code: 'people.unit-in-use',
      params: { count: 2 },
    });
    expect(
      (await office('administrator', 'POST', `/units/${body.id}/close`, { reason: 'sáp nhập' })).status,
    ).toBe(200);
  });
});
