// Shapes at the edge of the loudspeakers' schedule and of recordings.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { isTimeOfDay, parseInstant } from '#core/clock.ts';
import { ChannelPath, IdReply, Posted, WardPath } from '#features/publishing/channels-schema.ts';
import { BROADCAST_STATES } from '#features/publishing/broadcasts/model.ts';

export { ChannelPath, IdReply, Posted, WardPath };
export const BroadcastPath = WardPath.extend({ broadcast: z.uuid() });
export const TextPath = WardPath.extend({ text: z.uuid() });
export const RecordingPath = WardPath.extend({ recording: z.uuid() });
const Day = z.string().refine(isDateOn, 'a day as YYYY-MM-DD');
const Time = z.string().refine(isTimeOfDay, 'an hour as HH:MM');
const At = z.string().refine((text) => parseInstant(text) !== undefined, 'an instant with its offset');

export const RangeQuery = z.object({ from: Day, to: Day });
export const ListQuery = RangeQuery.extend({ channel: z.uuid().optional() });

export const PlanBody = z.strictObject({
  textId: z.uuid(),
  from: Day,
  to: Day,
  times: z.array(Time).min(1).max(12),
});
export type PlanBody = z.infer<typeof PlanBody>;
/** `postId` is made by whoever taps, so that a repeat is the same post. */
export const PlayedBody = z.strictObject({ postId: z.uuid(), playedAt: At });
export type PlayedBody = z.infer<typeof PlayedBody>;

const Window = z.object({ from: z.string(), to: z.string() });
export const BroadcastView = z.object({
  id: z.string(),
  channelId: z.string(),
  channel: z.string(),
  day: Day,
  time: z.string(),
  textId: z.string(),
  title: z.string(),
  /** Null: the text is no longer public; it must not be played. */
  script: z.string().nullable(),
  seconds: z.number().nullable(),
  recordingId: z.string().nullable(),
  state: z.enum(BROADCAST_STATES),
  insideWindow: z.boolean(),
  played: z.object({ by: z.string(), at: z.string() }).nullable(),
  may: z.object({ play: z.boolean(), cancel: z.boolean() }),
});
export type BroadcastView = z.infer<typeof BroadcastView>;
export const ListReply = z.object({
  broadcasts: z.array(BroadcastView),
  clusters: z.array(
    z.object({ id: z.string(), name: z.string(), windows: z.array(Window), mayPlan: z.boolean() }),
  ),
});
export type ListReply = z.infer<typeof ListReply>;
/** `taken`: lines that stand already at that hour and were left as they are. */
export const PlannedReply = z.object({ planned: z.number(), taken: z.number() });

export const RecordingView = z.object({
  id: z.string(),
  version: z.number(),
  state: z.enum(['making', 'ready', 'failed']),
  source: z.enum(['uploaded', 'voice']),
  voice: z.string().nullable(),
  seconds: z.number().nullable(),
  by: z.string(),
  at: z.string(),
});
export type RecordingView = z.infer<typeof RecordingView>;
export const RecordingsReply = z.object({
  recordings: z.array(RecordingView),
  /** The voice of this machine; null: none is installed. */
  voice: z.string().nullable(),
  may: z.object({ record: z.boolean() }),
});
export type RecordingsReply = z.infer<typeof RecordingsReply>;
