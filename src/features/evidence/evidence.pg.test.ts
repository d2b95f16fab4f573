// Evidence through its doors: what is recorded is counted once, read only by whom it concerns, and can be taken back.
import { PNG } from 'pngjs';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { OccurrenceView } from '#features/evidence/calendar-schema.ts';
import { api } from '#registry/api.server.ts';
import { ask, itemThat, planStage } from '../../../tests/support/plan-life.ts';
import type { Answer, PlanStage } from '../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
let zalo: string;
let loudCulture: string;
let loudPolice: string;
let quick: string;

beforeAll(async () => {
  on = await planStage();
  campaign = await on.running();
  const plan = await on.planOf(campaign);
  zalo = itemThat(plan, 'nhóm Zalo').id;
  loudCulture = itemThat(plan, 'Phòng Văn hóa - Xã hội phát thanh').id;
  loudPolice = itemThat(plan, 'Công an phường phối hợp').id;
  quick = itemThat(plan, 'báo cáo nhanh').id;
});

const at = (text: string) => `2025-08-${text}:00+07:00`;
const base = (path = '') => `/campaigns/${campaign}${path}`;
const record = (by: Actor, ...records: object[]) =>
  ask(by, 'POST', base('/evidence'), { records: records.map((one) => ({ id: newId(), ...one })) });
const culture = () => on.stage.actors.cultureMember;
const broadcast = (more: object = {}) => ({
  itemIds: [loudCulture],
  unitId: on.stage.culture,
  doneAt: at('05T06:10'),
  channel: 'loudspeaker',
  ...more,
});

async function occurrence(itemId: string, query = 'from=2025-08-05&to=2025-08-05', by = on.head) {
  const reply = await ask(by, 'GET', base(`/calendar?item=${itemId}&${query}`));
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body.occurrences as OccurrenceView[];
}

const picture = (width: number) => Uint8Array.from(PNG.sync.write(new PNG({ width, height: 1 })));
async function bring(by: Actor, content: Uint8Array): Promise<Answer> {
  const request = new Request(`http://test/api/wards/${by.wardId}/pictures`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(content),
  });
  const response = await api.fetch(request, { actor: by, origin: 'test' });
  return { status: response.status, body: await response.json() };
}

describe('recording', () => {
  it('moves the state, and one act stands in both linked duties but once in the total', async () => {
    on.clock.at = Date.parse(at('05T07:50'));
    expect((await occurrence(loudCulture))[0]).toMatchObject({ state: 'due', done: 0, evidence: [] });
    const done = await record(culture(), broadcast());
    expect(done.status, JSON.stringify(done.body)).toBe(201);
    const [kept] = done.body.recorded;
    expect(new Set(kept.itemIds)).toEqual(new Set([loudCulture, loudPolice]));
    for (const item of [loudCulture, loudPolice])
      expect((await occurrence(item))[0]).toMatchObject({ state: 'met', done: 1, evidence: [kept.id] });
    const list = await ask(on.head, 'GET', base('/evidence?from=2025-08-05&to=2025-08-05'));
    expect(list.body.total).toEqual({ acts: 1, count: 1 });
    expect(list.body.evidence[0]).toMatchObject({ author: { name: 'Hoàng Thị Loan' }, enteredBy: null });
  });

  it('of the same id again gives the stored answer, and refuses another body', async () => {
    const id = newId();
    const body = { records: [{ id, ...broadcast({ doneAt: at('04T06:00'), note: 'lần một' }) }] };
    const first = await ask(culture(), 'POST', base('/evidence'), body);
    on.clock.at += 60_000;
    const again = await ask(culture(), 'POST', base('/evidence'), body);
    expect(again.body).toEqual(first.body);
    const other = await ask(culture(), 'POST', base('/evidence'), {
      records: [{ ...body.records[0], count: 2 }],
    });
    expect(other).toMatchObject({ status: 409, body: { code: 'evidence.id-reused' } });
    const together = await Promise.all([1, 2, 3].map(() => ask(culture(), 'POST', base('/evidence'), body)));
    expect(together.map(({ body }) => body)).toEqual([first.body, first.body, first.body]);
    const [found] = await occurrence(loudCulture, 'from=2025-08-04&to=2025-08-04');
    expect(found).toMatchObject({ done: 1, state: 'met' });
  });

  it('keeps who did it, who typed it and how it came where the desk enters for another', async () => {
    const { dutyDesk, groupLeader } = on.stage.actors;
    const line = { itemIds: [zalo], areaId: on.stage.group, doneAt: at('05T07:00') };
    expect((await record(dutyDesk, line)).body.code).toBe('evidence.say-for-whom');
    const onBehalf = { personId: groupLeader.personId, reachedBy: 'zalo', reachedAt: at('05T07:20') };
    const late = { ...line, onBehalf: { ...onBehalf, reachedAt: at('05T06:20') } };
    expect((await record(dutyDesk, late)).body.code).toBe('evidence.reached-out-of-order');
    const done = await record(dutyDesk, { ...line, onBehalf });
    expect(done.status, JSON.stringify(done.body)).toBe(201);
    const { body } = await ask(on.head, 'GET', base(`/evidence/${done.body.recorded[0].id}`));
    expect(body).toMatchObject({
      author: { id: groupLeader.personId },
      enteredBy: { id: dutyDesk.personId },
      reachedBy: 'zalo',
      receivedAt: expect.stringContaining('2025-08-05T07:5'),
    });
  });

  it('refuses what is not theirs, not linked, not yet, or not in the plan', async () => {
    const { groupLeader, otherGroupLeader, fieldMember } = on.stage.actors;
    const post = { itemIds: [zalo], areaId: on.stage.otherGroup, doneAt: at('05T07:00') };
    expect((await record(groupLeader, post)).body.code).toBe('people.not-allowed');
    expect((await record(otherGroupLeader, post)).status).toBe(201);
    const code = async (by: Actor, wish: object) => (await record(by, wish)).body.code as string;
    expect(await code(culture(), { ...broadcast(), itemIds: [zalo] })).toBe('evidence.not-your-duty');
    expect(await code(culture(), { ...broadcast(), itemIds: [loudCulture, zalo] })).toBe(
      'evidence.not-linked',
    );
    expect(await code(culture(), { ...broadcast(), doneAt: at('06T06:00') })).toBe('evidence.in-future');
    expect(await code(culture(), { ...broadcast(), itemIds: [newId()] })).toBe('evidence.no-such-duty');
    const nowhere = { itemIds: [zalo], unitId: on.stage.police, doneAt: at('05T07:00') };
    expect(await code(on.member, nowhere)).toBe('evidence.group-needed');
    const own = { itemIds: [zalo], areaId: on.stage.group, doneAt: at('05T07:00') };
    expect(await code(on.stage.actors.auditor, own)).toBe('people.not-allowed');
    expect(await code(fieldMember, { ...own, link: 'javascript:alert(1)' })).toBe('platform.wrong-shape');
  });

  it('of many at once keeps all or none', async () => {
    const count = async () =>
      (await ask(on.head, 'GET', base('/evidence?from=2025-08-03&to=2025-08-03'))).body.total.acts as number;
    const good = broadcast({ doneAt: at('03T06:00') });
    const mixed = await record(culture(), good, { ...good, doneAt: at('09T06:00') }, good);
    expect(mixed.body).toMatchObject({ code: 'evidence.in-future', pointer: '/records/1' });
    expect(await count()).toBe(0);
    const both = await record(culture(), good, { ...good, doneAt: at('03T17:00') });
    expect(both.body.recorded).toHaveLength(2);
    expect(await count()).toBe(2);
  });
});

describe('taking back', () => {
  it('is for who did it and who heads them, needs a reason, and shows as taken back', async () => {
    const line = broadcast({ doneAt: at('02T06:00') });
    const id = (await record(culture(), line)).body.recorded[0].id as string;
    const undo = (by: Actor, reason?: string) =>
      ask(by, 'POST', base(`/evidence/${id}/undo`), reason === undefined ? {} : { reason });
    expect((await occurrence(loudCulture, 'from=2025-08-02&to=2025-08-02'))[0]?.done).toBe(1);
    expect((await undo(on.member, 'không phải việc của tôi')).body.code).toBe('evidence.not-yours-to-undo');
    expect((await undo(culture())).status).toBe(422);
    expect((await undo(on.stage.actors.cultureHead, 'ghi nhầm ngày')).body).toEqual({ id });
    expect((await undo(culture(), 'lần nữa')).body).toEqual({ id });
    expect((await occurrence(loudCulture, 'from=2025-08-02&to=2025-08-02'))[0]).toMatchObject({ done: 0 });
    const shown = await ask(
      on.head,
      'GET',
      base(`/calendar/occurrence?item=${loudCulture}&period=2025-08-02`),
    );
    expect(shown.body.evidence[0].undone).toMatchObject({
      reason: 'ghi nhầm ngày',
      by: { name: 'Đỗ Văn Hóa' },
    });
    expect(shown.body.item.words).toContain('phát thanh trên loa truyền thanh');
    expect(shown.body.linked.map((item: { id: string }) => item.id)).toEqual([loudPolice]);
    const gone = await ask(on.member, 'POST', base(`/evidence/${newId()}/undo`), { reason: 'x' });
    expect(gone.body.code).toBe('evidence.not-yours-to-undo');
  });
});

describe('excuses', () => {
  const wish = (itemId: string, areaId: string | null, periodStart = '2025-08-05') => ({
    id: newId(),
    itemId,
    areaId,
    periodStart,
    reason: 'Mất điện cả ngày',
  });
  it('of groups come from the leading unit, of units from the ward’s leader', async () => {
    const give = (by: Actor, body: object) => ask(by, 'POST', base('/excuses'), body);
    const { leader, cultureHead, groupLeader } = on.stage.actors;
    const report = wish(quick, on.stage.group);
    for (const by of [leader, cultureHead, groupLeader])
      expect((await give(by, report)).body.code, by.name).toBe('people.not-allowed');
    expect((await give(on.head, { ...report, periodStart: '2025-09-05' })).body.code).toBe(
      'evidence.nothing-owed',
    );
    const given = await give(on.head, report);
    expect(given.status, JSON.stringify(given.body)).toBe(201);
    expect((await give(on.head, report)).body).toEqual(given.body);
    expect((await give(on.head, { ...report, id: newId() })).body.code).toBe('evidence.already-excused');
    const state = async () =>
      (await occurrence(quick)).find(({ areaId }) => areaId === on.stage.group)?.state;
    expect(await state()).toBe('excused');
    const revoke = (by: Actor) =>
      ask(by, 'POST', base(`/excuses/${report.id}/revoke`), { reason: 'Đã có điện' });
    expect((await revoke(leader)).body.code).toBe('people.not-allowed');
    expect((await revoke(on.head)).status).toBe(200);
    expect(await state()).toBe('due');
    const unit = wish(loudPolice, null, '2025-08-06');
    expect((await give(on.head, unit)).body.code).toBe('people.not-allowed');
    expect((await give(leader, unit)).status).toBe(201);
  });
});

describe('pictures', () => {
  it('go in without their notes and out only through a record one may read', async () => {
    const { groupLeader, otherGroupLeader, stranger } = on.stage.actors;
    const up = await bring(groupLeader, picture(3));
    expect(up, JSON.stringify(up.body)).toMatchObject({ status: 201, body: { mediaType: 'image/png' } });
    const { sha256 } = up.body;
    const line = { itemIds: [zalo], doneAt: at('05T07:05'), pictures: [sha256] };
    const stolen = await record(otherGroupLeader, { ...line, areaId: on.stage.otherGroup });
    expect(stolen.body.code).toBe('evidence.picture-unknown');
    const id = (await record(groupLeader, { ...line, areaId: on.stage.group })).body.recorded[0].id as string;
    const get = async (by: Actor, evidence = id, hash: string = sha256) => {
      const request = new Request(
        `http://test/api/wards/${by.wardId}${base(`/evidence/${evidence}/pictures/${hash}`)}`,
      );
      return api.fetch(request, { actor: by, origin: 'test' });
    };
    const shown = await get(on.member);
    expect(shown.status).toBe(200);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(picture(3));
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect((await get(otherGroupLeader)).status).toBe(404);
    expect((await get(stranger)).status).toBe(404);
    expect((await get(on.member, id, 'a'.repeat(64))).status).toBe(404);
  });

  it('are refused where they are no picture, broken, too large, or the disk is full', async () => {
    const html = new TextEncoder().encode('<html><script>1</script></html>');
    expect((await bring(on.member, html)).body.code).toBe('evidence.picture-kind');
    expect((await bring(on.member, picture(2).subarray(0, 40))).body.code).toBe('evidence.picture-broken');
    const huge = new Uint8Array(10 * 1024 * 1024 + 1);
    expect((await bring(on.member, huge)).body.code).toBe('evidence.picture-too-large');
    const { files } = on.runtime;
    const free = files.freeBytes.bind(files);
    files.freeBytes = () => Promise.resolve(1_000);
    expect(await bring(on.member, picture(4))).toMatchObject({ status: 507 });
    files.freeBytes = free;
    const put = files.put.bind(files);
    files.put = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    expect((await bring(on.member, picture(4))).body.code).toBe('platform.disk-full');
    files.put = put;
    expect((await bring(on.member, picture(4))).status).toBe(201);
  });
});

describe('the campaign’s acts', () => {
  it('are recorded once by the leading unit or the clerk, and can be taken back', async () => {
    const { clerk, cultureHead } = on.stage.actors;
    const issued = { id: newId(), kind: 'issued', doneOn: '2025-08-01', number: '52/KH-UBND' };
    const post = (by: Actor, body: object) => ask(by, 'POST', base('/acts'), body);
    expect((await post(cultureHead, issued)).body.code).toBe('people.not-allowed');
    expect((await post(clerk, { ...issued, number: null })).body.code).toBe('evidence.number-missing');
    expect((await post(clerk, issued)).status).toBe(201);
    expect((await post(on.head, { ...issued, id: newId() })).body.code).toBe('evidence.act-already-recorded');
    const launched = {
      id: newId(),
      kind: 'launched',
      doneOn: '2025-08-02',
      note: 'Lễ phát động tại nhà văn hóa',
    };
    expect((await post(on.head, { ...launched, doneOn: '2025-08-20' })).body.code).toBe('evidence.in-future');
    expect((await post(on.head, launched)).status).toBe(201);
    const { body } = await ask(on.head, 'GET', base('/acts'));
    expect(body.acts.map((act: { kind: string }) => act.kind)).toEqual(['issued', 'launched']);
    await ask(on.head, 'POST', base(`/acts/${launched.id}/undo`), { reason: 'Ghi nhầm ngày' });
    expect((await ask(on.head, 'GET', base('/acts'))).body.acts).toHaveLength(1);
  });
});

describe('the calendar', () => {
  it('shows a group its own and nothing of others, and another ward nothing at all', async () => {
    const { groupLeader, stranger, cityViewer } = on.stage.actors;
    const own = await ask(groupLeader, 'GET', base('/calendar/today'));
    const areas = new Set(own.body.occurrences.map((one: OccurrenceView) => one.areaId));
    expect([...areas]).toEqual([on.stage.group]);
    expect(own.body.groups.map((group: { id: string }) => group.id)).toEqual([on.stage.group]);
    const seen = await ask(groupLeader, 'GET', base('/evidence'));
    expect(seen.body.evidence.every((one: { area: { id: string } }) => one.area.id === on.stage.group)).toBe(
      true,
    );
    expect((await ask(groupLeader, 'GET', base('/overview'))).status).toBe(403);
    for (const path of [
      '/calendar',
      '/calendar/today',
      '/calendar/board',
      '/calendar/summary',
      '/overview',
    ]) {
      expect((await ask(stranger, 'GET', base(path))).body.code, path).toBe('evidence.no-such-campaign');
      const request = new Request(`http://test/api/wards/${on.stage.ward}${base(path)}`);
      expect((await api.fetch(request, { actor: stranger, origin: 'test' })).status, path).toBe(403);
    }
    expect((await ask(stranger, 'GET', base('/evidence'))).body.total.acts).toBe(0);
    expect((await ask(cityViewer, 'GET', base('/calendar/summary'))).status).toBe(200);
    expect((await ask(cityViewer, 'GET', base('/evidence'))).status).toBe(403);
  });

  it('counts in the summary what it lists one by one', async () => {
    const list = await ask(on.head, 'GET', base('/calendar?from=2025-08-02&to=2025-08-14'));
    const listed = list.body.occurrences.filter(
      ({ dueOn }: OccurrenceView) => dueOn === null || dueOn <= '2025-08-14',
    );
    const summary = await ask(on.head, 'GET', base('/calendar/summary?from=2025-08-02&to=2025-08-14'));
    const total = Object.values(summary.body.total as Record<string, number>).reduce((a, b) => a + b, 0);
    expect(total).toBe(listed.length);
    for (const [state, n] of Object.entries(summary.body.total as Record<string, number>))
      expect(listed.filter((one: OccurrenceView) => one.state === state).length, state).toBe(n);
    const board = await ask(on.head, 'GET', base('/calendar/board?from=2025-08-02&to=2025-08-14'));
    const onBoard = board.body.rows.flatMap((row: { chips: { total: number }[] }) => row.chips);
    expect(onBoard.reduce((sum: number, chip: { total: number }) => sum + chip.total, 0)).toBe(
      list.body.occurrences.length,
    );
    const groups = board.body.rows.find((row: { id: string }) => row.id === 'groups');
    expect(groups.chips.find((chip: { itemId: string }) => chip.itemId === quick).total).toBe(2);
  });

  it('puts what is late before what is due, and turns to missed when the time for telling is over', async () => {
    on.clock.at = Date.parse(at('06T08:40'));
    const today = (await ask(on.head, 'GET', base('/calendar/today'))).body.occurrences as OccurrenceView[];
    const states = today.map(({ state }) => state);
    expect(states.lastIndexOf('late')).toBeLessThan(states.indexOf('due'));
    expect(today.find((one) => one.itemId === quick && one.areaId === on.stage.group)).toMatchObject({
      state: 'late',
      minutesLate: 10,
    });
    on.clock.at = Date.parse(at('07T00:00'));
    const [gone] = (await occurrence(quick, 'from=2025-08-06&to=2025-08-06')).filter(
      ({ areaId }) => areaId === on.stage.group,
    );
    expect(gone?.state).toBe('missed');
    on.clock.at = Date.parse(at('05T07:50'));
  });

  it('sees at once what another process wrote, and forgets what was rolled back', async () => {
    const before = (await occurrence(zalo)).find(({ areaId }) => areaId === on.stage.group)?.done ?? 0;
    const line = { itemIds: [zalo], areaId: on.stage.group, doneAt: at('05T07:10') };
    await record(on.stage.actors.groupLeader, line, { ...line, itemIds: [newId()] });
    expect((await occurrence(zalo)).find(({ areaId }) => areaId === on.stage.group)?.done).toBe(before);
    await on.runtime.database.inWard(on.stage.ward, (trx) =>
      sql`with f as (update feeds set n = n + 1 where ward_id = ${trx.wardId} and feed_id = ${on.stage.group} returning n)
        update evidence set undone_at = received_at, undone_reason = 'thử', change_n = (select n from f)
        where ward_id = ${trx.wardId} and area_id = ${on.stage.group}`.execute(trx),
    );
    expect((await occurrence(zalo)).find(({ areaId }) => areaId === on.stage.group)?.done).toBe(0);
  });

  it('has the campaign on one page, honest about what nobody has counted', async () => {
    const { body } = await ask(on.head, 'GET', base('/overview'));
    expect(body.targets[0]).toMatchObject({
      value: 100,
      unit: 'percent',
      known: { value: null, source: 'none' },
    });
    expect(body.duties.map((duty: { itemId: string }) => duty.itemId)).toContain(zalo);
    expect(body.reports).toHaveLength(2);
    expect(body.reports[0].nextDueAt).toContain('2025-08-05T08:30');
    expect(body.items.every((item: { words: string | null }) => (item.words ?? '').length > 10)).toBe(true);
  });
});
