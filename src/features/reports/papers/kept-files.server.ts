// Files that belong to papers (a superior's form, an edited or signed document, what is kept for the bad morning): stored
// by their hash beside the ward's other files.
import { buffer } from 'node:stream/consumers';
import type { Files } from '#platform/files.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

interface Keeper {
  readonly trx: WardTransaction;
  readonly runtime: { readonly files: Files };
  /** Null: a job. */
  readonly actor: { readonly personId: string | null };
}

export async function keepFile(
  { trx, runtime, actor }: Keeper,
  bytes: Uint8Array,
  mediaType: string,
): Promise<Buffer> {
  const stored = await runtime.files.put(trx.wardId, bytes);
  await trx
    .insertInto('media')
    .values({
      ward_id: trx.wardId,
      sha256: stored.sha256,
      media_type: mediaType,
      bytes: stored.bytes,
      stored_at: new Date(),
      stored_by: actor.personId,
    })
    .onConflict((conflict) => conflict.columns(['ward_id', 'sha256']).doNothing())
    .execute();
  return stored.sha256;
}

export async function storedFile(
  { trx, runtime }: Pick<Keeper, 'trx' | 'runtime'>,
  sha256: Buffer,
): Promise<Uint8Array | null> {
  const stream = runtime.files.read(trx.wardId, sha256);
  return stream && new Uint8Array(await buffer(stream));
}
