/**
 * Work handed over by a file, where a phone finds no network or is about to break. The file is sealed to the ward's
 * server: whoever carries it can neither read nor change it. Inside stand the records as they were frozen, and the proof
 * that the phone they come from was once given by the server: without it, anybody who knows the public key could write
 * in somebody's name. The author stays the author; sent twice, by file and by the phone itself, it counts once.
 */
import * as z from 'zod/mini';
import { RECORDS_PER_BATCH, Sha256Text, Uuid } from '#protocol/envelope.ts';

export const HANDOVER_KIND = 'tung-nha-handover';
/** One file; what does not fit goes into a second one. A Zalo message and a cheap phone's memory bear this. */
export const HANDOVER_LIMIT = 12 * 1024 * 1024;

const base64 = z.string().check(z.regex(/^[A-Za-z0-9_-]+$/));
const SealedBox = z.strictObject({
  v: z.literal(1),
  key: z.string().check(z.maxLength(100)),
  from: base64,
  nonce: base64,
  box: base64,
});

export const HandoverFile = z.strictObject({
  kind: z.literal(HANDOVER_KIND),
  v: z.literal(1),
  ward: z.int(),
  sealed: SealedBox,
});
export type HandoverFile = z.infer<typeof HandoverFile>;

export const HandoverInside = z.strictObject({
  ward: z.int(),
  personId: Uuid,
  deviceId: Uuid,
  /** What the server gave this phone at a sign-in, for this one use. */
  proof: z.string().check(z.maxLength(100)),
  /** One group each, in the order they were queued. */
  batches: z
    .array(
      z.strictObject({ groupId: Uuid, records: z.array(z.unknown()).check(z.maxLength(RECORDS_PER_BATCH)) }),
    )
    .check(z.maxLength(200)),
  media: z.array(z.strictObject({ id: Sha256Text, content: base64 })).check(z.maxLength(100)),
});
export type HandoverInside = z.infer<typeof HandoverInside>;

/** How many records the ward took, and of how many it says later or no. */
export const HandoverReply = z.object({
  applied: z.int(),
  held: z.int(),
  refused: z.int(),
  later: z.int(),
  media: z.int(),
});
export type HandoverReply = z.infer<typeof HandoverReply>;
