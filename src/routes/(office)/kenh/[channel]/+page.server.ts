import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { ask, send } from '../../../ask.server.ts';
import type { Sent } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import { recordPost, undoPost } from '../../../post.server.ts';
import { newId } from '#core/ids.ts';
import { ChannelReply, LinksAsked } from '#features/publishing/channels-schema.ts';
import { AccountsReply, SendsReply } from '#features/publishing/outlets/schema.ts';
import { TextsReply } from '#features/publishing/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const ward = ({ locals }: RequestEvent) => `/wards/${locals.actor?.wardId ?? 0}`;

const answer = (sent: Sent<unknown>, done: object) =>
  sent.ok ? done : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
const channelOf = (event: RequestEvent<{ channel: string }>) =>
  `${ward(event)}/channels/${event.params.channel}`;

export const load: PageServerLoad = async (event) => {
  const outlet = await ask(event, `${channelOf(event)}/sends`, SendsReply);
  const accounts = outlet.may.connect ? await ask(event, `${ward(event)}/outlets`, AccountsReply) : null;
  const { texts } = await ask(event, `${ward(event)}/texts?state=approved`, TextsReply);
  return {
    ...(await ask(event, `${ward(event)}/channels/${event.params.channel}`, ChannelReply)),
    texts: texts
      .filter(({ publicVersion }) => publicVersion !== null)
      .map(({ id, title }) => ({ id, title })),
    outlet,
    accounts: accounts?.accounts ?? [],
    sendId: newId(),
    postId: newId(),
    api: `/api${ward(event)}`,
    chosen: event.url.searchParams.get('bai') ?? undefined,
  };
};

export const actions: Actions = {
  post: recordPost,
  undo: undoPost,
  confirm: async (event) => {
    const post = textOf(await event.request.formData(), 'post');
    const sent = await send(event, 'POST', `${ward(event)}/posts/${post}/confirm`);
    return sent.ok ? { confirmed: true } : fail(sent.problem.status, { message: sent.problem.detail ?? '' });
  },
  links: async (event) => {
    const sent = await send(event, 'POST', `${channelOf(event)}/links/look`, undefined, LinksAsked);
    return sent.ok ? { links: sent.data.links } : answer(sent, {});
  },
  link: async (event) => {
    const form = await event.request.formData();
    const [accountId, way] = textOf(form, 'account').split(' ');
    const body = {
      ...{ accountId, way },
      target: textOf(form, 'target').trim() || null,
      coverUrl: textOf(form, 'cover').trim() || null,
    };
    return answer(await send(event, 'PUT', `${channelOf(event)}/link`, body), { linked: true });
  },
  unlink: async (event) => answer(await send(event, 'DELETE', `${channelOf(event)}/link`), { linked: true }),
  send: async (event) => {
    const form = await event.request.formData();
    const body = { id: textOf(form, 'id'), textId: textOf(form, 'text') };
    return answer(await send(event, 'POST', `${channelOf(event)}/sends`, body), { asked: true });
  },
  sendStep: async (event) => {
    const form = await event.request.formData();
    const at = `${ward(event)}/sends/${textOf(form, 'send')}`;
    const step = textOf(form, 'step');
    if (step === 'seen' || step === 'absent')
      return answer(await send(event, 'POST', `${at}/settle`, { stands: step === 'seen' }), {
        settled: true,
      });
    return answer(await send(event, 'POST', `${at}/${step === 'again' ? 'again' : 'cancel'}`), {
      settled: true,
    });
  },
};
