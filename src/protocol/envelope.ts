/**
 * What travels between a phone and the server. Everything here is version 1 of the protocol; a test holds a hash of
 * these shapes, so that none of them can change unseen. Shapes are zod/mini: they run on the phone.
 */
import * as z from 'zod/mini';
import { isUuid } from '#core/ids.ts';
import { parseInstant } from '#core/clock.ts';

export const PROTOCOL = 1;
/** Protocols this server still takes; a phone outside them is told to update and keeps all it has. */
export const PROTOCOLS_TAKEN: readonly number[] = [1];
export const RECORDS_PER_BATCH = 200;
/** Bytes of one push. */
export const PUSH_LIMIT = 8 * 1024 * 1024;

export const Uuid = z.string().check(z.refine(isUuid, 'not an id'));
/** An instant written with its offset. */
export const InstantText = z.string().check(
  z.maxLength(40),
  z.refine((text) => parseInstant(text) !== undefined, 'not an instant'),
);
export const Sha256Text = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** What every record says besides its body. Frozen once queued: a change is a new record that names it. */
export const FieldRecord = z.strictObject({
  id: Uuid,
  type: z.string().check(z.regex(/^[a-z][a-z-]{2,39}$/)),
  typeVersion: z.int().check(z.minimum(1), z.maximum(1000)),
  campaignId: Uuid,
  /** The group as the phone knew it. */
  groupId: Uuid,
  authorId: Uuid,
  deviceId: z.nullable(Uuid),
  /** By the phone's own clock, wrong or right. */
  recordedAt: InstantText,
  /** Campaign time minus the phone's time, milliseconds, as last measured before recording; null: never measured. */
  clockOffset: z.nullable(z.int().check(z.minimum(-4e12), z.maximum(4e12))),
  /** Records this one stands on; while one of them is not here, the answer is retry-later. */
  needs: z.optional(z.array(Uuid).check(z.maxLength(20))),
  /** Feed number the author saw when writing. */
  base: z.optional(z.int().check(z.minimum(0))),
  body: z.record(z.string(), z.unknown()),
});
export type FieldRecord = z.infer<typeof FieldRecord>;

/** Records are taken one by one: a malformed one is refused and the others go on. */
export const PushBatch = z.strictObject({
  protocol: z.int(),
  /** The epoch the phone last saw; null before the first answer. */
  epoch: z.nullable(Uuid),
  groupId: Uuid,
  /** The phone's clock at sending. */
  sentAt: InstantText,
  /** How many more wait on the phone. */
  waiting: z.optional(z.int().check(z.minimum(0), z.maximum(1e6))),
  records: z.array(z.unknown()).check(z.maxLength(RECORDS_PER_BATCH)),
});
export type PushBatch = z.infer<typeof PushBatch>;

export const HELD_WHY = ['rights-ended', 'device-ended', 'time-unbelievable'] as const;
export type HeldWhy = (typeof HELD_WHY)[number];

const Applied = z.object({
  id: Uuid,
  answer: z.literal('applied'),
  feed: Uuid,
  n: z.int(),
  /** Campaign time of receipt. */
  receivedAt: InstantText,
  /** The day it counts for. */
  workOn: z.string(),
});
const Held = z.object({
  id: Uuid,
  answer: z.literal('held'),
  why: z.enum(HELD_WHY),
  receivedAt: InstantText,
});
const Refused = z.object({
  /** Null where the record had no readable id. */
  id: z.nullable(z.string()),
  answer: z.literal('refused'),
  /** Words are found by this code. */
  code: z.string(),
  pointer: z.optional(z.string()),
});
const RetryLater = z.object({ id: Uuid, answer: z.literal('retry-later'), code: z.string() });

export const RecordAnswer = z.discriminatedUnion('answer', [Applied, Held, Refused, RetryLater]);
export type RecordAnswer = z.infer<typeof RecordAnswer>;
export type AppliedAnswer = z.infer<typeof Applied>;

/** Comes with every answer of push, pull and snapshot. */
export const ServerWord = z.object({
  protocol: z.int(),
  epoch: Uuid,
  /** Campaign time, for the phone's offset. */
  campaignNow: InstantText,
  /** The server's own time when it answered: kept with each record on the sent shelf. */
  serverNow: InstantText,
  /** What was answered before this instant stands in a verified backup; null: no backup yet. */
  safeUpTo: z.nullable(InstantText),
});
export type ServerWord = z.infer<typeof ServerWord>;

export const PushReply = z.extend(ServerWord, { answers: z.array(RecordAnswer) });
export type PushReply = z.infer<typeof PushReply>;

/** A row as pulled and as in the snapshot. A deleted one has only these. */
export const FeedRow = z.looseObject({
  kind: z.string(),
  id: z.string(),
  n: z.int(),
  deleted: z.optional(z.literal(true)),
});
export type FeedRow = z.infer<typeof FeedRow>;

export const PullReply = z.extend(ServerWord, {
  feed: Uuid,
  /** Ask next for what comes after this. */
  n: z.int(),
  more: z.boolean(),
  /** True: this phone's numbers are of another life of the database; load a snapshot, send the shelf again. */
  reload: z.boolean(),
  rows: z.array(FeedRow),
});
export type PullReply = z.infer<typeof PullReply>;

export const Snapshot = z.extend(ServerWord, {
  groupId: Uuid,
  feed: Uuid,
  n: z.int(),
  wardFeed: Uuid,
  wardN: z.int(),
  rows: z.array(FeedRow),
});
export type Snapshot = z.infer<typeof Snapshot>;
