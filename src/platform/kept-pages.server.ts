// Pages that are the same for everybody, kept as they were once drawn and given again while nothing they show has
// changed. Whether something has is asked of the database for every request, so it holds with any number of processes:
// the question is one short statement, and whoever comes while it runs waits for the next one, which all of them share.
// An answer therefore never shows less than what was committed before its request arrived.
import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { failureDetail } from '#platform/log.server.ts';
import { findRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export interface KeptRules {
  /** Whose page an address is, when it may be kept at all. */
  readonly placeOf: (path: string) => string | null;
  /** Cookies that change how such a page looks; a request with any other is drawn for itself and never kept. */
  readonly cookies: readonly string[];
  /** Differs whenever anything such a page shows has changed. Null: no such place. */
  readonly stampOf: (runtime: Runtime, place: string) => Promise<string | null>;
}

interface KeptPage {
  readonly place: string;
  readonly stamp: string;
  readonly headers: OutgoingHttpHeaders;
  readonly etag: string;
  readonly body: Buffer;
  packed: Buffer | null;
}

/** A ward has some fifty public pages of 40 kB in a handful of looks; beyond this the page longest unasked for goes. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_PAGES = 4_000;
const pack = promisify(brotliCompress);

export class PageStore {
  readonly #pages = new Map<string, KeptPage>();
  readonly #limit: { readonly bytes: number; readonly pages: number };
  #bytes = 0;

  constructor(limit = { bytes: MOST_BYTES, pages: MOST_PAGES }) {
    this.#limit = limit;
  }

  get size(): { pages: number; bytes: number } {
    return { pages: this.#pages.size, bytes: this.#bytes };
  }

  get(key: string, stamp: string): KeptPage | null {
    const found = this.#pages.get(key);
    if (!found) return null;
    this.#drop(key, found);
    if (found.stamp !== stamp) return null;
    // Last in the map is last to go.
    this.put(key, found);
    return found;
  }

  put(key: string, page: KeptPage): void {
    const before = this.#pages.get(key);
    if (before) this.#drop(key, before);
    this.#pages.set(key, page);
    this.#bytes += weigh(page);
    for (const [oldest, gone] of this.#pages) {
      if (this.#bytes <= this.#limit.bytes && this.#pages.size <= this.#limit.pages) break;
      this.#drop(oldest, gone);
    }
  }

  #drop(key: string, page: KeptPage): void {
    this.#pages.delete(key);
    this.#bytes -= weigh(page);
  }
}

/** Counted twice: the packed form, which comes later, is smaller than the plain one. */
const weigh = ({ body }: KeptPage): number => body.length * 2;

/** One question at a time for each place; who comes while it runs shares the next. */
export class Shared<T> {
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #next = new Map<string, Promise<T>>();
  readonly #ask: (key: string) => Promise<T>;

  constructor(question: (key: string) => Promise<T>) {
    this.#ask = question;
  }

  ask(key: string): Promise<T> {
    const waiting = this.#next.get(key);
    if (waiting) return waiting;
    const mine: Promise<T> = (this.#running.get(key) ?? Promise.resolve()).then(async () => {
      this.#next.delete(key);
      const answer = this.#ask(key);
      const ended = answer.then(
        () => undefined,
        () => undefined,
      );
      this.#running.set(key, ended);
      void ended.then(() => {
        if (this.#running.get(key) === ended) this.#running.delete(key);
      });
      return answer;
    });
    this.#next.set(key, mine);
    return mine;
  }
}

/** The looks a request asks for, or null where it carries a cookie that is somebody's own. */
export function lookOf(cookies: string, known: readonly string[]): string | null {
  const pairs = cookies.split(';').map((pair) => pair.trim());
  const named = pairs.filter((pair) => pair !== '').sort();
  return named.every((pair) => known.includes(pair.slice(0, pair.indexOf('=')))) ? named.join(';') : null;
}

const takesBrotli = (request: IncomingMessage): boolean =>
  /(?:^|,)\s*br\s*(?:,|$)/.test(String(request.headers['accept-encoding'] ?? ''));

async function give(request: IncomingMessage, response: ServerResponse, page: KeptPage): Promise<void> {
  const headers = { ...page.headers, etag: page.etag, vary: 'accept-encoding, cookie' };
  const asked = request.headers['if-none-match'] ?? '';
  if (asked.split(',').some((one) => one.trim().replace(/^W\//, '') === page.etag.replace(/^W\//, ''))) {
    response.writeHead(304, headers).end();
    return;
  }
  if (!takesBrotli(request)) {
    response.writeHead(200, { ...headers, 'content-length': page.body.length }).end(page.body);
    return;
  }
  page.packed ??= await pack(page.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
  response
    .writeHead(200, { ...headers, 'content-encoding': 'br', 'content-length': page.packed.length })
    .end(page.packed);
}

const OF_THE_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'date',
  'transfer-encoding',
  'content-length',
  'etag',
  'vary',
]);

/** Only what was drawn whole, for everybody, and sets nothing in the browser. */
function keepable(response: ServerResponse, body: Buffer, place: string, stamp: string): KeptPage | null {
  const cache = String(response.getHeader('cache-control') ?? '');
  if (response.statusCode !== 200 || response.hasHeader('set-cookie') || !cache.includes('public'))
    return null;
  const headers = Object.fromEntries(
    Object.entries(response.getHeaders()).filter(([name]) => !OF_THE_CONNECTION.has(name)),
  );
  // Weak: the packed form carries the same one.
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { place, stamp, headers, etag, body, packed: null };
}

/** Draws the page by `next` and holds the whole answer back, so that what is kept is what was given. */
function drawn(
  request: IncomingMessage,
  response: ServerResponse,
  next: RequestListener,
  done: (body: Buffer) => void,
): void {
  const parts: Buffer[] = [];
  const take = (chunk: unknown): void => {
    if (typeof chunk === 'string') parts.push(Buffer.from(chunk));
    else if (chunk instanceof Uint8Array) parts.push(Buffer.from(chunk));
  };
  response.writeHead = (status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    const headers = rest.find((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
    for (const [name, value] of Object.entries((headers ?? {}) as OutgoingHttpHeaders))
      if (value !== undefined) response.setHeader(name, value);
    return response;
  };
  response.write = (chunk: unknown) => {
    take(chunk);
    return true;
  };
  response.end = (chunk?: unknown) => {
    take(chunk);
    for (const method of ['writeHead', 'write', 'end']) Reflect.deleteProperty(response, method);
    done(Buffer.concat(parts));
    return response;
  };
  next(request, response);
}

/** Before the pages: what is kept is given from here, what is not is drawn and kept. */
export function keptBefore(
  rules: KeptRules,
  next: RequestListener,
  pages: PageStore = new PageStore(),
): RequestListener {
  const stamps = new Shared<string | null>(async (place) => {
    const runtime = findRuntime();
    return runtime?.state === 'serving' ? rules.stampOf(runtime, place) : null;
  });

  async function answer(request: IncomingMessage, response: ServerResponse, place: string, look: string) {
    const stamp = await stamps.ask(place);
    if (stamp === null) return next(request, response);
    const { host = '', 'x-forwarded-proto': protocol = '' } = request.headers;
    const key = [request.url, look, host, String(protocol)].join('\n');
    const kept = pages.get(key, stamp);
    if (kept) return give(request, response, kept);
    drawn(request, response, next, (body) => {
      const page = keepable(response, body, place, stamp);
      if (!page) return void response.end(body);
      pages.put(key, page);
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      give(request, response, page).catch(() => response.destroy());
    });
  }

  return (request, response) => {
    const place = request.method === 'GET' ? rules.placeOf(request.url ?? '') : null;
    const look = place === null ? null : lookOf(request.headers.cookie ?? '', rules.cookies);
    if (place === null || look === null) return next(request, response);
    answer(request, response, place, look).catch((error: unknown) => {
      findRuntime()?.log.warn('kept-pages.failed', failureDetail(error));
      if (response.headersSent) response.destroy();
      else next(request, response);
    });
  };
}
