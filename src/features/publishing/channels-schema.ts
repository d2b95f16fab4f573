// Shapes at the edge of channels and posts.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { parseInstant } from '#core/clock.ts';
import { CHANNEL_KINDS, DOUBTS } from '#features/publishing/channels.ts';

export const WardPath = z.object({ ward: z.coerce.number().int() });
export const ChannelPath = WardPath.extend({ channel: z.uuid() });
export const PostPath = WardPath.extend({ post: z.uuid() });
const Day = z.string().refine(isDateOn, 'a day as YYYY-MM-DD');
const At = z.string().refine((text) => parseInstant(text) !== undefined, 'an instant with its offset');
const Link = z.url({ protocol: /^https?$/ }).max(2_000);

export const NewChannel = z
  .strictObject({
    kind: z.enum(CHANNEL_KINDS),
    name: z.string().trim().min(1).max(120),
    unitId: z.uuid().nullable(),
    areaId: z.uuid().nullable(),
    address: Link.nullable(),
  })
  .refine(({ unitId, areaId }) => (unitId === null) !== (areaId === null), {
    path: ['unitId'],
    message: 'a unit or a group',
  });
export type NewChannel = z.infer<typeof NewChannel>;

const Asked = z.object({
  itemId: z.string(),
  title: z.string(),
  per: z.string(),
  needed: z.number(),
  done: z.number(),
  foreseenShort: z.number().nullable(),
  /** Since when that has been said without a break. */
  foreseenSince: Day.nullable(),
  daysLeft: z.number(),
  periodTo: Day,
});
export const ChannelView = z.object({
  id: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  name: z.string(),
  unitId: z.string().nullable(),
  areaId: z.string().nullable(),
  owner: z.string(),
  address: z.string().nullable(),
  lastPostAt: z.string().nullable(),
  posts: z.number(),
  asked: z.array(Asked),
  mayPost: z.boolean(),
});
export type ChannelView = z.infer<typeof ChannelView>;
export const ChannelsReply = z.object({
  channels: z.array(ChannelView),
  groupsWithoutChat: z.array(z.object({ id: z.string(), shortName: z.string() })),
  may: z.object({ change: z.boolean() }),
});

export const NewPost = z.strictObject({
  id: z.uuid(),
  textId: z.uuid().nullish(),
  postedAt: At,
  link: Link.nullish(),
  picture: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish(),
  note: z.string().trim().max(500).nullish(),
});
export type NewPost = z.infer<typeof NewPost>;

export const PostView = z.object({
  id: z.string(),
  campaignId: z.string(),
  textId: z.string().nullable(),
  title: z.string().nullable(),
  author: z.string(),
  postedAt: z.string(),
  link: z.string().nullable(),
  picture: z.string().nullable(),
  note: z.string().nullable(),
  confirmed: z.boolean(),
  /** As it was seen when a keeper last asked. */
  linkState: z.enum(['stands', 'gone', 'unknown']).nullable(),
  linkLookedAt: z.string().nullable(),
  doubts: z.array(z.enum(DOUBTS)),
  undone: z.boolean(),
  withdrawn: z.boolean(),
  may: z.object({ confirm: z.boolean(), undo: z.boolean() }),
});
export type PostView = z.infer<typeof PostView>;
const Past = z.object({
  itemId: z.string(),
  title: z.string(),
  per: z.string(),
  periods: z.array(
    z.object({ from: Day, to: Day, needed: z.number(), done: z.number(), foreseenSince: Day.nullable() }),
  ),
});
export type Past = z.infer<typeof Past>;
export const ChannelReply = z.object({
  channel: ChannelView,
  /** Periods that are over, newest first. */
  past: z.array(Past),
  posts: z.array(PostView),
});
export const Posted = z.object({ id: z.string(), itemIds: z.array(z.string()), workOn: z.string() });
export const LinksAsked = z.object({ links: z.number() });
export const IdReply = z.object({ id: z.string() });
export const Opened = z.object({ opened: z.number() });
export const UndoBody = z.strictObject({ reason: z.string().trim().min(1).max(500) });
