// Shapes at the edge of the register of directives.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { SORTS } from '#features/directives/model.ts';
import { DutyBody, ReportBody } from '#features/plan/schema.ts';

const Day = z.string().refine(isDateOn, 'not a day');
const Words = (least: number, most: number) => z.string().trim().normalize('NFC').min(least).max(most);

export const WardPath = z.object({ ward: z.coerce.number().int().positive() });
export const DirectivePath = WardPath.extend({ directive: z.uuid() });
export const ProposalPath = WardPath.extend({ campaign: z.uuid(), directive: z.uuid(), proposal: z.uuid() });
export const OwnProposalPath = DirectivePath.extend({ proposal: z.uuid() });
export const CitationPath = DirectivePath.extend({ citation: z.uuid() });

export const DirectivesQuery = z.object({
  search: z.string().trim().max(120).optional(),
  issuer: z.string().trim().max(200).optional(),
  year: z.coerce.number().int().min(1990).max(2100).optional(),
  sort: z.enum(SORTS).default('newest'),
});
export type DirectivesQuery = z.infer<typeof DirectivesQuery>;

const facts = {
  number: Words(1, 60),
  issuedOn: Day,
  issuer: Words(2, 200),
  subject: Words(5, 600),
};
/** Form fields and, where there is one, the paper itself. */
export const NewDirective = z.strictObject({ ...facts, file: z.instanceof(File).optional() });
export type NewDirective = z.infer<typeof NewDirective>;
export const EditDirective = z.strictObject(facts);
export type EditDirective = z.infer<typeof EditDirective>;
export const WithdrawDirective = z.strictObject({ reason: Words(3, 500) });

export const AcceptProposal = z.strictObject({
  /** The unit whose head answers for it; `groups`: every residential group. */
  accountable: z.union([z.uuid(), z.literal('groups')]),
});
export const SetAside = z.strictObject({ reason: Words(3, 500) });
export const Cite = z.strictObject({ campaignId: z.uuid(), itemId: z.uuid().nullable() });

export const DirectiveRow = z.object({
  id: z.string(),
  number: z.string(),
  issuedOn: z.string(),
  issuer: z.string(),
  subject: z.string(),
  hasFile: z.boolean(),
  citations: z.number(),
  /** Deadlines read in it that nobody has decided about. */
  open: z.number(),
});
export type DirectiveRow = z.infer<typeof DirectiveRow>;

const May = z.object({ edit: z.boolean(), export: z.boolean() });
export const DirectivesReply = z.object({
  directives: z.array(DirectiveRow),
  /** Of the whole register, for the filter. */
  issuers: z.array(z.string()),
  years: z.array(z.number()),
  all: z.number(),
  may: May,
});
export type DirectivesReply = z.infer<typeof DirectivesReply>;

export const Proposal = z.object({
  id: z.string(),
  body: z.discriminatedUnion('kind', [DutyBody, ReportBody]),
  words: z.string(),
  state: z.enum(['proposed', 'accepted', 'set-aside']),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  campaignId: z.string().nullable(),
  itemId: z.string().nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

export const Citation = z.object({
  id: z.string(),
  campaignId: z.string(),
  campaign: z.string(),
  itemId: z.string().nullable(),
  kind: z.enum(['plan', 'duty', 'report', 'target']),
  title: z.string().nullable(),
});
export type Citation = z.infer<typeof Citation>;

export const DirectiveReply = z.object({
  directive: DirectiveRow.extend({
    fileName: z.string().nullable(),
    enteredBy: z.string().nullable(),
    enteredAt: z.string(),
    withdrawnReason: z.string().nullable(),
  }),
  proposals: z.array(Proposal),
  citations: z.array(Citation),
  may: z.object({ edit: z.boolean() }),
});
export type DirectiveReply = z.infer<typeof DirectiveReply>;

export const CampaignPath = WardPath.extend({ campaign: z.uuid() });
export const CitedQuery = z.object({ item: z.uuid().optional() });
export const CitedReply = z.object({
  directives: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      issuedOn: z.string(),
      issuer: z.string(),
      subject: z.string(),
    }),
  ),
});
export type CitedReply = z.infer<typeof CitedReply>;

export const EnteredReply = z.object({ id: z.string(), proposals: z.number() });
export const AcceptedReply = z.object({ itemId: z.string() });
export const IdReply = z.object({ id: z.string() });
export const Done = z.object({ done: z.literal(true) });
