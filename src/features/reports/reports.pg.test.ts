// Reports through their doors: when they count as in time, what versions and pictures keep, and that the ward's sum is
// what the groups said.
import { sql, type RawBuilder } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import { runtime } from '#platform/runtime.server.ts';
import { freezeMornings } from '#features/reports/morning.server.ts';
import type { MorningReply, OwedShape, WardReply } from '#features/reports/schema.ts';
import { reportPorts } from '#registry/report-ports.server.ts';
import { ask, itemThat, planStage } from '../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
let quick: string;

const at = (text: string) => Date.parse(`2025-08-${text}:00+07:00`);
const iso = (text: string) => `2025-08-${text}:00+07:00`;
const base = (path: string) => `/campaigns/${campaign}/reports${path}`;

beforeAll(async () => {
  on = await planStage();
  campaign = await on.running();
  quick = itemThat(await on.planOf(campaign), 'báo cáo nhanh').id;
});

const leader = () => on.stage.actors.groupLeader;
const body = (day: number, total: number, more: object = {}) => ({
  figures: { reached: { day, total } },
  ...more,
});
const send = (by: Actor, more: object = {}) =>
  ask(by, 'POST', base(''), {
    id: newId(),
    areaId: on.stage.group,
    itemId: quick,
    reportOn: '2025-08-05',
    body: body(10, 40),
    ...more,
  });

async function owed(by: Actor, day = '2025-08-05'): Promise<OwedShape | undefined> {
  const reply = await ask(by, 'GET', base(`/owed?on=${day}&area=${on.stage.group}`));
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return (reply.body.owed as OwedShape[])[0];
}
const morning = async (day = '2025-08-05') =>
  (await ask(on.head, 'GET', base(`/morning?on=${day}`))).body as MorningReply;
const ward = async (day = '2025-08-05') =>
  (await ask(on.head, 'GET', base(`/ward?on=${day}`))).body as WardReply;
const freeze = (now: number) =>
  runtime().database.inWard(on.stage.ward, (trx) => freezeMornings(trx, reportPorts, campaign, now));

describe('one group’s report', () => {
  it('is owed at 08:30 for the day before, is begun, sent in time, and answers a repeat word for word', async () => {
    on.clock.at = at('05T08:00');
    expect(await owed(leader())).toMatchObject({ state: 'not-sent', maySend: true, forAnother: false });
    const draft = await ask(leader(), 'PUT', base('/draft'), {
      areaId: on.stage.group,
      itemId: quick,
      reportOn: '2025-08-05',
      body: body(9, 39),
    });
    expect(draft.status, JSON.stringify(draft.body)).toBe(200);
    expect(await owed(leader())).toMatchObject({ state: 'drafted', draft: { figures: body(9, 39).figures } });
    const id = newId();
    const sent = await send(leader(), { id });
    expect(sent, JSON.stringify(sent.body)).toMatchObject({
      status: 201,
      body: { version: 1, state: 'on-time' },
    });
    on.clock.at = at('05T08:40');
    const again = await send(leader(), { id });
    expect(again.body).toEqual(sent.body);
    expect((await send(leader(), { id, body: body(11, 41) })).body).toMatchObject({
      code: 'reports.id-reused',
    });
  });

  it('is seen by the calendar as met', async () => {
    const reply = await ask(
      on.head,
      'GET',
      `/campaigns/${campaign}/calendar?item=${quick}&from=2025-08-05&to=2025-08-05`,
    );
    const own = (reply.body.occurrences as { key: string; state: string }[]).find(({ key }) =>
      key.includes(on.stage.group),
    );
    expect(own).toMatchObject({ state: 'met' });
  });

  it('is corrected by a next version with a reason; the first one decides whether it was in time', async () => {
    const refused = await send(leader(), { body: body(11, 41) });
    expect(refused).toMatchObject({ status: 422, body: { code: 'reports.correction-needs-reason' } });
    const mended = await send(leader(), { body: body(11, 41), correction: 'cộng nhầm' });
    expect(mended.body).toMatchObject({ version: 2, state: 'on-time', minutesLate: 0 });
    expect((await owed(leader()))?.versions.map(({ version }) => version)).toEqual([1, 2]);
    const cell = (await morning()).live.find(({ areaId }) => areaId === on.stage.group);
    expect(cell).toMatchObject({ state: 'on-time', version: 2, total: 41 });
  });

  it('composed at 08:20 and received at 08:41 is late by 11 minutes, with both times', async () => {
    on.clock.at = at('06T08:41') + 1_000;
    const late = await send(leader(), {
      reportOn: '2025-08-06',
      composedAt: iso('06T08:20'),
      body: body(5, 46),
    });
    expect(late.body).toMatchObject({
      state: 'late',
      minutesLate: 11,
      composedAt: '2025-08-06T08:20:00.000+07:00',
    });
  });

  it('typed in for another says who, how and when; without proof it is late', async () => {
    on.clock.at = at('07T08:50');
    const typed = (more: object) =>
      send(on.stage.actors.dutyDesk, {
        reportOn: '2025-08-07',
        onBehalf: {
          personId: leader().personId,
          reachedBy: 'phone',
          reachedAt: iso('07T08:20'),
          ...more,
        },
      });
    expect((await send(on.stage.actors.dutyDesk, { reportOn: '2025-08-07' })).body).toMatchObject({
      code: 'reports.say-for-whom',
    });
    expect((await typed({ proof: 'zalo-picture' })).body).toMatchObject({ code: 'reports.picture-needed' });
    expect((await typed({ reachedAt: iso('07T09:20') })).body).toMatchObject({
      code: 'reports.reached-in-future',
    });
    expect((await typed({ proof: 'call' })).body).toMatchObject({ state: 'on-time-for-another' });
    on.clock.at = at('08T08:50') + 1_000;
    const bare = await send(on.stage.actors.dutyDesk, {
      reportOn: '2025-08-08',
      onBehalf: { personId: leader().personId, reachedBy: 'zalo', reachedAt: iso('08T08:20') },
    });
    expect(bare.body).toMatchObject({ state: 'late', minutesLate: 20 });
  });

  it('without figures is "no figures"; with a reason it is complete', async () => {
    on.clock.at = at('09T08:00');
    const empty = await send(leader(), { reportOn: '2025-08-09', body: { figures: {} } });
    expect(empty.body).toMatchObject({ state: 'no-figures' });
    const why = await send(leader(), {
      reportOn: '2025-08-09',
      body: { figures: {}, nothingReason: 'mưa to' },
      correction: 'bổ sung lý do',
    });
    expect(why.status).toBe(201);
  });

  it('is nobody else’s', async () => {
    expect((await send(on.stage.actors.otherGroupLeader)).status).toBe(403);
    expect((await send(on.stage.actors.cultureMember)).status).toBe(403);
    expect((await send(leader(), { reportOn: '2025-08-20' })).body).toMatchObject({
      code: 'reports.not-owed',
    });
  });
});

const write = (statement: RawBuilder<unknown>) =>
  runtime().database.asOwnerInWard(on.stage.ward, (trx) => statement.execute(trx));

const visit = (householdId: string, groupId: string, doneAt: string) =>
  write(sql`insert into visits (ward_id, id, campaign_id, household_id, group_id, outcome, channel, place, how,
      author_id, done_at, work_on, received_at, feed_id, change_n)
    values (${on.stage.ward}, ${newId()}, ${campaign}, ${householdId}, ${groupId}, 'met', 'direct', 'home',
      'on-the-spot', ${leader().personId}, ${doneAt}, ${doneAt.slice(0, 10)}, ${doneAt}, ${groupId}, 1)`);

async function household(groupId: string): Promise<string> {
  const [dwelling, id] = [newId(), newId()];
  await write(sql`
    insert into dwellings (ward_id, id, lane_id, group_id, house_number, kind, created_at, feed_id, change_n)
    values (${on.stage.ward}, ${dwelling}, ${groupId}, ${groupId}, '7', 'house', now(), ${groupId}, 1)`);
  await write(sql`
    insert into households
      (ward_id, id, dwelling_id, group_id, n, head_name, residence, created_at, feed_id, change_n)
    values (${on.stage.ward}, ${id}, ${dwelling}, ${groupId}, 1, 'Đào Thị Lành', 'permanent', now(), ${groupId}, 1)`);
  return id;
}

describe('the picture of a morning and the ward’s sum', () => {
  it('freezes once at the hour; later arrivals stand beside it', async () => {
    // The two mornings before, for a machine that stood still; not yet this one.
    expect(await freeze(at('06T08:29'))).toBe(2);
    expect(await freeze(at('06T08:31'))).toBe(1);
    expect(await freeze(at('06T09:31'))).toBe(0);
    on.clock.at = at('06T09:00');
    const { frozen, live } = await morning('2025-08-06');
    const own = (list: readonly { areaId: string; state: string }[] | undefined) =>
      list?.find(({ areaId }) => areaId === on.stage.group)?.state;
    expect(own(frozen?.cells)).toBe('missing');
    expect(own(live)).toBe('late');
    expect(frozen?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('counts a household met in two groups once, and its proof holds', async () => {
    const [a, b] = [on.stage.group, on.stage.otherGroup];
    const twice = await household(a);
    await visit(twice, a, iso('09T19:00'));
    await visit(twice, b, iso('09T20:00'));
    await visit(await household(a), a, iso('09T19:30'));
    on.clock.at = at('10T08:00');
    const own = await owed(leader(), '2025-08-10');
    expect(own?.itemised.reached).toEqual({ day: 2, total: 2 });
    expect(own?.earlier).toMatchObject({ reportOn: '2025-08-09' });
    const below = await send(leader(), { reportOn: '2025-08-10', body: body(1, 1) });
    expect(below).toMatchObject({ status: 422, body: { code: 'reports.below-itemised' } });
    const explained = body(1, 48, { reasons: { reached: 'một hộ thuộc tổ khác' } });
    expect((await send(leader(), { reportOn: '2025-08-10', body: explained })).status).toBe(201);
    const other = await ask(on.stage.actors.otherGroupLeader, 'POST', base(''), {
      id: newId(),
      areaId: b,
      itemId: quick,
      reportOn: '2025-08-10',
      body: body(3, 30),
    });
    expect(other.status, JSON.stringify(other.body)).toBe(201);
    const sum = await ward('2025-08-10');
    const reached = sum.figures.find(({ measure }) => measure === 'reached');
    expect(reached).toMatchObject({ day: 4, total: 78, itemisedTotal: 2, twice: 1 });
    expect(reached?.differences.reduce((all, { count }) => all + count, 0)).toBe(78 - 3);
    expect(sum.broken).toEqual([]);
    expect(sum.text).toContain('02/02 TDP đã báo cáo');
  });

  it('of a silent morning carries totals with their day and has no figure of the day', async () => {
    on.clock.at = at('11T08:31');
    const sum = await ward('2025-08-11');
    expect(sum.told).toBe(0);
    expect(sum.figures.find(({ measure }) => measure === 'reached')).toMatchObject({ day: null, total: 78 });
    expect(sum.text).toContain('lũy kế lấy số đến 10/8');
  });
});

describe('a pasted message', () => {
  it('is read against the ward’s own groups, and keeps nothing', async () => {
    on.clock.at = at('05T08:00');
    const reply = await ask(on.stage.actors.dutyDesk, 'POST', base('/read-message'), {
      text: 'TDP Đình Hạ 2 ngày 05/8: đi đc 42 hộ, ký ck 39',
    });
    expect(reply.body.reports[0]).toMatchObject({ groupId: on.stage.group });
    expect(reply.body.reports[0].figures).toHaveLength(2);
  });
});
