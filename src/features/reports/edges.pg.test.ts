// The edges at which counting goes wrong: a ward that has heard nothing, a ward of one group, a merger in the middle of
// the period, a leap day, a month end. Each with rows of its own, through the doors.
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dayOf, isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import { runtime } from '#platform/runtime.server.ts';
import { itemisedOf } from '#features/reports/itemised.server.ts';
import { windowOf } from '#features/reports/model.ts';
import { freezeMornings } from '#features/reports/morning.server.ts';
import type { DocumentView } from '#features/reports/papers/schema.ts';
import type { MorningReply, OwedShape, WardReply } from '#features/reports/schema.ts';
import { reportPorts } from '#registry/report-ports.server.ts';
import { ask, itemThat, planStage } from '../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
let quick: string;

const at = (text: string) => Date.parse(`2025-08-${text}:00+07:00`);
const base = (path: string) => `/campaigns/${campaign}/reports${path}`;
const inWard = <T>(work: Parameters<ReturnType<typeof runtime>['database']['inWard']>[1]) =>
  runtime().database.inWard(on.stage.ward, work) as Promise<T>;

async function stage(): Promise<void> {
  on = await planStage();
  campaign = await on.running();
  quick = itemThat(await on.planOf(campaign), 'báo cáo nhanh').id;
}

const ward = async (day: string) => (await ask(on.head, 'GET', base(`/ward?on=${day}`))).body as WardReply;
const morning = async (day: string) =>
  (await ask(on.head, 'GET', base(`/morning?on=${day}`))).body as MorningReply;
const reached = (sum: WardReply) => sum.figures.find(({ measure }) => measure === 'reached');
const owedBy = async (by: Actor, day: string) =>
  ((await ask(by, 'GET', base(`/owed?on=${day}`))).body.owed as OwedShape[]).filter(({ maySend }) => maySend);
const send = (by: Actor, areaId: string, reportOn: string, day: number, total: number) =>
  ask(by, 'POST', base(''), {
    id: newId(),
    areaId,
    itemId: quick,
    reportOn,
    body: { figures: { reached: { day, total } } },
  });

/** A household of the group met at that instant, heard of within the minute. */
async function met(groupId: string, doneAt: number): Promise<string> {
  const [dwelling, id] = [newId(), newId()];
  const done = isoOf(doneAt);
  await runtime().database.asOwnerInWard(on.stage.ward, async (trx) => {
    await sql`
      insert into dwellings (ward_id, id, lane_id, group_id, house_number, kind, created_at, feed_id, change_n)
      values (${on.stage.ward}, ${dwelling}, ${groupId}, ${groupId}, '7', 'house', now(), ${groupId}, 1)`.execute(
      trx,
    );
    await sql`
      insert into households (ward_id, id, dwelling_id, group_id, n, head_name, residence, created_at, feed_id, change_n)
      values (${on.stage.ward}, ${id}, ${dwelling}, ${groupId}, 1, 'Đào Thị Lành', 'permanent', now(), ${groupId}, 1)`.execute(
      trx,
    );
    await sql`
      insert into visits (ward_id, id, campaign_id, household_id, group_id, outcome, channel, place, how, author_id,
        done_at, work_on, received_at, feed_id, change_n)
      values (${on.stage.ward}, ${newId()}, ${campaign}, ${id}, ${groupId}, 'met', 'direct', 'home', 'on-the-spot',
        ${on.stage.actors.groupLeader.personId}, ${done}, ${dayOf(doneAt)}, ${done}, ${groupId}, 1)`.execute(
      trx,
    );
  });
  return id;
}

describe('a ward that has heard nothing', () => {
  beforeAll(stage);

  it('says so on the board, in the sum, in the text and on the paper; nowhere a zero', async () => {
    on.clock.at = at('05T08:40');
    const sum = await ward('2025-08-05');
    expect(sum).toMatchObject({ groups: 2, told: 0, figures: [], broken: [] });
    expect(sum.lines.every(({ carriedFrom, told }) => carriedFrom === null && !told)).toBe(true);
    expect(sum.text).toMatch(/^Đến 08h30' ngày 05\/8: 00\/02 TDP đã báo cáo\. 02 TDP chưa báo cáo: /);
    expect(sum.text).toContain('(chưa có số liệu)');
    await inWard((trx) => freezeMornings(trx, reportPorts, campaign, at('05T08:31')));
    const { frozen } = await morning('2025-08-05');
    expect(frozen?.cells.map(({ state }) => state)).toEqual(['missing', 'missing']);
    const id = newId();
    const begun = await ask(on.member, 'POST', `/campaigns/${campaign}/documents`, {
      id,
      kind: 'daily-report',
      fromOn: '2025-08-05',
      toOn: '2025-08-05',
    });
    expect(begun, JSON.stringify(begun.body)).toMatchObject({ status: 201 });
    const { words } = (await ask(on.member, 'GET', `/campaigns/${campaign}/documents/${id}`))
      .body as DocumentView;
    const text = words.sections.flatMap(({ paragraphs }) => paragraphs).join('\n');
    expect(text).toContain('chưa có số liệu lũy kế');
    expect(text).toContain('00/02 tổ dân phố đã gửi báo cáo');
    expect(text).not.toMatch(/lũy kế 0|NaN|null|undefined/);
  });
});

describe('a ward of one group', () => {
  beforeAll(stage);

  it('is that group: its figures, its share, its words', async () => {
    await runtime().database.asOwnerInWard(on.stage.ward, (trx) =>
      sql`update areas set valid_to = '2025-08-01' where ward_id = ${on.stage.ward} and id = ${on.stage.otherGroup}`.execute(
        trx,
      ),
    );
    on.clock.at = at('05T08:00');
    expect((await morning('2025-08-05')).live.map(({ areaId }) => areaId)).toEqual([on.stage.group]);
    expect((await send(on.stage.actors.groupLeader, on.stage.group, '2025-08-05', 10, 40)).status).toBe(201);
    const sum = await ward('2025-08-05');
    expect(sum).toMatchObject({ groups: 1, told: 1, broken: [] });
    expect(reached(sum)).toMatchObject({ day: 10, total: 40 });
    expect(sum.text).toContain('01/01 TDP đã báo cáo');
    expect(sum.text).not.toContain('chưa báo cáo');
  });
});

describe('groups merged in the middle of the period', () => {
  let merged = '';
  let leader: Actor;
  const { parse } = Date;

  beforeAll(async () => {
    await stage();
    const { group, otherGroup, actors } = on.stage;
    for (const [n, place] of [group, group, group, otherGroup, otherGroup].entries())
      await met(place, parse('2025-08-06T18:00:00+07:00') + n * 60_000);
    on.clock.at = at('07T08:00');
    expect((await send(actors.groupLeader, group, '2025-08-07', 3, 43)).status).toBe(201);
    expect((await send(actors.otherGroupLeader, otherGroup, '2025-08-07', 2, 32)).status).toBe(201);
    // Work of the last evening of the old groups.
    for (const [n, place] of [group, otherGroup].entries())
      await met(place, parse('2025-08-07T19:00:00+07:00') + n * 60_000);
    on.clock.at = at('07T21:00');
    const reply = await ask(actors.administrator, 'POST', '/groups/merge', {
      groups: [group, otherGroup],
      name: 'Tổ dân phố Đình Nghĩa',
      from: '2025-08-08',
      decision: { number: '05/NQ-HĐND', on: '2025-08-01' },
    });
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    merged = reply.body.id as string;
    const grant = { role: 'group-leader', areaId: merged, unitId: null } as const;
    leader = { ...actors.groupLeader, grants: [grant] };
  });

  it('owe nothing from that day on; the new one is asked for the old ones’ last evening', async () => {
    on.clock.at = at('08T07:40');
    expect((await morning('2025-08-07')).live).toHaveLength(2);
    const { live } = await morning('2025-08-08');
    expect(live).toMatchObject([{ areaId: merged, state: 'not-sent' }]);
    const stale = await send(on.stage.actors.groupLeader, on.stage.group, '2025-08-08', 1, 44);
    expect(stale.body).toMatchObject({ code: 'reports.not-owed' });
    const [owed] = await owedBy(leader, '2025-08-08');
    expect(owed?.itemised.reached).toEqual({ day: 2, total: 7 });
    expect(owed?.earlier).toEqual({
      reportOn: '2025-08-07',
      figures: { reached: { day: null, total: 75 } },
    });
  });

  it('keep their totals while the new one is silent', async () => {
    const sum = await ward('2025-08-08');
    expect(sum).toMatchObject({ groups: 1, told: 0, broken: [] });
    expect(sum.lines).toMatchObject([{ areaId: merged, carriedFrom: '2025-08-07' }]);
    expect(reached(sum)).toMatchObject({ day: null, total: 75, itemisedTotal: 5, twice: 0 });
  });

  it('are counted once when it has reported, also after their rows have moved to it', async () => {
    expect((await send(leader, merged, '2025-08-08', 2, 77)).status).toBe(201);
    const check = async () => {
      const sum = await ward('2025-08-08');
      expect(sum).toMatchObject({ groups: 1, told: 1, broken: [] });
      expect(reached(sum)).toMatchObject({ day: 2, total: 77, itemisedTotal: 7, twice: 0 });
      expect(sum.lines[0]?.inherited).toEqual([]);
    };
    await check();
    await runtime().database.asOwnerInWard(on.stage.ward, (trx) =>
      sql`update visits set feed_id = ${merged}, change_n = 900 where ward_id = ${on.stage.ward}`.execute(
        trx,
      ),
    );
    await check();
    // What was frozen for the mornings before stays what it was.
    expect(reached(await ward('2025-08-07'))).toMatchObject({ total: 75, itemisedTotal: 5 });
  });

  it('are refused below what was recorded in them', async () => {
    on.clock.at = at('09T08:00');
    const [owed] = await owedBy(leader, '2025-08-09');
    expect(owed?.earlier.figures.reached?.total).toBe(77);
    const below = await send(leader, merged, '2025-08-09', 0, 6);
    expect(below.body).toMatchObject({ code: 'reports.below-itemised' });
  });
});

describe('a leap day and a month end', () => {
  beforeEach(stage);

  const count = async (kind: 'day-before' | 'hour-to-hour', reportOn: string) => {
    const window = windowOf(kind, reportOn, '08:30');
    const groups = [{ areaId: on.stage.group, upTo: null }];
    const found = await inWard<Awaited<ReturnType<typeof itemisedOf>>>((trx) =>
      itemisedOf(trx, campaign, groups, window),
    );
    return found.get(on.stage.group)?.reached ?? null;
  };
  const visits = async (...times: string[]) => {
    for (const time of times) await met(on.stage.group, Date.parse(`${time}+07:00`));
  };

  it('of 29/02/2028 is counted on 01/3 and on no other morning', async () => {
    await visits('2028-02-28T23:59:59', '2028-02-29T00:00:00', '2028-02-29T23:59:59', '2028-03-01T00:00:00');
    expect(await count('day-before', '2028-02-29')).toEqual({ day: 1, total: 1 });
    expect(await count('day-before', '2028-03-01')).toEqual({ day: 2, total: 3 });
    expect(await count('day-before', '2028-03-02')).toEqual({ day: 1, total: 4 });
  });

  it('of 31/8 is counted on 01/9; by the hour, what was done before it still belongs to the month', async () => {
    await visits('2025-08-31T08:29:59', '2025-08-31T08:30:00', '2025-09-01T08:29:59', '2025-09-01T08:30:00');
    expect(await count('day-before', '2025-08-31')).toBeNull();
    expect(await count('day-before', '2025-09-01')).toEqual({ day: 2, total: 2 });
    expect(await count('hour-to-hour', '2025-08-31')).toEqual({ day: 1, total: 1 });
    expect(await count('hour-to-hour', '2025-09-01')).toEqual({ day: 2, total: 3 });
  });
});
