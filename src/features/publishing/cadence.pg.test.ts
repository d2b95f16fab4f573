// A month of posts, drawn by a seed: what each channel is said to have done is counted again from the rows by SQL that
// knows nothing of the product's own counting, day by day; and what is missing at a period's end was said days before.
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#core/calendar.ts';
import { newId } from '#core/ids.ts';
import type { ChannelView } from '#features/publishing/channels-schema.ts';
import { chanceOf } from '#platform/rehearsal/chance.ts';
import { PLAN, readingOf } from '../../../tests/support/readings.ts';
import { ask, planStage } from '../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../tests/support/plan-life.ts';

let on: PlanStage;
const channels = async () => (await ask(on.head, 'GET', '/channels')).body.channels as ChannelView[];
const at = (day: string, time = '17:00') => Date.parse(`${day}T${time}:00+07:00`);

async function open(kind: string, name: string, unitId: string): Promise<string> {
  const opened = await ask(on.head, 'POST', '/channels', { kind, name, unitId, areaId: null, address: null });
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  return opened.body.id as string;
}
/** The plan of the other tests, and the sentence about the portals. */
async function runPlan(): Promise<void> {
  const sentence = 'Công an phường đăng ít nhất 05 tin, bài/tháng trên cổng thông tin điện tử phường.';
  const reading = readingOf(PLAN.replace('\n7. Các', `\n7. ${sentence}\n8. Các`));
  const start = reading.source.indexOf(sentence);
  const [first] = reading.duties;
  if (!first) throw new Error('a plan without duties');
  const portal: ReturnType<typeof readingOf>['duties'][number] = {
    ...first,
    ...{ id: 'duty-9', channel: 'website', channels: ['website'], scope: 'ward' },
    ...{ cadence: { count: 5, per: 'month' }, quote: { start, end: start + sentence.length } },
  };
  const campaign = await on.newCampaign();
  await on.bring(campaign, { ...reading, duties: [...reading.duties, portal] });
  await on.settle(campaign);
  for (const step of ['/plan/draft/confirm', '/activate'])
    expect((await ask(on.head, 'POST', `/campaigns/${campaign}${step}`, {})).status).toBe(200);
}
/** The period and the count, by the database's own calendar. */
async function recount(channel: string, per: string, today: string): Promise<number> {
  const { rows } = await on.runtime.database.inWard(on.stage.ward, (trx) =>
    sql<{ n: number }>`
      select count(*)::int as n from posts
      where ward_id = ${trx.wardId} and channel_id = ${channel} and undone_at is null
        and date_trunc(${per}, posted_at at time zone 'Asia/Ho_Chi_Minh')
          = date_trunc(${per}, ${today}::date::timestamp)`.execute(trx),
  );
  return rows[0]?.n ?? -1;
}

const made = { police: '', loud: '' };
beforeAll(async () => {
  on = await planStage();
  on.clock.at = at('2025-08-02', '07:50');
  await runPlan();
  made.police = await open('website', 'Trang Công an', on.stage.police);
  made.loud = await open('loudspeaker', 'Loa phường', on.stage.culture);
  await ask(on.head, 'POST', '/channels/group-chats', {});
});

describe('a month of posts', () => {
  it('is counted per period as the plan asks, the same as the rows say, every day', async () => {
    const chance = chanceOf('cadence');
    const groupChat = (await channels()).find(({ areaId }) => areaId === on.stage.group)?.id ?? '';
    const by = { [groupChat]: on.stage.actors.groupLeader, [made.police]: on.head };
    const odds = { [made.police]: 0.3, [made.loud]: 0.8, [groupChat]: 0.2 };
    const asked = new Set<string>();
    for (let day = '2025-08-02'; day <= '2025-08-14'; day = addDays(day, 1)) {
      on.clock.at = at(day);
      for (const [channel, share] of Object.entries(odds)) {
        if (!chance.odds(share)) continue;
        const id = newId();
        const actor = by[channel] ?? on.stage.actors.cultureMember;
        const wish = { id, postedAt: `${day}T06:10:00+07:00` };
        const posted = await ask(actor, 'POST', `/channels/${channel}/posts`, wish);
        expect(posted.status, JSON.stringify(posted.body)).toBe(201);
        // Some were a mistake: taken back, they count nowhere.
        if (chance.odds(0.15)) await ask(actor, 'POST', `/posts/${id}/undo`, { reason: 'Ghi nhầm' });
      }
      for (const channel of await channels())
        for (const item of channel.asked.filter(({ per }) => ['day', 'week', 'month'].includes(per))) {
          asked.add(`${channel.kind} ${item.needed}/${item.per}`);
          expect(item.done, `${channel.name} ${item.per} ${day}`).toBe(
            await recount(channel.id, item.per, day),
          );
        }
    }
    // What the plan asks of the portal, the loudspeaker and the groups' chats.
    expect([...asked]).toEqual(
      expect.arrayContaining(['website 5/month', 'loudspeaker 1/day', 'zalo-group 1/week']),
    );
  });

  it('a shortfall is said days before it happens, and is as large as was said', async () => {
    const channel = await open('website', 'Cổng thứ hai', on.stage.police);
    const item = async () =>
      (await channels())
        .find(({ id }) => id === channel)
        ?.asked.find(({ per, needed }) => per === 'month' && needed === 5);
    on.clock.at = at('2025-08-03');
    const first = { id: newId(), postedAt: '2025-08-03T08:00:00+07:00' };
    expect((await ask(on.head, 'POST', `/channels/${channel}/posts`, first)).status).toBe(201);
    let warnedOn: string | null = null;
    for (let day = '2025-08-03'; day <= '2025-08-31'; day = addDays(day, 1)) {
      on.clock.at = at(day);
      const found = await item();
      if (warnedOn === null && (found?.foreseenShort ?? 0) > 0) warnedOn = day;
    }
    expect(warnedOn).not.toBeNull();
    // Two weeks are left to write four texts.
    expect(warnedOn ?? '').toMatch(/^2025-08-1[0-7]$/);
    expect(await item()).toMatchObject({ done: 1, foreseenShort: 4, daysLeft: 0 });
    on.clock.at = at('2025-09-01');
    expect(await item()).toMatchObject({ done: 0, foreseenShort: null });
  });
});
