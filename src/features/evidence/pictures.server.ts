// Pictures come in by themselves, before the record that names them, and go out only through a record one may read.
import { Readable } from 'node:stream';
import { problem, type Problem } from '#core/problem.ts';
import { RawReply } from '#platform/api/endpoint.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { pictureType, withoutNotes } from '#features/evidence/picture.ts';
import { keepUpload } from '#features/evidence/store.server.ts';

export const LARGEST_PICTURE = 10 * 1024 * 1024;
/** Left free for the database: a disk that pictures have filled could not even keep a line of text. */
const KEPT_FREE = 128 * 1024 * 1024;

const tooLarge = () =>
  problem('evidence.picture-too-large', { status: 413, params: { limit: LARGEST_PICTURE / 1024 / 1024 } });

/** The raw body, or the field `picture` of a form; never more than the limit is held. */
async function readPicture(request: Request): Promise<Uint8Array | Problem> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  // A form wraps the picture in a few lines of its own.
  if (declared > LARGEST_PICTURE + 4_096) return tooLarge();
  if ((request.headers.get('content-type') ?? '').startsWith('multipart/form-data')) {
    const field = (await request.formData()).get('picture');
    return field instanceof File
      ? new Uint8Array(await field.arrayBuffer())
      : problem('evidence.picture-missing', { status: 422 });
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > LARGEST_PICTURE) return tooLarge();
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

async function storeFile(call: Call, content: Uint8Array): Promise<Buffer | Problem> {
  const full = () => problem('platform.disk-full', { status: 507 });
  if ((await call.runtime.files.freeBytes()) < KEPT_FREE + content.byteLength) return full();
  try {
    return (await call.runtime.files.put(call.trx.wardId, content)).sha256;
  } catch (error) {
    if (isFull(error)) return full();
    throw error;
  }
}

export async function takePicture(
  call: Call,
): Promise<{ sha256: string; mediaType: string; bytes: number } | Problem> {
  const raw = await readPicture(call.request);
  if ('code' in raw) return raw;
  if (raw.byteLength === 0) return problem('evidence.picture-missing', { status: 422 });
  if (raw.byteLength > LARGEST_PICTURE) return tooLarge();
  const mediaType = pictureType(raw);
  if (!mediaType) return problem('evidence.picture-kind', { status: 415 });
  const content = withoutNotes(raw, mediaType);
  if (!content) return problem('evidence.picture-broken', { status: 422 });
  const sha256 = await storeFile(call, content);
  if (!Buffer.isBuffer(sha256)) return sha256;
  const bytes = content.byteLength;
  await keepUpload(call.trx, {
    sha256,
    mediaType,
    bytes,
    personId: call.actor.personId,
    at: new Date(call.now),
  });
  return { sha256: sha256.toString('hex'), mediaType, bytes };
}

/** Sent as what it was found to be and as nothing else: no sniffing, no script, no other site framing it. */
export function sendPicture(
  call: Call,
  sha256: Buffer,
  found: { readonly media_type: string; readonly bytes: number },
): RawReply | Problem {
  const stream = call.runtime.files.read(call.trx.wardId, sha256);
  if (!stream) return problem('evidence.picture-gone', { status: 404 });
  const name = `${sha256.toString('hex').slice(0, 16)}.${found.media_type.slice('image/'.length)}`;
  return new RawReply(
    new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': found.media_type,
        'content-length': String(found.bytes),
        'content-disposition': `inline; filename="${name}"`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
        // Named by its content, so it never changes; private, because only some may read it.
        'cache-control': 'private, max-age=86400, immutable',
      },
    }),
  );
}
