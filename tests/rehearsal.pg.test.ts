// The rehearsal as it stands on a real database: what it promises, that it repeats, and that a cut-off one begins again.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import { CalendarReply } from '#features/evidence/calendar-schema.ts';
import { STATES } from '#features/plan/model.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeRehearsal } from '#registry/rehearsal.server.ts';
import { testRuntime } from './support/database.ts';

let runtime: Runtime;

const count = async (text: string): Promise<number> => {
  const { rows } = await runtime.database.inWard(1, (trx) => sql.raw<{ n: number }>(text).execute(trx));
  return Number(rows[0]?.n);
};

beforeAll(async () => {
  ({ runtime } = await testRuntime());
  setRuntime(runtime);
  await makeRehearsal(runtime);
});

describe('the rehearsal', () => {
  it('is Hồng An with 45 groups, 12,000 confirmed households, 20 units and 180 people', async () => {
    expect(
      await count(`select count(*) as n from ward_codes where code = '11602' and city_code = '31'`),
    ).toBe(1);
    expect(await count(`select count(*) as n from areas where kind = 'group'`)).toBe(45);
    expect(await count('select sum(households) as n from group_households')).toBe(12_000);
    expect(await count('select count(*) as n from group_households where stated_version is not null')).toBe(
      2,
    );
    expect(await count('select count(*) as n from units')).toBe(20);
    expect(await count('select count(*) as n from people')).toBe(180);
  });

  it('has groups as uneven as real ones', async () => {
    expect(await count('select max(households) as n from group_households')).toBeGreaterThan(
      3 * (await count('select min(households) as n from group_households')),
    );
  });

  it('has somebody in every role, and a leader, a deputy and an officer for every group', async () => {
    expect(await count('select count(distinct role) as n from grants')).toBe(12);
    for (const role of ['group-leader', 'deputy-leader', 'area-officer']) {
      expect(await count(`select count(distinct area_id) as n from grants where role = '${role}'`)).toBe(45);
    }
  });

  it('has units’ reports in every state, and they stand in the pictures of the mornings', async () => {
    const reports = (where: string) =>
      count(`select count(*) as n from reports where unit_id is not null and ${where}`);
    expect(await reports('received_at < due_at')).toBeGreaterThan(8);
    expect(await reports('received_at >= due_at')).toBe(1);
    expect(await reports(`body ->> 'nothingReason' is not null and report_on = '2025-08-05'`)).toBe(1);
    expect(await count(`select count(*) as n from report_drafts d join units u on u.id = d.place_id`)).toBe(
      1,
    );
    const { rows } = await runtime.database.inWard(1, (trx) =>
      sql<{ on: string; states: string[] }>`select report_on::text as on,
        array(select u ->> 'state' from jsonb_array_elements(picture -> 'units') u) as states
        from report_mornings order by 1`.execute(trx),
    );
    expect(rows.map(({ states }) => states)).toEqual([
      ['on-time', 'on-time', 'on-time', 'on-time'],
      ['missing', 'on-time', 'on-time', 'on-time'],
      // Late: not there at the hour.
      ['missing', 'on-time', 'on-time', 'on-time'],
    ]);
  });

  it('runs the plan read from the Word document: targets, duties and reports, each with its words', async () => {
    expect(await count(`select count(*) as n from campaigns where state = 'active'`)).toBe(1);
    const items = (kind: string) =>
      count(`select count(*) as n from plan_confirmed_items where body ->> 'kind' = '${kind}'
        and quote_end > quote_start`);
    expect(await items('target')).toBeGreaterThanOrEqual(4);
    expect(await items('duty')).toBeGreaterThanOrEqual(20);
    expect(await items('report')).toBeGreaterThanOrEqual(2);
    expect(
      await count(`select count(*) as n from plan_confirmed_items where body ->> 'kind' <> 'target'
        and body ->> 'accountable' is null`),
    ).toBe(0);
    expect(await count(`select count(*) as n from media`)).toBeGreaterThan(0);
  });

  it('shows every state after four uneven days', async () => {
    const { rows } = await runtime.database.inWard(1, (trx) =>
      sql<{ campaign: string; person: string; unit: string }>`
        select c.id as campaign, g.person_id as person, g.unit_id as unit from campaigns c
        join grants g on g.ward_id = c.ward_id and g.unit_id = c.leading_unit_id and g.role = 'unit-head'`.execute(
        trx,
      ),
    );
    const head = rows[0];
    if (!head) throw new Error('no campaign');
    const actor: Actor = {
      accountId: newId(),
      wardId: 1,
      personId: head.person,
      name: '',
      grants: [{ role: 'unit-head', areaId: null, unitId: head.unit }],
      via: 'office',
      deviceId: null,
      sessionId: 'test',
    };
    const path = `/api/wards/1/campaigns/${head.campaign}/calendar?from=2025-08-02&to=2025-08-14`;
    const answer = await api.fetch(new Request(`http://localhost${path}`), { actor, origin: 'test' });
    const { counts } = CalendarReply.parse(await answer.json());
    expect(STATES.filter((state) => !counts[state])).toEqual([]);
    expect(counts['met']).toBeGreaterThan(counts['late'] ?? 0);
    expect(await count('select count(*) as n from evidence where undone_at is not null')).toBeGreaterThan(0);
    expect(await count('select count(*) as n from evidence where entered_by is not null')).toBeGreaterThan(0);
    expect(await count('select count(*) as n from evidence_media')).toBeGreaterThan(0);
    expect(await count('select count(*) as n from campaign_acts')).toBe(2);
    const ahead = `select count(*) as n from evidence where received_at > '2025-08-05T07:50:00+07:00'`;
    expect(await count(ahead)).toBe(0);
  });

  it('prints accounts for each kind of work, and their password is good', async () => {
    const accounts = await makeRehearsal(runtime);
    expect(accounts.map(({ username }) => username)).toEqual([
      'truong.congan',
      'chu.tich',
      'quan.tri',
      'canh.sat.kv',
      'can.bo.vhxh',
      'truong.vhxh',
      'van.thu',
      'truc.ban',
    ]);
    for (const { username, password } of accounts) {
      expect(password.length).toBeGreaterThanOrEqual(15);
      const request = new Request('http://localhost/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tungnha-address': '192.0.2.1' },
        body: JSON.stringify({ username, password }),
      });
      const answer = await api.fetch(request, { actor: null, origin: '192.0.2.1' });
      expect(answer.status, username).toBe(200);
    }
  });

  it('is made once: a second start finds it', async () => {
    await makeRehearsal(runtime);
    expect(await count('select count(*) as n from people')).toBe(180);
  });

  it('comes out the same from the same seed', async () => {
    const { runtime: second } = await testRuntime();
    await makeRehearsal(second);
    const print = async (of: Runtime) => {
      const { rows } = await of.database.inWard(1, (trx) =>
        sql<{ line: string }>`
          select concat_ws('|', p.id, p.name, p.phone, p.title, g.role, g.area_id, g.unit_id) as line
          from people p left join grants g on g.ward_id = p.ward_id and g.person_id = p.id
          union all select concat_ws('|', id, parent_id, name, position) from areas
          union all select concat_ws('|', id, area_id, author_id, done_at, received_at, count, note) from evidence
          union all select concat_ws('|', area_id, version, households, temporary_households) from area_declarations
          order by 1`.execute(trx),
      );
      return createHash('sha256')
        .update(rows.map(({ line }) => line).join('\n'))
        .digest('hex');
    };
    expect(await print(second)).toBe(await print(runtime));
  });
});
