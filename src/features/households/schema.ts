// Bodies of the records about lanes, dwellings and households, as phone and server parse them alike (zod/mini: they
// run on the phone). Version 1; a change of meaning is a new version with an upgrader.
import * as z from 'zod/mini';
import { InstantText, Uuid } from '#protocol/envelope.ts';

export const DWELLING_KINDS = ['house', 'flat', 'boarding-house'] as const;
export const RESIDENCES = ['permanent', 'temporary', 'boarding'] as const;
export const EXCLUSION_REASONS = ['moved-away', 'vacant', 'duplicate', 'ineligible', 'inaccessible'] as const;
export const AGE_BANDS = ['under16', 'from16to59', 'from60'] as const;

export const text = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest));

/** Where something stands; metres of doubt as the phone said. */
export const Position = z.strictObject({
  lat: z.number().check(z.minimum(-90), z.maximum(90)),
  lon: z.number().check(z.minimum(-180), z.maximum(180)),
  accuracy: z.optional(z.number().check(z.minimum(0), z.maximum(100_000))),
});
export type Position = z.infer<typeof Position>;

/** How many people by age; a band that was not asked is absent. */
export const Members = z.strictObject({
  under16: z.optional(z.int().check(z.minimum(0), z.maximum(99))),
  from16to59: z.optional(z.int().check(z.minimum(0), z.maximum(99))),
  from60: z.optional(z.int().check(z.minimum(0), z.maximum(99))),
});
export type Members = z.infer<typeof Members>;

export const Phone = z.string().check(z.regex(/^\+[1-9][0-9]{7,14}$/));

/** laneId is derived from group and name (protocol/identity.ts). */
export const LaneBody = z.strictObject({ laneId: Uuid, name: text(120) });
export type LaneBody = z.infer<typeof LaneBody>;

export const DwellingBody = z.strictObject({
  dwellingId: Uuid,
  laneId: Uuid,
  houseNumber: text(40),
  kind: z.enum(DWELLING_KINDS),
  position: z.optional(Position),
});
export type DwellingBody = z.infer<typeof DwellingBody>;

/** n: 1 for the first household of a dwelling, whose id is derived; further ones have an id of their own. */
export const HouseholdBody = z.strictObject({
  householdId: Uuid,
  dwellingId: Uuid,
  n: z.int().check(z.minimum(1), z.maximum(500)),
  headName: text(120),
  residence: z.enum(RESIDENCES),
  members: z.optional(Members),
  phone: z.optional(Phone),
  addressWritten: z.optional(text(300)),
  smartphone: z.optional(z.boolean()),
  headBornYear: z.optional(z.int().check(z.minimum(1900), z.maximum(2100))),
  /** Of a citizen card, by its ends; kept only where the ward has said so. */
  identityMasked: z.optional(z.string().check(z.regex(/^\d{3}•{6}\d{3}$/))),
});
export type HouseholdBody = z.infer<typeof HouseholdBody>;

const change = <T extends z.ZodMiniType>(value: T) =>
  z.optional(z.strictObject({ from: z.nullable(value), to: z.nullable(value) }));

const Change = z.strictObject({
  headName: z.optional(z.strictObject({ from: z.nullable(text(120)), to: text(120) })),
  residence: z.optional(z.strictObject({ from: z.nullable(z.enum(RESIDENCES)), to: z.enum(RESIDENCES) })),
  members: change(Members),
  phone: change(Phone),
  addressWritten: change(text(300)),
  smartphone: change(z.boolean()),
  respected: z.optional(z.strictObject({ from: z.nullable(z.boolean()), to: z.boolean() })),
});

/** Field by field: what the author saw and what it is to be. */
export const HouseholdEditBody = z.strictObject({ householdId: Uuid, set: Change });
export type HouseholdEditBody = z.infer<typeof HouseholdEditBody>;

export const LaneOrderBody = z.strictObject({
  laneId: Uuid,
  dwellingIds: z.array(Uuid).check(z.maxLength(1000)),
});
export type LaneOrderBody = z.infer<typeof LaneOrderBody>;

export const ExclusionRequestBody = z.strictObject({
  householdId: Uuid,
  reason: z.enum(EXCLUSION_REASONS),
  note: z.optional(text(500)),
  /** Who went together that day: none of them may approve it. */
  team: z.optional(z.array(Uuid).check(z.maxLength(10))),
});
export type ExclusionRequestBody = z.infer<typeof ExclusionRequestBody>;

/** until null: the door is given back. */
export const DoorClaimBody = z.strictObject({ dwellingId: Uuid, until: z.nullable(InstantText) });
export type DoorClaimBody = z.infer<typeof DoorClaimBody>;
