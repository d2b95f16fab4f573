// Doors of the call board: what is late or about to be, noting who was really reached, and reminding the selected ones.
import { DAY, machineClock, MINUTE } from '#core/clock.ts';
import { derivedId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { isUrgent, occurrencesWithin, readBoard } from '#features/reminders/board.server.ts';
import { queueWard } from '#features/reminders/jobs.server.ts';
import { noticeLine, wishedReach } from '#features/reminders/plan-reminders.server.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';
import * as shape from '#features/reminders/schema.ts';
import type { NoticeLine } from '#features/reminders/schema.ts';
import * as board from '#features/reminders/store-board.server.ts';
import * as store from '#features/reminders/store.server.ts';

const REMIND = 'reminders.remind';
/** As far as the board can look ahead: what may be urged. */
const FARTHEST_MINUTES = 1_440;
/** Pressing the key again within this time reminds nobody a second time. */
const URGE_AGAIN_AFTER = 10 * MINUTE;
/** The namespace of notices made by a person's hand among derived ids. */
const URGED = '3c0d0a5e-6f0b-4a0e-8f5c-2b9d7b1f4e66';

async function noteContact(call: Call, ports: ReminderPorts, body: shape.ContactBody) {
  const within = await occurrencesWithin(call, ports, REMIND);
  const wanted = new Set(body.occurrences);
  const about = within.filter(({ key }) => wanted.has(key));
  if (about.length < wanted.size) return problem('reminders.not-owed', { status: 404 });
  const people = await board.peopleById(call.trx, [body.personId]);
  if (!people.has(body.personId)) return problem('reminders.no-such-person', { status: 404 });
  const contacts = about.map((one) => ({
    id: derivedId(body.id, one.key),
    occurrence: one.key,
    itemId: one.itemId,
    areaId: one.areaId,
    personId: body.personId,
    way: body.way,
    note: body.note ?? null,
    at: new Date(call.now),
    by: call.actor.personId,
  }));
  await board.insertContacts(call.trx, contacts);
  await audit(call.trx, call, {
    action: 'reminders.contacted',
    subjectKind: 'person',
    subjectId: body.personId,
    after: { way: body.way, occurrences: about.map(({ key }) => key), note: body.note ?? null },
  });
  return { ids: contacts.map(({ id }) => id), at: call.now };
}

/** Each person who owes any of them gets one notice of all of theirs. */
async function urge(call: Call, ports: ReminderPorts, body: shape.UrgeBody) {
  const { trx, now } = call;
  const wanted = new Set(body.occurrences);
  const within = await occurrencesWithin(call, ports, REMIND);
  const urgent = within.filter((one) => wanted.has(one.key) && isUrgent(one, now, FARTHEST_MINUTES));
  if (urgent.length === 0) return problem('reminders.not-owed', { status: 404 });
  const book = await store.responsibilityBook(trx, now);
  const places = await store.placeNames(trx);
  const lines = new Map<string, NoticeLine[]>();
  for (const one of urgent) {
    const dueAt = one.dueAt ?? now;
    const line = noticeLine({ kind: now < dueAt ? 'before' : 'late', dueAt }, one, places);
    for (const person of book.of(one).owers) lines.set(person, [...(lines.get(person) ?? []), line]);
  }
  const choicesOf = await store.allChoices(trx);
  const reach = await store.reachOf(trx, [...lines.keys()]);
  let unreached = 0;
  for (const [personId, owed] of lines) {
    const mailWorks = call.runtime.senders.mail !== null;
    const to = wishedReach(reach.get(personId), choicesOf(personId), mailWorks);
    if (to.subscriptions.length === 0 && !to.mail) unreached += 1;
    await insertUrge(call, personId, owed, to);
  }
  await audit(trx, call, {
    action: 'reminders.urged',
    subjectKind: 'ward',
    subjectId: String(trx.wardId),
    after: { occurrences: urgent.map(({ key }) => key), people: lines.size, unreached },
  });
  await queueWard(trx);
  return { people: lines.size, unreached };
}

async function insertUrge(
  call: Call,
  personId: string,
  owed: readonly NoticeLine[],
  to: Omit<store.Outbox, 'reminderId'>,
): Promise<void> {
  const { now, trx, actor } = call;
  const sorted = [...owed].sort((a, b) => a.dueAt - b.dueAt);
  const keys = sorted.map(({ occurrence }) => occurrence).sort();
  const id = derivedId(URGED, personId, String(Math.floor(now / URGE_AGAIN_AFTER)), ...keys);
  const expiresAt = Math.max(...sorted.map(({ kind, dueAt }) => (kind === 'before' ? dueAt : now + DAY)));
  const made = await store.insertReminders(
    trx,
    [{ id, personId, origin: 'person', lines: sorted, campaignAt: now, expiresAt, askedBy: actor.personId }],
    machineClock.now(),
  );
  if (made.has(id)) await store.planDeliveries(trx, [{ reminderId: id, ...to }], machineClock.now());
}

export const boardEndpoints = (ports: ReminderPorts): readonly Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/reminders/board',
    summary: 'Who is late or about to be, whom to call in which order, and what was tried',
    action: 'reminders.read-board',
    scoped: true,
    params: shape.WardPath,
    query: shape.BoardQuery,
    reply: shape.BoardReply,
    handle: (call, { query }) => readBoard(call, ports, query),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/reminders/contacts',
    summary: 'Note that somebody was called, written to or met',
    action: REMIND,
    scoped: true,
    params: shape.WardPath,
    body: shape.ContactBody,
    reply: shape.ContactReply,
    status: 201,
    handle: (call, { body }) => noteContact(call, ports, body),
  }),
  guarded({
    method: 'delete',
    path: '/wards/:ward/reminders/contacts/:contact',
    summary: 'Take back a note of one’s own',
    action: REMIND,
    scoped: true,
    params: shape.ContactPath,
    status: 204,
    handle: async (call, { params }) => {
      const found = await board.findContact(call.trx, params.contact);
      if (found?.contacted_by !== call.actor.personId)
        return problem('reminders.no-such-contact', { status: 404 });
      await board.undoContact(call.trx, found.id, call.actor.personId, new Date(call.now));
      await audit(call.trx, call, {
        action: 'reminders.contact-undone',
        subjectKind: 'person',
        subjectId: found.person_id,
        before: { way: found.way, occurrence: found.occurrence },
      });
      return null;
    },
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/reminders/urge',
    summary: 'Send a notice now to everybody who owes the selected ones; it does not count as reminded',
    action: REMIND,
    scoped: true,
    params: shape.WardPath,
    body: shape.UrgeBody,
    reply: shape.UrgeReply,
    handle: (call, { body }) => urge(call, ports, body),
  }),
];
