// Doors of the calendar feeds: one's own secret addresses, and the feed itself, which calendar programs fetch without
// signing in. Whoever no longer has the role no longer has its calendar, whatever address they kept.
import { createHash } from 'node:crypto';
import { addDays } from '#core/calendar.ts';
import { dayOf, machineClock } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import { m } from '#messages/messages.js';
import { guarded, open, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { wardOfAddress } from '#platform/wards.server.ts';
import { calendarText } from '#features/reminders/calendar-feed.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';
import type { CampaignOccurrence } from '#features/reminders/responsible.ts';
import * as shape from '#features/reminders/schema.ts';
import * as store from '#features/reminders/store-calendars.server.ts';
import { placeNames, responsibilityBook } from '#features/reminders/store.server.ts';

/** A calendar shows what was due lately and the two months one plans ahead. */
const DAYS_BACK = 14;
const DAYS_AHEAD = 60;

const itself = (call: Call) => ({ personId: call.actor.personId });

function secretOf({ secrets }: Runtime): string {
  const secret = secrets.get('links');
  if (secret === undefined) throw new Error('no key for links');
  return secret;
}

async function ownCalendars(call: Call): Promise<{ calendars: shape.CalendarView[] }> {
  const { trx, actor, runtime } = call;
  const places = await store.placesOfPerson(trx, actor.personId, call.now);
  const names = await placeNames(trx);
  const addresses = await store.listAddresses(trx, actor.personId);
  const code = await store.wardCode(trx);
  const subjects: (store.Subject & { readonly name: string })[] = [
    { kind: 'person', id: actor.personId, name: actor.name },
    ...(places?.areaIds ?? []).map((id) => ({ kind: 'group' as const, id, name: names.get(id) ?? '' })),
    ...(places?.unitIds ?? []).map((id) => ({ kind: 'unit' as const, id, name: names.get(id) ?? '' })),
  ];
  return {
    calendars: subjects.map(({ kind, id, name }) => {
      const found = addresses.find(
        (one) => one.kind === kind && (one.area_id ?? one.unit_id ?? one.person_id) === id,
      );
      const token = found && store.tokenOf(secretOf(runtime), trx.wardId, found.id);
      return {
        id: found?.id ?? null,
        kind,
        subjectId: id,
        name,
        url: token === undefined ? null : `${runtime.origin}/${code}/lich/${token}.ics`,
        madeAt: found?.made_at.getTime() ?? null,
      };
    }),
  };
}

async function renew(call: Call, { kind, subjectId }: { kind: store.Subject['kind']; subjectId: string }) {
  const { trx, actor, runtime } = call;
  const places = await store.placesOfPerson(trx, actor.personId, call.now);
  const mine =
    kind === 'person'
      ? subjectId === actor.personId
      : (kind === 'group' ? places?.areaIds : places?.unitIds)?.includes(subjectId);
  if (mine !== true) return problem('reminders.not-your-calendar', { status: 403 });
  const at = new Date(machineClock.now());
  const made = await store.renewAddress(trx, actor.personId, { kind, id: subjectId }, secretOf(runtime), at);
  // The address itself never reaches the log.
  await audit(trx, call, {
    action: made.replaced === null ? 'reminders.calendar-made' : 'reminders.calendar-renewed',
    subjectKind: 'calendar-address',
    subjectId: made.id,
    before: made.replaced === null ? undefined : { id: made.replaced },
    after: { kind, subjectId },
  });
  return ownCalendars(call);
}

async function occurrencesOf(
  trx: WardTransaction,
  address: store.AddressRow,
  ports: ReminderPorts,
  now: number,
): Promise<readonly CampaignOccurrence[] | null> {
  const places = await store.placesOfPerson(trx, address.person_id, now);
  if (!places) return null;
  const days = { from: addDays(dayOf(now), -DAYS_BACK), to: addDays(dayOf(now), DAYS_AHEAD) };
  const { area_id: areaId, unit_id: unitId } = address;
  if (areaId !== null && !places.areaIds.includes(areaId)) return null;
  if (unitId !== null && !places.unitIds.includes(unitId)) return null;
  const all = (await ports.occurrences(trx, now, days)).filter(({ dueAt }) => dueAt !== null);
  if (areaId !== null) return all.filter((one) => one.areaId === areaId);
  if (unitId !== null)
    return all.filter(
      ({ accountable }) => accountable !== null && accountable !== 'groups' && accountable.unitId === unitId,
    );
  const book = await responsibilityBook(trx, now);
  return all.filter((one) => {
    const { owers, heads } = book.of(one);
    return owers.includes(address.person_id) || heads.includes(address.person_id);
  });
}

interface Feed {
  readonly text: string;
  readonly etag: string;
}

async function feedOf(
  runtime: Runtime,
  { code, file }: { readonly code: string; readonly file: string },
  ports: ReminderPorts,
  now: number,
): Promise<Feed | null> {
  const wardId = await wardOfAddress(runtime.database, code);
  if (wardId === null) return null;
  return runtime.database.inWard(wardId, async (trx) => {
    const address = await store.findByToken(trx, file.replace(/\.ics$/, ''));
    const occurrences = address && (await occurrencesOf(trx, address, ports, now));
    if (!address || !occurrences) return null;
    const names = await placeNames(trx);
    const place = names.get(address.area_id ?? address.unit_id ?? '');
    const locale = { locale: 'vi' as const };
    const text = calendarText(occurrences, {
      // No name of a person: the file lies about in other people's calendar programs.
      name:
        place === undefined
          ? m.reminders_calendar_mine({}, locale)
          : m.reminders_calendar_of({ place }, locale),
      language: 'VI',
      placeOf: (id) => names.get(id),
      pageOf: (one) => `${runtime.origin}${ports.pageOf(one)}`,
      domain: `${code}.tungnha`,
    });
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
  });
}

/** RFC 9110 §13.1.2: a list of tags or `*`, weak ones compared as if they were not. */
export const matchesTag = (header: string | null, etag: string): boolean =>
  header !== null &&
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);

export const calendarEndpoints = (ports: ReminderPorts): readonly Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/calendars',
    summary: 'One’s own calendar addresses',
    action: 'reminders.own',
    target: itself,
    params: shape.WardPath,
    reply: shape.CalendarList,
    handle: ownCalendars,
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/calendars',
    summary: 'Make a calendar address, or another in its place',
    action: 'reminders.own',
    target: itself,
    params: shape.WardPath,
    body: shape.RenewBody,
    reply: shape.CalendarList,
    status: 201,
    handle: (call, { body }) => renew(call, body),
  }),
  open({
    method: 'get',
    path: '/calendars/:code/:file',
    summary: 'A calendar of duties (RFC 5545) at a secret address',
    open: 'calendar programs cannot sign in; the address is 256 random bits and can be renewed by its owner',
    params: shape.CalendarParams,
    media: 'text/calendar',
    handle: async ({ runtime, now, request }, { params }) => {
      const feed = await feedOf(runtime, params, ports, now);
      if (!feed) return problem('reminders.no-such-calendar', { status: 404 });
      const headers = {
        etag: feed.etag,
        'cache-control': 'private, max-age=0, must-revalidate',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
      };
      if (matchesTag(request.headers.get('if-none-match'), feed.etag))
        return new RawReply(new Response(null, { status: 304, headers }));
      const type = { 'content-type': 'text/calendar; charset=utf-8' };
      return new RawReply(new Response(feed.text, { headers: { ...headers, ...type } }));
    },
  }),
];
