// Pictures of records: brought by a phone under the hash of what they hold, before or after the record that names them,
// and read only through a record one may read.
import { Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { dayOf } from '#core/clock.ts';
import type { Actor } from '#platform/api/actor.ts';
import { RawReply } from '#platform/api/endpoint.server.ts';
import { scopeOf } from '#platform/api/permission.ts';
import { inFlight } from '#platform/sync/flight.server.ts';
import { successorsOf } from '#platform/sync/mergers.server.ts';
import type { Sender, SyncParts } from '#platform/sync/parts.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

/** The phone shrinks to 300 kB; a little more for formats that do not obey. */
export const MEDIA_LIMIT = 400 * 1024;
/** Left free for the database: a disk that pictures have filled could not even keep a line of text. */
const KEPT_FREE = 128 * 1024 * 1024;

const KINDS: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/png', 0, '89504e470d0a1a0a'],
  ['image/webp', 8, '57454250'],
];

/** What its first bytes are; a name or a header is not believed. */
const kindOf = (content: Buffer): string | undefined =>
  KINDS.find(([, at, bytes]) => content.subarray(at, at + bytes.length / 2).toString('hex') === bytes)?.[0];

async function readBody(request: Request): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > MEDIA_LIMIT) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The credential is checked by the statement that lets the row in, as with records; an ended phone may still bring. */
async function keep(
  runtime: Runtime,
  sender: Sender,
  sha256: Buffer,
  kind: string,
  bytes: number,
): Promise<boolean> {
  return inFlight(runtime.database, sender.wardId, async (flight) => {
    let person: string | undefined;
    if (sender.via === 'office') person = sender.personId;
    else {
      const [device] = await flight.read<{ person_id: string }>({
        name: 'media_device',
        text: 'select person_id from devices where ward_id = $1 and id = $2 and credential_hash = $3 for share',
        values: [sender.wardId, sender.deviceId, sender.credentialHash],
      });
      person = device?.person_id;
    }
    if (person === undefined) return false;
    flight.send({
      name: 'media_keep',
      text: `insert into media (ward_id, sha256, media_type, bytes, stored_at, stored_by) values ($1, $2, $3, $4, $5, $6)
        on conflict (ward_id, sha256) do nothing`,
      values: [sender.wardId, sha256, kind, bytes, new Date(), person],
    });
    return true;
  });
}

async function mayBring(runtime: Runtime, sender: Sender): Promise<boolean> {
  if (sender.via === 'office') return true;
  const found = await inFlight(runtime.database, sender.wardId, (flight) =>
    flight.read<{ id: string }>({
      name: 'media_may',
      text: 'select id from devices where ward_id = $1 and id = $2 and credential_hash = $3',
      values: [sender.wardId, sender.deviceId, sender.credentialHash],
    }),
  );
  return found.length > 0;
}

export async function putMedia(
  runtime: Runtime,
  sender: Sender | null,
  hex: string,
  request: Request,
): Promise<{ sha256: string; bytes: number } | Problem> {
  const unknown = () => problem('people.not-signed-in', { status: 401 });
  if (!sender || !(await mayBring(runtime, sender))) return unknown();
  const content = await readBody(request);
  if (!content) return problem('platform.too-large', { status: 413, params: { limit: MEDIA_LIMIT } });
  const sha256 = createHash('sha256').update(content).digest();
  if (sha256.toString('hex') !== hex) return problem('sync.media-other-hash', { status: 422 });
  const kind = kindOf(content);
  if (!kind) return problem('sync.media-kind', { status: 415 });
  if ((await runtime.files.freeBytes()) < KEPT_FREE + content.byteLength)
    return problem('platform.disk-full', { status: 507 });
  // The file first: a row must never name what is not there.
  await runtime.files.put(sender.wardId, content);
  if (!(await keep(runtime, sender, sha256, kind, content.byteLength))) return unknown();
  return { sha256: hex, bytes: content.byteLength };
}

/** Readable where some record that names it lies in a group the asker may see. */
export async function getMedia(
  runtime: Runtime,
  parts: SyncParts,
  actor: Actor,
  hex: string,
): Promise<RawReply | Problem> {
  const sha256 = Buffer.from(hex, 'hex');
  const scope = scopeOf(parts.permissions, actor, 'field.pull');
  const today = dayOf(runtime.campaignClock.now());
  const successors = successorsOf(runtime, actor.wardId);
  const [found] = await inFlight(runtime.database, actor.wardId, (flight) =>
    flight.read<{ media_type: string; bytes: number; groups: string[] }>({
      name: 'media_read',
      text: `select m.media_type, m.bytes, array(select r.group_id from record_media r
          where r.ward_id = m.ward_id and r.sha256 = m.sha256) as groups
        from media m where m.ward_id = $1 and m.sha256 = $2`,
      values: [actor.wardId, sha256],
    }),
  );
  const mine = (group: string) =>
    scope.areaIds.some((id) => id === group || successors.of(id, today) === successors.of(group, today));
  const allowed = found !== undefined && found.groups.some((group) => scope.everything || mine(group));
  const stream = allowed ? runtime.files.read(actor.wardId, sha256) : null;
  // The same refusal whether it is not there or not theirs.
  if (!found || !stream) return problem('people.not-allowed', { status: 403 });
  return new RawReply(
    new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': found.media_type,
        'content-length': String(found.bytes),
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'private, max-age=86400, immutable',
      },
    }),
  );
}
