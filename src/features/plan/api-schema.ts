/** Shapes of the plan's doors: what a request may say and what is answered. */
import { z } from 'zod';
import { PaperShape } from '#features/plan/paper.ts';
import { CampaignDays, Day, ItemBody, QuoteShape } from '#features/plan/schema.ts';

export const WardPath = z.object({ ward: z.coerce.number().int().positive() });
export const CampaignPath = WardPath.extend({ campaign: z.uuid() });
export const VersionPath = CampaignPath.extend({ version: z.coerce.number().int().positive() });
export const ItemPath = CampaignPath.extend({ item: z.uuid() });
export const PhrasePath = CampaignPath.extend({ phrase: z.uuid() });
export const DoubtPath = CampaignPath.extend({ doubt: z.uuid() });

const Name = z.string().trim().min(3).max(300);
const ShortName = z.string().trim().min(2).max(80);
const Reason = z.string().trim().min(1).max(2_000);

export const CampaignWishShape = z.strictObject({
  name: Name,
  shortName: ShortName,
  leadingUnitId: z.uuid(),
  fromOn: Day,
  toOn: Day,
});
export const CampaignEditShape = CampaignWishShape.partial().extend({
  /** Which signature is the original: on paper, or on the phone's glass. What was signed keeps its own. */
  pledgeOriginal: z.enum(['paper', 'phone']).optional(),
  /** Citizen cards read at the door; turned on or off with a reason that stays on record. */
  identityCard: z
    .strictObject({
      on: z.boolean(),
      keepNumber: z.boolean(),
      reason: z.string().trim().min(10).max(500),
      formerUnits: z.array(z.string().trim().min(2).max(60)).max(30),
    })
    .optional(),
});
export const TransferShape = z.strictObject({
  name: Name,
  shortName: ShortName,
  leadingUnitId: z.uuid(),
  startOn: Day.optional(),
});

export const CampaignReply = z.object({
  id: z.uuid(),
  name: z.string(),
  shortName: z.string(),
  leadingUnitId: z.uuid().nullable(),
  fromOn: Day,
  toOn: Day,
  state: z.enum(['draft', 'active', 'closed']),
  copiedFrom: z.uuid().nullable(),
});
export type CampaignReply = z.infer<typeof CampaignReply>;

export const VersionHeadReply = z.object({
  version: z.int(),
  state: z.enum(['draft', 'confirmed', 'discarded']),
  documentName: z.string().nullable(),
  hasDocument: z.boolean(),
  days: CampaignDays.nullable(),
  inForceFrom: Day.nullable(),
  amendingNumber: z.string().nullable(),
  amendingOn: Day.nullable(),
  amendingNote: z.string().nullable(),
  createdAt: z.iso.datetime(),
  confirmedAt: z.iso.datetime().nullable(),
  confirmedBy: z.string().nullable(),
});
export type VersionHeadReply = z.infer<typeof VersionHeadReply>;

const CampaignRights = z.object({ edit: z.boolean(), confirm: z.boolean(), run: z.boolean() });
export const CampaignListReply = z.object({
  campaigns: z.array(CampaignReply),
  units: z.array(z.object({ id: z.uuid(), name: z.string(), shortName: z.string() })),
  /** Units for which the asker may begin a campaign. */
  mayCreateFor: z.array(z.uuid()),
});
export const CampaignDetailReply = CampaignReply.extend({
  versions: z.array(VersionHeadReply),
  may: CampaignRights,
});

export const IdReply = z.object({ id: z.uuid() });
export const VersionReply = z.object({ version: z.int() });
export const FreshReply = z.object({ campaignId: z.uuid(), version: z.int() });

export const UploadShape = z.strictObject({
  file: z.instanceof(File),
  year: z.coerce.number().int().min(1990).max(2100).optional(),
});

export const ItemEditShape = z.strictObject({
  revision: z.int().min(1),
  body: ItemBody.optional(),
  quote: QuoteShape.nullable().optional(),
  review: z.enum(['open', 'accepted', 'ignored']).optional(),
  reason: Reason.optional(),
});
export const ItemWishShape = z.strictObject({
  id: z.uuid().optional(),
  body: ItemBody,
  quote: QuoteShape.nullable(),
  from: z.uuid().optional(),
});
export const AcceptShape = z.strictObject({
  items: z
    .array(z.strictObject({ id: z.uuid(), revision: z.int().min(1) }))
    .min(1)
    .max(2_000),
});
export const PhraseShape = z.strictObject({
  revision: z.int().min(1),
  state: z.enum(['open', 'ignored', 'read']),
  reason: Reason.optional(),
  itemId: z.uuid().optional(),
});
export const AnswerShape = z.strictObject({ answer: z.string().trim().min(1).max(400).nullable() });
export const LinksShape = z.strictObject({
  pairs: z
    .array(z.tuple([z.uuid(), z.uuid()]))
    .min(1)
    .max(500),
  state: z.enum(['linked', 'apart', 'proposed']),
});
export const MeaningShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unit'), unitId: z.uuid() }),
  z.strictObject({ kind: z.literal('groups') }),
  z.strictObject({ kind: z.literal('outside') }),
]);
export const ActorShape = z.strictObject({
  name: z.string().trim().min(1).max(400),
  meaning: MeaningShape,
});
export const ContinueShape = z.strictObject({ itemId: z.uuid() });
export const ConfirmShape = z.strictObject({
  inForceFrom: Day.optional(),
  amendingNumber: z.string().trim().max(80).nullable().optional(),
  amendingOn: Day.nullable().optional(),
  note: z.string().trim().max(2_000).nullable().optional(),
});
export const AmendingShape = z.strictObject({
  number: z.string().trim().min(1).max(80),
  on: Day,
  note: z.string().trim().max(2_000).nullable().optional(),
});

export const ItemReply = z.object({
  id: z.uuid(),
  kind: z.enum(['target', 'duty', 'report']),
  body: ItemBody,
  quote: z.object({ start: z.int(), end: z.int() }).nullable(),
  review: z.enum(['open', 'accepted', 'ignored']),
  ignoredReason: z.string().nullable(),
  revision: z.int(),
  origin: z.enum(['read', 'added', 'copied']),
  /** Changed by the ward itself, and the paper that says so has not been named yet. */
  withoutPaper: z.boolean(),
});
export type ItemReply = z.infer<typeof ItemReply>;

export const PhraseReply = z.object({
  id: z.uuid(),
  quote: z.object({ start: z.int(), end: z.int() }),
  lacks: z.string(),
  why: z.string(),
  state: z.enum(['open', 'read', 'ignored']),
  itemId: z.uuid().nullable(),
  reason: z.string().nullable(),
  revision: z.int(),
});
export type PhraseReply = z.infer<typeof PhraseReply>;

export const MissingReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phrase'), id: z.uuid() }),
  z.object({ kind: z.literal('doubt'), id: z.uuid() }),
  z.object({ kind: z.literal('actor'), name: z.string().nullable(), itemIds: z.array(z.uuid()) }),
  z.object({ kind: z.literal('link'), itemA: z.uuid(), itemB: z.uuid() }),
  z.object({ kind: z.literal('days') }),
  z.object({ kind: z.literal('nothing') }),
]);
export type MissingReply = z.infer<typeof MissingReply>;

export const ChangeReply = z.object({
  id: z.uuid(),
  state: z.enum(['same', 'changed', 'new', 'dropped']),
  fields: z.array(z.string()),
  /** Another target, unit or deadline, or a whole item: asks for an amending document. */
  formal: z.boolean(),
  before: ItemBody.nullable(),
  beforeWords: z.string().nullable(),
  after: ItemBody.nullable(),
  afterWords: z.string().nullable(),
});
export type ChangeReply = z.infer<typeof ChangeReply>;

export const UnitReply = z.object({ id: z.uuid(), name: z.string(), shortName: z.string() });
export type UnitReply = z.infer<typeof UnitReply>;

export const PlanReply = z.object({
  campaign: CampaignReply,
  version: VersionHeadReply,
  source: z.string(),
  paper: PaperShape,
  answers: z.record(z.string(), z.string()),
  items: z.array(ItemReply),
  phrases: z.array(PhraseReply),
  links: z.array(
    z.object({ itemA: z.uuid(), itemB: z.uuid(), state: z.enum(['proposed', 'linked', 'apart']) }),
  ),
  units: z.array(UnitReply),
  /** Drafts only; empty once confirmed. */
  missing: z.array(MissingReply),
  suggestions: z.array(z.object({ name: z.string(), meaning: MeaningShape })),
  /** Against the version confirmed before; empty for the first. */
  changes: z.array(ChangeReply),
  may: CampaignRights,
});
export type PlanReply = z.infer<typeof PlanReply>;

/** One item with its exact words, for the pages that show where a duty comes from. */
export const WordsReply = z.object({
  campaign: CampaignReply,
  version: VersionHeadReply,
  item: ItemReply,
  words: z.string().nullable(),
  /** What stands around the words, so that they can be understood. */
  context: z.object({ before: z.string(), after: z.string() }),
  units: z.array(UnitReply),
  links: z.array(z.object({ id: z.uuid(), title: z.string() })),
});
export type WordsReply = z.infer<typeof WordsReply>;

/** What a change of a draft answers: the items it touched and what is still missing. */
export const DraftChangeReply = z.object({
  items: z.array(ItemReply),
  phrase: PhraseReply.nullable(),
  missing: z.array(MissingReply),
});
export type DraftChangeReply = z.infer<typeof DraftChangeReply>;
