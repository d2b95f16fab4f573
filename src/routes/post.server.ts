// Recording that something was posted, for the office's page of a channel and the phone's alike.
import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { isoOf } from '#core/clock.ts';
import { Uploaded } from '#features/evidence/schema.ts';
import { Posted } from '#features/publishing/channels-schema.ts';
import { runtime } from '#platform/runtime.server.ts';
import { send } from './ask.server.ts';
import { textOf } from './form-text.ts';

const ward = ({ locals }: RequestEvent) => `/wards/${locals.actor?.wardId ?? 0}`;

/** The picture first: a post names what is stored. What was typed comes back with a refusal. */
export async function recordPost(event: RequestEvent) {
  const form = await event.request.formData();
  const kept = { link: textOf(form, 'link'), note: textOf(form, 'note'), text: textOf(form, 'text') };
  const file = form.get('pictures');
  let picture: string | null = null;
  if (file instanceof File && file.size > 0) {
    const brought = new FormData();
    brought.set('picture', file);
    const stored = await send(event, 'POST', `${ward(event)}/pictures`, brought, Uploaded);
    if (!stored.ok) return fail(stored.problem.status, { kept, message: stored.problem.detail ?? '' });
    picture = stored.data.sha256;
  }
  const body = {
    id: textOf(form, 'id'),
    textId: kept.text || null,
    postedAt: isoOf(runtime().campaignClock.now()),
    link: kept.link.trim() || null,
    picture,
    note: kept.note.trim() || null,
  };
  const sent = await send(
    event,
    'POST',
    `${ward(event)}/channels/${textOf(form, 'channel')}/posts`,
    body,
    Posted,
  );
  if (!sent.ok) return fail(sent.problem.status, { kept, message: sent.problem.detail ?? '' });
  return { posted: sent.data.itemIds.length, post: sent.data.id };
}

export async function undoPost(event: RequestEvent) {
  const form = await event.request.formData();
  const body = { reason: textOf(form, 'reason') };
  const sent = await send(event, 'POST', `${ward(event)}/posts/${textOf(form, 'post')}/undo`, body);
  return sent.ok ? { undone: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
}
