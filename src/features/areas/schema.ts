// Shapes at the edge of the areas feature.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { nfc } from '#core/vietnamese.ts';

const words = (most: number) =>
  z
    .string()
    .transform((text) => nfc(text).replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1).max(most));

export const Day = z.string().refine(isDateOn, 'YYYY-MM-DD');
const Name = words(120);
const ShortName = words(40);

export const DecisionShape = z.strictObject({ number: words(120), on: Day.nullable().default(null) });

export const WardPath = z.object({ ward: z.coerce.number().int().positive() });
export const AreaPath = WardPath.extend({ area: z.uuid() });
export const DeclarationPath = AreaPath.extend({ version: z.coerce.number().int().positive() });

export const GroupWish = z.strictObject({
  name: Name,
  shortName: ShortName.optional(),
  validFrom: Day,
  decision: DecisionShape.optional(),
});
export const RenameWish = z.strictObject({
  name: Name,
  shortName: ShortName.optional(),
  from: Day,
  decision: DecisionShape,
});
export const MergeWish = z.strictObject({
  groups: z.array(z.uuid()).min(2).max(20),
  name: Name,
  shortName: ShortName.optional(),
  from: Day,
  decision: DecisionShape,
});
export const SplitWish = z.strictObject({
  into: z
    .array(z.strictObject({ name: Name, shortName: ShortName.optional() }))
    .min(2)
    .max(10),
  from: Day,
  decision: DecisionShape,
});
export const OrderWish = z.strictObject({ groups: z.array(z.uuid()).max(500) });
export const LaneWish = z.strictObject({ name: words(80) });
export const LaneClosing = z.strictObject({ on: Day });
export const DeclarationWish = z.strictObject({
  households: z.number().int().min(0).max(20_000),
  temporaryHouseholds: z.number().int().min(0).max(20_000).default(0),
  countedOn: Day.optional(),
  note: words(300).optional(),
});

export type GroupWish = z.infer<typeof GroupWish>;
export type RenameWish = z.infer<typeof RenameWish>;
export type MergeWish = z.infer<typeof MergeWish>;
export type SplitWish = z.infer<typeof SplitWish>;
export type DeclarationWish = z.infer<typeof DeclarationWish>;

const DeclarationReply = z.object({
  version: z.number(),
  households: z.number(),
  temporaryHouseholds: z.number(),
  countedOn: z.string().nullable(),
  note: z.string().nullable(),
  statedBy: z.string(),
  statedByName: z.string().nullable(),
  statedAt: z.string(),
  confirmedBy: z.string().nullable(),
  confirmedByName: z.string().nullable(),
  confirmedAt: z.string().nullable(),
});

const GroupFields = {
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  position: z.number(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
};

export const RegisterReply = z.object({
  on: z.string(),
  ward: z.object({
    name: z.string(),
    code: z.string().nullable(),
    codeFrom: z.string().nullable(),
    cityCode: z.string().nullable(),
    cityName: z.string().nullable(),
  }),
  groups: z.array(
    z.object({
      ...GroupFields,
      lanes: z.number(),
      /** Confirmed by a second person; null: nobody has confirmed one. */
      households: z.number().nullable(),
      temporaryHouseholds: z.number().nullable(),
      /** Stated and waiting for a second person. */
      waiting: z.number().nullable(),
    }),
  ),
  may: z.object({ change: z.boolean(), export: z.boolean() }),
});

const GroupLink = z.object({ id: z.string(), name: z.string(), from: z.string() });

export const GroupReply = z.object({
  ...GroupFields,
  decision: z.string().nullable(),
  decisionOn: z.string().nullable(),
  closedBy: z.string().nullable(),
  closedByOn: z.string().nullable(),
  names: z.array(
    z.object({
      name: z.string(),
      validFrom: z.string(),
      validTo: z.string().nullable(),
      decision: z.string().nullable(),
      decisionOn: z.string().nullable(),
    }),
  ),
  lanes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      validFrom: z.string(),
      validTo: z.string().nullable(),
    }),
  ),
  declarations: z.array(DeclarationReply),
  successors: z.array(GroupLink),
  predecessors: z.array(GroupLink),
  may: z.object({
    change: z.boolean(),
    lanes: z.boolean(),
    declare: z.boolean(),
    confirm: z.boolean(),
  }),
});

export type RegisterReply = z.infer<typeof RegisterReply>;
export type GroupReply = z.infer<typeof GroupReply>;
export type GroupLine = RegisterReply['groups'][number];
export const IdReply = z.object({ id: z.string() });
export const IdsReply = z.object({ ids: z.array(z.string()) });
export const VersionReply = z.object({ version: z.number() });
export const Done = z.object({ done: z.literal(true) });
