// Shapes of the pledge papers: printing, handing over, filing, finding a household by its form.
import { z } from 'zod';

const Id = z.uuid();
const Ward = { ward: z.coerce.number().int().positive() };

export const PRINT_KINDS = ['pair', 'blank', 'collective'] as const;
export const PapersPath = z.object({ ...Ward, campaign: Id });
export const AreaPapersPath = z.object({ ...Ward, campaign: Id, area: Id });
export const PrintPath = z.object({ ...Ward, print: Id });
export const HandoverPath = z.object({ ...Ward, handover: Id });
export const FormPath = z.object({ ...Ward, campaign: Id, code: z.string().max(60) });
export const CopyPath = z.object({ ...Ward, pledge: Id });

export const PrintWish = z.strictObject({
  id: Id,
  kind: z.enum(PRINT_KINDS),
  lane: Id.nullish(),
  /** One household alone, such as one that moved in. */
  household: Id.nullish(),
  /** Forms without a name, for doors that are not in the register yet. */
  extra: z.number().int().min(0).max(200).default(0),
});
export type PrintWish = z.infer<typeof PrintWish>;
export const PrintQuery = z.object({
  household: Id.optional(),
  extra: z.coerce.number().int().min(0).max(200).optional(),
});

export const HandoverWish = z.strictObject({
  id: Id,
  pledges: z.array(Id).min(1).max(2_000),
  note: z.string().trim().max(300).nullish(),
});
export type HandoverWish = z.infer<typeof HandoverWish>;
export const FileWish = z.strictObject({ where: z.string().trim().min(2).max(120) });

export const Done = z.object({ done: z.literal(true) });
export const PrintReply = z.object({ id: Id, forms: z.number() });

const GroupLine = z.object({
  id: z.string(),
  name: z.string(),
  /** Forms printed and given out. */
  given: z.number(),
  signed: z.number(),
  handed: z.number(),
  taken: z.number(),
  filed: z.number(),
  /** Signed on paper, and the paper is not with the ward. */
  missing: z.number(),
});
const Handover = z.object({
  id: z.string(),
  group: z.string(),
  groupId: z.string(),
  papers: z.number(),
  handedAt: z.string(),
  handedBy: z.string(),
  note: z.string().nullable(),
  takenAt: z.string().nullable(),
  takenBy: z.string().nullable(),
  filedAt: z.string().nullable(),
  filedWhere: z.string().nullable(),
  mayTake: z.boolean(),
  mayUndo: z.boolean(),
});
const Gap = z.object({
  pledgeId: z.string(),
  householdId: z.string(),
  headName: z.string(),
  place: z.string(),
  signedOn: z.string(),
  author: z.string(),
  handedAt: z.string().nullable(),
});
export const PapersReply = z.object({
  groups: z.array(GroupLine),
  handovers: z.array(Handover),
});
export type PapersReply = z.infer<typeof PapersReply>;

export const AreaPapersReply = z.object({
  line: GroupLine,
  lanes: z.array(z.object({ id: z.string(), name: z.string(), households: z.number() })),
  prints: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(PRINT_KINDS),
      lane: z.string().nullable(),
      forms: z.number(),
      printedAt: z.string(),
      printedBy: z.string(),
    }),
  ),
  handovers: z.array(Handover),
  gaps: z.array(Gap),
  hasText: z.boolean(),
  mayPrint: z.boolean(),
  mayHandOver: z.boolean(),
});
export type AreaPapersReply = z.infer<typeof AreaPapersReply>;

export const FormReply = z.object({
  householdId: z.string(),
  headName: z.string(),
  place: z.string(),
  group: z.string(),
  groupId: z.string(),
  pledgedOn: z.string().nullable(),
  /** Where its paper is; null: nothing signed on paper yet. */
  paper: z.enum(['with-group', 'handed', 'at-ward', 'filed']).nullable(),
});
export type FormReply = z.infer<typeof FormReply>;
