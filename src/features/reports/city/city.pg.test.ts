// What leaves a ward for the city through its doors: the frozen figures as a file, summed up by whoever was given it.
import { readXlsx } from 'hucre/xlsx';
import { beforeAll, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { RollUpReply } from '#features/reports/city/schema.ts';
import { api } from '#registry/api.server.ts';
import { ask, itemThat, planStage, type PlanStage } from '../../../../tests/support/plan-life.ts';

let on: PlanStage;
let text = '';
const given = (change: object = {}) => ({
  kind: 'daily-report',
  on: '2025-08-05',
  number: 114,
  files: [{ name: 'a.json', text }],
  ...change,
});
const sum = (wish: object) => ask(on.stage.actors.cityViewer, 'POST', '/roll-up', wish);

beforeAll(async () => {
  on = await planStage();
  const campaign = await on.running();
  on.clock.at = Date.parse('2025-08-05T08:00:00+07:00');
  const sent = await ask(on.stage.actors.groupLeader, 'POST', `/campaigns/${campaign}/reports`, {
    id: newId(),
    areaId: on.stage.group,
    itemId: itemThat(await on.planOf(campaign), 'báo cáo nhanh').id,
    reportOn: '2025-08-05',
    body: { figures: { reached: { day: 12, total: 41 } }, remarks: 'Bà Hoa ốm' },
  });
  expect(sent.status, JSON.stringify(sent.body)).toBe(201);
  const id = newId();
  const wish = { id, kind: 'daily-report', fromOn: '2025-08-05', toOn: '2025-08-05' };
  expect((await ask(on.member, 'POST', `/campaigns/${campaign}/documents`, wish)).status).toBe(201);
  const path = `/campaigns/${campaign}/documents/${id}/figures.json`;
  const reply = await api.fetch(new Request(`http://test/api/wards/${on.stage.ward}${path}`), {
    actor: on.head,
    origin: 'test',
  });
  expect(reply.status).toBe(200);
  text = await reply.text();
  expect((await ask(on.stage.actors.cityViewer, 'GET', path)).status).toBe(403);
});

it('is the ward’s counts, and nothing of anybody', () => {
  expect(JSON.parse(text)).toMatchObject({
    ward: { code: '11602', name: 'Phường Hồng An' },
    groups: 2,
    told: 1,
    figures: [{ measure: 'reached', day: 12, total: 41 }],
  });
  expect(text).not.toContain('Bà Hoa');
});

it('is summed up by the city’s viewer, who reads no row of the ward', async () => {
  const reply = await sum(given({ names: ['Phường Hồng An', 'Phường Bên Cạnh'] }));
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  const roll = reply.body as RollUpReply;
  expect(roll).toMatchObject({
    expected: 114,
    missing: ['Phường Bên Cạnh'],
    refused: [],
    told: 1,
    groups: 2,
  });
  const book = await readXlsx(Buffer.from(roll.workbook, 'base64'));
  const rows = book.sheets.find(({ name }) => name === 'Toàn thành phố')?.rows ?? [];
  expect(rows.find(([name]) => name === 'Phường, xã đã báo cáo')).toMatchObject({ 2: 1, 4: 114 });
  expect(rows.find(([name]) => name === 'Hộ được tuyên truyền trực tiếp')?.slice(1, 3)).toEqual([12, 41]);
});

it('refuses a figure changed on the way, and another day', async () => {
  const changed = given({ files: [{ name: 'a.json', text: text.replace('"total": 41', '"total": 141') }] });
  expect((await sum(changed)).body).toMatchObject({ wards: [], refused: [{ why: 'changed' }] });
  expect((await sum(given({ on: '2025-08-06' }))).body).toMatchObject({
    wards: [],
    refused: [{ why: 'other-period', detail: '2025-08-05' }],
  });
});
