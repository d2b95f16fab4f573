// One occurrence of a duty, for the office's page and the phone's alike: what is owed, the words of the plan, what was
// done, and the three things one can do about it.
import { error, fail, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { instantOf, isoOf, isTimeOfDay } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { ALL_GROUPS, sheetPlace } from '#features/evidence/calendar-grouping.ts';
import type { SheetPlace } from '#features/evidence/calendar-grouping.ts';
import { CalendarReply, OccurrenceReply } from '#features/evidence/calendar-schema.ts';
import { Uploaded, WAYS_REACHED } from '#features/evidence/schema.ts';
import { runtime } from '#platform/runtime.server.ts';
import { campaignOf } from './active-campaign.server.ts';
import { ask, send } from './ask.server.ts';

/** Named in parts by a page of its own, in one word (`mo`) by the sheet beside a list. */
function placeIn({ searchParams }: URL): SheetPlace | null {
  const [item, period] = [searchParams.get('muc'), searchParams.get('ky')];
  return item && period ? { item, period, area: searchParams.get('to') } : sheetPlace(searchParams.get('mo'));
}

const baseOf = (event: RequestEvent, campaign: string): string =>
  `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}`;

const queryOf = ({ item, period, area }: SheetPlace): URLSearchParams =>
  new URLSearchParams({ item, period, ...(area ? { area } : {}) });

async function campaignBase(event: RequestEvent): Promise<string> {
  const campaign = await campaignOf(event);
  return campaign ? baseOf(event, campaign) : error(404);
}

async function addressOf(event: RequestEvent): Promise<{ base: string; query: URLSearchParams }> {
  const place = placeIn(event.url) ?? error(404);
  return { base: await campaignBase(event), query: queryOf(place) };
}

export async function loadOccurrence(event: RequestEvent) {
  const { base, query } = await addressOf(event);
  const reply = await ask(event, `${base}/calendar/occurrence?${query.toString()}`, OccurrenceReply);
  return { reply, recordId: newId(), pictures: `/api${base}/evidence` };
}

/** What the sheet beside a list shows: one occurrence, or how one duty stands in all groups; null: closed. */
export async function loadSheet(event: RequestEvent, campaign: string) {
  const place = placeIn(event.url);
  if (!place) return null;
  if (place.area !== ALL_GROUPS) return { one: await loadOccurrence(event), all: null };
  const query = new URLSearchParams({ item: place.item, from: place.period, to: place.period });
  const all = await ask(event, `${baseOf(event, campaign)}/calendar?${query.toString()}`, CalendarReply);
  const own = all.occurrences.filter(({ periodStart }) => periodStart === place.period);
  return { one: null, all: { ...all, occurrences: own } };
}
export type Sheet = Awaited<ReturnType<typeof loadSheet>>;

const Fields = z.object({
  id: z.uuid(),
  items: z.array(z.uuid()).min(1),
  area: z.string(),
  unit: z.string(),
  day: z.string(),
  time: z.string(),
  count: z.coerce.number().int().min(1).max(1_000_000).catch(1),
  note: z.string().max(2_000),
  link: z.string().max(2_000),
  /** Whose work it was, where the duty desk enters it. */
  person: z.uuid().optional(),
  reachedBy: z.enum(WAYS_REACHED).optional(),
  reachedTime: z.string().optional(),
});

async function pictures(event: RequestEvent, files: readonly File[]): Promise<string[] | string> {
  const stored: string[] = [];
  for (const file of files) {
    if (file.size === 0) continue;
    const form = new FormData();
    form.set('picture', file);
    const sent = await send(
      event,
      'POST',
      `/wards/${event.locals.actor?.wardId ?? 0}/pictures`,
      form,
      Uploaded,
    );
    if (!sent.ok) return sent.problem.detail ?? sent.problem.code;
    stored.push(sent.data.sha256);
  }
  return stored;
}

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

function behalfOf({ person, reachedBy, reachedTime, day, time }: z.infer<typeof Fields>) {
  if (!person || !reachedBy) return null;
  return { personId: person, reachedBy, reachedAt: isoOf(instantOf(day, reachedTime ?? time)) };
}

/** The words a person typed come back with a refusal, so that nothing is typed twice. */
export async function recordOccurrence(event: RequestEvent) {
  const form = await event.request.formData();
  const typed = Fields.safeParse({
    id: text(form, 'id'),
    items: form.getAll('items'),
    area: text(form, 'area'),
    unit: text(form, 'unit'),
    day: text(form, 'day'),
    time: text(form, 'time'),
    count: text(form, 'count') || '1',
    note: text(form, 'note'),
    link: text(form, 'link').trim(),
    person: text(form, 'person') || undefined,
    reachedBy: text(form, 'reachedBy') || undefined,
    reachedTime: text(form, 'reachedTime') || undefined,
  });
  const kept = { note: text(form, 'note'), link: text(form, 'link'), count: text(form, 'count') };
  if (!typed.success) return fail(422, { kept, problem: null });
  const { id, items, area, unit, day, time, count, note, link } = typed.data;
  if (day !== '' && !(isDateOn(day) && isTimeOfDay(time))) return fail(422, { kept, problem: null });
  const base = await campaignBase(event);
  const brought = await pictures(
    event,
    form.getAll('pictures').filter((file): file is File => file instanceof File),
  );
  if (typeof brought === 'string') return fail(422, { kept, problem: brought });
  const record = {
    id,
    itemIds: items,
    areaId: area || null,
    unitId: unit || null,
    // One tap says "now" and leaves it to the server what time that is.
    doneAt: isoOf(day === '' ? runtime().campaignClock.now() : instantOf(day, time)),
    count,
    note: note || null,
    link: link || null,
    pictures: brought,
    onBehalf: behalfOf(typed.data),
  };
  const sent = await send(event, 'POST', `${base}/evidence`, { records: [record] });
  if (!sent.ok) return fail(sent.problem.status, { kept, problem: sent.problem.detail ?? sent.problem.code });
  return { recorded: id };
}

export async function undoRecord(event: RequestEvent) {
  const form = await event.request.formData();
  const base = await campaignBase(event);
  const reason = text(form, 'reason') || text(form, 'default-reason');
  const sent = await send(event, 'POST', `${base}/evidence/${text(form, 'evidence')}/undo`, { reason });
  return sent.ok
    ? { undone: true }
    : fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
}

export async function excuseOccurrence(event: RequestEvent) {
  const form = await event.request.formData();
  const { base, query } = await addressOf(event);
  const body = {
    id: text(form, 'id'),
    itemId: query.get('item'),
    areaId: query.get('area'),
    periodStart: query.get('period'),
    reason: text(form, 'reason'),
  };
  const sent = await send(event, 'POST', `${base}/excuses`, body);
  if (!sent.ok) return fail(sent.problem.status, { problem: sent.problem.detail ?? sent.problem.code });
  const rest = [...event.url.searchParams].filter(([name]) => !name.startsWith('/'));
  redirect(303, `${event.url.pathname}?${new URLSearchParams(rest).toString()}`);
}
