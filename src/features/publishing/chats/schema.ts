// Shapes at the edge of the residential groups' Zalo groups.
import { z } from 'zod';
import { ChannelPath, WardPath } from '#features/publishing/channels-schema.ts';
import { KEEPER_PARTS, LACKS, MODERATIONS } from '#features/publishing/chats/model.ts';

export { ChannelPath, WardPath };
export const KeeperPath = ChannelPath.extend({ keeper: z.uuid() });

export const SettingsBody = z.strictObject({
  keepersOnly: z.boolean(),
  approvesMembers: z.boolean(),
  inviteUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable(),
  members: z.number().int().min(0).max(100_000).nullable(),
});
export type SettingsBody = z.infer<typeof SettingsBody>;
export const NewKeeper = z.strictObject({ personId: z.uuid(), part: z.enum(KEEPER_PARTS) });
export type NewKeeper = z.infer<typeof NewKeeper>;
export const NewModeration = z.strictObject({
  id: z.uuid(),
  act: z.enum(MODERATIONS),
  note: z.string().trim().min(1).max(500),
});
export type NewModeration = z.infer<typeof NewModeration>;

export const Covered = z.object({
  households: z.number(),
  ownMember: z.number(),
  receivedBy: z.number(),
  noSmartphone: z.number(),
  notYet: z.number(),
  notAsked: z.number(),
});
export const ChatReply = z.object({
  name: z.string(),
  group: z.string(),
  settings: SettingsBody.extend({ setBy: z.string(), setAt: z.string() }).nullable(),
  keepers: z.array(z.object({ id: z.string(), name: z.string(), part: z.enum(KEEPER_PARTS) })),
  /** Who may keep it: people who answer for the group or the ward's police. */
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  moderations: z.array(
    z.object({
      id: z.string(),
      act: z.enum(MODERATIONS),
      note: z.string(),
      by: z.string(),
      at: z.string(),
    }),
  ),
  lacks: z.array(z.enum(LACKS)),
  covered: Covered.nullable(),
  /** The invitation as a square, SVG. */
  square: z.string().nullable(),
  mayKeep: z.boolean(),
});
export type ChatReply = z.infer<typeof ChatReply>;

export const ChatsReply = z.object({
  chats: z.array(
    z.object({
      channelId: z.string(),
      name: z.string(),
      group: z.string(),
      lacks: z.array(z.enum(LACKS)),
      members: z.number().nullable(),
      covered: Covered.nullable(),
    }),
  ),
  ward: Covered.nullable(),
});
export type ChatsReply = z.infer<typeof ChatsReply>;
export const IdReply = z.object({ id: z.string() });
