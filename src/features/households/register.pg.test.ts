// The office's side of the register through its own doors, on a real database: adding, changing, merging, excluding,
// bringing a list in and taking it back.
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#platform/api/actor.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { householdTasks } from '#features/households/jobs.server.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Player, Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';
import { openForMatrix } from '../../../tests/support/matrix-rows.ts';

let runtime: Runtime;
let stage: Stage;
let campaign: string;

beforeAll(async () => {
  const test = await testRuntime();
  ({ runtime } = test);
  setRuntime(runtime);
  stage = await makeStage(test.database);
  campaign = (await openForMatrix(test.database, stage)).own.campaign;
});

type Json = Record<string, unknown>;

async function call(
  player: Player,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: Json }> {
  const actor: Actor = stage.actors[player];
  const isForm = body instanceof FormData;
  const request = new Request(`http://test/api/wards/${stage.ward}${path}`, {
    method,
    headers: isForm ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const response = await api.fetch(request, { actor, origin: 'test' });
  return { status: response.status, body: (await response.json().catch(() => ({}))) as Json };
}

async function add(headName: string, houseNumber: string, more: object = {}): Promise<string> {
  const added = await call('administrator', 'POST', `/areas/${stage.group}/households`, {
    lane: 'ngõ 12',
    houseNumber,
    headName,
    ...more,
  });
  expect(added.status, JSON.stringify(added.body)).toBe(201);
  return String(added.body['id']);
}

describe('a household at the office', () => {
  it('is made once however it is typed, and a second one of the door is another', async () => {
    await add('Đào Thị Hòa', '7', { phone: '0912 345 678' });
    const again = await call('administrator', 'POST', `/areas/${stage.group}/households`, {
      lane: 'NGÕ 12',
      houseNumber: '07',
      headName: 'ĐÀO THỊ HOÀ',
    });
    expect(again.body['code']).toBe('households.already-there');
    await add('Vũ Văn Bình', '7');
    const list = await call('administrator', 'GET', '/households?q=ngo%2012');
    expect(
      (list.body['households'] as Json[]).map((one) => [one['headName'], one['n'], one['lane']]),
    ).toEqual([
      ['Đào Thị Hòa', 1, 'Ngõ 12'],
      ['Vũ Văn Bình', 2, 'Ngõ 12'],
    ]);
  });

  it('is found by part of a name without marks, by the own group only', async () => {
    const found = await call('groupLeader', 'GET', '/households?q=hoa');
    expect((found.body['households'] as Json[]).map((one) => one['headName'])).toEqual(['Đào Thị Hòa']);
    const other = await call('otherGroupLeader', 'GET', '/households?q=hoa');
    expect(other.body['total']).toBe(0);
  });

  it('notes both values where two people changed one field without knowing', async () => {
    const id = await add('Bùi Văn Tám', '9');
    const edit = (headName: string, seen: string) =>
      call('administrator', 'PATCH', `/households/${id}`, { headName, seen: { headName: seen } });
    expect((await edit('Bùi Văn Tạm', 'Bùi Văn Tám')).status).toBe(200);
    expect((await edit('Bùi Văn Tắm', 'Bùi Văn Tám')).status).toBe(200);
    const detail = await call('administrator', 'GET', `/households/${id}`);
    expect(detail.body['conflicts']).toMatchObject([
      { field: 'headName', kept: 'Bùi Văn Tắm', other: 'Bùi Văn Tạm' },
    ]);
  });

  it('is merged with another and taken apart again', async () => {
    const [one, two] = [await add('Lê Thị Na', '11'), await add('Lê Thị Na', '13')];
    const count = async () =>
      (await call('administrator', 'GET', '/households?q=le%20thi%20na')).body['total'];
    expect(await count()).toBe(2);
    expect(
      (
        await call('administrator', 'POST', `/households/${one}/merge`, {
          absorbed: two,
          reason: 'một hộ ghi hai lần',
        })
      ).status,
    ).toBe(200);
    expect(await count()).toBe(1);
    expect((await call('administrator', 'POST', `/households/${two}/unmerge`)).status).toBe(200);
    expect(await count()).toBe(2);
  });

  it('moves to another group: a row there, a tombstone here, the same id', async () => {
    const id = await add('Ngô Văn Chín', '15');
    const moved = await call('administrator', 'POST', `/households/${id}/move`, {
      group: stage.otherGroup,
      lane: 'Ngõ 3',
      houseNumber: '2',
      reason: 'chuyển nhà',
    });
    expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    const detail = await call('administrator', 'GET', `/households/${id}`);
    expect(detail.body['household']).toMatchObject({ groupId: stage.otherGroup, lane: 'Ngõ 3' });
    const { rows } = await runtime.database.inWard(stage.ward, (trx) =>
      sql`select 1 from feed_tombstones where feed_id = ${stage.group} and id = ${id}`.execute(trx),
    );
    expect(rows).toHaveLength(1);
  });

  it('lays out a lane by range, and what is there stays', async () => {
    const lay = () =>
      call('administrator', 'POST', `/areas/${stage.group}/lay-out`, { text: 'Ngõ 20, số 1–45 lẻ, 12A' });
    expect((await lay()).body).toMatchObject({ lane: 'Ngõ 20', made: 24, there: 0 });
    expect((await lay()).body).toMatchObject({ made: 0, there: 24 });
  });
});

describe('leaving the denominator', () => {
  const coverage = async () => {
    const { body } = await call(
      'administrator',
      'GET',
      `/campaigns/${campaign}/coverage?area=${stage.group}`,
    );
    return body['total'] as Json;
  };

  it('takes a second person: the area officer, never who asked', async () => {
    const id = await add('Phan Thị Mười', '17');
    const before = await coverage();
    const asked = await call('groupLeader', 'POST', `/campaigns/${campaign}/exclusions`, {
      householdId: id,
      reason: 'moved-away',
    });
    expect(asked.status).toBe(201);
    expect(await coverage()).toMatchObject({
      denominator: before['denominator'],
      excluded: before['excluded'],
    });
    const decide = (player: Player) =>
      call(player, 'POST', `/campaigns/${campaign}/exclusions/${String(asked.body['id'])}/decide`, {
        decision: 'approved',
      });
    expect((await decide('groupLeader')).status).toBe(403);
    expect((await decide('policeHead')).body['code']).toBe('exclusions.officer-decides');
    expect((await decide('areaOfficer')).status).toBe(200);
    expect(await coverage()).toMatchObject({
      denominator: Number(before['denominator']) - 1,
      excluded: Number(before['excluded']) + 1,
    });
  });

  it('is decided by the ward police where the officer asked, and ends when the reason is gone', async () => {
    const id = await add('Cao Thị Sáu', '19');
    const asked = await call('areaOfficer', 'POST', `/campaigns/${campaign}/exclusions`, {
      householdId: id,
      reason: 'vacant',
    });
    const at = `/campaigns/${campaign}/exclusions/${String(asked.body['id'])}`;
    expect((await call('areaOfficer', 'POST', `${at}/decide`, { decision: 'approved' })).body['code']).toBe(
      'exclusions.own-request',
    );
    expect((await call('policeMember', 'POST', `${at}/decide`, { decision: 'approved' })).status).toBe(200);
    const excluded = (await coverage())['excluded'];
    expect((await call('policeMember', 'POST', `${at}/end`, { reason: 'đã có người về ở' })).status).toBe(
      200,
    );
    expect((await coverage())['excluded']).toBe(Number(excluded) - 1);
  });
});

describe('a list that came as a file', () => {
  const LIST = [
    'DANH SÁCH HỘ DÂN',
    'STT,Chủ hộ,Tổ,Số nhà,Ngõ,SĐT',
    '1,ĐÀO THỊ HÒA,Đình Hạ 2,7,12,912345678',
    '2,Mai Văn Tư,Đình Hạ 2,21,12,01662345678',
    '3,Mai Văn Tư,TDP Đình Hạ 2,21,ngo 12,',
    '4,Tạ Thị Bảy,TDP Lạ,1,1,',
    '5,Dương Văn Ba,Tổ Nghĩa Lộ 1,5,3,',
    ',Tổng cộng: 5 hộ,,,,',
  ].join('\n');

  async function uploaded(): Promise<string> {
    const form = new FormData();
    form.set('file', new File([`\ufeff${LIST}`], 'ho-dan.csv'));
    const sent = await call('administrator', 'POST', '/household-imports', form);
    expect(sent.status, JSON.stringify(sent.body)).toBe(201);
    return `/household-imports/${String(sent.body['id'])}`;
  }
  const total = async () => Number((await call('administrator', 'GET', '/households')).body['total']);

  it('is shown with its problems and writes nothing, comes in when confirmed, and goes out again whole', async () => {
    const before = await total();
    const at = await uploaded();
    const shown = await call('administrator', 'GET', at);
    expect(shown.body['preview']).toMatchObject({ rows: 5, households: 4, comingIn: 2 });
    const faults = (shown.body['preview'] as Json)['faults'] as Json[];
    expect(faults.map((one) => one['fault'])).toEqual(
      expect.arrayContaining([
        'in-register',
        'twice-in-file',
        'unknown-group',
        'phone-renewed',
        'phone-zero',
        'name-capitals',
      ]),
    );
    expect(await total()).toBe(before);
    expect((await call('administrator', 'POST', `${at}/confirm`)).status).toBe(200);
    expect((await call('administrator', 'POST', `${at}/confirm`)).body['code']).toBe(
      'households.import-begun',
    );
    const importId = at.split('/').at(-1) ?? '';
    const work = householdTasks(() => runtime)['households.import'];
    const payload = {
      wardId: stage.ward,
      importId,
      groups: [stage.group, stage.otherGroup],
      now: runtime.campaignClock.now(),
    };
    await work?.(payload);
    // A job that ran again, after its process died, makes nothing twice.
    await work?.(payload);
    expect(await total()).toBe(before + 2);
    const found = await call('administrator', 'GET', '/households?q=mai%20van%20tu');
    const brought = (found.body['households'] as Json[])[0];
    expect(brought).toMatchObject({ phone: '+84362345678', houseNumber: '21' });
    // One of them was visited meanwhile: it stays.
    await call('groupLeader', 'POST', `/campaigns/${campaign}/exclusions`, {
      householdId: brought?.['id'],
      reason: 'vacant',
    });
    expect((await call('administrator', 'POST', `${at}/undo`)).body).toEqual({ removed: 1, kept: 1 });
    expect(await total()).toBe(before + 1);
  });

  const idOf = (at: string): string => at.split('/').at(-1) ?? '';
  const work = (importId: string, on: Runtime = runtime) =>
    householdTasks(() => on)['households.import']?.({
      wardId: stage.ward,
      importId,
      groups: [stage.group, stage.otherGroup],
      now: runtime.campaignClock.now(),
    });
  async function confirmed(list: string): Promise<string> {
    const form = new FormData();
    form.set('file', new File([`\ufeff${list}`], 'ho.csv'));
    const at = `/household-imports/${String((await call('administrator', 'POST', '/household-imports', form)).body['id'])}`;
    expect((await call('administrator', 'POST', `${at}/confirm`)).status).toBe(200);
    return at;
  }
  const shown = async (at: string) => (await call('administrator', 'GET', at)).body['import'];

  it('takes the lanes it made along when it is taken back, and opens them when it comes again', async () => {
    const list = 'Chủ hộ,Tổ,Số nhà,Ngõ\nĐỗ Thị Sen,Đình Hạ 2,1,77\nVũ Văn Lúa,Đình Hạ 2,2,77';
    const lane = async () => {
      const { rows } = await runtime.database.asOwnerInWard(stage.ward, (trx) =>
        sql<{ closed: boolean }>`select valid_to is not null as closed from areas
          where ward_id = ${stage.ward} and kind = 'lane' and name ~ '77'`.execute(trx),
      );
      return rows;
    };
    const first = await confirmed(list);
    await work(idOf(first));
    expect(await lane()).toEqual([{ closed: false }]);
    expect((await call('administrator', 'POST', `${first}/undo`)).body).toEqual({ removed: 2, kept: 0 });
    expect(await lane()).toEqual([{ closed: true }]);
    const second = await confirmed(list);
    await work(idOf(second));
    expect(await lane()).toEqual([{ closed: false }]);
    expect(await shown(second)).toMatchObject({ state: 'done', made: 2 });
  });

  it('whose work died halfway is shown as stopped, gone on with and counted whole', async () => {
    const list =
      'Chủ hộ,Tổ,Số nhà,Ngõ\nHà Thị Một,Đình Hạ 2,1,81\nHà Thị Hai,Nghĩa Lộ 1,1,82\nHà Thị Ba,Nghĩa Lộ 1,2,82';
    const at = await confirmed(list);
    // The process dies after the first of two groups: nothing more is written, not even that it failed.
    let calls = 0;
    const inWard: Runtime['database']['inWard'] = (ward, doing) => runtime.database.inWard(ward, doing);
    const dying: Runtime = {
      ...runtime,
      database: {
        ...runtime.database,
        inWard: (ward, doing) => (++calls > 2 ? Promise.reject(new Error('killed')) : inWard(ward, doing)),
      },
    };
    await expect(work(idOf(at), dying)).rejects.toThrow('killed');
    expect(await shown(at)).toMatchObject({ state: 'running', stopped: false });
    expect((await call('administrator', 'POST', `${at}/confirm`)).body['code']).toBe(
      'households.import-begun',
    );
    await runtime.database.asOwnerInWard(stage.ward, (trx) =>
      sql`update household_imports set report = report || '{"at": 1}' where ward_id = ${stage.ward}
        and id = ${idOf(at)}`.execute(trx),
    );
    expect(await shown(at)).toMatchObject({ state: 'running', stopped: true });
    expect((await call('administrator', 'POST', `${at}/confirm`)).status).toBe(200);
    await work(idOf(at));
    expect(await shown(at)).toMatchObject({ state: 'done', stopped: false, total: 3, done: 3, made: 3 });
  });

  it('whose work fails says so at once, and can be taken back or tried again', async () => {
    const at = await confirmed('Chủ hộ,Tổ,Số nhà,Ngõ\nHà Thị Tư,Đình Hạ 2,1,91\nHà Thị Năm,Nghĩa Lộ 1,1,92');
    let calls = 0;
    const inWard: Runtime['database']['inWard'] = (ward, doing) => runtime.database.inWard(ward, doing);
    const failing: Runtime = {
      ...runtime,
      database: {
        ...runtime.database,
        inWard: (ward, doing) => (++calls === 3 ? Promise.reject(new Error('full')) : inWard(ward, doing)),
      },
    };
    await expect(work(idOf(at), failing)).rejects.toThrow('full');
    expect(await shown(at)).toMatchObject({ state: 'failed', stopped: true, done: 1, made: 1 });
    expect((await call('administrator', 'POST', `${at}/undo`)).body).toEqual({ removed: 1, kept: 0 });
    expect(await shown(at)).toMatchObject({ state: 'undone' });
  });

  it('is not an area officer’s to bring into another group', async () => {
    const form = new FormData();
    form.set('file', new File(['Chủ hộ,Số nhà\nMai Văn Tư,3'], 'ho.csv'));
    form.set('groupId', stage.otherGroup);
    expect((await call('areaOfficer', 'POST', '/household-imports', form)).status).toBe(403);
    expect((await call('groupLeader', 'POST', '/household-imports', form)).status).toBe(403);
  });
});
