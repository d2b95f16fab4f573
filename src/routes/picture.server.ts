// A picture out of a form, brought to the ward before the record that will name it.
import type { RequestEvent } from '@sveltejs/kit';
import { Uploaded } from '#features/evidence/schema.ts';
import { send } from './ask.server.ts';
import type { Sent } from './ask.server.ts';

/** null: the form carries none. */
export async function bringPicture(
  event: RequestEvent,
  form: FormData,
  name = 'pictures',
): Promise<Sent<string | null>> {
  const file = form.get(name);
  if (!(file instanceof File) || file.size === 0) return { ok: true, data: null };
  const brought = new FormData();
  brought.set('picture', file);
  const ward = `/wards/${event.locals.actor?.wardId ?? 0}`;
  const stored = await send(event, 'POST', `${ward}/pictures`, brought, Uploaded);
  return stored.ok ? { ok: true, data: stored.data.sha256 } : stored;
}
