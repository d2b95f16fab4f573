// Zalo Official Account, by its published interface: articles (create → verify), messages to groups the account itself
// made, and keys that run out after about a day with a refresh token that works once. An answer is HTTP 200 with a number
// in `error`; the sign-in server says its errors by name, also with HTTP 200.
import { z } from 'zod';
import { HOUR, machineClock } from '#core/clock.ts';
import { ARTICLE, markerLine, shortened } from '#features/publishing/outlets/model.ts';
import type { Looked, Outcome } from '#features/publishing/outlets/model.ts';
import type {
  Account,
  Checked,
  Hosts,
  Outgoing,
  ProviderClient,
  Renewed,
} from '#features/publishing/outlets/provider.ts';
import { ask, retryAfterMs } from '#features/publishing/outlets/wire.server.ts';
import type { Answer } from '#features/publishing/outlets/wire.server.ts';

const Reply = z.looseObject({
  error: z.coerce.number(),
  message: z.string().optional(),
  data: z.unknown().optional(),
});
const Token = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  /** Said as text of seconds. */
  expires_in: z.coerce.number().positive(),
});
const TokenError = z.looseObject({ error: z.coerce.number().optional(), error_name: z.string().optional() });
const Created = z.looseObject({ token: z.string().min(1) });
const Made = z.looseObject({ id: z.string().optional(), article_id: z.string().optional() });
const Message = z.looseObject({ message_id: z.string().min(1) });
const Slice = z.looseObject({
  medias: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string().optional(),
      create_date: z.coerce.number(),
      link_view: z.string().optional(),
    }),
  ),
});
const Conversation = z.array(
  z.looseObject({ message_id: z.string(), time: z.coerce.number(), message: z.string().nullish() }),
);
const Oa = z.looseObject({ oa_id: z.union([z.string(), z.number()]).optional(), name: z.string() });

/** Access token wrong or run out. */
const KEY_ENDED = new Set([-216, -124]);
/** Too many requests in a minute. */
const TOO_FAST = -32;
/** The account's own quota is used up: another day brings more. */
const QUOTA = -211;
const STILL_MAKING = -214;
/** A list gives ten at most. */
const PAGE = 10;
const PAGES = 5;
/** Their clock and ours need not agree. */
const SLACK_MS = 10 * 60_000;

const ms = (time: number): number => (time < 1e12 ? time * 1000 : time);

/** What an answer says about a post, other than that it stands. */
function failureOf(answer: Answer, repeatable: boolean): Exclude<Outcome, { is: 'sent' | 'making' }> | null {
  if (answer.is === 'never-left') return { is: 'later', code: answer.code, afterMs: null };
  if (answer.is === 'silent')
    return repeatable
      ? { is: 'later', code: answer.code, afterMs: null }
      : { is: 'unclear', code: answer.code };
  const now = machineClock.now();
  if (answer.status === 429)
    return { is: 'later', code: 'http-429', afterMs: retryAfterMs(answer.headers, now) ?? 60_000 };
  const reply = Reply.safeParse(answer.body);
  if (!reply.success || answer.status >= 500) {
    const code = `http-${answer.status}`;
    if (answer.status === 401) return { is: 'key-ended', code };
    if (answer.status >= 400 && answer.status < 500) return { is: 'refused', code };
    // A gateway's page instead of an answer: whoever stands behind it may have done the work.
    return repeatable ? { is: 'later', code, afterMs: null } : { is: 'unclear', code };
  }
  const { error } = reply.data;
  if (error === 0) return null;
  const code = `zalo${error}`;
  if (KEY_ENDED.has(error)) return { is: 'key-ended', code };
  if (error === TOO_FAST) return { is: 'later', code, afterMs: retryAfterMs(answer.headers, now) ?? 60_000 };
  if (error === QUOTA) return { is: 'later', code, afterMs: 6 * HOUR };
  if (error === STILL_MAKING) return { is: 'later', code, afterMs: null };
  return { is: 'refused', code };
}

const dataOf = <T>(answer: Answer, shape: z.ZodType<T>): T | null => {
  const reply = answer.is === 'answered' ? Reply.safeParse(answer.body) : null;
  const data = reply?.success ? shape.safeParse(reply.data.data) : null;
  return data?.success ? data.data : null;
};

const call = (hosts: Hosts, account: Account, method: 'GET' | 'POST', path: string, json?: unknown) =>
  ask({
    method,
    url: hosts.zaloApi + path,
    headers: { access_token: account.keys.accessToken ?? '' },
    ...(json === undefined ? {} : { json }),
  });

async function sendArticle(hosts: Hosts, account: Account, post: Outgoing): Promise<Outcome> {
  const answer = await call(hosts, account, 'POST', '/v2.0/article/create', {
    type: 'normal',
    title: shortened(post.title, ARTICLE.title),
    author: shortened(post.author, ARTICLE.author),
    description: shortened(post.summary, ARTICLE.description),
    cover: { cover_type: 'photo', photo_url: post.coverUrl ?? '', status: 'show' },
    body: [
      ...post.body.split('\n\n').map((content) => ({ type: 'text', content })),
      { type: 'text', content: markerLine(post.marker) },
    ],
    status: 'show',
    comment: 'hide',
  });
  const failure = failureOf(answer, false);
  if (failure) return failure;
  const created = dataOf(answer, Created);
  return created ? { is: 'making', receipt: created.token } : { is: 'unclear', code: 'no-receipt' };
}

async function sendMessage(hosts: Hosts, account: Account, post: Outgoing): Promise<Outcome> {
  const text = `${post.body}\n\n${markerLine(post.marker)}`;
  const answer = await call(hosts, account, 'POST', '/v3.0/oa/group/message', {
    recipient: { group_id: post.target },
    // "[@…]" would call members by name; nothing of a text is meant so.
    message: { text: text.replaceAll('[@', '[ @') },
  });
  const failure = failureOf(answer, false);
  if (failure) return failure;
  const sent = dataOf(answer, Message);
  return sent
    ? { is: 'sent', externalId: sent.message_id, url: null }
    : { is: 'unclear', code: 'no-message-id' };
}

type Read<T> = { readonly data: T } | { readonly blind: Extract<Looked, { is: 'blind' }> };

async function read<T>(hosts: Hosts, account: Account, path: string, shape: z.ZodType<T>): Promise<Read<T>> {
  const answer = await call(hosts, account, 'GET', path);
  const failure = failureOf(answer, true);
  if (failure) return { blind: { is: 'blind', code: failure.code, keyEnded: failure.is === 'key-ended' } };
  const data = dataOf(answer, shape);
  return data === null ? { blind: { is: 'blind', code: 'no-list' } } : { data };
}

/** The list has titles only: whatever is new enough is opened, and its marker looked for. */
async function lookForArticle(
  hosts: Hosts,
  account: Account,
  post: Outgoing,
  since: number,
): Promise<Looked> {
  const newEnough = (time: number) => ms(time) >= since - SLACK_MS;
  for (let page = 0; page < PAGES; page++) {
    const path = `/v2.0/article/getslice?offset=${page * PAGE}&limit=${PAGE}&type=normal`;
    const slice = await read(hosts, account, path, Slice);
    if ('blind' in slice) return slice.blind;
    const { medias } = slice.data;
    for (const media of medias.filter((one) => newEnough(one.create_date))) {
      const at = `/v2.0/article/getdetail?id=${encodeURIComponent(media.id)}`;
      const detail = await read(hosts, account, at, z.looseObject({}));
      if ('blind' in detail) return detail.blind;
      if (JSON.stringify(detail.data).includes(post.marker))
        return { is: 'found', externalId: media.id, url: media.link_view ?? null };
    }
    const last = medias.at(-1);
    if (medias.length < PAGE || (last && !newEnough(last.create_date))) return { is: 'absent' };
  }
  return { is: 'blind', code: 'list-too-long' };
}

async function lookForMessage(
  hosts: Hosts,
  account: Account,
  post: Outgoing,
  since: number,
): Promise<Looked> {
  const group = encodeURIComponent(post.target ?? '');
  for (let page = 0; page < PAGES; page++) {
    const path = `/v3.0/oa/group/conversation?group_id=${group}&offset=${page * PAGE}&count=${PAGE}`;
    const messages = await read(hosts, account, path, Conversation);
    if ('blind' in messages) return messages.blind;
    const found = messages.data.find(({ message }) => message?.includes(post.marker) ?? false);
    if (found) return { is: 'found', externalId: found.message_id, url: null };
    const last = messages.data.at(-1);
    if (messages.data.length < PAGE || (last && ms(last.time) < since - SLACK_MS)) return { is: 'absent' };
  }
  return { is: 'blind', code: 'list-too-long' };
}

async function askForArticle(hosts: Hosts, account: Account, post: Outgoing): Promise<Outcome> {
  const answer = await call(hosts, account, 'POST', '/v2.0/article/verify', { token: post.receipt });
  const failure = failureOf(answer, true);
  if (failure) return failure;
  const made = dataOf(answer, Made);
  const id = made?.id ?? made?.article_id;
  return id ? { is: 'sent', externalId: id, url: null } : { is: 'making', receipt: post.receipt ?? '' };
}

async function check(hosts: Hosts, account: Account): Promise<Checked> {
  const answer = await call(hosts, account, 'GET', '/v2.0/oa/getoa');
  const failure = failureOf(answer, true);
  if (failure) return failure.is === 'unclear' ? { is: 'later', code: failure.code } : failure;
  const oa = dataOf(answer, Oa);
  if (!oa) return { is: 'refused', code: 'no-account' };
  return oa.oa_id === undefined || String(oa.oa_id) === account.ref
    ? { is: 'works', name: oa.name }
    : { is: 'refused', code: 'another-account' };
}

export const zaloClient = (hosts: Hosts): ProviderClient => ({
  send: (account, post) =>
    post.way === 'article' ? sendArticle(hosts, account, post) : sendMessage(hosts, account, post),
  ask: (account, post) => askForArticle(hosts, account, post),
  look: (account, post, since) =>
    post.way === 'article'
      ? lookForArticle(hosts, account, post, since)
      : lookForMessage(hosts, account, post, since),
  check: (account) => check(hosts, account),
  renew: (account, now) => renew(hosts, account, now),
});

async function renew(hosts: Hosts, account: Account, now: number): Promise<Renewed> {
  const answer = await ask({
    method: 'POST',
    url: `${hosts.zaloOauth}/v4/oa/access_token`,
    headers: { secret_key: account.keys.appSecret ?? '' },
    form: {
      refresh_token: account.keys.refreshToken ?? '',
      app_id: account.appId ?? '',
      grant_type: 'refresh_token',
    },
  });
  if (answer.is !== 'answered') return { is: 'later', code: answer.code };
  const token = Token.safeParse(answer.body);
  if (token.success)
    return {
      is: 'renewed',
      keys: {
        accessToken: token.data.access_token,
        refreshToken: token.data.refresh_token,
        appSecret: account.keys.appSecret,
      },
      expiresAt: now + token.data.expires_in * 1000,
    };
  const said = TokenError.safeParse(answer.body);
  if (answer.status >= 500 || answer.status === 429 || !said.success)
    return { is: 'later', code: `http-${answer.status}` };
  const { error, error_name: name } = said.data;
  return error === TOO_FAST
    ? { is: 'later', code: `zalo${error}` }
    : { is: 'lost', code: error === undefined ? (name ?? 'refused') : `zalo${error}` };
}
