// An empty installation from the printed code to the first sign-in, through the doors a browser uses.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { writeXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '#platform/runtime.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { isSetupOpen, setupCode } from '#platform/setup.server.ts';
import { loadUnitsFile, readUnitsCsv } from '#features/areas/reference-units.server.ts';
import { api } from '#registry/api.server.ts';
import { testRuntime } from '../../../tests/support/database.ts';

let runtime: Runtime;
let cookie = '';

async function ask(method: string, path: string, body?: unknown, withCookie = cookie) {
  const form = body instanceof FormData;
  const request = new Request(`http://localhost/api${path}`, {
    method,
    headers: {
      ...(form ? {} : { 'content-type': 'application/json' }),
      cookie: withCookie,
      'x-tungnha-address': '192.0.2.7',
    },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  const response = await api.fetch(request, { actor: null, origin: '192.0.2.7' });
  const set = response.headers.getSetCookie().find((line) => line.startsWith('tn_setup='));
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null, set };
}

const inWard = async (text: string): Promise<Record<string, unknown>[]> => {
  const { rows } = await runtime.database.inWard(1, (trx) =>
    sql.raw<Record<string, unknown>>(text).execute(trx),
  );
  return rows;
};
const PASSWORD = 'năm con mèo trên mái ngói';

beforeAll(async () => {
  const test = await testRuntime();
  await test.database.ownerPool.query(`update installation set kind = 'real'`);
  runtime = { ...test.runtime, kind: 'real', setupOpen: true };
  setRuntime(runtime);
});

describe('setting up an empty installation', () => {
  it('begins only with the code printed where it was started', async () => {
    expect((await ask('GET', '/setup')).body).toEqual({ unlocked: false });
    expect((await ask('PUT', '/setup/ward', { code: '11602' })).body.code).toBe('setup.locked');
    expect((await ask('POST', '/setup/unlock', { code: '0000-0000-0000' })).body.code).toBe(
      'setup.code-wrong',
    );
    // Typed by hand: small letters, no hyphens, O for zero.
    const typed = setupCode(runtime).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
    const opened = await ask('POST', '/setup/unlock', { code: typed });
    expect(opened.status).toBe(200);
    expect(opened.set).toMatch(/HttpOnly/);
    cookie = opened.set?.split(';')[0] ?? '';
    expect((await ask('GET', '/setup')).body).toMatchObject({ unlocked: true, ward: null, groups: [] });
    expect((await ask('GET', '/setup', undefined, 'tn_setup=made-up')).body).toEqual({ unlocked: false });
  });

  it('takes a ward the list knows by its code alone, and another with its city', async () => {
    expect(
      (await ask('PUT', '/setup/administrator', { name: 'A', username: 'abc', password: PASSWORD })).body
        .code,
    ).toBe('setup.ward-first');
    expect((await ask('PUT', '/setup/ward', { code: '99999' })).body.code).toBe('setup.ward-unknown');
    const unknown = { code: '99999', name: 'Phường Mới', cityCode: '77' };
    expect((await ask('PUT', '/setup/ward', unknown)).body.code).toBe('setup.city-missing');
    expect((await ask('PUT', '/setup/ward', { ...unknown, cityName: 'Tỉnh Mẫu' })).status).toBe(200);
    expect((await ask('PUT', '/setup/ward', { code: '11602' })).status).toBe(200);
    const { body } = await ask('GET', '/setup');
    expect(body.ward).toEqual({
      code: '11602',
      name: 'Phường Hồng An',
      cityCode: '31',
      cityName: 'Thành phố Hải Phòng',
    });
    // Sent twice, it is still one ward.
    expect(await inWard('select ward_id from wards')).toEqual([{ ward_id: 1 }]);
    const { rows } = await runtime.database.ownerPool.query('select code from ward_addresses');
    expect(rows).toEqual([{ code: '11602' }]);
  });

  it('makes the first administrator, and sent again replaces name and password', async () => {
    const make = (username: string, password: string, name = 'Phan Văn Long') =>
      ask('PUT', '/setup/administrator', { name, username, password });
    expect((await make('quan.tri', 'quá ngắn')).body).toMatchObject({
      code: 'people.password-short-alone',
      pointer: '/password',
    });
    expect((await make('Quản trị', PASSWORD)).body.code).toBe('setup.username-shape');
    expect((await make('nguoi.cu', PASSWORD)).status).toBe(200);
    expect((await make('quan.tri', PASSWORD, 'Phan Văn Lòng')).status).toBe(200);
    expect((await ask('GET', '/setup')).body.administrator).toEqual({
      name: 'Phan Văn Lòng',
      username: 'quan.tri',
    });
    expect(await inWard('select name from people')).toEqual([{ name: 'Phan Văn Lòng' }]);
    const { rows } = await runtime.database.ownerPool.query('select username from auth."user"');
    expect(rows).toEqual([{ username: 'quan.tri' }]);
  });

  it('previews a pasted list and a sheet, keeps what was previewed, and replaces it when sent again', async () => {
    const text = 'TT\tTên tổ\tSố hộ\n1\tTổ dân phố Đình Hạ 1\t1.250\n2\tTDP Đình Hạ 2\t';
    const pasted = await ask('POST', '/setup/groups/read', { text });
    expect(pasted.body.groups).toMatchObject([
      { name: 'Tổ dân phố Đình Hạ 1', households: 1250 },
      { name: 'Tổ dân phố Đình Hạ 2', households: null },
    ]);
    const form = new FormData();
    const sheet = await writeXlsx({
      sheets: [
        {
          name: 'Tổ',
          rows: [
            ['Tên tổ', 'Số hộ'],
            ['Bến Than', 182],
          ],
        },
      ],
    });
    form.set('file', new File([new Uint8Array(sheet)], 'to.xlsx'));
    const read = await ask('POST', '/setup/groups/read-sheet', form);
    expect(read.body.groups).toMatchObject([{ name: 'Tổ dân phố Bến Than', households: 182 }]);
    const keep = (groups: { name: string; households: number | null }[]) =>
      ask('PUT', '/setup/groups', { groups: groups.map(({ name, households }) => ({ name, households })) });
    expect((await keep(read.body.groups)).status).toBe(200);
    expect((await keep(pasted.body.groups)).status).toBe(200);
    expect((await ask('GET', '/setup')).body.groups).toEqual([
      { name: 'Tổ dân phố Đình Hạ 1', households: 1250 },
      { name: 'Tổ dân phố Đình Hạ 2', households: null },
    ]);
    // Stated by one person: it waits for a second.
    expect(
      await inWard('select stated_households, households from group_households order by position'),
    ).toEqual([
      { stated_households: 1250, households: null },
      { stated_households: null, households: null },
    ]);
  });

  it('keeps the units', async () => {
    const units = [
      { kind: 'police', name: 'Công an phường', shortName: 'Công an' },
      { kind: 'school', name: 'Trường Tiểu học số 1', shortName: 'TH số 1' },
    ];
    expect((await ask('PUT', '/setup/units', { units })).status).toBe(200);
    expect((await ask('PUT', '/setup/units', { units: units.slice(0, 1) })).status).toBe(200);
    expect(await inWard('select name from units')).toEqual([{ name: 'Công an phường' }]);
  });

  it('ends for good: its doors are gone, the administrator signs in, what was done is on record', async () => {
    const finished = await ask('POST', '/setup/finish');
    expect(finished.status).toBe(200);
    expect(finished.set).toContain('Max-Age=0');
    expect(runtime.setupOpen).toBe(false);
    expect(await isSetupOpen(runtime)).toBe(false);
    for (const [method, path, body] of [
      ['GET', '/setup', undefined],
      ['POST', '/setup/unlock', { code: setupCode(runtime) }],
      ['PUT', '/setup/ward', { code: '99999', name: 'Phường Khác', cityCode: '31' }],
      ['POST', '/setup/finish', {}],
    ] as const) {
      expect((await ask(method, path, body)).status, path).toBe(404);
    }
    const signedIn = await ask('POST', '/session', { username: 'quan.tri', password: PASSWORD });
    expect(signedIn.status).toBe(200);
    const actions = (await inWard('select action from audit_entries order by id')).map(
      ({ action }) => action,
    );
    expect(actions).toContain('setup.administrator-named');
    expect(actions.at(-1)).toMatch(/^(setup\.finished|people\.)/);
    const values = JSON.stringify(await inWard('select after from audit_values'));
    expect(values).not.toContain('mèo');
  });

  it('is no part of a rehearsal', async () => {
    expect(await isSetupOpen({ ...runtime, kind: 'rehearsal' })).toBe(false);
  });
});

describe('reference-units.csv', () => {
  const HEAD = 'code,level,name,parent_code,valid_from,valid_to,source';

  it('adds units and replaces those read before; a wrong line loads nothing', async () => {
    const file = join(runtime.folder, 'reference-units.csv');
    expect(await loadUnitsFile(runtime.database.ownerPool, file)).toEqual([]);
    writeFileSync(file, `\ufeff${HEAD}\n11611,ward,Phường Mẫu,31,2025-07-01,,Nguồn thử\n`);
    expect(await loadUnitsFile(runtime.database.ownerPool, file)).toEqual([]);
    writeFileSync(
      file,
      `${HEAD}\n11611,ward,Phường Mẫu Hai,31,2025-07-01,,Nguồn thử\n1,ward,,31,hôm qua,,\n`,
    );
    expect(await loadUnitsFile(runtime.database.ownerPool, file)).toEqual([
      'line 3: name, valid_from, source',
    ]);
    const names = async () =>
      (await runtime.database.ownerPool.query(`select name from reference_units where code = '11611'`)).rows;
    expect(await names()).toEqual([{ name: 'Phường Mẫu' }]);
    expect(readUnitsCsv(`${HEAD}\n0101,ward,A,01,2025-07-01,,x`).rows[0]?.code).toBe('0101');
  });
});
