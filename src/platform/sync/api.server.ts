// The doors of sync in the API's list. They carry no ward in their address: the credential names it. Each guards itself
// because a phone that was ended may still deliver, which no session would allow.
import { brotliCompress, constants, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { z } from 'zod';
import { isProblem, problem } from '#core/problem.ts';
import type { Actor } from '#platform/api/actor.ts';
import { open, RawReply } from '#platform/api/endpoint.server.ts';
import type { Endpoint, OpenCall } from '#platform/api/endpoint.server.ts';
import { PULL_ACTION, pull, snapshot } from '#platform/sync/pull.server.ts';
import { takeHandover } from '#platform/sync/handover.server.ts';
import { getMedia, MEDIA_LIMIT, putMedia } from '#platform/sync/media.server.ts';
import type { SyncParts } from '#platform/sync/parts.server.ts';
import { refuseProtocol, type SyncService } from '#platform/sync/service.server.ts';
import { mayAnywhere, scopeOf } from '#platform/api/permission.ts';
import * as protocol from '#protocol/envelope.ts';
import { HANDOVER_LIMIT, HandoverReply as HandoverShape } from '#protocol/handover.ts';
import type { HandoverReply } from '#protocol/handover.ts';

const Id = z.uuid();
const PullQuery = z.object({
  feed: Id,
  after: z.coerce.number().int().min(-1).default(0),
  epoch: z.string().max(40).default(''),
  protocol: z.coerce.number().int().default(protocol.PROTOCOL),
});
const SnapshotQuery = z.object({
  /** Absent: the first group of whoever asks, so that a new phone need not ask twice. */
  group: Id.optional(),
  protocol: z.coerce.number().int().default(protocol.PROTOCOL),
});
const MediaParams = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** zod/mini shapes describe themselves in the same JSON schema. */
const described = <T>(shape: unknown): z.ZodType<T> => shape as z.ZodType<T>;

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) } as const;
/** A tenth of the time of the best and within 5% of its size on rows like these. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** A group's first load over a slow line: compressed here, since nothing in front of us need do it. */
async function compressed(request: Request, value: unknown): Promise<RawReply> {
  const text = JSON.stringify(value);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  const accepts = request.headers.get('accept-encoding') ?? '';
  const kind = accepts.includes('br') ? 'br' : accepts.includes('gzip') ? 'gzip' : null;
  if (kind === null || text.length < 1_400) return new RawReply(new Response(text, { headers }));
  const body = kind === 'br' ? await compressors.br(text, QUALITY) : await compressors.gzip(text);
  return new RawReply(
    new Response(new Uint8Array(body), {
      headers: { ...headers, 'content-encoding': kind, vary: 'accept-encoding' },
    }),
  );
}

const notSignedIn = () => problem('people.not-signed-in', { status: 401 });

/** Reading asks for an unlocked phone that was not ended, or somebody of the office. */
const readerOf = (parts: SyncParts, { actor }: OpenCall): Actor | ReturnType<typeof problem> => {
  if (!actor) return notSignedIn();
  return mayAnywhere(parts.permissions, actor, PULL_ACTION)
    ? actor
    : problem('people.not-allowed', { status: 403 });
};

const mediaEndpoints = (parts: SyncParts): readonly Endpoint[] => [
  open({
    method: 'put',
    path: '/sync/media/:sha256',
    summary: 'A picture of a record, under the hash of what it holds',
    open: 'the phone’s credential is checked by the statement that keeps it, so that an ended phone may still deliver',
    params: MediaParams,
    limit: MEDIA_LIMIT,
    handle({ runtime, request, actor }, { params }) {
      const sender =
        actor?.via === 'office'
          ? ({ via: 'office', wardId: actor.wardId, personId: actor.personId } as const)
          : parts.deviceOf(runtime, request.headers.get('cookie') ?? '');
      return putMedia(runtime, sender, params.sha256, request);
    },
  }),
  open({
    method: 'get',
    path: '/sync/media/:sha256',
    summary: 'A picture, to whoever may read a record that names it',
    open: 'it guards itself: an unlocked phone of the group, or the office',
    params: MediaParams,
    media: 'image/jpeg',
    async handle(call, { params }) {
      const actor = readerOf(parts, call);
      return isProblem(actor) ? actor : getMedia(call.runtime, parts, actor, params.sha256);
    },
  }),
];

const handoverEndpoint = (service: SyncService): Endpoint =>
  open({
    method: 'post',
    path: '/sync/handover',
    summary: 'Work of another phone, brought as a file sealed to the ward',
    open: 'whoever is signed in may bring it; the box says whose it is and proves it',
    reply: described<HandoverReply>(HandoverShape),
    limit: HANDOVER_LIMIT,
    async handle(call) {
      return call.actor ? takeHandover(call, service, call.actor) : notSignedIn();
    },
  });

export const syncEndpoints = (parts: SyncParts, service: SyncService): readonly Endpoint[] => [
  open({
    method: 'post',
    path: '/sync/push',
    summary: 'Records of a phone, or typed in from paper; each is answered by itself',
    open: 'the phone’s credential is checked by the transaction that writes, so that an ended phone may still deliver',
    reply: described<protocol.PushReply>(protocol.PushReply),
    limit: protocol.PUSH_LIMIT,
    async handle({ runtime, request, actor }) {
      const bytes = new Uint8Array(await request.arrayBuffer());
      if (bytes.length > protocol.PUSH_LIMIT)
        return problem('platform.too-large', { status: 413, params: { limit: protocol.PUSH_LIMIT } });
      const cookies = request.headers.get('cookie') ?? '';
      // Stamped at the last byte, before any queue.
      return service.push({
        runtime,
        cookies,
        actor,
        parts: [bytes],
        receivedAt: runtime.campaignClock.now(),
      });
    },
  }),
  open({
    method: 'get',
    path: '/sync/pull',
    summary: 'What changed in a feed after a number',
    open: 'it guards itself: an unlocked phone of the group, or the office',
    query: PullQuery,
    reply: described<protocol.PullReply>(protocol.PullReply),
    async handle(call, { query }) {
      const actor = readerOf(parts, call);
      if (isProblem(actor)) return actor;
      const old = refuseProtocol(query.protocol);
      if (old) return old;
      const found = await pull({ runtime: call.runtime, parts, actor }, query);
      return isProblem(found) ? found : compressed(call.request, found);
    },
  }),
  open({
    method: 'get',
    path: '/sync/snapshot',
    summary: 'A group’s first load: everything a phone needs, in one answer',
    open: 'it guards itself: an unlocked phone of the group, or the office',
    query: SnapshotQuery,
    reply: described<protocol.Snapshot>(protocol.Snapshot),
    async handle(call, { query }) {
      const actor = readerOf(parts, call);
      if (isProblem(actor)) return actor;
      const old = refuseProtocol(query.protocol);
      if (old) return old;
      const group = query.group ?? scopeOf(parts.permissions, actor, PULL_ACTION).areaIds[0];
      if (group === undefined) return problem('people.not-allowed', { status: 403 });
      const found = await snapshot({ runtime: call.runtime, parts, actor }, group);
      return isProblem(found) ? found : compressed(call.request, found);
    },
  }),
  handoverEndpoint(service),
  ...mediaEndpoints(parts),
];
