/**
 * The rows of the ward and of a group as the phone reads them, with zod/mini. What the server adds later is let through
 * unseen; what is not understood at all is passed over, and the rest of the book still opens.
 */
import * as z from 'zod/mini';
import { DWELLING_KINDS, Members, RESIDENCES } from '#features/households/schema.ts';
import { CHANNELS, OUTCOMES, ZALO_STATES } from '#features/visits/schema.ts';
import { ORIGINALS } from '#features/pledges/schema.ts';

const maybe = <T extends z.ZodMiniType>(inner: T) => z.optional(z.nullable(inner));

/** A group's declared number of households (số hộ theo sổ), once confirmed. */
export const GroupRow = z.object({
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  declared: maybe(z.number()),
});
export type GroupRow = z.infer<typeof GroupRow>;

/** groupId: the feed that brought it. */
export const LaneRow = z.object({
  id: z.string(),
  groupId: z.string(),
  name: z.string(),
  position: maybe(z.number()),
  /** Doors as they are walked. */
  order: maybe(z.array(z.string())),
  closedOn: maybe(z.string()),
});
export type LaneRow = z.infer<typeof LaneRow>;

export const DwellingRow = z.object({
  id: z.string(),
  laneId: z.string(),
  houseNumber: z.string(),
  dwellingKind: z.enum(DWELLING_KINDS),
  closed: maybe(z.boolean()),
});
export type DwellingRow = z.infer<typeof DwellingRow>;

export const HouseholdRow = z.object({
  id: z.string(),
  dwellingId: z.string(),
  ordinal: z.number(),
  headName: z.string(),
  residence: z.enum(RESIDENCES),
  members: maybe(Members),
  phone: maybe(z.string()),
  addressWritten: maybe(z.string()),
  smartphone: maybe(z.boolean()),
  respected: maybe(z.boolean()),
  mergedInto: maybe(z.string()),
  closed: maybe(z.boolean()),
  erased: maybe(z.boolean()),
});
export type HouseholdRow = z.infer<typeof HouseholdRow>;

const LastVisit = z.object({
  id: z.string(),
  outcome: z.enum(OUTCOMES),
  channel: z.enum(CHANNELS),
  doneAt: z.string(),
  comeBackAt: maybe(z.string()),
  authorId: maybe(z.string()),
  authorName: maybe(z.string()),
});
export type LastVisit = z.infer<typeof LastVisit>;

/** Where a household (its id) stands in a campaign, over all its visits and pledges that stand. */
export const ProgressRow = z.object({
  id: z.string(),
  campaignId: z.string(),
  reached: z.boolean(),
  pledged: maybe(z.enum(ORIGINALS)),
  pledgeId: maybe(z.string()),
  zalo: maybe(z.enum(ZALO_STATES)),
  last: maybe(LastVisit),
});
export type ProgressRow = z.infer<typeof ProgressRow>;

export const ExclusionRow = z.object({
  id: z.string(),
  campaignId: z.string(),
  householdId: z.string(),
  state: z.enum(['asked', 'approved', 'refused', 'ended']),
});
export type ExclusionRow = z.infer<typeof ExclusionRow>;

/** A door (its dwelling's id) taken by somebody until then. */
export const ClaimRow = z.object({
  id: z.string(),
  personId: z.string(),
  personName: maybe(z.string()),
  until: z.string(),
});
export type ClaimRow = z.infer<typeof ClaimRow>;

const Topic = z.object({ code: z.string(), name: z.string() });
export type Topic = z.infer<typeof Topic>;

/** What the ward set for the campaign; a setting that cannot be read counts as not set. */
const Settings = z.object({
  pledgeOriginal: z.catch(maybe(z.enum(ORIGINALS)), undefined),
  topics: z.catch(maybe(z.array(Topic)), undefined),
  /** Citizen cards read at the door, where the ward turned it on. */
  identityCard: z.catch(
    maybe(z.object({ on: z.boolean(), keepNumber: z.boolean(), formerUnits: z.array(z.string()) })),
    undefined,
  ),
  /** What to do in the first hour after a scam, line by line. */
  firstHour: z.catch(maybe(z.array(z.string())), undefined),
});

export const CampaignRow = z.object({
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  from: z.string(),
  to: z.string(),
  state: maybe(z.string()),
  settings: z.catch(maybe(Settings), undefined),
});
export type CampaignRow = z.infer<typeof CampaignRow>;

export const PledgeTextRow = z.object({
  id: z.string(),
  campaignId: z.string(),
  version: z.number(),
  title: z.string(),
  body: z.string(),
  consents: z.catch(maybe(z.array(z.object({ code: z.string(), text: z.string() }))), undefined),
  inForceFrom: maybe(z.string()),
  /** Hash of the text as sound. */
  audio: maybe(z.string()),
  /** The ward in its public addresses, such as 11602: where a receipt is checked. */
  ward: maybe(z.string()),
});
export type PledgeTextRow = z.infer<typeof PledgeTextRow>;

export const ContactRow = z.object({
  id: z.string(),
  role: z.string(),
  name: z.string(),
  phone: maybe(z.string()),
});
export type ContactRow = z.infer<typeof ContactRow>;

export const SHAPES = {
  group: GroupRow,
  lane: LaneRow,
  dwelling: DwellingRow,
  household: HouseholdRow,
  progress: ProgressRow,
  exclusion: ExclusionRow,
  claim: ClaimRow,
  campaign: CampaignRow,
  'pledge-text': PledgeTextRow,
  contact: ContactRow,
} as const;
export type RowKind = keyof typeof SHAPES;
