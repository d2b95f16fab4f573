import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import { isProblem } from '#core/problem.ts';
import type { Actor } from '#platform/api/actor.ts';
import { pull, snapshot } from '#platform/sync/pull.server.ts';
import type { RecordAnswer } from '#protocol/envelope.ts';
import { dwellingId, firstHouseholdId, laneId, pledgeIdOfVisit } from '#protocol/identity.ts';
import { sync, syncParts } from '#registry/sync.server.ts';
import { makeWard, testRuntime } from './support/database.ts';
import { batchOf, bindPhone, fieldRecord, makeFieldWard, visitBody } from './support/field.ts';
import type { FieldPhone, FieldWard } from './support/field.ts';

const { runtime, clock, database } = await testRuntime();
let field: FieldWard;
let phone: FieldPhone;

beforeAll(async () => {
  const ward = await makeWard(database, '11602');
  field = await makeFieldWard(runtime, ward, { groups: 2, households: 30 });
  phone = await bindPhone(runtime, ward, field.groups[0]!.id);
});

const text = async (query: string, ...values: unknown[]) => {
  const client = await database.ownerPool.connect();
  try {
    await client.query(`begin; set local app.ward_id = '${field.ward}'`);
    const { rows } = await client.query(query, values);
    await client.query('commit');
    return rows as Record<string, unknown>[];
  } finally {
    client.release();
  }
};

async function pushRaw(from: FieldPhone, records: readonly unknown[], groupId = from.groupId) {
  return sync.push({
    runtime,
    cookies: from.cookie,
    actor: null,
    parts: [Buffer.from(JSON.stringify(batchOf(groupId, records, clock.at, runtime.epoch)))],
    receivedAt: clock.at,
  });
}

async function push(
  from: FieldPhone,
  records: readonly unknown[],
  groupId = from.groupId,
): Promise<RecordAnswer[]> {
  const reply = await pushRaw(from, records, groupId);
  if (isProblem(reply)) throw new Error(JSON.stringify(reply));
  return reply.answers;
}

const visit = (household = field.groups[0]!.households[0]!, more = {}, wish = {}) =>
  fieldRecord(field, phone, {
    type: 'visit',
    at: clock.at,
    body: visitBody(household, clock.at, more),
    ...wish,
  });

const actorOf = (of: FieldPhone): Actor => ({
  accountId: of.deviceId,
  wardId: field.ward,
  personId: of.personId,
  name: 'Người thăm',
  grants: [{ role: 'field-member', areaId: of.groupId, unitId: null }],
  via: 'field',
  deviceId: of.deviceId,
  sessionId: of.deviceId,
});

describe('a push', () => {
  it('takes a batch of visits with pledges; a repeat gets the stored answers word for word', async () => {
    const records = field.groups[0]!.households.slice(0, 20).map((household) =>
      visit(household, {
        pledge: {
          original: 'phone',
          signer: 'head',
          adult: true,
          strokes: 'A'.repeat(10_000),
          textVersion: 1,
          receiptCode: newId().replaceAll('-', ''),
          consents: [],
        },
      }),
    );
    const first = await push(phone, records);
    expect(first.map(({ answer }) => answer)).toEqual(records.map(() => 'applied'));
    clock.at += 60_000;
    expect(JSON.stringify(await push(phone, records))).toBe(JSON.stringify(first));
    const [counted] = await text(`select (select count(*)::int from visits) as visits,
      (select count(*)::int from pledges) as pledges, (select count(*)::int from field_records) as journal`);
    expect(counted).toEqual({ visits: 20, pledges: 20, journal: 20 });
    const numbers = first.map((answer) => ('n' in answer ? answer.n : 0));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(20);
  });

  it('refuses another body under the same id, and twice in one batch counts once', async () => {
    const one = visit();
    const [first, second] = await push(phone, [one, one]);
    expect(second).toEqual(first);
    const other = { ...one, body: { ...one.body, outcome: 'refused' } };
    expect(await push(phone, [other])).toEqual([{ id: one.id, answer: 'refused', code: 'sync.id-reused' }]);
  });

  it('a malformed record does not stop the others', async () => {
    const [bad, good, nothing] = await push(phone, [{ ...visit(), body: { nonsense: true } }, visit(), 7]);
    expect(bad).toMatchObject({ answer: 'refused', code: 'sync.wrong-shape' });
    expect(good!.answer).toBe('applied');
    expect(nothing).toMatchObject({ id: null, answer: 'refused' });
  });

  it('what the database refuses of one record does not keep back its neighbours', async () => {
    const receiptCode = 'ab'.repeat(16);
    const signed = (household: string) =>
      visit(household, {
        pledge: { original: 'phone', signer: 'head', adult: true, textVersion: 1, receiptCode, consents: [] },
      });
    const [a, b] = field.groups[0]!.households.slice(20, 22);
    const answers = await push(phone, [signed(a!), signed(b!), visit(b)]);
    expect(answers.map(({ answer }) => answer)).toEqual(['applied', 'refused', 'applied']);
    expect(answers[1]).toMatchObject({ code: 'pledges.receipt-reused' });
  });

  it('a record waits for the one it needs, and an unknown credential gets nothing', async () => {
    const needed = visit();
    const waiting = visit(undefined, {}, { needs: [needed.id] });
    expect((await push(phone, [waiting]))[0]).toMatchObject({ answer: 'retry-later' });
    expect((await push(phone, [visit(newId())]))[0]).toMatchObject({ answer: 'retry-later' });
    expect((await push(phone, [needed, waiting])).map(({ answer }) => answer)).toEqual([
      'applied',
      'applied',
    ]);
    const thief = { ...phone, cookie: `tn_device=${field.ward}.${phone.deviceId}.wrong` };
    expect(await pushRaw(thief, [visit()])).toMatchObject({ code: 'people.not-signed-in' });
    expect(
      await pushRaw(
        phone,
        [visit()].map((one) => ({ ...one, authorId: newId() })),
      ),
    ).toMatchObject({
      answers: [{ code: 'sync.not-the-author' }],
    });
  });

  it('tells an old app to update and takes nothing', async () => {
    const batch = { ...batchOf(phone.groupId, [visit()], clock.at), protocol: 0 };
    const reply = await sync.push({
      runtime,
      cookies: phone.cookie,
      actor: null,
      parts: [Buffer.from(JSON.stringify(batch))],
      receivedAt: clock.at,
    });
    expect(reply).toMatchObject({ code: 'sync.update-app', status: 426 });
  });
});

describe('time and rights', () => {
  it('corrects a wrong clock; a time after receipt counts for the day of receipt and is flagged', async () => {
    const year = 365 * 86_400_000;
    const wrong = visit(
      undefined,
      { doneAt: '1970-01-02T03:00:00+07:00' },
      { at: 86_400_000, clockOffset: clock.at - 86_400_000 },
    );
    const ahead = visit(undefined, {}, { at: clock.at + year });
    const never = visit(undefined, {}, { at: 86_400_000 });
    const answers = await push(phone, [wrong, ahead, never]);
    expect(answers[0]).toMatchObject({ answer: 'applied', workOn: '2025-08-05' });
    expect(answers[1]).toMatchObject({ answer: 'applied', workOn: '2025-08-05' });
    expect(answers[2]).toMatchObject({ answer: 'held', why: 'time-unbelievable' });
    const [row] = await text('select flags from visits where id = $1', ahead.id);
    expect(row!['flags']).toContain('clock');
    expect(await push(phone, [never])).toEqual([answers[2]]);
  });

  it('holds what arrives after rights ended or the phone was reported lost; refuses who never had any', async () => {
    const late = await bindPhone(runtime, field.ward, field.groups[0]!.id);
    const lost = await bindPhone(runtime, field.ward, field.groups[0]!.id);
    const made = (by: FieldPhone) =>
      fieldRecord(field, by, {
        type: 'visit',
        at: clock.at,
        groupId: field.groups[0]!.id,
        body: visitBody(field.groups[0]!.households[3]!, clock.at),
      });
    const [before, after] = [made(late), made(lost)];
    clock.at += 3_600_000;
    await text('update grants set to_at = $2 where id = $1', late.grantId, new Date(clock.at - 1000));
    await text(`update devices set ended_at = now(), ended_why = 'lost' where id = $1`, lost.deviceId);
    expect(await push(late, [before])).toMatchObject([{ answer: 'held', why: 'rights-ended' }]);
    expect(await push(lost, [after])).toMatchObject([{ answer: 'held', why: 'device-ended' }]);
    const stranger = await bindPhone(runtime, field.ward, field.groups[1]!.id);
    expect(await push(stranger, [made(stranger)], field.groups[0]!.id)).toMatchObject([
      { answer: 'refused', code: 'people.not-allowed' },
    ]);
    const counted = await text('select count(*)::int as n from visits where author_id = any($1)', [
      late.personId,
      lost.personId,
    ]);
    expect(counted).toEqual([{ n: 0 }]);
  });
});

describe('two phones', () => {
  it('laying out one lane make the same rows, and differences are noted', async () => {
    const other = await bindPhone(runtime, field.ward, phone.groupId);
    const lay = (by: FieldPhone, lane: string, head: string, kind: string) => {
      const laneOf = laneId(phone.groupId, lane);
      const dwelling = dwellingId(laneOf, '7');
      const household = firstHouseholdId(dwelling);
      const at = clock.at;
      return [
        fieldRecord(field, by, { type: 'lane', at, body: { laneId: laneOf, name: lane } }),
        fieldRecord(field, by, {
          type: 'dwelling',
          at,
          body: { dwellingId: dwelling, laneId: laneOf, houseNumber: '7', kind },
        }),
        fieldRecord(field, by, {
          type: 'household',
          at,
          body: {
            householdId: household,
            dwellingId: dwelling,
            n: 1,
            headName: head,
            residence: 'permanent',
          },
        }),
        fieldRecord(field, by, { type: 'visit', at, body: visitBody(household, at) }),
      ];
    };
    const [mine, theirs] = await Promise.all([
      push(phone, lay(phone, 'Ngõ 99', 'Lê Văn Bảy', 'house')),
      push(other, lay(other, 'ngo 99', 'Lê Văn Bẩy', 'flat')),
    ]);
    expect([...mine, ...theirs].map(({ answer }) => answer)).toEqual(Array(8).fill('applied'));
    const lane = laneId(phone.groupId, 'Ngõ 99');
    const rows = await text(
      `select (select count(*)::int from dwellings where lane_id = $1) as dwellings,
        (select count(*)::int from households h join dwellings d on d.id = h.dwelling_id where d.lane_id = $1) as households,
        (select array_agg(field order by field) from field_conflicts) as conflicts`,
      lane,
    );
    expect(rows[0]).toMatchObject({ dwellings: 1, households: 1, conflicts: ['headName', 'kind'] });
  });

  it('editing one household: fields merge, a parallel edit is kept and labelled', async () => {
    const household = field.groups[0]!.households[9]!;
    const other = await bindPhone(runtime, field.ward, phone.groupId);
    const edit = (by: FieldPhone, set: object, at = clock.at) =>
      fieldRecord(field, by, { type: 'household-edit', at, body: { householdId: household, set } });
    await push(phone, [edit(phone, { phone: { from: null, to: '+84912345678' } }, clock.at - 1000)]);
    await push(other, [
      edit(
        other,
        { phone: { from: null, to: '+84987654321' }, smartphone: { from: null, to: true } },
        clock.at - 2000,
      ),
    ]);
    const [row] = await text('select phone, smartphone from households where id = $1', household);
    // The later said stands although it arrived first.
    expect(row).toEqual({ phone: '+84912345678', smartphone: true });
    const noted = await text(
      'select field, kept, other from field_conflicts where subject_id = $1',
      household,
    );
    expect(noted).toEqual([{ field: 'phone', kept: '+84912345678', other: '+84987654321' }]);
  });
});

describe('pull and snapshot', () => {
  it('give everything once, then only what changed; another epoch reloads', async () => {
    const ask = { runtime, parts: syncParts, actor: actorOf(phone) };
    const first = await snapshot(ask, phone.groupId);
    if (isProblem(first)) throw new Error(first.code);
    const kinds = new Set(first.rows.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['campaign', 'dwelling', 'group', 'household', 'lane', 'progress']);
    const none = await pull(ask, { feed: phone.groupId, after: first.n, epoch: runtime.epoch });
    expect(none).toMatchObject({ rows: [], n: first.n, reload: false });
    const household = field.groups[0]!.households[25]!;
    const one = visit(household);
    await push(phone, [one]);
    const next = await pull(ask, { feed: phone.groupId, after: first.n, epoch: runtime.epoch });
    expect(next).toMatchObject({
      rows: [
        { kind: 'progress', id: household, visits: 1, reached: true, last: { id: one.id, outcome: 'met' } },
      ],
    });
    expect(await pull(ask, { feed: phone.groupId, after: first.n, epoch: newId() })).toMatchObject({
      reload: true,
    });
    expect(await pull(ask, { feed: field.groups[1]!.id, after: 0, epoch: runtime.epoch })).toMatchObject({
      code: 'people.not-allowed',
    });
  });

  it('taking a visit back takes its pledge along and tells the phones', async () => {
    const household = field.groups[0]!.households[26]!;
    const ask = { runtime, parts: syncParts, actor: actorOf(phone) };
    const one = visit(household, {
      pledge: { original: 'paper', signer: 'head', adult: true, textVersion: 1, consents: [] },
    });
    const [answer] = await push(phone, [one]);
    const n = answer && 'n' in answer ? answer.n : 0;
    await push(phone, [
      fieldRecord(field, phone, {
        type: 'take-back',
        at: clock.at,
        body: { visitId: one.id, reason: 'nhầm hộ' },
      }),
    ]);
    const next = await pull(ask, { feed: phone.groupId, after: n, epoch: runtime.epoch });
    expect(next).toMatchObject({ rows: [{ kind: 'progress', id: household, visits: 0, reached: false }] });
    const [row] = await text('select taken_back_at from pledges where id = $1', pledgeIdOfVisit(one.id));
    expect(row!['taken_back_at']).not.toBeNull();
  });
});

describe('a merger', () => {
  it('sends on the rows of the closed group, keeps the group recorded, and tells both feeds', async () => {
    const closed = field.groups[1]!;
    const old = await bindPhone(runtime, field.ward, closed.id);
    const household = closed.households[0]!;
    const ask = { runtime, parts: syncParts, actor: actorOf(old) };
    const before = await snapshot(ask, closed.id);
    if (isProblem(before)) throw new Error(before.code);
    const offline = fieldRecord(field, old, {
      type: 'visit',
      at: clock.at,
      body: visitBody(household, clock.at),
    });
    const successor = newId();
    await text(`insert into feeds (ward_id, feed_id, kind) values ($1, $2, 'group')`, field.ward, successor);
    await text(
      `insert into areas (ward_id, id, kind, name, short_name, valid_from, feed_id, change_n)
       values ($1, $2, 'group', 'Tổ dân phố mới', 'TDP mới', '2025-08-05', $2, 0)`,
      field.ward,
      successor,
    );
    await text(`update areas set valid_to = '2025-08-05' where id = $1`, closed.id);
    await text('insert into area_successors values ($1, $2, $3)', field.ward, closed.id, successor);
    const [answer] = await push(old, [offline]);
    expect(answer).toMatchObject({ answer: 'applied', feed: successor });
    const [row] = await text(
      `select v.group_id, v.feed_id, h.group_id as household_group from visits v
       join households h on h.id = v.household_id where v.id = $1`,
      offline.id,
    );
    expect(row).toEqual({ group_id: closed.id, feed_id: successor, household_group: successor });
    const gone = await pull(ask, { feed: closed.id, after: before.n, epoch: runtime.epoch });
    if (isProblem(gone)) throw new Error(gone.code);
    expect(gone.rows.filter(({ deleted }) => deleted)).toHaveLength(30 * 2 + 1);
    const now = await snapshot(ask, successor);
    if (isProblem(now)) throw new Error(now.code);
    expect(now.rows.filter(({ kind }) => kind === 'household')).toHaveLength(30);
    expect(now.rows.find(({ kind }) => kind === 'progress')).toMatchObject({ id: household, reached: true });
  });
});
