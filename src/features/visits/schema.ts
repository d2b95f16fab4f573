// Bodies of the records about visits, as phone and server parse them alike. Version 1.
import * as z from 'zod/mini';
import { InstantText, Sha256Text, Uuid } from '#protocol/envelope.ts';
import { Signing } from '#features/pledges/schema.ts';

export const OUTCOMES = [
  'met',
  'nobody-home',
  'working-away',
  'refused',
  'moved-away',
  'vacant',
  'duplicate',
  'ineligible',
  'inaccessible',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const CHANNELS = ['direct', 'phone', 'zalo'] as const;
export const PLACES = ['home', 'leader-house', 'culture-house', 'meeting', 'elsewhere'] as const;
export const HOWS = ['on-the-spot', 'from-paper'] as const;
export const MET_WHO = ['head', 'member', 'owner', 'other'] as const;
export const ZALO_STATES = ['own-member', 'received-by', 'no-smartphone', 'not-yet'] as const;

const text = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest));
const topic = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/));
const Position = z.strictObject({
  lat: z.number().check(z.minimum(-90), z.maximum(90)),
  lon: z.number().check(z.minimum(-180), z.maximum(180)),
  accuracy: z.optional(z.number().check(z.minimum(0), z.maximum(100_000))),
});

/** The id of the visit is the id of its record. Signed at the same door: `pledge`, whose id is derived from it. */
export const VisitBody = z.strictObject({
  householdId: Uuid,
  outcome: z.enum(OUTCOMES),
  comeBackAt: z.optional(InstantText),
  metWho: z.optional(z.enum(MET_WHO)),
  membersTold: z.optional(z.int().check(z.minimum(0), z.maximum(99))),
  topics: z.array(topic).check(z.maxLength(30)),
  zalo: z.optional(z.strictObject({ state: z.enum(ZALO_STATES), receivedBy: z.optional(text(120)) })),
  flyerLeft: z.optional(z.boolean()),
  channel: z.enum(CHANNELS),
  place: z.enum(PLACES),
  how: z.enum(HOWS),
  /** When it was done: by the phone's clock on the spot, the stated time where typed in from paper. */
  doneAt: InstantText,
  position: z.optional(Position),
  mediaIds: z.array(Sha256Text).check(z.maxLength(6)),
  /** Of these, what does not show the signed paper. Absent: nobody was asked, and they all may. */
  otherMediaIds: z.optional(z.array(Sha256Text).check(z.maxLength(6))),
  teamId: z.optional(Uuid),
  pledge: z.optional(Signing),
});
export type VisitBody = z.infer<typeof VisitBody>;

export const TakeBackBody = z.strictObject({ visitId: Uuid, reason: text(300) });
export type TakeBackBody = z.infer<typeof TakeBackBody>;

/** No name and no story: only that it happened, to a household or not, and whom it was told. */
export const VictimSignalBody = z.strictObject({
  at: InstantText,
  isHousehold: z.boolean(),
  told: z.enum(['duty-desk', 'area-officer', 'none']),
});
export type VictimSignalBody = z.infer<typeof VictimSignalBody>;
