// Shapes at the edge of the residential groups' Zalo groups.
import { z } from 'zod';
import { ChannelPath, WardPath } from '#features/publishing/channels-schema.ts';
import { FOUND_BY } from '#features/publishing/chats/member-list.ts';
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
/** A large group has some hundreds of members; a line of Zalo is short. */
export const MemberListBody = z.strictObject({ text: z.string().trim().min(1).max(100_000) });
export const MemberListReply = z.object({
  members: z.array(
    z.object({
      name: z.string(),
      candidates: z.array(
        z.object({
          householdId: z.string(),
          headName: z.string(),
          lane: z.string(),
          house: z.string(),
          foundBy: z.enum(FOUND_BY),
          sure: z.boolean(),
          /** Zalo reaches it already, by what was said or found before. */
          reached: z.boolean(),
        }),
      ),
    }),
  ),
});
export type MemberListReply = z.infer<typeof MemberListReply>;
export const ConfirmBody = z.strictObject({
  listId: z.uuid(),
  households: z
    .array(z.strictObject({ householdId: z.uuid(), foundBy: z.enum(FOUND_BY) }))
    .min(1)
    .max(2_000),
});
export type ConfirmBody = z.infer<typeof ConfirmBody>;
export const Confirmed = z.object({ matched: z.number(), already: z.number() });
export const ListPath = ChannelPath.extend({ list: z.uuid() });
export const Undone = z.object({ undone: z.number() });
export const ListsReply = z.object({
  name: z.string(),
  group: z.string(),
  lists: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      by: z.string(),
      households: z.number(),
      undone: z.boolean(),
    }),
  ),
});
export type ListsReply = z.infer<typeof ListsReply>;
export const IdReply = z.object({ id: z.string() });
