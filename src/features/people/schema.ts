// Shapes at the edge of signing in and of the register.
import { z } from 'zod';
import { ROLES } from '#platform/api/actor.ts';

export const WardParams = z.object({ ward: z.coerce.number().int().positive() });

/** Where somebody who has just answered goes next. */
export const Next = z.enum(['in', 'second-factor', 'new-password', 'ward']);
export type Next = z.infer<typeof Next>;
export const NextReply = z.object({ next: Next });

export const SignIn = z.strictObject({
  username: z.string().trim().min(1).max(60),
  password: z.string().min(1).max(500),
});

export const SecondFactor = z.strictObject({
  /** Six digits of the app, or one of the kept spare codes. */
  code: z.string().trim().min(6).max(20),
});

export const NewPassword = z.strictObject({ password: z.string().min(1).max(500) });

export const ChooseWard = z.strictObject({ ward: z.coerce.number().int().positive() });

export const SessionReply = z.object({
  username: z.string().nullable(),
  waiting: z.enum(['ward', 'new-password', 'pin', 'unlock']).nullable(),
  secondFactor: z.boolean(),
  wards: z.array(z.object({ ward: z.number(), name: z.string() })),
  /** Who acts, once nothing is waiting. */
  person: z
    .object({ name: z.string(), ward: z.number(), wardName: z.string(), via: z.enum(['office', 'field']) })
    .nullable(),
  rehearsal: z.boolean(),
  /** Campaign time, epoch ms. */
  now: z.number(),
});

// ── cards and phones

/** The link's token, or the code printed under the square. */
const Card = z.string().trim().min(8).max(60);
/** Made by the phone at the first sight of the button. */
const DeviceKey = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/);
const WardCode = z.string().regex(/^[0-9]{1,8}$/);

export const LookAtCard = z.strictObject({ ward: WardCode, card: Card, deviceKey: DeviceKey });
export const CardLook = z.object({
  name: z.string(),
  places: z.array(z.string()),
  wardName: z.string(),
  /** This very phone was bound by it before. */
  again: z.boolean(),
});

export const RedeemCard = LookAtCard;
export const Redeemed = z.object({ next: z.enum(['pin', 'unlock']) });

export const Pin = z.strictObject({ pin: z.string().max(20) });

export const IssueCards = z.strictObject({ people: z.array(z.uuid()).min(1).max(400) });
export const PrintedCards = z.object({
  cards: z.array(
    z.object({
      person: z.string(),
      name: z.string(),
      title: z.string().nullable(),
      places: z.array(z.string()),
      link: z.string(),
      typeAt: z.string(),
      code: z.string(),
      qr: z.string(),
      expiresAt: z.string(),
    }),
  ),
});
export type PrintedCards = z.infer<typeof PrintedCards>;

export const PhoneRow = z.object({
  person: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  places: z.array(z.string()),
  groups: z.array(z.string()),
  /** none: never issued; waiting: issued, not yet used; expired; bound: a phone is bound. */
  state: z.enum(['none', 'waiting', 'expired', 'bound']),
  issuedAt: z.string().nullable(),
  device: z
    .object({
      id: z.string(),
      label: z.string(),
      boundAt: z.string(),
      lastUsedAt: z.string(),
      hasPin: z.boolean(),
      /** When the practice lane was done on it; null: not yet. */
      practisedAt: z.string().nullable(),
    })
    .nullable(),
  mayIssue: z.boolean(),
  mayEnd: z.boolean(),
});
export type PhoneRow = z.infer<typeof PhoneRow>;
export const PhonesReply = z.object({ phones: z.array(PhoneRow) });

export const DeviceParams = WardParams.extend({ device: z.uuid() });
export const EndDevice = z.strictObject({ why: z.enum(['lost', 'left']) });

// ── one's own account

export const AccountReply = z.object({
  username: z.string(),
  secondFactor: z.boolean(),
  /** Fewest characters of a new password. */
  least: z.number(),
  passkeys: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.string().nullable() })),
  /** Until when the last proof stands; null: it is over. */
  provedUntil: z.string().nullable(),
  sessions: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      address: z.string().nullable(),
      current: z.boolean(),
      createdAt: z.string(),
      lastUsedAt: z.string(),
    }),
  ),
});
export type AccountReply = z.infer<typeof AccountReply>;

/** What a browser answers (Web Authentication Level 3 §5.1): base64url all through; checked by better-auth. */
const Bytes = z
  .string()
  .min(1)
  .max(10_000)
  .regex(/^[\w-]+$/);
const Credential = {
  id: Bytes,
  rawId: Bytes,
  type: z.literal('public-key'),
  clientExtensionResults: z.strictObject({}),
};
const Assertion = z.strictObject({
  ...Credential,
  response: z.strictObject({
    clientDataJSON: Bytes,
    authenticatorData: Bytes,
    signature: Bytes,
    userHandle: Bytes.optional(),
  }),
});
const Attestation = z.strictObject({
  ...Credential,
  response: z.strictObject({
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    transports: z.array(z.string().max(20)).max(10),
  }),
});
export const PasskeyAnswer = z.strictObject({ response: Assertion });
export const NewPasskey = z.strictObject({
  response: Attestation,
  name: z.string().trim().min(1).max(60),
});
export const WebAuthnOptions = z.looseObject({ challenge: z.string() });
export const PasskeyParams = WardParams.extend({ passkey: z.uuid() });
/** Password, and the code where a second factor is on; or a passkey alone. */
export const Proof = z.union([
  z.strictObject({ password: z.string().min(1).max(500), code: z.string().trim().max(20).optional() }),
  z.strictObject({ passkey: Assertion }),
]);
export const Proved = z.object({ until: z.string() });

export const ChangePassword = z.strictObject({
  current: z.string().min(1).max(500),
  password: z.string().min(1).max(500),
});
export const WithPassword = z.strictObject({ password: z.string().min(1).max(500) });
export const SecondFactorStart = z.object({
  secret: z.string(),
  qr: z.string(),
  backupCodes: z.array(z.string()),
});
export const EndSession = z.strictObject({ session: z.uuid().optional() });

export const ThisPhone = z.object({
  roles: z.array(z.object({ role: z.enum(ROLES), place: z.string().nullable() })),
  device: z.object({ label: z.string(), boundAt: z.string() }).nullable(),
  mayIssue: z.boolean(),
});
