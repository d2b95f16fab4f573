// The shortest way in for what phones send: before the pages' own handler, which would look the phone up by its session
// first and wrap the body twice. Only this one address, only with a phone's cookie; everything else goes on as before.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { problemOfDatabase, problemResponse } from '#platform/api/problem-response.server.ts';
import type { Explain } from '#platform/api/problem-response.server.ts';
import { failureDetail } from '#platform/log.server.ts';
import { observeRequest } from '#platform/meters.server.ts';
import { findRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import type { SyncService } from '#platform/sync/service.server.ts';
import { Turns } from '#platform/sync/turns.server.ts';
import { PUSH_LIMIT } from '#protocol/envelope.ts';

const PATH = '/api/sync/push';

export interface PushDoor {
  readonly service: SyncService;
  readonly explain: Explain;
  /** Whether the cookies are a phone's alone; somebody signed in at a desk goes the long way, through their session. */
  readonly isPhone: (cookies: string) => boolean;
}

function readParts(request: IncomingMessage): Promise<Buffer[] | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= PUSH_LIMIT) parts.push(part);
    });
    request.on('end', () => resolve(size > PUSH_LIMIT ? null : parts));
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('The phone went away')));
  });
}

/** Pushes that came in several pieces: opening one costs as much as the loop may be kept from its sockets. */
const large = new Turns();

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

async function refuse(response: ServerResponse, refusal: Problem, explain: Explain): Promise<number> {
  const made = problemResponse(refusal, explain);
  send(response, made.status, 'application/problem+json', await made.text());
  return made.status;
}

async function answer(
  door: PushDoor,
  runtime: Runtime,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const parts = await readParts(request);
  const receivedAt = runtime.campaignClock.now();
  if (parts === null)
    return refuse(
      response,
      problem('platform.too-large', { status: 413, params: { limit: PUSH_LIMIT } }),
      door.explain,
    );
  if (parts.length > 1) await large.next();
  try {
    const cookies = request.headers.cookie ?? '';
    const reply = await door.service.push({ runtime, cookies, actor: null, parts, receivedAt });
    if (isProblem(reply)) return await refuse(response, reply, door.explain);
    send(response, 200, 'application/json', JSON.stringify(reply));
    return 200;
  } catch (error) {
    const known = problemOfDatabase(error, {});
    if (!known) runtime.log.error('sync.push-failed', failureDetail(error));
    return refuse(response, known ?? problem('platform.failed', { status: 500 }), door.explain);
  }
}

export function pushBefore(door: PushDoor, next: RequestListener): RequestListener {
  return (request, response) => {
    const runtime = request.method === 'POST' && request.url === PATH ? findRuntime() : undefined;
    if (!runtime || !door.isPhone(request.headers.cookie ?? '')) {
      next(request, response);
      return;
    }
    const began = performance.now();
    answer(door, runtime, request, response).then(
      (status) => observeRequest('post', '/sync/push', status, (performance.now() - began) / 1000),
      // The phone hung up: nobody is there to be answered.
      () => response.destroy(),
    );
  };
}
