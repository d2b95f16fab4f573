// A check visit through its doors: recorded once, its follow-up a duty of the plan with its day, its minutes as papers;
// and a briefing's conclusion by the same way.
import mammoth from 'mammoth';
import { beforeAll, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { CheckList } from '#features/reports/checks/schema.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { DocumentView } from '#features/reports/papers/schema.ts';
import { api } from '#registry/api.server.ts';
import { ask, planStage, type PlanStage } from '../../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
const base = (path = '') => `/campaigns/${campaign}/checks${path}`;
const list = async () => (await ask(on.head, 'GET', base())).body as CheckList;
const draft = async () =>
  (await ask(on.member, 'GET', `/campaigns/${campaign}/plan/draft`)).body as {
    items: { id: string; body: unknown }[];
  };

beforeAll(async () => {
  on = await planStage();
  campaign = await on.running();
  on.clock.at = Date.parse('2025-08-05T10:00:00+07:00');
});

const wish = () => ({
  id: newId(),
  areaId: on.stage.group,
  unitId: null,
  checkedOn: '2025-08-05',
  checkers: 'Trung tá Phạm Văn Trưởng\nLê Thị Chiến Sĩ',
  findings: 'Có sổ theo dõi. Thiếu 12 bản cam kết giấy.',
  followUp: { title: 'Nộp đủ bản cam kết giấy', by: '2025-08-08', accountable: 'groups' },
});

it('is recorded once, and its follow-up is one duty with its day in the plan’s draft', async () => {
  const body = wish();
  for (let twice = 0; twice < 2; twice++)
    expect((await ask(on.member, 'POST', base(), body)).status).toBe(201);
  const { checks } = await list();
  expect(checks).toHaveLength(1);
  expect(checks[0]).toMatchObject({
    place: 'Tổ dân phố Đình Hạ 2',
    followUpBy: '2025-08-08',
    accountable: 'Các tổ dân phố',
    doneAt: null,
  });
  const found = (await draft()).items.filter(({ id }) => id === checks[0]?.itemId);
  expect(found.map((one) => one.body)).toMatchObject([
    { kind: 'duty', title: 'Nộp đủ bản cam kết giấy', by: { on: '2025-08-08' }, accountable: 'groups' },
  ]);
});

it('refuses a day past or ahead, a place that is none, and whoever does not lead', async () => {
  const to = (change: object) => ask(on.member, 'POST', base(), { ...wish(), ...change });
  expect((await to({ checkedOn: '2025-08-06' })).body).toMatchObject({ code: 'checks.day-ahead' });
  expect((await to({ areaId: newId() })).body).toMatchObject({ code: 'checks.no-such-place' });
  const past = { title: 'Việc cũ', by: '2025-08-04', accountable: 'groups' };
  expect((await to({ followUp: past })).body).toMatchObject({ code: 'checks.day-past' });
  expect((await ask(on.stage.actors.cultureHead, 'POST', base(), wish())).status).toBe(403);
  expect((await list()).checks).toHaveLength(1);
});

it('is set as minutes that say what was recorded, in Word and as PDF', async () => {
  const id = (await list()).checks[0]?.id ?? '';
  const file = async (kind: string) => {
    const reply = await api.fetch(
      new Request(`http://test/api/wards/${on.stage.ward}${base(`/${id}/minutes.${kind}`)}`),
      { actor: on.head, origin: 'test' },
    );
    expect(reply.status).toBe(200);
    return Buffer.from(await reply.arrayBuffer());
  };
  const { value } = await mammoth.extractRawText({ buffer: await file('docx') });
  for (const words of ['BIÊN BẢN', 'Thiếu 12 bản cam kết giấy', 'Lê Thị Chiến Sĩ', 'ngày 08/8/2025'])
    expect(value).toContain(words);
  expect((await file('pdf')).subarray(0, 5).toString()).toBe('%PDF-');
});

it('is finished once, with what was done', async () => {
  const id = (await list()).checks[0]?.id ?? '';
  for (const note of ['Đã nộp đủ 12 bản', 'Ghi lại'])
    expect((await ask(on.member, 'POST', base(`/${id}/done`), { note })).status).toBe(200);
  expect((await list()).checks[0]).toMatchObject({ doneNote: 'Đã nộp đủ 12 bản' });
});

it('goes into the chain once, frozen, and is signed and numbered like any paper', async () => {
  const id = (await list()).checks[0]?.id ?? '';
  expect((await ask(on.stage.actors.clerk, 'POST', base(`/${id}/paper`))).status).toBe(403);
  for (let twice = 0; twice < 2; twice++)
    expect(await ask(on.member, 'POST', base(`/${id}/paper`))).toMatchObject({ status: 201, body: { id } });
  expect((await list()).checks[0]?.paper).toEqual({ state: 'draft' });
  const document = `/campaigns/${campaign}/documents/${id}`;
  const view = async () => (await ask(on.head, 'GET', document)).body as DocumentView;
  expect(await view()).toMatchObject({ kind: 'minutes', unchanged: true, state: 'draft' });
  expect((await ask(on.head, 'GET', `${document}/xlsx`)).status).toBe(404);
  const { clerk } = on.stage.actors;
  const step = (by: Actor, name: string, more: object = {}) =>
    ask(by, 'POST', `${document}/steps`, { step: name, ...more });
  for (const [by, name] of [
    [on.head, 'check-content'],
    [clerk, 'check-form'],
    [on.head, 'sign'],
  ] as const)
    expect((await step(by, name)).status, name).toBe(200);
  expect((await step(clerk, 'number', { number: '3', datedOn: '2025-08-05' })).status).toBe(200);
  const reply = await api.fetch(new Request(`http://test/api/wards/${on.stage.ward}${document}/docx`), {
    actor: on.head,
    origin: 'test',
  });
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await reply.arrayBuffer()) });
  for (const words of ['Số: 03/BB-', 'ngày 05 tháng 8 năm 2025', 'Thiếu 12 bản cam kết giấy'])
    expect(value).toContain(words);
});

it('a briefing’s conclusion becomes a duty by the same way', async () => {
  const task = {
    id: newId(),
    title: 'Treo lại pano tại chợ',
    on: '2025-08-07',
    accountable: on.stage.culture,
  };
  const added = await ask(on.member, 'POST', `/campaigns/${campaign}/tasks`, task);
  expect(added.status, JSON.stringify(added.body)).toBe(201);
  expect((await draft()).items.find(({ id }) => id === task.id)?.body).toMatchObject({
    title: task.title,
    by: { on: '2025-08-07' },
    accountable: on.stage.culture,
  });
  expect((await ask(on.stage.actors.clerk, 'POST', `/campaigns/${campaign}/tasks`, task)).status).toBe(403);
});
