// Taking, filing and undoing a handing over: the same on the page of the ward and of a group.
import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { send } from '../../ask.server.ts';
import { textOf } from '../../form-text.ts';
import { refused } from '../to-dan-pho/forms.server.ts';

async function step(event: RequestEvent, name: 'take' | 'file' | 'undo', body: (form: FormData) => object) {
  const ward = event.locals.actor?.wardId ?? error(401);
  const form = await event.request.formData();
  const id = encodeURIComponent(textOf(form, 'handover'));
  const sent = await send(event, 'POST', `/wards/${ward}/handovers/${id}/${name}`, body(form));
  return sent.ok ? { done: true as const } : refused(sent.problem, form);
}

export const custodyActions = {
  take: (event: RequestEvent) => step(event, 'take', () => ({})),
  undo: (event: RequestEvent) => step(event, 'undo', () => ({})),
  file: (event: RequestEvent) => step(event, 'file', (form) => ({ where: textOf(form, 'where') })),
};
