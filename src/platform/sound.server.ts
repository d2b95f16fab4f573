// Sound as it is stored: what its bytes are, kept under their hash, read again. A name or a header is not believed.
import { Readable } from 'node:stream';
import { RawReply } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Files } from '#platform/files.server.ts';

const starts = (bytes: Uint8Array, text: string, at = 0): boolean =>
  Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;

/** What a file of sound is, by its first bytes; null: none that a player here knows. */
export function soundType(bytes: Uint8Array): string | null {
  if (starts(bytes, 'RIFF') && starts(bytes, 'WAVE', 8)) return 'audio/wav';
  if (starts(bytes, 'OggS')) return 'audio/ogg';
  if (starts(bytes, 'ftyp', 4)) return 'audio/mp4';
  const [first = 0, second = 0] = bytes;
  if (starts(bytes, 'ID3') || (first === 0xff && (second & 0xe6) === 0xe2)) return 'audio/mpeg';
  return null;
}

const ENDS: Readonly<Record<string, string>> = {
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
};
export const endOf = (mediaType: string): string => ENDS[mediaType] ?? 'bin';

/** Length of a WAV file, from its own head; null: another kind, or a head that does not say. */
export function wavSeconds(bytes: Uint8Array): number | null {
  if (soundType(bytes) !== 'audio/wav') return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let rate = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    if (starts(bytes, 'fmt ', at) && at + 20 <= bytes.length) rate = view.getUint32(at + 16, true);
    if (starts(bytes, 'data', at))
      // Voices that write to a pipe do not know the size beforehand and leave a huge one.
      return rate === 0 ? null : Math.round(Math.min(size, bytes.length - at - 8) / rate);
    at += 8 + size + (size % 2);
  }
  return null;
}

export interface Sound {
  readonly sha256: Buffer;
  readonly mediaType: string;
  readonly bytes: number;
  readonly seconds: number | null;
}

/** null: no sound that a player here knows. */
export async function keepSound(
  files: Files,
  trx: WardTransaction,
  bytes: Uint8Array,
  by: { readonly personId: string; readonly at: Date },
): Promise<Sound | null> {
  const mediaType = soundType(bytes);
  if (mediaType === null) return null;
  const { sha256 } = await files.put(trx.wardId, bytes);
  await trx
    .insertInto('media')
    .values({
      ward_id: trx.wardId,
      sha256,
      media_type: mediaType,
      bytes: bytes.length,
      stored_at: by.at,
      stored_by: by.personId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return { sha256, mediaType, bytes: bytes.length, seconds: wavSeconds(bytes) };
}

/** null: the file is gone. */
export function soundReply(
  files: Files,
  wardId: number,
  sound: { readonly sha256: Buffer; readonly mediaType: string; readonly bytes: number },
  name: string,
): RawReply | null {
  const stream = files.read(wardId, sound.sha256);
  if (!stream) return null;
  return new RawReply(
    new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': sound.mediaType,
        'content-length': String(sound.bytes),
        'content-disposition': `inline; filename="${name}.${endOf(sound.mediaType)}"`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, max-age=86400, immutable',
      },
    }),
  );
}
