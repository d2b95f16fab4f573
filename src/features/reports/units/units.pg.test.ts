// Units' reports through their doors: who owes them, what fills them, who confirms, how they stand.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import { freezeMornings } from '#features/reports/morning.server.ts';
import { MorningPicture, MorningReply } from '#features/reports/schema.ts';
import { reportPorts } from '#registry/report-ports.server.ts';
import type { UnitBoard, UnitReports } from '#features/reports/units/schema.ts';
import { SAMPLE_SETTINGS } from '#features/reports/papers/sample.ts';
import { ask, itemThat, planStage } from '../../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
let loud: string;

const at = (text: string) => Date.parse(`2025-08-${text}:00+07:00`);
const base = (path: string) => `/campaigns/${campaign}/reports${path}`;
const culture = () => on.stage.actors.cultureHead;

beforeAll(async () => {
  on = await planStage();
  campaign = await on.running();
  loud = itemThat(await on.planOf(campaign), 'Phòng Văn hóa - Xã hội phát thanh').id;
  on.clock.at = at('05T07:00');
});

const report = async (by: Actor, day?: string) => {
  const reply = await ask(
    by,
    'GET',
    base(`/units/${on.stage.culture}${day === undefined ? '' : `?on=${day}`}`),
  );
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body as UnitReports;
};
const board = async () => (await ask(on.head, 'GET', base('/units'))).body as UnitBoard;
const choose = (unitReports: string) =>
  ask(on.head, 'PUT', base('/settings'), { ...SAMPLE_SETTINGS, unitReports });
const broadcast = async (doneAt: string) => {
  const reply = await ask(culture(), 'POST', `/campaigns/${campaign}/evidence`, {
    records: [{ id: newId(), itemIds: [loud], unitId: on.stage.culture, doneAt }],
  });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
};
const send = async (by: Actor, body: object, more: object = {}) => {
  const [one] = (await report(by)).reports;
  return ask(by, 'POST', base(''), {
    id: newId(),
    unitId: on.stage.culture,
    itemId: one?.itemId,
    reportOn: one?.reportOn,
    body: { figures: {}, ...body },
    ...more,
  });
};

describe('reports of units', () => {
  it('are owed with the groups’ final report by every unit with a duty, not by the one that leads', async () => {
    const { units, on: day } = await board();
    expect(units.map(({ unitId }) => unitId)).toEqual([on.stage.culture]);
    expect(day && day >= '2025-08-13').toBe(true);
    expect(units[0]).toMatchObject({ state: 'not-sent', head: { name: 'Đỗ Văn Hóa' } });
  });

  it('are asked every morning, or not at all, where the ward so chose', async () => {
    expect((await choose('none')).status).toBe(200);
    expect(await board()).toMatchObject({ on: null, units: [] });
    expect((await choose('daily')).status).toBe(200);
    expect(await board()).toMatchObject({
      on: '2025-08-05',
      units: [{ state: 'not-sent', dueAt: '2025-08-05T08:30:00.000+07:00' }],
    });
  });

  it('fill themselves from the evidence of their duties in the window', async () => {
    for (const time of ['02T06:00', '04T06:00', '04T17:00']) await broadcast(`2025-08-${time}:00+07:00`);
    const [one] = (await report(culture())).reports;
    // The plan's sentence is about the groups.
    expect(one).toMatchObject({ title: null, kind: 'quick' });
    expect(one).toMatchObject({ reportOn: '2025-08-05', window: { to: '2025-08-05T00:00:00.000+07:00' } });
    const line = one?.work.find(({ itemId }) => itemId === loud);
    expect(line).toMatchObject({ counted: 2, total: 3, owed: 1, stated: 2, reason: null });
  });

  it('are begun by a member, confirmed by the head alone, and stand on the board', async () => {
    const member = on.stage.actors.cultureMember;
    expect(await report(member)).toMatchObject({ may: { write: true, send: false } });
    const [one] = (await report(member)).reports;
    const draft = await ask(member, 'PUT', base('/draft'), {
      unitId: on.stage.culture,
      itemId: one?.itemId,
      reportOn: '2025-08-05',
      body: { figures: {}, remarks: 'Loa khu 3 hỏng' },
    });
    expect(draft.status, JSON.stringify(draft.body)).toBe(200);
    expect((await board()).units[0]?.state).toBe('drafted');
    expect((await report(culture())).reports[0]).toMatchObject({ begun: true, remarks: 'Loa khu 3 hỏng' });
    expect((await send(member, {})).body).toMatchObject({ code: 'reports.say-for-whom' });
    const below = await send(culture(), { work: [{ itemId: loud, stated: 1 }] });
    expect(below.body).toMatchObject({ code: 'reports.below-itemised' });
    const told = {
      work: [{ itemId: loud, stated: 1, reason: 'Một lượt ghi nhầm' }],
      remarks: 'Loa khu 3 hỏng',
    };
    const sent = await send(culture(), told);
    expect(sent, JSON.stringify(sent.body)).toMatchObject({ status: 201, body: { state: 'on-time' } });
    expect((await board()).units[0]).toMatchObject({ state: 'on-time', version: 1 });
    const [kept] = (await report(culture())).reports[0]?.versions ?? [];
    expect(kept?.work).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ itemId: loud, counted: 2, stated: 1, reason: 'Một lượt ghi nhầm' }),
      ]),
    );
  });

  it('keep what was recorded when they were sent, and are corrected with a reason', async () => {
    await broadcast('2025-08-04T18:00:00+07:00');
    const [one] = (await report(culture())).reports;
    expect(one?.work.find(({ itemId }) => itemId === loud)?.counted).toBe(3);
    expect(one?.versions[0]?.work.find(({ itemId }) => itemId === loud)?.counted).toBe(2);
    expect((await send(culture(), {})).body).toMatchObject({ code: 'reports.correction-needs-reason' });
    const mended = await send(culture(), {}, { correction: 'Bổ sung lượt chiều' });
    expect(mended.body).toMatchObject({ version: 2, state: 'on-time' });
  });

  it('with nothing and no reason have no figures; with a reason are complete', async () => {
    on.clock.at = at('07T08:00');
    expect((await send(culture(), {})).body).toMatchObject({ state: 'no-figures' });
    on.clock.at = at('08T08:00');
    const why = await send(culture(), { nothingReason: 'Mất điện cả ngày' });
    expect(why.body).toMatchObject({ state: 'on-time' });
  });

  it('stand in the picture of the morning as they stood at the hour; an older picture says nothing of them', async () => {
    on.clock.at = at('08T08:31');
    const { runtime } = on;
    const ward = on.stage.ward;
    await runtime.database.inWard(ward, (trx) => freezeMornings(trx, reportPorts, campaign, on.clock.at));
    const morning = async (day: string) =>
      MorningReply.parse((await ask(on.head, 'GET', base(`/morning?on=${day}`))).body);
    expect((await morning('2025-08-08')).frozen?.units).toMatchObject([
      { unitId: on.stage.culture, state: 'on-time', nothing: 'Mất điện cả ngày' },
    ]);
    on.clock.at = at('09T08:31');
    await runtime.database.inWard(ward, (trx) => freezeMornings(trx, reportPorts, campaign, on.clock.at));
    on.clock.at = at('09T08:45') + 30_000;
    expect((await send(culture(), { nothingReason: 'Mất điện' })).body).toMatchObject({ state: 'late' });
    const late = await morning('2025-08-09');
    expect(late.frozen?.units).toMatchObject([{ state: 'missing', receivedAt: null, nothing: null }]);
    const { units: _, ...old } = MorningPicture.parse(late.frozen);
    expect(MorningPicture.parse(old).units).toBeUndefined();
    expect((await board()).units[0]).toMatchObject({ state: 'late', minutesLate: 15 });
    on.clock.at = at('08T08:40');
  });

  it('are not another unit’s to send, and do not disturb the groups’ morning', async () => {
    const stranger = await send(on.stage.actors.dutyDesk, {});
    expect(stranger.body).toMatchObject({ code: 'reports.say-for-whom' });
    const [one] = (await report(culture())).reports;
    const police = await ask(on.head, 'POST', base(''), {
      id: newId(),
      unitId: on.stage.police,
      itemId: one?.itemId,
      reportOn: '2025-08-08',
      body: { figures: {}, nothingReason: 'x' },
    });
    expect(police.body).toMatchObject({ code: 'reports.not-owed' });
    const ward = await ask(on.head, 'GET', base('/ward?on=2025-08-08'));
    expect(ward.body).toMatchObject({ told: 0, groups: 2, figures: [] });
  });
});
