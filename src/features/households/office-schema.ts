// Shapes at the office's doors of the register. The bodies of field records stand in schema.ts; they run on the phone.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { nfc } from '#core/vietnamese.ts';
import { EXCLUSION_REASONS, RESIDENCES } from '#features/households/schema.ts';
import { DOOR_STATES } from '#features/households/door-states.ts';
import { SHOWN } from '#features/households/shown.ts';

const words = (most: number) =>
  z
    .string()
    .transform((text) => nfc(text).replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1).max(most));
const Day = z.string().refine(isDateOn, 'YYYY-MM-DD');

export const WardPath = z.object({ ward: z.coerce.number().int().positive() });
export const AreaPath = WardPath.extend({ area: z.uuid() });
export const HouseholdPath = WardPath.extend({ household: z.uuid() });
export const CampaignPath = WardPath.extend({ campaign: z.uuid() });
export const ExclusionPath = CampaignPath.extend({ exclusion: z.uuid() });

const Figures = z.object({
  declared: z.number().nullable(),
  named: z.number(),
  excluded: z.number(),
  denominator: z.number(),
  reached: z.number(),
  remote: z.number(),
  pledged: z.number(),
  zalo: z.number(),
  leftNamed: z.number(),
  unlisted: z.number(),
  overNamed: z.boolean(),
  leftBy: z.record(z.string(), z.number()),
});

export const CoverageQuery = z.object({ area: z.uuid().optional() });
export const MarkReply = z.object({ mark: z.number() });

export const CoverageReply = z.object({
  today: z.string(),
  campaign: z.object({
    id: z.string(),
    name: z.string(),
    shortName: z.string(),
    fromOn: z.string(),
    toOn: z.string(),
  }),
  /** The group asked about; null: the ward, or what one may see of it. */
  group: z.object({ id: z.string(), name: z.string() }).nullable(),
  total: Figures,
  /** Groups of the ward, or lanes of the group. */
  lines: z.array(z.object({ id: z.string(), name: z.string(), figures: Figures })),
  days: z.array(
    z.object({
      day: z.string(),
      reached: z.number(),
      remote: z.number(),
      pledged: z.number(),
      zalo: z.number(),
    }),
  ),
  people: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      visits: z.number(),
      households: z.number(),
      reached: z.number(),
      pledged: z.number(),
      days: z.number(),
    }),
  ),
  waiting: z.object({ exclusions: z.number(), flagged: z.number() }),
});
export type CoverageReply = z.infer<typeof CoverageReply>;

export const PaceReply = z.object({
  today: z.string(),
  endOn: z.string(),
  /** Households of respected people and good examples (điển hình tiên tiến). */
  respected: z.object({ households: z.number(), reached: z.number(), pledged: z.number() }),
  /** Whole days the pace is taken from. */
  days: z.number(),
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      left: z.number(),
      now: z.number(),
      needed: z.number().nullable(),
      doneOn: z.string().nullable(),
      shortBy: z.number(),
      teams: z.number().nullable(),
      state: z.enum(['done', 'on-pace', 'second-team', 'short', 'no-pace', 'over']),
    }),
  ),
});
export type PaceReply = z.infer<typeof PaceReply>;

export const DoorsReply = z.object({
  doors: z.array(
    z.object({
      id: z.string(),
      place: z.string(),
      lat: z.number(),
      lon: z.number(),
      householdId: z.string(),
      households: z.number(),
      reached: z.number(),
      excluded: z.number(),
      /** Somebody was there and met nobody of it. */
      tried: z.number(),
    }),
  ),
  /** Doors whose place nobody has recorded. */
  without: z.number(),
});
export type DoorsReply = z.infer<typeof DoorsReply>;

export const ListQuery = z.object({
  q: z.string().max(80).optional(),
  area: z.uuid().optional(),
  lane: z.uuid().optional(),
  residence: z.enum(RESIDENCES).optional(),
  campaign: z.uuid().optional(),
  show: z.enum(SHOWN).default('all'),
  /** Of those left: what the last visit found; `none` for doors nobody has been to. */
  reason: z.string().max(30).optional(),
  /** The day on which the figure shown first counted them. */
  day: Day.optional(),
  person: z.uuid().optional(),
  /** How the whole door stands on the map of the ward; one of several households stands by what is left of it. */
  door: z.enum(DOOR_STATES).optional(),
  import: z.uuid().optional(),
  page: z.coerce.number().int().min(1).max(2_000).default(1),
});
export type ListQuery = z.infer<typeof ListQuery>;

export const HouseholdLine = z.object({
  id: z.string(),
  headName: z.string(),
  n: z.number(),
  houseNumber: z.string(),
  kind: z.string(),
  laneId: z.string(),
  lane: z.string(),
  groupId: z.string(),
  group: z.string(),
  residence: z.string(),
  members: z.number().nullable(),
  phone: z.string().nullable(),
  respected: z.boolean(),
  reachedOn: z.string().nullable(),
  remoteOn: z.string().nullable(),
  pledgedOn: z.string().nullable(),
  zaloOn: z.string().nullable(),
  excludedOn: z.string().nullable(),
  lastOutcome: z.string().nullable(),
  visits: z.number(),
});
export type HouseholdLine = z.infer<typeof HouseholdLine>;

export const ListReply = z.object({
  households: z.array(HouseholdLine),
  total: z.number(),
  page: z.number(),
  size: z.number(),
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      declared: z.number().nullable(),
      named: z.number(),
    }),
  ),
  lanes: z.array(z.object({ id: z.string(), name: z.string() })),
  may: z.object({ change: z.boolean(), import: z.boolean(), export: z.boolean() }),
});
export type ListReply = z.infer<typeof ListReply>;

const VisitLine = z.object({
  id: z.string(),
  outcome: z.string(),
  channel: z.string(),
  place: z.string(),
  how: z.string(),
  zalo: z.string().nullable(),
  membersTold: z.number().nullable(),
  workOn: z.string(),
  doneAt: z.string(),
  receivedAt: z.string(),
  author: z.string().nullable(),
  enteredBy: z.string().nullable(),
  flags: z.array(z.string()),
  takenBack: z
    .object({ at: z.string(), reason: z.string().nullable(), by: z.string().nullable() })
    .nullable(),
});
const ExclusionLine = z.object({
  id: z.string(),
  householdId: z.string(),
  headName: z.string(),
  place: z.string(),
  groupId: z.string(),
  group: z.string(),
  reason: z.string(),
  note: z.string().nullable(),
  askedBy: z.string().nullable(),
  askedAt: z.string(),
  fromOn: z.string(),
  decision: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decidedReason: z.string().nullable(),
  ended: z.boolean(),
  /** null: the reader may decide; else the code that says why not. */
  barred: z.string().nullable(),
});
export type ExclusionLine = z.infer<typeof ExclusionLine>;

export const HouseholdReply = z.object({
  household: HouseholdLine,
  addressWritten: z.string().nullable(),
  memberBands: z.record(z.string(), z.number()),
  smartphone: z.boolean().nullable(),
  headBornYear: z.number().nullable(),
  /** A citizen card's number by its ends. */
  identityMasked: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  erased: z.boolean(),
  mergedInto: z.object({ id: z.string(), headName: z.string() }).nullable(),
  absorbed: z.array(
    z.object({
      id: z.string(),
      headName: z.string(),
      mergedAt: z.string(),
      mergedBy: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  neighbours: z.array(z.object({ id: z.string(), headName: z.string(), n: z.number() })),
  alike: z.array(HouseholdLine),
  visits: z.array(VisitLine),
  pledges: z.array(
    z.object({
      id: z.string(),
      original: z.string(),
      signer: z.string(),
      workOn: z.string(),
      withdrawn: z.boolean(),
      atWard: z.boolean(),
    }),
  ),
  exclusions: z.array(ExclusionLine),
  conflicts: z.array(
    z.object({
      id: z.string(),
      field: z.string(),
      kept: z.unknown(),
      other: z.unknown(),
      notedAt: z.string(),
    }),
  ),
  may: z.object({ change: z.boolean(), merge: z.boolean(), ask: z.boolean(), erase: z.boolean() }),
});
export type HouseholdReply = z.infer<typeof HouseholdReply>;

const Members = z.strictObject({
  under16: z.number().int().min(0).max(99).optional(),
  from16to59: z.number().int().min(0).max(99).optional(),
  from60: z.number().int().min(0).max(99).optional(),
});

export const HouseholdWish = z.strictObject({
  lane: words(80),
  houseNumber: words(40),
  kind: z.enum(['house', 'flat', 'boarding-house']).default('house'),
  headName: words(120),
  residence: z.enum(RESIDENCES).default('permanent'),
  members: Members.optional(),
  phone: z.string().max(40).optional(),
  addressWritten: words(300).optional(),
  /** Said by a person who has seen that one of this name lives at this door already. */
  another: z.boolean().default(false),
});
export type HouseholdWish = z.infer<typeof HouseholdWish>;

export const EditWish = z.strictObject({
  headName: words(120).optional(),
  residence: z.enum(RESIDENCES).optional(),
  members: Members.nullable().optional(),
  phone: z.string().max(40).nullable().optional(),
  addressWritten: z.string().max(300).nullable().optional(),
  smartphone: z.boolean().nullable().optional(),
  respected: z.boolean().optional(),
  /** The fields as the page showed them: a change made meanwhile by somebody else is noted, not overwritten unseen. */
  seen: z.record(z.string(), z.unknown()).default({}),
});
export type EditWish = z.infer<typeof EditWish>;

export const LayoutWish = z.strictObject({ text: words(2_000), lane: words(80).optional() });
export const LayoutReply = z.object({
  lane: z.string().nullable(),
  made: z.number(),
  there: z.number(),
  unread: z.array(z.string()),
});
export const MergeWish = z.strictObject({ absorbed: z.uuid(), into: z.uuid(), reason: words(300) });
export const MoveWish = z.strictObject({
  group: z.uuid(),
  lane: words(80),
  houseNumber: words(40),
  reason: words(300),
});

export const ExclusionsQuery = z.object({
  state: z.enum(['waiting', 'approved', 'refused', 'all']).default('waiting'),
  area: z.uuid().optional(),
});
export const ExclusionsReply = z.object({
  exclusions: z.array(ExclusionLine),
  counts: z.object({ waiting: z.number(), approved: z.number(), refused: z.number() }),
});
export type ExclusionsReply = z.infer<typeof ExclusionsReply>;
export const ExclusionWish = z.strictObject({
  householdId: z.uuid(),
  reason: z.enum(EXCLUSION_REASONS),
  note: words(500).optional(),
});
export const DecisionWish = z
  .strictObject({ decision: z.enum(['approved', 'refused']), reason: words(300).optional() })
  .refine(({ decision, reason }) => decision === 'approved' || reason !== undefined, { path: ['reason'] });
export const EndWish = z.strictObject({ reason: words(300) });

export const IdReply = z.object({ id: z.string() });
/** Who asked and how, without repeating what is to be forgotten. */
export const EraseWish = z.strictObject({ asked: words(300) });
export type EraseWish = z.infer<typeof EraseWish>;

export const Done = z.object({ done: z.literal(true) });
