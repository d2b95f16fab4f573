// A unit's duties in its members' hands, through the product's own doors on the rehearsal's ward: who sees the duty as
// theirs, who is asked for it, and what stays readable of who had it when.
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixedClock, instantOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import type { UnitDutiesReply } from '#features/assignment/hands-schema.ts';
import { responsibilityBook } from '#features/reminders/store.server.ts';
import type { Actor, Role } from '#platform/api/actor.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeRehearsal } from '#registry/rehearsal.server.ts';
import { testRuntime } from './support/database.ts';

let runtime: Runtime;
let campaign = '';
let unit = '';
let police = '';
let head: Actor;
let first = '';
let second = '';
let item = '';
const THEN = instantOf('2025-08-05', '07:50');

const actorOf = (role: Role, unitId: string | null, personId = newId()): Actor => ({
  accountId: newId(),
  wardId: 1,
  personId,
  name: 'Người Thử',
  grants: [{ role, areaId: null, unitId }],
  via: 'office',
  deviceId: null,
  sessionId: newId(),
});

async function call<T>(actor: Actor, method: string, path: string, body?: unknown) {
  const response = await api.fetch(
    new Request(`http://test/api/wards/1/campaigns/${campaign}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { actor, origin: 'test' },
  );
  return { status: response.status, answer: (await response.json()) as T & { code?: string } };
}

const at = (instant: number) => setRuntime({ ...runtime, campaignClock: fixedClock(instant) });
const hand = (personId: string | null, actor = head, itemId = item, of = unit) =>
  call<{ before: string | null }>(actor, 'POST', `/units/${of}/duties/hand`, { itemId, personId });
const duties = async (actor = head) =>
  (await call<UnitDutiesReply>(actor, 'GET', `/units/${unit}/duties`)).answer;
const dutyNow = async () => (await duties()).duties.find(({ itemId }) => itemId === item);
/** Whether the duty stands among what the person owes in these days. */
async function isTheirs(personId: string): Promise<boolean> {
  const found = await call<{ occurrences: { itemId: string }[] }>(
    actorOf('leader', null),
    'GET',
    `/calendar?person=${personId}&from=2025-08-02&to=2025-08-31`,
  );
  return found.answer.occurrences.some(({ itemId }) => itemId === item);
}
const owers = (now: number) =>
  runtime.database.inWard(1, async (trx) =>
    (await responsibilityBook(trx, now)).of({ accountable: { unitId: unit }, areaId: null, itemId: item }),
  );

beforeAll(async () => {
  ({ runtime } = await testRuntime());
  at(THEN);
  await makeRehearsal(runtime);
  const { rows } = await runtime.database.inWard(1, (trx) =>
    sql<{ campaign: string; unit: string; police: string }>`
      select c.id as campaign, u.id as unit, c.leading_unit_id as police from campaigns c join units u on u.ward_id = c.ward_id
      where c.state = 'active' and u.short_name = 'Phòng VH-XH'`.execute(trx),
  );
  ({ campaign = '', unit = '', police = '' } = rows[0] ?? {});
  head = actorOf('unit-head', unit);
  const shown = await duties();
  head = actorOf('unit-head', unit, shown.members.find((one) => one.head)?.id ?? '');
  [first = '', second = ''] = shown.members.flatMap((one) => (one.head ? [] : [one.id]));
  item = shown.duties[0]?.itemId ?? '';
});

describe('a duty in one member’s hands', () => {
  it('is nobody’s own before: every member owes it, and none has had it', async () => {
    expect([first, second, item].every(Boolean)).toBe(true);
    expect(await dutyNow()).toMatchObject({ now: null, before: [] });
    expect(await isTheirs(first)).toBe(true);
    expect(await isTheirs(second)).toBe(true);
  });

  it('shows as theirs alone, and as the head’s, who still answers; only they are reminded', async () => {
    expect((await hand(second)).answer).toMatchObject({ before: null });
    expect(await isTheirs(second)).toBe(true);
    expect(await isTheirs(first)).toBe(false);
    expect(await isTheirs(head.personId)).toBe(true);
    expect(await owers(THEN)).toMatchObject({ owers: [second], heads: [head.personId] });
    expect((await dutyNow())?.now).toMatchObject({ personId: second, holds: true });
  });

  it('is handed on by the head alone, to people of the unit, of what the unit answers for', async () => {
    expect((await hand(first, actorOf('unit-member', unit))).status).toBe(403);
    expect((await hand(first, actorOf('unit-head', police))).status).toBe(403);
    const stranger = await hand(newId());
    expect([stranger.status, stranger.answer.code]).toEqual([409, 'assignment.not-in-unit']);
    const foreign = await hand(null, actorOf('administrator', null), item, police);
    expect([foreign.status, foreign.answer.code]).toEqual([404, 'assignment.not-the-units']);
    expect((await dutyNow())?.now).toMatchObject({ personId: second });
  });

  it('is the whole unit’s again on the days its holder is away, and theirs when they are back', async () => {
    const away = await call(actorOf('administrator', null), 'POST', '/absences', {
      personId: second,
      fromOn: '2025-08-06',
      toOn: '2025-08-07',
      reason: 'Nghỉ ốm',
      standIns: [],
    });
    expect(away.status).toBe(201);
    at(instantOf('2025-08-07', '23:00'));
    expect(await isTheirs(first)).toBe(true);
    expect((await dutyNow())?.now).toMatchObject({ personId: second, holds: false });
    expect((await owers(instantOf('2025-08-07', '23:00'))).owers).toContain(first);
    expect((await hand(second, head, (await duties()).duties[1]?.itemId)).answer.code).toBe(
      'assignment.hand-away',
    );
    at(instantOf('2025-08-08', '07:00'));
    expect(await isTheirs(first)).toBe(false);
  });

  it('keeps in its history who had it from when until when, and leaves audit rows', async () => {
    at(instantOf('2025-08-08', '09:00'));
    expect((await hand(first)).answer).toMatchObject({ before: second });
    at(instantOf('2025-08-08', '10:00'));
    expect((await hand(null)).answer).toMatchObject({ before: first });
    const duty = await dutyNow();
    expect(duty?.now).toBeNull();
    expect(duty?.before.map(({ personId, toAt }) => [personId, Date.parse(toAt ?? '')])).toEqual([
      [first, instantOf('2025-08-08', '10:00')],
      [second, instantOf('2025-08-08', '09:00')],
    ]);
    const { rows } = await runtime.database.inWard(1, (trx) =>
      sql<{
        action: string;
      }>`select action from audit_entries where subject_id = ${item} order by campaign_at, id`.execute(trx),
    );
    expect(rows.map(({ action }) => action).filter((action) => action.startsWith('assignment.'))).toEqual([
      'assignment.duty-handed',
      'assignment.duty-handed',
      'assignment.duty-taken-back',
    ]);
  });
});
