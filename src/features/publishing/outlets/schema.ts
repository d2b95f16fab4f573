// Shapes at the edge of connected accounts and posts on their way. Keys come in and never go out.
import { z } from 'zod';
import { PROVIDERS, SEND_STATES, WAYS } from '#features/publishing/outlets/model.ts';
import { ChannelPath, WardPath } from '#features/publishing/channels-schema.ts';

export { ChannelPath, WardPath };
export const AccountPath = WardPath.extend({ account: z.uuid() });
export const SendPath = WardPath.extend({ send: z.uuid() });

const Secret = z.string().trim().min(1).max(4_000);
const Reference = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z_.-]{1,80}$/);
const Mailbox = z.email().max(254);

export const NewAccount = z.discriminatedUnion('provider', [
  z.strictObject({
    provider: z.literal('zalo'),
    accountRef: Reference,
    appId: Reference,
    appSecret: Secret,
    accessToken: Secret.nullish(),
    refreshToken: Secret,
  }),
  z.strictObject({
    provider: z.literal('facebook'),
    accountRef: Reference,
    accessToken: Secret,
    appSecret: Secret.nullish(),
  }),
  z.strictObject({
    provider: z.literal('webhook'),
    accountRef: z.url({ protocol: /^https$/ }).max(1_000),
    appSecret: Secret.min(16),
  }),
  z.strictObject({
    provider: z.literal('mail'),
    accountRef: z
      .string()
      .trim()
      .max(2_000)
      .refine(
        (text) => text.split(',').every((one) => Mailbox.safeParse(one.trim()).success),
        'mailboxes parted by commas',
      ),
  }),
]);
export type NewAccount = z.infer<typeof NewAccount>;

export const AccountView = z.object({
  id: z.string(),
  provider: z.enum(PROVIDERS),
  name: z.string(),
  accountRef: z.string(),
  state: z.enum(['unchecked', 'works', 'trouble']),
  trouble: z.string().nullable(),
  checkedAt: z.string().nullable(),
  accessExpiresAt: z.string().nullable(),
  renewedAt: z.string().nullable(),
  channels: z.number(),
});
export type AccountView = z.infer<typeof AccountView>;
export const AccountsReply = z.object({ accounts: z.array(AccountView), mailServer: z.boolean() });

export const LinkBody = z.strictObject({
  accountId: z.uuid(),
  way: z.enum(WAYS),
  target: Reference.nullish(),
  coverUrl: z
    .url({ protocol: /^https$/ })
    .max(1_000)
    .nullish(),
});
export type LinkBody = z.infer<typeof LinkBody>;

export const SendView = z.object({
  id: z.string(),
  textId: z.string(),
  title: z.string(),
  marker: z.string(),
  author: z.string(),
  askedAt: z.string(),
  state: z.enum(SEND_STATES),
  attempts: z.number(),
  code: z.string().nullable(),
  url: z.string().nullable(),
});
export type SendView = z.infer<typeof SendView>;
export const SendsReply = z.object({
  link: z
    .object({
      accountId: z.string(),
      account: z.string(),
      accountState: z.string(),
      way: z.enum(WAYS),
      target: z.string().nullable(),
      coverUrl: z.string().nullable(),
    })
    .nullable(),
  sends: z.array(SendView),
  may: z.object({ post: z.boolean(), connect: z.boolean() }),
});
export type SendsReply = z.infer<typeof SendsReply>;

export const NewSend = z.strictObject({ id: z.uuid(), textId: z.uuid() });
export type NewSend = z.infer<typeof NewSend>;
export const SettleBody = z.strictObject({
  /** Seen there, or seen not to be there. */
  stands: z.boolean(),
  link: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullish(),
});
export type SettleBody = z.infer<typeof SettleBody>;
export const IdReply = z.object({ id: z.string() });
