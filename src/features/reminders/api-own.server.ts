// Doors to one's own notices, choices and devices. Everybody may, for themselves.
import { machineClock } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { DEFAULT_CHOICES, type Choices } from '#features/reminders/model.ts';
import { noticeWords } from '#features/reminders/notice-words.ts';
import { endSubscription } from '#features/reminders/outbox.server.ts';
import { queueWard } from '#features/reminders/jobs.server.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';
import * as shape from '#features/reminders/schema.ts';
import * as store from '#features/reminders/store-own.server.ts';
import { choicesOfRow, insertReminders, planDeliveries, reachOf } from '#features/reminders/store.server.ts';
import { isPushService } from '#platform/push/services.ts';

const OWN = 'reminders.own';
const itself = (call: Call) => ({ personId: call.actor.personId });
/** A day is long enough for a test notice: a phone that is off gets it when it is on again. */
const TEST_LIFE_MS = 86_400_000;

/** The language of the page that asks; a phone's notices speak as its screens do. */
const languageOf = (request: Request): 'vi' | 'en' =>
  /(?:^|;\s*)tn_locale=en(?:;|$)/.test(request.headers.get('cookie') ?? '') ? 'en' : 'vi';

function viewOf(call: Call, row: store.ReminderRow, ports: ReminderPorts): shape.NoticeView {
  const at = row.campaign_at.getTime();
  return {
    id: row.id,
    at,
    origin: row.origin,
    title: noticeWords(row.lines, row.origin, at, languageOf(call.request)).title,
    lines: row.lines.map((line) => ({ ...line, url: ports.pageOf({ ...line, key: line.occurrence }) })),
    read: row.read_at !== null,
  };
}

const notices = (ports: ReminderPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/notices',
    summary: 'One’s own notices, newest first',
    action: OWN,
    target: itself,
    params: shape.WardPath,
    query: shape.NoticeQuery,
    reply: shape.NoticeList,
    handle: async (call, { query }) => {
      const rows = await store.listReminders(call.trx, call.actor.personId, query.limit);
      return {
        unread: await store.countUnread(call.trx, call.actor.personId),
        notices: rows.map((row) => viewOf(call, row, ports)),
      };
    },
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/notices/unread',
    summary: 'How many of one’s own notices are unread',
    action: OWN,
    target: itself,
    params: shape.WardPath,
    reply: shape.UnreadReply,
    handle: async (call) => ({ unread: await store.countUnread(call.trx, call.actor.personId) }),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/notices/:reminder',
    summary: 'One of one’s own notices',
    action: OWN,
    target: itself,
    params: shape.ReminderPath,
    reply: shape.NoticeView,
    handle: async (call, { params }) => {
      const row = await store.findReminder(call.trx, call.actor.personId, params.reminder);
      return row ? viewOf(call, row, ports) : problem('reminders.no-such-notice', { status: 404 });
    },
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/notices/read',
    summary: 'Mark one’s own notices as read, all of them where none is named',
    action: OWN,
    target: itself,
    params: shape.WardPath,
    body: shape.ReadBody,
    reply: shape.UnreadReply,
    handle: async (call, { body }) => {
      await store.markRead(call.trx, call.actor.personId, body.ids, new Date(machineClock.now()));
      return { unread: await store.countUnread(call.trx, call.actor.personId) };
    },
  }),
];

const bodyOf = (choices: Choices) => ({
  ...choices.kinds,
  leadMinutes: choices.leadMinutes,
  quiet: choices.quiet,
  push: choices.push,
  mail: choices.mail,
});

const choices: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/reminders/choices',
    summary: 'What one wishes to be reminded of, how, and on which devices',
    action: OWN,
    target: itself,
    params: shape.WardPath,
    reply: shape.ChoicesView,
    handle: async (call) => {
      const { personId } = call.actor;
      const row = await store.findChoices(call.trx, personId);
      const devices = await store.listDevices(call.trx, personId);
      return {
        ...bodyOf(row ? choicesOfRow(row) : DEFAULT_CHOICES),
        publicKey: call.runtime.senders.push.publicKey,
        mailWorks: call.runtime.senders.mail !== null,
        email: await store.emailOf(call.trx, personId),
        devices: devices.map((device) => ({
          id: device.id,
          label: device.label,
          createdAt: device.created_at.getTime(),
          acceptedAt: device.accepted_at?.getTime() ?? null,
        })),
      };
    },
  }),
  guarded({
    method: 'put',
    path: '/wards/:ward/reminders/choices',
    summary: 'Choose what one is reminded of',
    action: OWN,
    target: itself,
    params: shape.WardPath,
    body: shape.ChoicesBody,
    status: 204,
    handle: async (call, { body }) => {
      const { personId } = call.actor;
      const before = await store.findChoices(call.trx, personId);
      const at = new Date(machineClock.now());
      await store.keepChoices(call.trx, personId, body, languageOf(call.request), at);
      await audit(call.trx, call, {
        action: 'reminders.chosen',
        subjectKind: 'person',
        subjectId: personId,
        before: bodyOf(before ? choicesOfRow(before) : DEFAULT_CHOICES),
        after: body,
      });
      return null;
    },
  }),
];

const devices: Endpoint[] = [
  guarded({
    method: 'post',
    path: '/wards/:ward/reminders/devices',
    summary: 'Receive notices on this browser',
    action: OWN,
    target: itself,
    params: shape.WardPath,
    body: shape.SubscribeBody,
    reply: shape.SubscribedReply,
    status: 201,
    handle: async (call, { body }) => {
      if (!isPushService(body.endpoint, call.runtime.senders.push.allowed))
        return problem('reminders.unknown-push-service');
      const { personId, deviceId } = call.actor;
      const sessionId = deviceId === null ? call.actor.sessionId : null;
      const at = new Date(machineClock.now());
      const { id, isNew } = await store.subscribe(call.trx, { personId, deviceId, sessionId }, body, at);
      // The endpoint is a secret of the browser's and stays out of the log.
      if (isNew)
        await audit(call.trx, call, {
          action: 'reminders.device-added',
          subjectKind: 'push-subscription',
          subjectId: id,
          after: { label: body.label },
        });
      return { id };
    },
  }),
  guarded({
    method: 'delete',
    path: '/wards/:ward/reminders/devices/:subscription',
    summary: 'No more notices on one of one’s own devices',
    action: OWN,
    target: itself,
    params: shape.SubscriptionPath,
    status: 204,
    handle: async (call, { params }) => {
      const found = await store.findDevice(call.trx, call.actor.personId, params.subscription);
      return found ? leave(call, found) : problem('reminders.no-such-device', { status: 404 });
    },
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/reminders/devices/leave',
    summary: 'No more notices on this browser, named by its endpoint',
    action: OWN,
    target: itself,
    params: shape.WardPath,
    body: shape.UnsubscribeBody,
    status: 204,
    handle: async (call, { body }) => {
      const found = await store.findByEndpoint(call.trx, body.endpoint);
      return found?.person_id === call.actor.personId ? leave(call, found) : null;
    },
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/reminders/test',
    summary: 'Send oneself a test notice',
    action: OWN,
    target: itself,
    params: shape.WardPath,
    reply: shape.TestReply,
    handle: async (call) => {
      const { personId } = call.actor;
      const reach = (await reachOf(call.trx, [personId])).get(personId);
      const to = {
        subscriptions: reach?.subscriptions ?? [],
        mail: call.runtime.senders.mail !== null && reach?.hasEmail === true,
      };
      const id = newId();
      const times = { campaignAt: call.now, expiresAt: call.now + TEST_LIFE_MS };
      await insertReminders(
        call.trx,
        [{ id, personId, origin: 'test', lines: [], askedBy: null, ...times }],
        machineClock.now(),
      );
      await planDeliveries(call.trx, [{ reminderId: id, ...to }], machineClock.now());
      await queueWard(call.trx);
      return { id, devices: to.subscriptions.length, mail: to.mail };
    },
  }),
];

async function leave(call: Call, device: store.SubscriptionRow): Promise<null> {
  await endSubscription(call.trx, device.id, 'left', new Date(machineClock.now()));
  await audit(call.trx, call, {
    action: 'reminders.device-removed',
    subjectKind: 'push-subscription',
    subjectId: device.id,
    before: { label: device.label },
  });
  return null;
}

export const ownEndpoints = (ports: ReminderPorts): readonly Endpoint[] => [
  ...notices(ports),
  ...choices,
  ...devices,
];
