// The call board: places that are late or about to be, the worst first; in each the people to call in order, a ready text
// for each of them, and what was already tried. Push and e-mail are shown beside it and count for nothing.
import { HOUR, minutesLate } from '#core/clock.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { isReminded, nextToCall } from '#features/reminders/model.ts';
import { daysAround } from '#features/reminders/plan-reminders.server.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';
import { readyText, type Matter } from '#features/reminders/ready-text.ts';
import type { CampaignOccurrence, RoleHolder } from '#features/reminders/responsible.ts';
import type { BoardReply, BoardRow, CallablePerson, ContactView } from '#features/reminders/schema.ts';
import * as store from '#features/reminders/store-board.server.ts';
import { placeNames, reachOf, responsibilityBook, type Reach } from '#features/reminders/store.server.ts';

/** What fell due longer ago than a day is no longer a matter for a telephone call this morning. */
const LOOK_BACK = 24 * HOUR;

export interface BoardWish {
  readonly ahead: number;
  readonly of: 'all' | 'groups' | 'units';
}

interface Place {
  readonly id: string;
  readonly kind: 'group' | 'unit';
  readonly matters: CampaignOccurrence[];
  readonly toCall: RoleHolder[];
}

interface Known {
  readonly names: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, store.Reachable>;
  readonly contacts: readonly store.ContactRow[];
  readonly reach: ReadonlyMap<string, Reach>;
  readonly noticed: ReadonlyMap<string, number>;
}

/** Late, or due within the time looked ahead; what the plan only asks for is not there. */
export function isUrgent(
  { proposal, state, dueAt, opensAt }: CampaignOccurrence,
  now: number,
  aheadMinutes: number,
): boolean {
  if (proposal || dueAt === null || now < opensAt) return false;
  if (state === 'due') return dueAt - now <= aheadMinutes * 60_000;
  return state === 'late' && dueAt > now - LOOK_BACK;
}

/** What falls due around today within the actor's reach: for the board, and for what is done from it. */
export async function occurrencesWithin(
  call: Call,
  ports: ReminderPorts,
  action: string,
): Promise<CampaignOccurrence[]> {
  const scope = call.scope(action);
  const all = await ports.occurrences(call.trx, call.now, daysAround(call.now));
  if (scope.everything) return [...all];
  return all.filter(({ areaId, accountable }) =>
    areaId !== null
      ? scope.areaIds.includes(areaId)
      : accountable !== null && accountable !== 'groups' && scope.unitIds.includes(accountable.unitId),
  );
}

export async function readBoard(call: Call, ports: ReminderPorts, wish: BoardWish): Promise<BoardReply> {
  const { trx, now } = call;
  const within = await occurrencesWithin(call, ports, 'reminders.read-board');
  const urgent = within.filter((one) => isUrgent(one, now, wish.ahead));
  const places = await placesOf(trx, urgent, now, wish.of);
  const called = places.flatMap(({ toCall }) => toCall.map(({ personId }) => personId));
  const contacts = await store.contactsAbout(
    trx,
    urgent.map(({ key }) => key),
  );
  const known: Known = {
    names: await placeNames(trx),
    contacts,
    people: await store.peopleById(trx, [
      ...called,
      ...contacts.flatMap((contact) => [contact.person_id, contact.contacted_by]),
    ]),
    reach: await reachOf(trx, [...new Set(called)]),
    noticed: await store.lastNotices(trx, called),
  };
  const rows = places.map((place) => rowOf(call, place, known, ports)).sort(worstFirst);
  const { everything, areaIds } = call.scope('reminders.remind');
  return { now, rows, may: { remind: everything || areaIds.length > 0 } };
}

async function placesOf(
  trx: WardTransaction,
  urgent: readonly CampaignOccurrence[],
  now: number,
  of: BoardWish['of'],
): Promise<Place[]> {
  const book = await responsibilityBook(trx, now);
  const places = new Map<string, Place>();
  for (const one of urgent) {
    const byGroups = one.accountable === 'groups';
    if (one.accountable === null || (of === 'groups' && !byGroups) || (of === 'units' && byGroups)) continue;
    // What the police owe in each group is the officer's, so it stands as a row of that group's.
    const id = one.accountable === 'groups' ? one.areaId : (one.areaId ?? one.accountable.unitId);
    if (id === null) continue;
    const kind = one.areaId === null ? 'unit' : 'group';
    const key = `${byGroups ? 'groups' : 'unit'}/${id}`;
    const place = places.get(key) ?? { id, kind, matters: [], toCall: [] };
    place.matters.push(one);
    // Of a unit, each matter may be in other hands.
    for (const holder of book.of(one).toCall)
      if (!place.toCall.some(({ personId }) => personId === holder.personId)) place.toCall.push(holder);
    places.set(key, place);
  }
  return [...places.values()];
}

const dueOf = ({ dueAt }: CampaignOccurrence): number => dueAt ?? 0;

function rowOf(
  call: Call,
  { id, kind, matters, toCall }: Place,
  known: Known,
  ports: ReminderPorts,
): BoardRow {
  const { now } = call;
  const sorted = [...matters].sort((a, b) => dueOf(a) - dueOf(b));
  const keys = new Set(sorted.map(({ key }) => key));
  const contacts = known.contacts.filter(({ occurrence }) => keys.has(occurrence));
  const tried = contacts.map((contact) => ({
    personId: contact.person_id,
    way: contact.way,
    at: contact.contacted_at.getTime(),
  }));
  const people = toCall.filter(({ personId }) => known.people.has(personId));
  const noticed = people.flatMap(({ personId }) => known.noticed.get(personId) ?? []);
  return {
    id,
    kind,
    place: known.names.get(id) ?? '',
    matters: sorted.map((one) => ({
      occurrence: one.key,
      campaignId: one.campaignId,
      itemId: one.itemId,
      areaId: one.areaId,
      title: one.title,
      dueAt: dueOf(one),
      late: now >= dueOf(one),
      minutesLate: minutesLate(now, dueOf(one)),
      url: ports.pageOf(one),
    })),
    people: people.map((holder) => personOf(holder, sorted, known, id, now)),
    next:
      nextToCall(
        people.map(({ personId }) => personId),
        tried,
        now,
      ) ?? null,
    contacts: distinctContacts(contacts).map((contact) => contactView(contact, known, call)),
    reminded: isReminded(tried),
    noticedAt: noticed.length > 0 ? Math.max(...noticed) : null,
  };
}

function personOf(
  { personId, role }: RoleHolder,
  matters: readonly CampaignOccurrence[],
  { people, names, reach }: Known,
  placeId: string,
  now: number,
): CallablePerson {
  const person = people.get(personId);
  const place = names.get(placeId) ?? '';
  const [first] = matters;
  const sender = (first?.leadingUnitId && names.get(first.leadingUnitId)) ?? first?.to ?? '';
  const stated: Matter[] = matters.map((one) => ({
    what: one.what,
    title: one.title,
    to: one.to,
    place: one.areaId === null ? null : place,
    dueAt: dueOf(one),
  }));
  const reached = reach.get(personId);
  return {
    personId,
    name: person?.name ?? '',
    role,
    phone: person?.phone ?? null,
    text: readyText(
      { role, name: person?.name ?? '', title: person?.title ?? null, place },
      stated,
      sender,
      now,
    ),
    reach: { devices: reached?.subscriptions.length ?? 0, mail: reached?.hasEmail ?? false },
  };
}

/** One talk about several duties is stored for each of them and shown once. */
function distinctContacts(contacts: readonly store.ContactRow[]): store.ContactRow[] {
  const talks = new Map<string, store.ContactRow>();
  for (const contact of contacts)
    talks.set(`${contact.person_id}/${contact.way}/${contact.contacted_at.getTime()}`, contact);
  return [...talks.values()];
}

const contactView = (contact: store.ContactRow, { people }: Known, call: Call): ContactView => ({
  id: contact.id,
  personId: contact.person_id,
  person: people.get(contact.person_id)?.name ?? '',
  way: contact.way,
  at: contact.contacted_at.getTime(),
  by: people.get(contact.contacted_by)?.name ?? '',
  note: contact.note,
  mayUndo: contact.contacted_by === call.actor.personId,
});

/** Late before soon, longest late first; whoever was not reached before whoever was. */
function worstFirst(a: BoardRow, b: BoardRow): number {
  if (a.reminded !== b.reminded) return a.reminded ? 1 : -1;
  return (
    (a.matters[0]?.dueAt ?? 0) - (b.matters[0]?.dueAt ?? 0) ||
    a.place.localeCompare(b.place, 'vi', { numeric: true })
  );
}
