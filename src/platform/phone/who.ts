/** Who holds this phone, as the server answers it (`GET /api/phone`); read with zod/mini, which weighs little. */
import * as z from 'zod/mini';

const clocks = { epoch: z.string(), campaignNow: z.number(), machineNow: z.number() };

export const PhoneGroup = z.object({ id: z.string(), name: z.string(), shortName: z.string() });
export type PhoneGroup = z.infer<typeof PhoneGroup>;

const Holder = z.object({
  state: z.literal('in'),
  wardId: z.number(),
  wardName: z.string(),
  personId: z.string(),
  name: z.string(),
  deviceId: z.nullable(z.string()),
  rehearsal: z.boolean(),
  groups: z.array(PhoneGroup),
  recovery: z.object({ id: z.string(), publicKey: z.string() }),
  /** For a handed-over file: proves to the server whose it is. Absent from an older server's answer. */
  handover: z.optional(z.nullable(z.string())),
  ...clocks,
});
export type Holder = z.infer<typeof Holder>;

export const Who = z.discriminatedUnion('state', [
  z.object({ state: z.literal('out'), ...clocks }),
  z.object({ state: z.enum(['pin', 'locked']), wardId: z.number(), personId: z.string(), ...clocks }),
  Holder,
]);
export type Who = z.infer<typeof Who>;

export const Unsealed = z.object({ dataKey: z.string() });
