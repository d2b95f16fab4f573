// Zalo's and Facebook's servers on this machine, as their published interfaces describe them: keys that run out, a
// refresh token that works once, lists that lag behind, limits, errors in the body of a 200. Written against the
// documents, not against the clients. The providers' own servers are not reached by any test.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server does with the next requests that post something. */
export type Mood =
  | 'accept'
  /** Done, and the connection is cut before the answer. */
  | 'accept-and-cut'
  /** Done, and a gateway's page comes back. */
  | 'accept-and-502'
  /** Not done, and a gateway's page comes back. */
  | 'drop-and-502'
  | 'too-many'
  | 'refuse';

interface Post {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly at: number;
  /** Machine moment from which lists show it. */
  readonly shownAt: number;
}

export interface ProviderServer {
  readonly origin: string;
  /** What really stands there. */
  readonly posts: readonly Post[];
  /** Moods of the next posting requests, in order; then 'accept'. */
  readonly moods: Mood[];
  /** Requests that were made, method and path. */
  readonly requests: readonly string[];
  /** Breaks the list for the next n readings. */
  blind: number;
  /** How long a post stays out of the lists. */
  lagMs: number;
  now: () => number;
  accessToken: string;
  stop(): Promise<void>;
}
export interface ZaloServer extends ProviderServer {
  refreshToken: string;
  accessExpiresAt: number;
  readonly refreshesUsed: readonly string[];
  /** Articles asked for that are still being made: how often verify says so. */
  making: number;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};
const gateway = (response: ServerResponse) => {
  response.writeHead(502, { 'content-type': 'text/html' });
  response.end('<html>502 Bad Gateway</html>');
};

async function listen(handle: (request: IncomingMessage, response: ServerResponse, body: string) => void) {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => handle(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Does what the mood says around an act; `answer` is what a good day brings. */
function moody(mood: Mood, response: ServerResponse, act: () => void, answer: () => void, bad: () => void) {
  if (mood === 'too-many' || mood === 'refuse') return bad();
  if (mood !== 'drop-and-502') act();
  if (mood === 'accept-and-cut') return void response.destroy();
  if (mood === 'accept') return answer();
  gateway(response);
}

export async function zaloServer(now: () => number): Promise<ZaloServer> {
  const posts: Post[] = [];
  const requests: string[] = [];
  const used: string[] = [];
  const receipts = new Map<string, string>();
  const base = await listen((request, response, body) => {
    const url = new URL(request.url ?? '/', 'http://zalo');
    requests.push(`${request.method ?? ''} ${url.pathname}`);
    if (url.pathname === '/v4/oa/access_token') return renew(request, response, body);
    if (request.headers.access_token !== server.accessToken || server.now() >= server.accessExpiresAt)
      return json(response, 200, { error: -216, message: 'Access token is invalid' });
    const good = (data: unknown) => json(response, 200, { error: 0, message: 'Success', data });
    if (url.pathname === '/v2.0/oa/getoa')
      return good({ oa_id: '579745863508352884', name: 'Công an phường' });
    if (url.pathname === '/v2.0/article/create') return create(response, JSON.parse(body), good);
    if (url.pathname === '/v2.0/article/verify') return verify(response, JSON.parse(body), good);
    if (url.pathname === '/v3.0/oa/group/message') return message(response, JSON.parse(body), good);
    return read(url, response, good);
  });
  const add = (title: string, text: string): string => {
    const id = randomUUID();
    posts.unshift({ id, title, text, at: server.now(), shownAt: server.now() + server.lagMs });
    return id;
  };
  type Good = (data: unknown) => void;

  function renew(request: IncomingMessage, response: ServerResponse, body: string) {
    const form = new URLSearchParams(body);
    const token = form.get('refresh_token') ?? '';
    used.push(token);
    if (request.headers.secret_key !== 'zalo-app-secret' || form.get('app_id') !== '4318')
      return json(response, 200, { error: -14003, error_name: 'Invalid secret key' });
    if (form.get('grant_type') !== 'refresh_token' || token !== server.refreshToken)
      return json(response, 200, {
        error: -14020,
        error_name: 'Invalid refresh token.',
        error_reason: 'The refresh token was used',
      });
    server.refreshToken = randomUUID();
    server.accessToken = randomUUID();
    server.accessExpiresAt = server.now() + 90_000_000;
    json(response, 200, {
      access_token: server.accessToken,
      refresh_token: server.refreshToken,
      expires_in: '90000',
    });
  }
  function create(response: ServerResponse, article: Record<string, unknown>, good: Good) {
    const cover = article.cover as { photo_url?: string } | undefined;
    if (typeof article.title !== 'string' || article.title.length > 150 || !cover?.photo_url)
      return json(response, 200, { error: -201, message: 'cover value is invalid' });
    const receipt = randomUUID();
    moody(
      server.moods.shift() ?? 'accept',
      response,
      () => void receipts.set(receipt, add(String(article.title), JSON.stringify(article))),
      () => good({ token: receipt }),
      () => json(response, 200, { error: -32, message: 'Rate limit exceeded' }),
    );
  }
  function verify(response: ServerResponse, { token }: { token: string }, good: Good) {
    const id = receipts.get(token);
    if (!id) return json(response, 200, { error: -201, message: 'token is invalid' });
    if (server.making-- > 0)
      return json(response, 200, { error: -214, message: 'Article is being processed' });
    good({ id });
  }
  function message(
    response: ServerResponse,
    sent: { recipient: { group_id: string }; message: { text: string } },
    good: Good,
  ) {
    let id = '';
    const mood = server.moods.shift() ?? 'accept';
    moody(
      mood,
      response,
      () => (id = add(sent.recipient.group_id, sent.message.text)),
      () => good({ message_id: id, group_id: sent.recipient.group_id }),
      () =>
        json(
          response,
          200,
          mood === 'refuse'
            ? { error: -201, message: 'group_id is invalid' }
            : { error: -32, message: 'Rate limit exceeded' },
        ),
    );
  }
  function read(url: URL, response: ServerResponse, good: Good) {
    if (server.blind > 0) {
      server.blind--;
      return gateway(response);
    }
    const shown = posts.filter(({ shownAt }) => shownAt <= server.now());
    const offset = Number(url.searchParams.get('offset') ?? 0);
    if (url.pathname === '/v2.0/article/getdetail') {
      const found = shown.find(({ id }) => id === url.searchParams.get('id'));
      return found
        ? good(JSON.parse(found.text))
        : json(response, 200, { error: -201, message: 'id is invalid' });
    }
    if (url.pathname === '/v2.0/article/getslice') {
      if (Number(url.searchParams.get('limit')) > 10)
        return json(response, 200, { error: -201, message: 'maximum limit is 10' });
      const medias = shown.slice(offset, offset + 10).map(({ id, title, at }) => ({
        ...{ id, type: 'normal', title, status: 'show', create_date: at },
        link_view: `https://rd.zapps.vn/detail/${id}`,
      }));
      return good({ medias, total: shown.length });
    }
    if (url.pathname === '/v3.0/oa/group/conversation') {
      const count = Number(url.searchParams.get('count') ?? 5);
      const inGroup = shown.filter(({ title }) => title === url.searchParams.get('group_id'));
      return good(
        inGroup.slice(offset, offset + count).map(({ id, text, at }) => ({
          ...{ message_id: id, src: 0, time: at, type: 'text', message: text },
        })),
      );
    }
    json(response, 404, { error: -209, message: 'API is not support' });
  }

  const server: ZaloServer = {
    ...base,
    ...{ posts, moods: [], requests, refreshesUsed: used, blind: 0, lagMs: 0, making: 0, now },
    ...{ accessToken: 'first-access', refreshToken: 'first-refresh', accessExpiresAt: now() + 90_000_000 },
  };
  return server;
}

export async function facebookServer(now: () => number): Promise<ProviderServer> {
  const posts: Post[] = [];
  const requests: string[] = [];
  const fault = (response: ServerResponse, status: number, code: number, headers = {}) =>
    json(
      response,
      status,
      { error: { message: 'An error', type: 'OAuthException', code, fbtrace_id: 'A' } },
      headers,
    );
  const base = await listen((request, response, body) => {
    const url = new URL(request.url ?? '/', 'http://facebook');
    requests.push(`${request.method ?? ''} ${url.pathname}`);
    if (request.headers.authorization !== `Bearer ${server.accessToken}`) return fault(response, 400, 190);
    const page = url.pathname.replace('/v24.0', '').split('/').filter(Boolean);
    if (page[0] !== '1020') return fault(response, 400, 100);
    if (page.length === 1) return json(response, 200, { id: '1020', name: 'Công an phường' });
    if (request.method === 'POST') return post(response, new URLSearchParams(body));
    if (server.blind > 0) {
      server.blind--;
      return fault(response, 500, 2);
    }
    list(url, response);
  });
  function post(response: ServerResponse, form: URLSearchParams) {
    const mood = server.moods.shift() ?? 'accept';
    const id = `1020_${posts.length + 1}`;
    const text = form.get('message') ?? '';
    moody(
      mood,
      response,
      () =>
        void posts.unshift({ id, title: '', text, at: server.now(), shownAt: server.now() + server.lagMs }),
      () => json(response, 200, { id }),
      () =>
        mood === 'refuse'
          ? fault(response, 403, 200)
          : fault(response, 400, 32, {
              'x-business-use-case-usage': JSON.stringify({
                1020: [{ type: 'pages', call_count: 100, estimated_time_to_regain_access: 45 }],
              }),
            }),
    );
  }
  function list(url: URL, response: ServerResponse) {
    const shown = posts.filter(({ shownAt }) => shownAt <= server.now());
    const from = Number(url.searchParams.get('after') ?? 0);
    const limit = Number(url.searchParams.get('limit') ?? 25);
    const part = shown.slice(from, from + limit);
    json(response, 200, {
      data: part.map(({ id, text, at }) => ({
        ...{ id, message: text, created_time: new Date(at).toISOString() },
        permalink_url: `https://www.facebook.com/${id}`,
      })),
      paging: { cursors: from + limit < shown.length ? { after: String(from + limit) } : {} },
    });
  }
  const server: ProviderServer = {
    ...{ ...base, origin: `${base.origin}/v24.0`, posts, moods: [], requests, blind: 0, lagMs: 0, now },
    accessToken: 'page-token',
  };
  return server;
}
