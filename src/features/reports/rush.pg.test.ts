// What comes together before 08:30 is kept together: each is answered for itself, whatever becomes of the others.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { MorningReply } from '#features/reports/schema.ts';
import { ask, itemThat, planStage } from '../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../tests/support/plan-life.ts';

const DAY = '2025-08-05';
let on: PlanStage;
let base: string;
let quick: string;
let groups: readonly string[];

const morning = async () => (await ask(on.head, 'GET', `${base}/morning?on=${DAY}`)).body as MorningReply;

beforeAll(async () => {
  on = await planStage();
  const campaign = await on.running();
  base = `/campaigns/${campaign}/reports`;
  quick = itemThat(await on.planOf(campaign), 'báo cáo nhanh').id;
  on.clock.at = Date.parse(`${DAY}T08:00:00+07:00`);
  groups = (await morning()).live.map(({ areaId }) => areaId);
});

const send = (areaId: string, total: number, more: object = {}) =>
  ask(on.stage.actors.dutyDesk, 'POST', base, {
    id: newId(),
    areaId,
    itemId: quick,
    reportOn: DAY,
    body: { figures: { reached: { day: 1, total } } },
    onBehalf: {
      personId: on.stage.actors.groupLeader.personId,
      reachedBy: 'phone',
      reachedAt: `${DAY}T07:50:00+07:00`,
      proof: 'call',
    },
    ...more,
  });

describe('reports that come together', () => {
  it('are each kept once, in their group’s own order, and the refused are told why', async () => {
    const [first, second] = groups;
    if (!first || !second) throw new Error('The stage has two groups');
    const id = newId();
    const twice = { id };
    const [kept, repeated, next, unexplained, reused, stranger] = await Promise.all([
      send(first, 40, twice),
      send(first, 40, twice),
      send(first, 41, { correction: 'cộng nhầm' }),
      send(first, 42),
      send(second, 7, twice),
      send(newId(), 3),
    ]);
    expect(kept).toMatchObject({ status: 201, body: { id, version: 1 } });
    expect(repeated?.body).toEqual(kept?.body);
    expect(next).toMatchObject({ status: 201, body: { version: 2 } });
    expect(unexplained?.body).toMatchObject({ code: 'reports.correction-needs-reason' });
    expect(reused?.body).toMatchObject({ code: 'reports.id-reused' });
    expect(stranger?.status).toBeGreaterThanOrEqual(400);
    const told = (await morning()).live.find(({ areaId }) => areaId === first);
    expect(told).toMatchObject({ version: 2, total: 41 });
  });

  it('are kept although one among them cannot be written at all', async () => {
    const answers = await Promise.all(
      groups.slice(1).flatMap((areaId) => [
        send(areaId, 12, { correction: 'gửi lại' }),
        // PostgreSQL keeps no such sign in a text.
        send(areaId, 13, { words: 'một\u0000hai', correction: 'gửi lại' }),
      ]),
    );
    expect(answers.filter(({ status }) => status === 201).length).toBe(groups.length - 1);
    const totals = (await morning()).live.filter(({ areaId }) => groups.slice(1).includes(areaId));
    expect(totals.map(({ total }) => total)).toEqual(totals.map(() => 12));
  });
});
