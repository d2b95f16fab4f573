import { fail, redirect } from '@sveltejs/kit';
import { PreviewReply } from '#registry/setup/shapes.ts';
import { send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, RequestEvent } from './$types';

type Groups = PreviewReply['groups'];

/** A chosen file counts before what stands in the box. */
async function read(event: RequestEvent, form: FormData) {
  const file = form.get('file');
  if (file instanceof File && file.size > 0) {
    const upload = new FormData();
    upload.set('file', file);
    return send(event, 'POST', '/setup/groups/read-sheet', upload, PreviewReply);
  }
  return send(event, 'POST', '/setup/groups/read', { text: textOf(form, 'text') }, PreviewReply);
}

const asText = (groups: Groups): string =>
  groups.map(({ name, households }) => (households === null ? name : `${name}; ${households}`)).join('\n');

export const actions: Actions = {
  read: async (event) => {
    const form = await event.request.formData();
    const sent = await read(event, form);
    if (!sent.ok) return fail(sent.problem.status, { problem: sent.problem, text: textOf(form, 'text') });
    const { groups } = sent.data;
    // What a sheet held stands in the box from now on, to be mended there.
    const file = form.get('file');
    const fromFile = file instanceof File && file.size > 0;
    return { groups, text: fromFile ? asText(groups) : textOf(form, 'text') };
  },
  keep: async (event) => {
    const text = textOf(await event.request.formData(), 'text');
    const sent = await send(event, 'POST', '/setup/groups/read', { text }, PreviewReply);
    if (!sent.ok) return fail(sent.problem.status, { problem: sent.problem, text });
    const { groups } = sent.data;
    if (groups.length === 0 || groups.some(({ problem }) => problem !== null)) return { groups, text };
    const wish = { groups: groups.map(({ name, households }) => ({ name, households })) };
    const kept = await send(event, 'PUT', '/setup/groups', wish);
    if (!kept.ok) return fail(kept.problem.status, { problem: kept.problem, text });
    redirect(303, '/cai-dat/don-vi');
  },
};
