// Shapes of the phone's own doors: who holds it, and the copy of its data key. The field app reads the answers by
// platform/phone/who.ts, which keeps the full zod off the phone; a test holds the two together.
import { z } from 'zod';

const Clocks = { epoch: z.string(), campaignNow: z.number(), machineNow: z.number() };

export const PhoneReply = z.discriminatedUnion('state', [
  /** Nobody: no card was used here, or the phone was ended. */
  z.object({ state: z.literal('out'), ...Clocks }),
  /** A phone that still has to choose its PIN, or is locked. */
  z.object({ state: z.enum(['pin', 'locked']), wardId: z.number(), personId: z.string(), ...Clocks }),
  z.object({
    state: z.literal('in'),
    wardId: z.number(),
    wardName: z.string(),
    personId: z.string(),
    name: z.string(),
    deviceId: z.string().nullable(),
    rehearsal: z.boolean(),
    /** Groups the person works in now, in the ward's order. */
    groups: z.array(z.object({ id: z.string(), name: z.string(), shortName: z.string() })),
    recovery: z.object({ id: z.string(), publicKey: z.string() }),
    /** Proves the author of a handed-over file; absent where nobody holds a phone. */
    handover: z.string().nullable(),
    ...Clocks,
  }),
]);
export type PhoneReply = z.infer<typeof PhoneReply>;

const Base64 = z
  .string()
  .max(100_000)
  .regex(/^[A-Za-z0-9_-]+$/);
export const SealedCopy = z.strictObject({
  v: z.literal(1),
  key: z.string().max(100),
  from: Base64,
  nonce: Base64,
  box: Base64,
});
export const Unseal = z.strictObject({ sealed: SealedCopy });
export const Unsealed = z.object({ dataKey: z.string() });
/** What the box holds. */
export const SealedInside = z.strictObject({
  ward: z.number().int(),
  person: z.uuid(),
  dataKey: z.string().length(43),
});

export const UsePhone = z.strictObject({ ward: z.number().int().positive(), person: z.uuid() });
