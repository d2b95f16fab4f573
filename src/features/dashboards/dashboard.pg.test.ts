// The leader's page of the rehearsal, recounted from raw rows by SQL that shares nothing with the product: no engine, no
// view of the calendar, only evidence, excuses, declared numbers and the plan's own words.
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { newId } from '#core/ids.ts';
import { DashboardReply, OwedReply, UnitReply } from '#features/dashboards/schema.ts';
import type { Tally } from '#features/dashboards/schema.ts';
import type { Actor } from '#platform/api/actor.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeRehearsal } from '#registry/rehearsal.server.ts';
import { testRuntime } from '../../../tests/support/database.ts';

let runtime: Runtime;
let campaign: string;
let police: string;
let page: DashboardReply;

async function rows<T>(text: string): Promise<T[]> {
  const found = await runtime.database.inWard(1, (trx) => sql.raw<T>(text).execute(trx));
  return found.rows;
}
const one = async (text: string): Promise<number> => Number((await rows<{ n: number }>(text))[0]?.n);

const actorOf = (role: 'leader' | 'unit-member', unitId: string | null): Actor => ({
  accountId: newId(),
  wardId: 1,
  personId: newId(),
  name: 'Người Xem',
  grants: [{ role, areaId: null, unitId }],
  via: 'office',
  deviceId: null,
  sessionId: newId(),
});

async function ask<T>(path: string, shape: z.ZodType<T>): Promise<T> {
  const request = new Request(`http://localhost/api/wards/1/campaigns/${campaign}${path}`);
  const response = await api.fetch(request, { actor: actorOf('leader', null), origin: 'test' });
  expect(response.status, path).toBe(200);
  return shape.parse(await response.json());
}

beforeAll(async () => {
  ({ runtime } = await testRuntime());
  setRuntime(runtime);
  await makeRehearsal(runtime);
  const [found] = await rows<{ id: string; leading_unit_id: string }>(
    `select id, leading_unit_id from campaigns where state = 'active'`,
  );
  campaign = found?.id ?? '';
  police = found?.leading_unit_id ?? '';
  page = await ask('/dashboard', DashboardReply);
});

/** Of an activity at the doors: counted once an act, by group and day, as known now. */
const told = (activity: string) => `
  duties as (select item_id from plan_confirmed_items where body ->> 'kind' = 'duty'
    and body ->> 'scope' = 'group' and body ->> 'activity' = '${activity}'),
  acts as (select distinct e.id, e.area_id, e.work_on, e.count from evidence e
    join evidence_items i on i.evidence_id = e.id join duties d on d.item_id = i.item_id
    where e.undone_at is null and e.received_at <= '2025-08-05T07:50:00+07:00' and e.area_id is not null),
  done as (select h.group_id, h.households,
      coalesce(sum(a.count), 0) as n,
      coalesce(sum(a.count) filter (where a.work_on < '2025-08-05'), 0) / 3.0 as pace,
      coalesce(sum(a.count) filter (where a.work_on = '2025-08-05'), 0) as today
    from group_households h left join acts a on a.area_id = h.group_id group by 1, 2)`;

/** The register's own rows, each household once and by the day it was first so, apart from what duties state. */
const ROWS = {
  'household.reached': `select h.group_id, count(distinct h.id) as n from households h
    join visits v on v.household_id = h.id and v.outcome = 'met' and v.channel = 'direct' and v.taken_back_at is null
    where h.merged_into is null and h.closed_at is null group by 1`,
  'household.pledged': `select h.group_id, count(distinct h.id) as n from households h
    join pledges p on p.household_id = h.id and p.withdrawn_at is null and p.taken_back_at is null
    where h.merged_into is null and h.closed_at is null group by 1`,
} as const;

describe.each([
  ['household.reached', 'visit'],
  ['household.pledged', 'pledge'],
] as const)('the line of %s', (measure, activity) => {
  const line = () => page.lines.find((each) => each.measure === measure);

  it('counts rows first and what duties state beyond them, group by group', async () => {
    const found = await rows<{
      rows: string;
      beyond: string;
    }>(`with ${told(activity)}, counted as (${ROWS[measure]})
      select sum(coalesce(c.n, 0)) as rows, sum(greatest(0, least(d.n, d.households) - coalesce(c.n, 0))) as beyond
      from done d left join counted c on c.group_id = d.group_id`);
    expect(Number(found[0]?.rows)).toBeGreaterThan(100);
    expect(line()?.itemised).toBe(Number(found[0]?.rows));
    expect(line()?.stated).toBe(Number(found[0]?.beyond));
    expect((line()?.goal ?? 0) - (line()?.left ?? 0)).toBe((line()?.itemised ?? 0) + (line()?.stated ?? 0));
  });

  it('is short by the sum of what each group is short by, never by more than is left', () => {
    const { forecast, behind, left } = line() ?? {};
    const sum = (behind ?? []).reduce((all, { shortBy }) => all + shortBy, 0);
    expect(forecast?.shortBy).toBe(sum);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThanOrEqual(left ?? 0);
  });
});

it('the line of news items counts the acts of this month', async () => {
  const line = page.lines.find(({ unit }) => unit !== 'percent');
  const n =
    await one(`select count(distinct e.id) as n from evidence e join evidence_items i on i.evidence_id = e.id
    where i.item_id = '${line?.itemId ?? ''}' and e.undone_at is null and e.work_on >= '2025-08-01'`);
  expect(n).toBeGreaterThan(0);
  expect(line?.itemised).toBe(n);
});

it('what nobody counts yet has no figure, and is not called nought', () => {
  const blank = page.lines.filter(({ goal }) => goal === null);
  expect(blank.map(({ measure }) => measure)).toContain('organisation.reached');
  for (const line of blank) expect(line.forecast).toBeNull();
});

describe('units and days', () => {
  it('the quick report of each morning: in time, late, missing and let off as its rows say', async () => {
    const [item] = await rows<{ id: string }>(`select item_id as id from plan_confirmed_items
      where body ->> 'kind' = 'report' and body ->> 'scope' = 'group' and body -> 'cadence' ->> 'per' = 'day'`);
    const owed = await ask(`/dashboard/owed?item=${item?.id ?? ''}&to=2025-08-05`, OwedReply);
    const states = await rows<{ day: string; state: string; n: number }>(`
      with days as (select d::date as day from generate_series('2025-08-02'::date, '2025-08-05', '1 day') as g (d)),
      first as (select d.day, a.id as area, min(e.received_at) as at from days d cross join areas a
        left join evidence e on e.area_id = a.id and e.work_on = d.day and e.undone_at is null
          and e.received_at <= '2025-08-05T07:50:00+07:00'
          and exists (select from evidence_items i where i.evidence_id = e.id and i.item_id = '${item?.id ?? ''}')
        where a.kind = 'group' group by 1, 2)
      select day::text, case
          when at < (day + time '08:30') at time zone 'Asia/Ho_Chi_Minh' then 'met'
          when exists (select from excuses x where x.area_id = area and x.period_start = day
            and x.item_id = '${item?.id ?? ''}') then 'excused'
          when at is not null then 'late'
          when day = '2025-08-05' then 'due'
          else 'missed' end as state, count(*)::int as n
      from first group by 1, 2`);
    const counted = new Map<string, number>();
    for (const { dueOn, state } of owed.rows)
      counted.set(`${dueOn} ${state}`, (counted.get(`${dueOn} ${state}`) ?? 0) + 1);
    expect(Object.fromEntries(counted)).toEqual(
      Object.fromEntries(states.map(({ day, state, n }) => [`${day} ${state}`, n])),
    );
    expect(new Set(states.map(({ state }) => state))).toEqual(
      new Set(['met', 'excused', 'late', 'due', 'missed']),
    );
  });

  it('every cell opens to exactly the rows it counts', async () => {
    const sums = (of: Tally) => [of.owed, of.met, of.late, of.missed, of.due, of.upcoming, of.excused];
    for (const line of page.unitDays) {
      if (line.id === null) continue;
      for (const [at, day] of page.days.entries()) {
        const cell = line.days[at];
        if (!cell || cell.owed + cell.due + cell.upcoming + cell.excused === 0) continue;
        const opened = await ask(`/dashboard/owed?unit=${line.id}&from=${day}&to=${day}`, OwedReply);
        expect(sums(opened.tally), `${line.id} ${day}`).toEqual(sums(cell));
        expect(opened.rows.length).toBe(cell.owed + cell.due + cell.upcoming + cell.excused + cell.unknown);
      }
    }
  });

  it('the ward is the sum of its units', () => {
    for (const [at] of page.days.entries())
      expect(page.ward.days[at]?.met).toBe(
        page.unitDays.reduce((sum, { days }) => sum + (days[at]?.met ?? 0), 0),
      );
  });

  it('a unit sees the same of itself', async () => {
    const own = await ask(`/dashboard/units/${police}`, UnitReply);
    expect(own.perDay).toEqual(page.unitDays.find(({ id }) => id === police)?.days);
    expect(own.wardTotal.met).toBe(page.ward.total.met);
  });
});

describe('three urgent things', () => {
  it('are three, of different kinds, the report that is due in forty minutes first', async () => {
    expect(page.urgent.map(({ kind }) => kind)).toEqual(['closing', 'silent', 'short']);
    const waiting = await one(`select count(*) as n from areas a where kind = 'group' and not exists (
      select from evidence e join evidence_items i on i.evidence_id = e.id
      join plan_confirmed_items p on p.item_id = i.item_id and p.body ->> 'kind' = 'report'
      where e.area_id = a.id and e.work_on = '2025-08-05' and e.undone_at is null
        and e.received_at <= '2025-08-05T07:50:00+07:00')
      and not exists (select from excuses x join plan_confirmed_items p on p.item_id = x.item_id
        and p.body ->> 'kind' = 'report'
        where x.area_id = a.id and x.period_start = '2025-08-05' and x.revoked_at is null)`);
    expect(page.urgent[0]).toMatchObject({ count: waiting, dueAt: '2025-08-05T08:30:00.000+07:00' });
  });

  it('call those groups silent of which no row came for two whole days', async () => {
    const silent = await rows<{ id: string }>(`select id from areas a where kind = 'group' and not exists (
      select from evidence e where e.area_id = a.id and e.work_on >= '2025-08-03' and e.undone_at is null)`);
    expect(silent.length).toBeGreaterThan(2);
    expect(new Set(page.urgent[1]?.areaIds)).toEqual(new Set(silent.map(({ id }) => id)));
  });
});

it('groups are compared by what is left of their own households, the slowest first', () => {
  const rates = page.groupLines.map(({ rate }) => rate).filter((rate) => rate !== null);
  expect(page.groupLines).toHaveLength(45);
  expect(rates).toEqual(rates.toSorted((a, b) => a - b));
  expect(page.rateNeeded).toBe(10);
  expect(new Set(page.groupLines.map(({ forecast }) => forecast?.status))).toEqual(
    new Set(['on-pace', 'short', 'no-pace']),
  );
});

it('another unit reads its own record only', async () => {
  const culture = page.units.find(({ id }) => id !== police)?.id ?? '';
  const request = (unit: string) =>
    api.fetch(new Request(`http://localhost/api/wards/1/campaigns/${campaign}/dashboard/units/${unit}`), {
      actor: actorOf('unit-member', culture),
      origin: 'test',
    });
  expect((await request(culture)).status).toBe(200);
  expect((await request(police)).status).toBe(403);
});
