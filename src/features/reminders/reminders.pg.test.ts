import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { pushKeysOf } from '#platform/push/push.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { openSenders } from '#platform/senders.server.ts';
import { deliverWard, topicOf } from '#features/reminders/deliver.server.ts';
import type { PushPayload } from '#features/reminders/deliver.server.ts';
import { planReminders } from '#features/reminders/plan-reminders.server.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';
import type { CampaignOccurrence } from '#features/reminders/responsible.ts';
import { reminderTables } from '#features/reminders/tables.ts';
import { openFeed } from '#platform/feeds.server.ts';
import { makeWard, testRuntime } from '../../../tests/support/database.ts';
import { startMailServer } from '../../../tests/support/mail-server.ts';
import { startPushService, type Browser } from '../../../tests/support/push-service.ts';

const at = (time: string, day = '2025-08-05') => instantOf(day, time);
const SECRET = randomBytes(32).toString('base64url');
const MINUTE = 60_000;

const service = await startPushService();
const mails = await startMailServer();
afterAll(() => Promise.all([service.stop(), mails.stop()]));

const test = await testRuntime(at('07:00'));
const senders = openSenders(
  SECRET,
  { mail: { url: mails.url, from: 'nhac@hongan.example' }, pushServices: [service.origin] },
  'http://localhost',
);
const runtime: Runtime = { ...test.runtime, senders };
const { clock, database, name, socket } = test;
afterAll(() => senders.mail?.close());

/** What the plan owes, as a test sets it; the rule, the store and the sending are the product's. */
let owed: CampaignOccurrence[] = [];
const ports: ReminderPorts = {
  occurrences: () => Promise.resolve(owed),
  pageOf: ({ itemId, areaId }) => `/nhiem-vu/${itemId}?to=${areaId}`,
};

interface Cast {
  readonly wardId: number;
  readonly area: string;
  readonly leader: string;
  readonly officer: string;
  readonly browser: Browser;
}

async function person(trx: WardTransaction, name: string, email: string | null = null): Promise<string> {
  const id = newId();
  await reminderTables(trx)
    .insertInto('people')
    .values({
      ward_id: trx.wardId,
      id,
      name,
      sort_key: name,
      title: null,
      phone: null,
      email,
      closed_at: null,
    } as never)
    .execute();
  return id;
}

async function grant(
  trx: WardTransaction,
  personId: string,
  role: 'group-leader' | 'area-officer',
  areaId: string,
) {
  await reminderTables(trx)
    .insertInto('grants')
    .values({
      ward_id: trx.wardId,
      id: newId(),
      person_id: personId,
      role,
      area_id: areaId,
      unit_id: null,
      from_at: new Date(at('00:00', '2025-07-01')),
      to_at: null,
    })
    .execute();
}

async function subscribe(trx: WardTransaction, personId: string): Promise<Browser> {
  const browser = service.subscribe(pushKeysOf(SECRET).publicKey);
  await reminderTables(trx)
    .insertInto('push_subscriptions')
    .values({
      ward_id: trx.wardId,
      id: newId(),
      person_id: personId,
      device_id: null,
      session_id: null,
      endpoint: browser.endpoint,
      endpoint_hash: Buffer.from(browser.endpoint),
      p256dh: browser.p256dh,
      auth: browser.auth,
      label: 'Chrome',
      created_at: new Date(),
      accepted_at: null,
      ended_at: null,
      ended_why: null,
    })
    .execute();
  return browser;
}

let wards = 0;
async function cast(): Promise<Cast> {
  wards += 1;
  const wardId = await makeWard(database, `R${wards}`);
  return database.asOwnerInWard(wardId, async (trx) => {
    const area = newId();
    await openFeed(trx, area, 'group');
    await trx
      .withTables<{ areas: Record<string, unknown> }>()
      .insertInto('areas')
      .values({
        ward_id: wardId,
        id: area,
        kind: 'group',
        name: 'Tổ dân phố 7',
        short_name: 'TDP 7',
        valid_from: '2025-07-01',
        feed_id: area,
        change_n: 1,
      })
      .execute();
    const leader = await person(trx, 'Đào Thị Lành');
    const officer = await person(trx, 'Phạm Văn Hải', 'hai@hongan.example');
    await grant(trx, leader, 'group-leader', area);
    await grant(trx, officer, 'area-officer', area);
    return { wardId, area, leader, officer, browser: await subscribe(trx, leader) };
  });
}

const report = (area: string, wish: Partial<CampaignOccurrence> = {}): CampaignOccurrence => {
  const itemId = newId();
  return {
    key: `${itemId}/${area}/2025-08-05`,
    campaignId: newId(),
    itemId,
    what: 'report',
    title: 'Báo cáo nhanh',
    to: 'Công an phường',
    areaId: area,
    accountable: 'groups',
    leadingUnitId: null,
    proposal: false,
    state: 'due',
    opensAt: at('00:00'),
    dueAt: at('08:30'),
    version: 1,
    revisedAt: at('00:00', '2025-08-01'),
    ...wish,
  };
};

const plan = (wardId: number) =>
  database.inWard(wardId, (trx) => planReminders(trx, ports, clock.at, runtime.senders.mail !== null));
const payloads = (browser: Browser) =>
  service
    .waiting(browser)
    .map((delivered) => ({ ...delivered, payload: JSON.parse(delivered.text) as PushPayload }));
const deliveries = (wardId: number) =>
  database.inWard(wardId, (trx) =>
    reminderTables(trx).selectFrom('reminder_deliveries').selectAll().execute(),
  );
const reminders = (wardId: number) =>
  database.inWard(wardId, (trx) => reminderTables(trx).selectFrom('reminders').selectAll().execute());

let now: Cast;
beforeEach(async () => {
  clock.at = at('07:00');
  now = await cast();
  owed = [report(now.area)];
});

describe('a reminder', () => {
  it('goes to the leader’s phone at its time, once, with the page of the duty', async () => {
    expect(await plan(now.wardId)).toBe(0);
    clock.at = at('07:30');
    expect(await plan(now.wardId)).toBe(1);
    expect(await deliverWard(runtime, now.wardId, ports)).toBe(1);
    const [delivered, ...more] = payloads(now.browser);
    expect(more).toEqual([]);
    expect(delivered?.payload).toMatchObject({
      title: 'Sắp đến hạn: Báo cáo nhanh',
      body: '08:30 · Báo cáo nhanh (TDP 7)',
      url: `/nhiem-vu/${owed[0]?.itemId}?to=${now.area}`,
    });
    expect(delivered?.topic).toBe(delivered?.payload.tag);
    expect(delivered?.ttl).toBe(3600);
    for (clock.at += MINUTE; clock.at < at('08:30'); clock.at += MINUTE)
      expect(await plan(now.wardId)).toBe(0);
    expect(await deliverWard(runtime, now.wardId, ports)).toBe(0);
    expect(service.faults).toEqual([]);
  });

  it('when late goes again, and then by e-mail to the area officer who has no phone', async () => {
    const [only] = owed;
    owed = only ? [{ ...only, state: 'late' }] : [];
    clock.at = at('08:40');
    await plan(now.wardId);
    clock.at = at('09:10');
    await plan(now.wardId);
    const before = mails.mails.length;
    await deliverWard(runtime, now.wardId, ports);
    expect(payloads(now.browser).map(({ payload }) => payload.title)).toEqual(['Đã quá hạn: Báo cáo nhanh']);
    const mail = mails.mails[before];
    expect(mail?.to).toEqual(['hai@hongan.example']);
    expect(mail?.header('subject')).toBe('Cần đôn đốc: Báo cáo nhanh');
    expect(mail?.text).toContain('08:30 · Báo cáo nhanh (TDP 7)');
    expect(mail?.text).toContain(`http://localhost/nhiem-vu/${only?.itemId}`);
  });

  it('is one digest for many duties, opening the notice that lists them', async () => {
    owed = Array.from({ length: 7 }, (_, n) => report(now.area, { title: `Việc ${n + 1}` }));
    clock.at = at('07:30');
    expect(await plan(now.wardId)).toBe(1);
    await deliverWard(runtime, now.wardId, ports);
    const [delivered, ...more] = payloads(now.browser);
    expect(more).toEqual([]);
    const [kept] = await reminders(now.wardId);
    expect(delivered?.payload.title).toBe('7 việc sắp đến hạn');
    expect(delivered?.payload.body.split('\n')).toHaveLength(5);
    expect(delivered?.payload.body).toMatch(/và 3 việc khác$/);
    expect(delivered?.payload.url).toBe(`/thong-bao/${kept?.id}`);
    expect(kept?.lines).toHaveLength(7);
  });

  it('is not made twice by two planners at once', async () => {
    clock.at = at('07:30');
    const made = await Promise.all(Array.from({ length: 6 }, () => plan(now.wardId)));
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await deliveries(now.wardId)).toHaveLength(1);
  });

  it('stands in one ward only', async () => {
    clock.at = at('07:30');
    await plan(now.wardId);
    const other = await cast();
    expect(await reminders(other.wardId)).toEqual([]);
    await deliverWard(runtime, other.wardId, ports);
    expect(payloads(now.browser)).toEqual([]);
  });

  it('is kept for the bell even where nothing can carry it, and is not sent once its time is over', async () => {
    clock.at = at('07:30');
    await plan(now.wardId);
    clock.at = at('08:30');
    expect(await deliverWard(runtime, now.wardId, ports)).toBe(0);
    expect((await deliveries(now.wardId)).map(({ state }) => state)).toEqual(['expired']);
    expect(await reminders(now.wardId)).toHaveLength(1);
    expect(payloads(now.browser)).toEqual([]);
  });
});

describe('a push service in trouble', () => {
  const sendAt = (machine: number) => deliverWard(runtime, now.wardId, ports, () => machine);

  it.each([404, 410])('%i ends the subscription, and the next reminder does not try it', async (status) => {
    clock.at = at('07:30');
    await plan(now.wardId);
    service.trouble(now.browser, { status });
    expect(await deliverWard(runtime, now.wardId, ports)).toBe(0);
    const ended = await database.inWard(now.wardId, (trx) =>
      reminderTables(trx).selectFrom('push_subscriptions').select(['ended_why']).execute(),
    );
    expect(ended).toEqual([{ ended_why: 'gone' }]);
    expect((await deliveries(now.wardId))[0]).toMatchObject({ state: 'gone', last_status: status });
    const [only] = owed;
    owed = only ? [{ ...only, state: 'late' }] : [];
    clock.at = at('08:45');
    await plan(now.wardId);
    const before = service.requests;
    await deliverWard(runtime, now.wardId, ports);
    expect(service.requests).toBe(before);
  });

  it('429 is tried again when it says, not sooner', async () => {
    clock.at = at('07:30');
    await plan(now.wardId);
    service.trouble(now.browser, { status: 429, retryAfter: '300', times: 1 });
    const machine = Date.now() + 1_000;
    expect(await sendAt(machine)).toBe(0);
    const before = service.requests;
    expect(await sendAt(machine + 299_000)).toBe(0);
    expect(service.requests).toBe(before);
    expect(await sendAt(machine + 300_000)).toBe(1);
    expect((await deliveries(now.wardId))[0]).toMatchObject({ state: 'sent', attempts: 2 });
    expect(payloads(now.browser)).toHaveLength(1);
  });

  it('500 is tried again after longer and longer waits, and given up in the end', async () => {
    clock.at = at('07:30');
    await plan(now.wardId);
    service.trouble(now.browser, { status: 500 });
    let machine = Date.now() + 1_000;
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      await sendAt(machine);
      const [row] = await deliveries(now.wardId);
      if (row?.state !== 'planned') break;
      waits.push(Math.round((row.next_at.getTime() - machine) / MINUTE));
      machine = row.next_at.getTime();
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 30, 60, 60, 60]);
    expect((await deliveries(now.wardId))[0]).toMatchObject({
      state: 'failed',
      attempts: 10,
      last_status: 500,
    });
  });

  it('a service made for another key of ours ends the subscription', async () => {
    const stranger = service.subscribe(pushKeysOf(randomBytes(32).toString('base64url')).publicKey);
    await database.asOwnerInWard(now.wardId, (trx) =>
      reminderTables(trx)
        .updateTable('push_subscriptions')
        .set({ endpoint: stranger.endpoint, p256dh: stranger.p256dh, auth: stranger.auth })
        .where('ward_id', '=', now.wardId)
        .execute(),
    );
    clock.at = at('07:30');
    await plan(now.wardId);
    await deliverWard(runtime, now.wardId, ports);
    expect((await deliveries(now.wardId))[0]).toMatchObject({ state: 'gone', last_status: 403 });
  });
});

describe('a process that dies', () => {
  it('killed after the service took the message and before it was noted: sent again under the same topic, one stands', async () => {
    clock.at = at('07:30');
    await plan(now.wardId);
    service.trouble(now.browser, { status: 'accept-silently', times: 1 });
    const taken = service.takenSilently();
    const child = spawn(
      process.execPath,
      [
        join('tests', 'support', 'reminder-sender.ts'),
        socket,
        name,
        String(now.wardId),
        SECRET,
        service.origin,
        String(clock.at),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_code, signal) => resolve(signal)),
    );
    await taken;
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');

    const [left] = await deliveries(now.wardId);
    expect(left).toMatchObject({ state: 'planned', attempts: 1 });
    // Somebody may still be waiting for the answer: nobody else takes the row until the lease is over.
    expect(await deliverWard(runtime, now.wardId, ports)).toBe(0);
    expect(await deliverWard(runtime, now.wardId, ports, () => Date.now() + 61_000)).toBe(1);

    const [kept] = await reminders(now.wardId);
    const sent = service.accepted.filter(({ endpoint }) => endpoint === now.browser.endpoint);
    expect(sent.map(({ topic }) => topic)).toEqual(Array(2).fill(topicOf(kept?.id ?? '')));
    expect(new Set(sent.map(({ text }) => (JSON.parse(text) as PushPayload).tag)).size).toBe(1);
    expect(payloads(now.browser)).toHaveLength(1);
    expect((await deliveries(now.wardId))[0]).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('stopped between planning and sending: the outbox is in the same transaction as the notice', async () => {
    clock.at = at('07:30');
    await expect(
      database.inWard(now.wardId, async (trx) => {
        await planReminders(trx, ports, clock.at, true);
        throw new Error('power cut');
      }),
    ).rejects.toThrow('power cut');
    expect(await reminders(now.wardId)).toEqual([]);
    expect(await plan(now.wardId)).toBe(1);
    expect(await deliveries(now.wardId)).toHaveLength(1);
  });
});
