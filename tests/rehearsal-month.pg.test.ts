// A month of the rehearsal: every figure of every channel is counted again from the rows by SQL that knows nothing of
// the product's own counting, every day; and what is missing at the end was said days before, while somebody could act.
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#core/calendar.ts';
import type { Actor } from '#platform/api/actor.ts';
import { chanceOf } from '#platform/rehearsal/chance.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { REHEARSAL_START } from '#platform/campaign-clock.server.ts';
import { ChannelReply, ChannelsReply, type ChannelView } from '#features/publishing/channels-schema.ts';
import { SitesReply, StockReply } from '#features/publishing/sites/schema.ts';
import { api } from '#registry/api.server.ts';
import { goOnWithRehearsal, markMade, SEED, WARD } from '#registry/rehearsal.server.ts';
import { makeSampleWard } from '#registry/sample-ward.server.ts';
import { testRuntime } from './support/database.ts';

const GROUPS = 10;
const LAST = '2025-08-31';
let runtime: Runtime;
let actor: Actor;
const said = new Map<string, readonly ChannelView[]>();

async function ask<T>(path: string, shape: { parse(value: unknown): T }): Promise<T> {
  const answer = await api.fetch(new Request(`http://localhost/api/wards/1${path}`), {
    actor,
    origin: 'test',
  });
  expect(answer.status, path).toBe(200);
  return shape.parse(await answer.json());
}
const rows = async <T>(text: string): Promise<T[]> => {
  const found = await runtime.database.inWard(1, (trx) => sql.raw<T>(text).execute(trx));
  return found.rows;
};

/** What the paper asks of each, written down from its own words. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  'Cổng thông tin điện tử phường': ['month 5', 'week 1'],
  'Trang thông tin Công an phường': ['month 5'],
  'Zalo Công an phường': ['week 1', 'week 1'],
  'Facebook Công an phường': ['week 1', 'week 1'],
  'Hệ thống truyền thanh phường': ['day 1', 'day 1'],
  'Loa phường (bài của Công an)': ['day 1'],
  'Pano của phường': ['campaign 1'],
  chat: ['campaign 1', 'campaign 1', 'week 1', 'week 1'],
};

/** Per channel and period: posts that stand, and how many will be missing at this pace, by the database's calendar. */
const recount = (today: string) =>
  rows<{ id: string; per: string; done: number; short: number | null }>(`
    with p as (select per, date_trunc(per, date '${today}')::date as first,
        (date_trunc(per, date '${today}') + ('1 ' || per)::interval)::date as next
      from unnest(array['day', 'week', 'month']) as per),
    need as (select c.id, p.per, p.first, p.next, case when p.per = 'month' then 5 else 1 end as n,
        (select count(*) from posts where posts.channel_id = c.id and posts.undone_at is null
          and (posts.posted_at at time zone 'Asia/Ho_Chi_Minh')::date >= p.first
          and (posts.posted_at at time zone 'Asia/Ho_Chi_Minh')::date < least(p.next, date '${today}' + 1))::int as done,
        date '${today}' - p.first + 1 as passed, p.next - p.first as days
      from channels c cross join p)
    select id, per, done, case
      when done >= n then 0 when passed * 3 < days then null
      when passed = days then n - done
      else greatest(0, n - floor(done::numeric * days / passed))::int end as short
    from need`);

beforeAll(async () => {
  const test = await testRuntime();
  runtime = test.runtime;
  setRuntime(runtime);
  await makeSampleWard(runtime, { ...WARD, groups: GROUPS, households: 300 }, chanceOf(SEED));
  await markMade(runtime, { seed: SEED, spokenUntil: REHEARSAL_START });
  const [head] = await rows<{ person: string; unit: string }>(`
    select g.person_id as person, g.unit_id as unit from campaigns c
    join grants g on g.unit_id = c.leading_unit_id and g.role = 'unit-head'`);
  actor = {
    ...{ accountId: head?.person ?? '', wardId: 1, personId: head?.person ?? '', name: '' },
    grants: [{ role: 'unit-head', areaId: null, unitId: head?.unit ?? '' }],
    ...{ via: 'office', deviceId: null, sessionId: 'test' },
  };
  for (let day = '2025-08-06'; day <= LAST; day = addDays(day, 1)) {
    test.clock.at = Date.parse(`${day}T23:30:00+07:00`);
    await goOnWithRehearsal(runtime);
    said.set(day, (await ask('/channels', ChannelsReply)).channels);
  }
}, 300_000);

const channelOn = (day: string, name: string) => said.get(day)?.find((one) => one.name === name);
const monthly = (day: string, name: string) => channelOn(day, name)?.asked.find(({ per }) => per === 'month');

describe('a month of the rehearsal', () => {
  it('asks of every channel what the paper says', () => {
    for (const channel of said.get(LAST) ?? []) {
      const want = ASKED[channel.areaId === null ? channel.name : 'chat'] ?? [];
      const asked = channel.asked.map(({ per, needed }) => `${per} ${needed}`).sort();
      expect(asked, channel.name).toEqual([...want].sort());
    }
  });

  it('counts and foresees every day what the rows say', async () => {
    let compared = 0;
    for (const [day, channels] of said) {
      const counted = new Map((await recount(day)).map((row) => [`${row.id} ${row.per}`, row]));
      for (const channel of channels)
        for (const item of channel.asked.filter(({ per }) => per !== 'campaign')) {
          const row = counted.get(`${channel.id} ${item.per}`);
          expect([item.done, item.foreseenShort], `${channel.name} ${item.per} ${day}`).toEqual([
            row?.done,
            row?.short,
          ]);
          compared += 1;
        }
    }
    expect(compared).toBe(26 * (2 + 1 + 2 + 2 + 2 + 1 + 2 * GROUPS));
  });

  it('a portal that falls short is said so more than two weeks before the month ends', () => {
    const short = 'Trang thông tin Công an phường';
    expect(monthly(LAST, short)).toMatchObject({ done: 3, needed: 5, foreseenShort: 2, daysLeft: 0 });
    const since = monthly(LAST, short)?.foreseenSince ?? '';
    expect(since).toBe('2025-08-13');
    // Not only said afterwards: on that day itself the page had it, and on every day since.
    for (let day = since; day <= LAST; day = addDays(day, 1)) {
      expect(monthly(day, short)?.foreseenShort, day).toBeGreaterThan(0);
      expect(monthly(day, short)?.foreseenSince, day).toBe(since);
    }
    expect(monthly(addDays(since, -1), short)?.foreseenSince).toBeNull();
  });

  it('a portal on pace is never said to fall short', () => {
    const days = [...said.keys()].map((day) => monthly(day, 'Cổng thông tin điện tử phường'));
    expect(days.every((item) => (item?.foreseenShort ?? 0) === 0 && item?.foreseenSince === null)).toBe(true);
    expect(days.at(-1)?.done).toBeGreaterThanOrEqual(5);
  });

  it('some groups lag behind, some are ahead, and past weeks say which were short and since when', async () => {
    const chats = (said.get(LAST) ?? []).filter(({ areaId }) => areaId !== null);
    const counts = chats.map(({ posts }) => posts);
    expect(chats).toHaveLength(GROUPS);
    expect(Math.min(...counts)).toBe(0);
    expect(Math.max(...counts)).toBeGreaterThan(6);
    const silent = chats.find(({ posts }) => posts === 0);
    const { past } = await ask(`/channels/${silent?.id ?? ''}`, ChannelReply);
    const weeks = past.find(({ per }) => per === 'week')?.periods ?? [];
    expect(weeks.length).toBeGreaterThanOrEqual(3);
    // Said on the third day of its week, four days before the week was over.
    for (const week of weeks.filter(({ from }) => from >= '2025-08-04'))
      expect(week).toMatchObject({ done: 0, needed: 1, foreseenSince: addDays(week.from, 2) });
  });

  it('every post is evidence once, and every broadcast a line of the plan', async () => {
    const [sums] = await rows<Record<string, number>>(`select
      (select count(*) from posts)::int as posts,
      (select count(*) from posts p join channels c on c.id = p.channel_id
        where c.name <> 'Trang thông tin Công an phường' and c.kind <> 'panel'
        and not exists (select 1 from evidence e where e.id = p.id))::int as loose,
      (select count(*) from posts p join evidence e on e.id = p.id
        where (e.undone_at is null) <> (p.undone_at is null))::int as torn,
      (select count(*) from broadcasts where post_id is not null)::int as played,
      (select count(*) from broadcasts b join posts p on p.id = b.post_id
        where (p.posted_at at time zone 'Asia/Ho_Chi_Minh')::date <> b.on_day)::int as elsewhere,
      (select count(*) from posts where posted_at > '${LAST}T23:30:00+07:00')::int as ahead`);
    expect(sums).toMatchObject({ loose: 0, torn: 0, elsewhere: 0, ahead: 0 });
    expect(sums?.['posts']).toBeGreaterThan(120);
    expect(sums?.['played']).toBeGreaterThan(60);
  });

  it('what hangs was looked at, one thing is to be mended or due, and prints went out', async () => {
    const { sites } = await ask('/sites', SitesReply);
    const states = new Set(sites.map(({ state }) => state));
    expect(sites.filter(({ hanging }) => hanging.length > 0).length).toBeGreaterThanOrEqual(9);
    expect(sites.some(({ lastCheckOn }) => lastCheckOn !== null)).toBe(true);
    expect(states.has('empty') && (states.has('check-due') || states.has('to-mend'))).toBe(true);
    const { runs } = await ask('/print-runs', StockReply);
    expect(runs.map(({ kind }) => kind).sort()).toEqual(['leaflet', 'poster']);
    expect(runs.every(({ given, left }) => given > 0 && left > 0)).toBe(true);
  });
});
