// The feature through its doors: one's own notices and devices, the call board.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { SignedOut } from '#platform/signed-out.ts';
import { deliverWard } from '#features/reminders/deliver.server.ts';
import { planReminders } from '#features/reminders/plan-reminders.server.ts';
import type { BoardReply, ChoicesView, NoticeView } from '#features/reminders/schema.ts';
import { reminderTables } from '#features/reminders/tables.ts';
import { at, code, json, reminderStage } from '../../../tests/support/reminders.ts';

const { stage, clock, database, runtime, service, plan, ports, publicKey, mine, ask, occurrence } =
  await reminderStage(at('07:40'));

const subscription = () => {
  const browser = service.subscribe(publicKey);
  return {
    browser,
    body: { endpoint: browser.endpoint, p256dh: browser.p256dh, auth: browser.auth, label: 'Chrome' },
  };
};

beforeAll(() =>
  database.asOwnerInWard(stage.ward, (trx) =>
    reminderTables(trx)
      .updateTable('people')
      .set({ phone: '+84912345678' })
      .where('ward_id', '=', stage.ward)
      .where('id', '=', stage.actors.groupLeader.personId)
      .execute(),
  ),
);

describe('one’s own devices', () => {
  it('are added once, tested with a real push, and removed', async () => {
    const { groupLeader } = stage.actors;
    const { browser, body } = subscription();
    expect((await ask(groupLeader, 'POST', mine('/reminders/devices'), body)).status).toBe(201);
    expect((await ask(groupLeader, 'POST', mine('/reminders/devices'), body)).status).toBe(201);
    const view = json<ChoicesView>(await ask(groupLeader, 'GET', mine('/reminders/choices')));
    expect(view.devices.map(({ label }) => label)).toEqual(['Chrome']);
    expect(view.publicKey).toBe(publicKey);

    const tested = json<{ devices: number; mail: boolean }>(
      await ask(groupLeader, 'POST', mine('/reminders/test')),
    );
    expect(tested).toMatchObject({ devices: 1, mail: false });
    await deliverWard(runtime, stage.ward, ports);
    const [message] = service.waiting(browser);
    expect(JSON.parse(message?.text ?? '{}')).toMatchObject({
      title: 'Thông báo thử',
      body: 'Máy này nhận được nhắc việc.',
    });

    const id = view.devices[0]?.id ?? '';
    expect((await ask(stage.actors.deputy, 'DELETE', mine(`/reminders/devices/${id}`))).status).toBe(404);
    expect((await ask(groupLeader, 'DELETE', mine(`/reminders/devices/${id}`))).status).toBe(204);
    expect(json<ChoicesView>(await ask(groupLeader, 'GET', mine('/reminders/choices'))).devices).toEqual([]);
  });

  it('go over to whoever signs in on the same browser', async () => {
    const { deputy, areaOfficer } = stage.actors;
    const { body } = subscription();
    await ask(deputy, 'POST', mine('/reminders/devices'), body);
    await ask(areaOfficer, 'POST', mine('/reminders/devices'), body);
    expect(json<ChoicesView>(await ask(deputy, 'GET', mine('/reminders/choices'))).devices).toEqual([]);
    expect(json<ChoicesView>(await ask(areaOfficer, 'GET', mine('/reminders/choices'))).devices).toHaveLength(
      1,
    );
    const leave = { endpoint: body.endpoint };
    await ask(deputy, 'POST', mine('/reminders/devices/leave'), leave);
    expect(json<ChoicesView>(await ask(areaOfficer, 'GET', mine('/reminders/choices'))).devices).toHaveLength(
      1,
    );
    await ask(areaOfficer, 'POST', mine('/reminders/devices/leave'), leave);
    expect(json<ChoicesView>(await ask(areaOfficer, 'GET', mine('/reminders/choices'))).devices).toEqual([]);
  });

  it('take the place of the one the browser renewed', async () => {
    const { deputy } = stage.actors;
    const [first, second] = [subscription(), subscription()];
    await ask(deputy, 'POST', mine('/reminders/devices'), first.body);
    await ask(deputy, 'POST', mine('/reminders/devices'), { ...second.body, replaces: first.body.endpoint });
    expect(json<ChoicesView>(await ask(deputy, 'GET', mine('/reminders/choices'))).devices).toHaveLength(1);
    await ask(deputy, 'POST', mine('/reminders/devices/leave'), { endpoint: second.body.endpoint });
  });

  it('end with the sign-in they were made in, and follow the browser to a newer one', async () => {
    const { clerk, groupLeader } = stage.actors;
    const devicesOf = async (who: Actor) =>
      json<ChoicesView>(await ask(who, 'GET', mine('/reminders/choices'))).devices.length;
    const end = (who: SignedOut) => database.inWard(stage.ward, (trx) => runtime.signedOut(trx, who));
    const { personId } = clerk;
    const newer = { ...clerk, sessionId: newId() };
    const elsewhere = { ...clerk, sessionId: newId() };
    const [here, there] = [subscription(), subscription()];
    await ask(clerk, 'POST', mine('/reminders/devices'), here.body);
    await ask(elsewhere, 'POST', mine('/reminders/devices'), there.body);
    await ask(newer, 'POST', mine('/reminders/devices'), here.body);
    await end({ personId, sessions: { only: clerk.sessionId } });
    expect(await devicesOf(clerk)).toBe(2);
    await end({ personId, sessions: { except: elsewhere.sessionId } });
    expect(await devicesOf(clerk)).toBe(1);
    await end({ personId, sessions: { only: elsewhere.sessionId } });
    expect(await devicesOf(clerk)).toBe(0);

    await ask(groupLeader, 'POST', mine('/reminders/devices'), subscription().body);
    await end({ personId: groupLeader.personId, sessions: 'all' });
    expect(await devicesOf(groupLeader)).toBe(1);
    await end({ personId: groupLeader.personId, devices: [groupLeader.deviceId ?? ''] });
    expect(await devicesOf(groupLeader)).toBe(0);
  });

  it('may not name another door of the network', async () => {
    const { body } = subscription();
    for (const endpoint of [
      'http://127.0.0.1:5432/x',
      'https://phuong.example/x',
      'https://169.254.169.254/latest',
    ]) {
      const answer = await ask(stage.actors.deputy, 'POST', mine('/reminders/devices'), {
        ...body,
        endpoint,
      });
      expect(code(answer)).toBe('reminders.unknown-push-service');
    }
  });
});

describe('choices', () => {
  const wish = {
    before: true,
    late: true,
    head: false,
    leadMinutes: 30,
    quiet: null,
    push: true,
    mail: false,
  };

  it('are kept with an audit row and followed by the next reminder', async () => {
    const { otherGroupLeader } = stage.actors;
    expect((await ask(otherGroupLeader, 'PUT', mine('/reminders/choices'), wish)).status).toBe(204);
    expect(json<ChoicesView>(await ask(otherGroupLeader, 'GET', mine('/reminders/choices')))).toMatchObject(
      wish,
    );
    const audited = await database.inWard(stage.ward, (trx) =>
      trx.selectFrom('audit_entries').select('person_id').where('action', '=', 'reminders.chosen').execute(),
    );
    expect(audited).toEqual([{ person_id: otherGroupLeader.personId }]);
    plan.owed = [occurrence(stage.otherGroup)];
    const planNow = () => database.inWard(stage.ward, (trx) => planReminders(trx, ports, clock.at, false));
    clock.at = at('07:59');
    expect(await planNow()).toBe(0);
    clock.at = at('08:00');
    expect(await planNow()).toBe(1);
  });

  it('refuse what is no choice', async () => {
    for (const wrong of [{ leadMinutes: 1 }, { quiet: { from: '25:00', to: '06:00' } }, { extra: true }])
      expect(
        (await ask(stage.actors.deputy, 'PUT', mine('/reminders/choices'), { ...wish, ...wrong })).status,
      ).toBe(422);
  });
});

describe('notices', () => {
  it('stand under one’s own bell only, unread until read', async () => {
    const { otherGroupLeader, groupLeader } = stage.actors;
    const list = json<{ unread: number; notices: NoticeView[] }>(
      await ask(otherGroupLeader, 'GET', mine('/notices')),
    );
    expect(list.unread).toBe(1);
    const [notice] = list.notices;
    expect(notice).toMatchObject({ title: 'Sắp đến hạn: Báo cáo nhanh', read: false, origin: 'rule' });
    expect(notice?.lines[0]?.url).toBe(`/nhiem-vu/${plan.owed[0]?.itemId}?to=${stage.otherGroup}`);
    expect((await ask(groupLeader, 'GET', mine(`/notices/${notice?.id}`))).status).toBe(404);
    expect((await ask(groupLeader, 'POST', mine('/notices/read'), { ids: [notice?.id] })).status).toBe(200);
    expect(json<{ unread: number }>(await ask(otherGroupLeader, 'GET', mine('/notices/unread'))).unread).toBe(
      1,
    );
    expect(
      json<{ unread: number }>(await ask(otherGroupLeader, 'POST', mine('/notices/read'), {})).unread,
    ).toBe(0);
  });

  it('are closed to whoever is not signed in or belongs to another ward', async () => {
    expect((await ask(null, 'GET', mine('/notices'))).status).toBe(401);
    expect((await ask(stage.actors.stranger, 'GET', mine('/notices'))).status).toBe(403);
    expect((await ask(stage.actors.stranger, 'GET', mine('/reminders/board'))).status).toBe(403);
  });
});

describe('the call board', () => {
  const board = async (by: Actor, query = '') =>
    json<BoardReply>(await ask(by, 'GET', mine(`/reminders/board${query}`)));

  beforeAll(() => {
    clock.at = at('08:42');
    plan.owed = [
      occurrence(stage.group, { state: 'late' }),
      occurrence(stage.otherGroup, { dueAt: at('09:30') }),
      occurrence(stage.otherGroup, { dueAt: at('24:00'), title: 'Đăng bài' }),
      occurrence(null, {
        accountable: { unitId: stage.culture },
        what: 'duty',
        title: 'Phát thanh buổi sáng',
        to: null,
        dueAt: at('09:00'),
      }),
      occurrence(stage.group, { proposal: true, state: 'late' }),
      occurrence(stage.group, { state: 'met' }),
    ];
  });

  it('shows who is late or about to be, the latest first, each with the people to call and a ready text', async () => {
    const { rows, may } = await board(stage.actors.policeHead);
    expect(may).toEqual({ remind: true });
    expect(rows.map(({ place, matters }) => [place, matters.length, matters[0]?.minutesLate])).toEqual([
      ['TDP Đình Hạ 2', 1, 12],
      ['Phòng Văn hóa - Xã hội', 1, 0],
      ['TDP Nghĩa Lộ 1', 1, 0],
    ]);
    const [first] = rows;
    expect(first?.people.map(({ role }) => role)).toEqual(['group-leader', 'deputy-leader', 'area-officer']);
    expect(first?.people[0]).toMatchObject({ phone: '+84912345678', name: 'Đào Thị Lành' });
    expect(first?.people[0]?.text).toBe(
      "Kính gửi ông/bà Tổ trưởng TDP Đình Hạ 2: đến 08h42' Công an phường chưa nhận được báo cáo nhanh (hạn 08h30'). Kính mong ông/bà gửi sớm. Trân trọng.",
    );
    expect(first?.next).toBe(stage.actors.groupLeader.personId);
    expect(
      (await board(stage.actors.policeHead, '?ahead=1440&of=groups')).rows.map(
        ({ matters }) => matters.length,
      ),
    ).toEqual([1, 2]);
  });

  it('shows an area officer their own groups only, and group leaders nothing', async () => {
    expect((await board(stage.actors.areaOfficer)).rows.map(({ place }) => place)).toEqual(['TDP Đình Hạ 2']);
    expect((await ask(stage.actors.groupLeader, 'GET', mine('/reminders/board'))).status).toBe(403);
    expect((await board(stage.actors.auditor)).may.remind).toBe(false);
  });

  it('counts nobody as reminded by push; a call does, and it says who called when', async () => {
    const { policeMember, groupLeader, deputy, auditor, areaOfficer } = stage.actors;
    const { browser, body } = subscription();
    await ask(groupLeader, 'POST', mine('/reminders/devices'), body);
    const late = plan.owed[0]?.key ?? '';
    const urged = json<{ people: number; unreached: number }>(
      await ask(policeMember, 'POST', mine('/reminders/urge'), { occurrences: [late] }),
    );
    expect(urged).toEqual({ people: 2, unreached: 1 });
    await ask(policeMember, 'POST', mine('/reminders/urge'), { occurrences: [late] });
    await deliverWard(runtime, stage.ward, ports);
    expect(service.waiting(browser)).toHaveLength(1);
    let [row] = (await board(policeMember)).rows;
    expect(row).toMatchObject({ reminded: false, contacts: [], noticedAt: clock.at });
    expect(row?.people[0]?.reach).toEqual({ devices: 1, mail: false });

    const call = { occurrences: [late], personId: groupLeader.personId };
    const note = (way: string, personId = groupLeader.personId, id = newId()) =>
      ask(policeMember, 'POST', mine('/reminders/contacts'), { ...call, personId, way, id });
    expect((await note('no-answer')).status).toBe(201);
    [row] = (await board(policeMember)).rows;
    expect(row).toMatchObject({ reminded: false, next: deputy.personId });
    clock.at = at('08:44');
    const id = newId();
    await note('called', deputy.personId, id);
    await note('called', deputy.personId, id);
    const after = (await board(policeMember)).rows.find(({ place }) => place === 'TDP Đình Hạ 2');
    expect(after?.reminded).toBe(true);
    expect(after?.contacts.map(({ person, way, by, at: time }) => [person, way, by, time])).toEqual([
      ['Đào Thị Lành', 'no-answer', 'Lê Thị Chiến Sĩ', at('08:42')],
      ['Bùi Văn Phó', 'called', 'Lê Thị Chiến Sĩ', at('08:44')],
    ]);

    const called = after?.contacts[1]?.id ?? '';
    expect((await ask(areaOfficer, 'DELETE', mine(`/reminders/contacts/${called}`))).status).toBe(404);
    expect((await ask(policeMember, 'DELETE', mine(`/reminders/contacts/${called}`))).status).toBe(204);
    expect((await board(policeMember)).rows.find(({ place }) => place === 'TDP Đình Hạ 2')?.reminded).toBe(
      false,
    );
    expect(
      (await ask(auditor, 'POST', mine('/reminders/contacts'), { ...call, way: 'called', id: newId() }))
        .status,
    ).toBe(403);
  });

  it('refuses what is not owed within one’s reach', async () => {
    const other = plan.owed[1]?.key ?? '';
    const body = {
      occurrences: [other],
      personId: stage.actors.otherGroupLeader.personId,
      way: 'zalo',
      id: newId(),
    };
    expect(code(await ask(stage.actors.areaOfficer, 'POST', mine('/reminders/contacts'), body))).toBe(
      'reminders.not-owed',
    );
    expect(
      code(await ask(stage.actors.areaOfficer, 'POST', mine('/reminders/urge'), { occurrences: [other] })),
    ).toBe('reminders.not-owed');
    const stranger = { ...body, personId: stage.actors.stranger.personId };
    expect(code(await ask(stage.actors.policeHead, 'POST', mine('/reminders/contacts'), stranger))).toBe(
      'reminders.no-such-person',
    );
  });
});
