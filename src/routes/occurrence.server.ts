// One occurrence of a duty, for the office's page and the phone's alike: what is owed, the words of the plan, what was
// done, and the three things one can do about it.
import { error, fail, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { instantOf, isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { OccurrenceReply } from '#features/evidence/calendar-schema.ts';
import { Uploaded } from '#features/evidence/schema.ts';
import { campaignOf } from './active-campaign.server.ts';
import { ask, send } from './ask.server.ts';

async function addressOf(
  event: RequestEvent,
): Promise<{ base: string; campaign: string; query: URLSearchParams }> {
  const campaign = await campaignOf(event);
  const [item, period] = [event.url.searchParams.get('muc'), event.url.searchParams.get('ky')];
  if (!campaign || !item || !period) error(404);
  const query = new URLSearchParams({ item, period });
  const area = event.url.searchParams.get('to');
  if (area) query.set('area', area);
  return { base: `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}`, campaign, query };
}

export async function loadOccurrence(event: RequestEvent) {
  const { base, query } = await addressOf(event);
  const reply = await ask(event, `${base}/calendar/occurrence?${query.toString()}`, OccurrenceReply);
  return { reply, recordId: newId(), pictures: `/api${base}/evidence` };
}

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
  });
  const kept = { note: text(form, 'note'), link: text(form, 'link'), count: text(form, 'count') };
  if (!typed.success) return fail(422, { kept, problem: null });
  const { base } = await addressOf(event);
  const { id, items, area, unit, day, time, count, note, link } = typed.data;
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
    doneAt: isoOf(instantOf(day, time)),
    count,
    note: note || null,
    link: link || null,
    pictures: brought,
  };
  const sent = await send(event, 'POST', `${base}/evidence`, { records: [record] });
  if (!sent.ok) return fail(sent.problem.status, { kept, problem: sent.problem.detail ?? sent.problem.code });
  return { recorded: id };
}

export async function undoRecord(event: RequestEvent) {
  const form = await event.request.formData();
  const { base } = await addressOf(event);
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
