import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { dayOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { DocumentView } from '#features/reports/papers/schema.ts';
import { runtime } from '#platform/runtime.server.ts';
import { campaignOf } from '../../../active-campaign.server.ts';
import { ask, send } from '../../../ask.server.ts';
import { textOf, textsOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = await campaignOf(event);
  if (!campaign) error(404);
  const base = `/wards/${ward}/campaigns/${campaign}/documents/${event.params.document}`;
  return {
    base: `/api${base}`,
    document: await ask(event, base, DocumentView),
    today: dayOf(runtime().campaignClock.now()),
  };
};

type Event = Parameters<NonNullable<Actions[string]>>[0];

async function place(event: Event) {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = (await campaignOf(event)) ?? '';
  const form = await event.request.formData();
  return {
    documents: `/wards/${ward}/campaigns/${campaign}/documents`,
    text: (name: string) => textOf(form, name),
    all: (name: string) => textsOf(form, name),
  };
}

async function bring(event: Event, kind: 'edited' | 'signed') {
  const ward = event.locals.actor?.wardId ?? 0;
  const campaign = (await campaignOf(event)) ?? '';
  const path = `/wards/${ward}/campaigns/${campaign}/documents/${event.params.document}/${kind}`;
  const sent = await send(event, 'POST', path, await event.request.formData());
  return sent.ok
    ? { saved: true, message: '' }
    : fail(sent.problem.status, { saved: false, message: sent.problem.detail ?? '' });
}

export const actions: Actions = {
  words: async (event) => {
    const { documents, text, all } = await place(event);
    const titles = all('title');
    const bodies = all('body');
    const words = {
      kind: text('kind'),
      subject: text('subject'),
      intro: text('intro'),
      sections: titles.map((title, n) => ({
        title,
        paragraphs: (bodies[n] ?? '')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      })),
    };
    const body = { revision: Number(text('revision')), words };
    const sent = await send(event, 'PUT', `${documents}/${event.params.document}/words`, body);
    return sent.ok
      ? { saved: true, message: '' }
      : fail(sent.problem.status, { saved: false, message: sent.problem.detail ?? '' });
  },
  step: async (event) => {
    const { documents, text } = await place(event);
    const optional = (name: string) => text(name) || null;
    const body = {
      step: text('step'),
      note: optional('note'),
      number: optional('number'),
      datedOn: optional('datedOn'),
    };
    const sent = await send(event, 'POST', `${documents}/${event.params.document}/steps`, body);
    return sent.ok
      ? { saved: true, message: '' }
      : fail(sent.problem.status, { saved: false, message: sent.problem.detail ?? '' });
  },
  edited: (event) => bring(event, 'edited'),
  signed: (event) => bring(event, 'signed'),
  drop: async (event) => {
    const { documents, text } = await place(event);
    const body = { revision: Number(text('revision')) };
    const sent = await send(event, 'POST', `${documents}/${event.params.document}/edited/drop`, body);
    return sent.ok
      ? { saved: true, message: '' }
      : fail(sent.problem.status, { saved: false, message: sent.problem.detail ?? '' });
  },
  replace: async (event) => {
    const { documents, text } = await place(event);
    const body = {
      id: newId(),
      kind: text('kind'),
      fromOn: text('fromOn'),
      toOn: text('toOn'),
      replaces: { id: event.params.document ?? '', why: text('why') },
    };
    const sent = await send(event, 'POST', documents, body, z.object({ id: z.string() }));
    if (!sent.ok) return fail(sent.problem.status, { saved: false, message: sent.problem.detail ?? '' });
    redirect(303, `/van-ban/${sent.data.id}`);
  },
};
