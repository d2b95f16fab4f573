// A Facebook page, by the published Pages API: a post on the page's feed, the feed read back, the page itself asked for.
// The key stands in the Authorization header and never in an address; a proof of the app's secret goes beside it where
// one was given. Limits are said in the error's code and, for pages, in a header of usage.
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { HOUR, MINUTE } from '#core/clock.ts';
import { markerLine } from '#features/publishing/outlets/model.ts';
import type { Looked, Outcome } from '#features/publishing/outlets/model.ts';
import type {
  Account,
  Checked,
  Hosts,
  Outgoing,
  ProviderClient,
} from '#features/publishing/outlets/provider.ts';
import { ask } from '#features/publishing/outlets/wire.server.ts';
import type { Answer } from '#features/publishing/outlets/wire.server.ts';

const Failure = z.looseObject({
  error: z.looseObject({ code: z.number(), error_subcode: z.number().optional() }),
});
const Posted = z.looseObject({ id: z.string().min(1) });
const Feed = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      message: z.string().optional(),
      created_time: z.string(),
      permalink_url: z.string().optional(),
    }),
  ),
  paging: z.looseObject({ cursors: z.looseObject({ after: z.string().optional() }).optional() }).optional(),
});
const Page = z.looseObject({ id: z.string(), name: z.string() });
const Usage = z.record(
  z.string(),
  z.array(z.looseObject({ estimated_time_to_regain_access: z.number().optional() })),
);

/** Signed out, password changed, run out: somebody must connect the page again. */
const KEY_ENDED = new Set([102, 190]);
/** Calls of the app, of the user, of the page; posting too fast. */
const TOO_MANY = new Set([4, 17, 32, 341, 613, 80_001]);
/** "Possibly temporary": the post may have been made. */
const UNKNOWN = new Set([1, 2]);
/** The same words were posted a moment ago: perhaps by us. */
const DUPLICATE = 506;
/** Blocked for a while for breaking a rule. */
const BLOCKED = 368;
const SLACK_MS = 10 * MINUTE;
const PAGE = 25;
const PAGES = 4;

function waitOf(headers: Headers): number {
  let usage: unknown = null;
  try {
    usage = JSON.parse(headers.get('x-business-use-case-usage') ?? 'null') as unknown;
  } catch {
    // A header that cannot be read says nothing.
  }
  const parsed = Usage.safeParse(usage);
  const minutes = parsed.success
    ? Object.values(parsed.data)
        .flat()
        .map((one) => one.estimated_time_to_regain_access ?? 0)
    : [];
  return Math.max(15 * MINUTE, ...minutes.map((one) => one * MINUTE));
}

function failureOf(answer: Answer, repeatable: boolean): Exclude<Outcome, { is: 'sent' | 'making' }> | null {
  if (answer.is === 'never-left') return { is: 'later', code: answer.code, afterMs: null };
  const unsure = (code: string) =>
    repeatable ? ({ is: 'later', code, afterMs: null } as const) : ({ is: 'unclear', code } as const);
  if (answer.is === 'silent') return unsure(answer.code);
  const failure = Failure.safeParse(answer.body);
  if (!failure.success) {
    if (answer.status >= 200 && answer.status < 300) return null;
    if (answer.status === 429) return { is: 'later', code: 'http-429', afterMs: waitOf(answer.headers) };
    return answer.status >= 500
      ? unsure(`http-${answer.status}`)
      : { is: 'refused', code: `http-${answer.status}` };
  }
  const { code } = failure.data.error;
  const said = `facebook-${code}`;
  if (KEY_ENDED.has(code)) return { is: 'key-ended', code: said };
  if (TOO_MANY.has(code)) return { is: 'later', code: said, afterMs: waitOf(answer.headers) };
  if (code === BLOCKED) return { is: 'later', code: said, afterMs: 6 * HOUR };
  if (UNKNOWN.has(code) || code === DUPLICATE) return unsure(said);
  return { is: 'refused', code: said };
}

const bodyOf = <T>(answer: Answer, shape: z.ZodType<T>): T | null => {
  const parsed = answer.is === 'answered' ? shape.safeParse(answer.body) : null;
  return parsed?.success ? parsed.data : null;
};

function proofOf({ keys }: Account): Readonly<Record<string, string>> {
  return keys.appSecret === null
    ? {}
    : {
        appsecret_proof: createHmac('sha256', keys.appSecret)
          .update(keys.accessToken ?? '')
          .digest('hex'),
      };
}

export function facebookClient(hosts: Hosts): ProviderClient {
  const headers = ({ keys }: Account) => ({ authorization: `Bearer ${keys.accessToken ?? ''}` });
  const read = (account: Account, path: string, query: Readonly<Record<string, string>>) =>
    ask({
      method: 'GET',
      url: `${hosts.facebook}/${path}?${new URLSearchParams({ ...query, ...proofOf(account) }).toString()}`,
      headers: headers(account),
    });

  async function send(account: Account, post: Outgoing): Promise<Outcome> {
    const answer = await ask({
      method: 'POST',
      url: `${hosts.facebook}/${encodeURIComponent(account.ref)}/feed`,
      headers: headers(account),
      form: {
        message: `${post.body}\n\n${markerLine(post.marker)}`,
        ...(post.link === null ? {} : { link: post.link }),
        ...proofOf(account),
      },
    });
    const failure = failureOf(answer, false);
    if (failure) return failure;
    const posted = bodyOf(answer, Posted);
    return posted
      ? { is: 'sent', externalId: posted.id, url: `https://www.facebook.com/${posted.id}` }
      : { is: 'unclear', code: 'no-post-id' };
  }

  async function look(account: Account, post: Outgoing, since: number): Promise<Looked> {
    let after: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      const answer = await read(account, `${encodeURIComponent(account.ref)}/feed`, {
        fields: 'id,message,created_time,permalink_url',
        limit: String(PAGE),
        ...(after === undefined ? {} : { after }),
      });
      const failure = failureOf(answer, true);
      if (failure) return { is: 'blind', code: failure.code, keyEnded: failure.is === 'key-ended' };
      const feed = bodyOf(answer, Feed);
      if (!feed) return { is: 'blind', code: 'no-list' };
      const found = feed.data.find(({ message }) => message?.includes(post.marker) ?? false);
      if (found) return { is: 'found', externalId: found.id, url: found.permalink_url ?? null };
      after = feed.paging?.cursors?.after;
      // The last of a page, not any: a post pinned to the top may be years old.
      const last = feed.data.at(-1);
      const past = last === undefined || Date.parse(last.created_time) < since - SLACK_MS;
      if (past || after === undefined) return { is: 'absent' };
    }
    return { is: 'blind', code: 'list-too-long' };
  }

  return {
    send,
    // Facebook gives no receipts: a post stands or it does not.
    ask: (_account, post) => Promise.resolve({ is: 'unclear', code: `no-receipt-${post.way}` }),
    look,
    async check(account): Promise<Checked> {
      const answer = await read(account, encodeURIComponent(account.ref), { fields: 'id,name' });
      const failure = failureOf(answer, true);
      if (failure) return failure.is === 'unclear' ? { is: 'later', code: failure.code } : failure;
      const page = bodyOf(answer, Page);
      return page ? { is: 'works', name: page.name } : { is: 'refused', code: 'no-page' };
    },
  };
}
