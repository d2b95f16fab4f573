// Shapes at the edge of closing a campaign.
import { z } from 'zod';
import { MeasureName, DayOn } from '#features/reports/schema.ts';
import { ROWS } from '#features/reports/closing/model.ts';

const Note = z.string().trim().min(3).max(1_000);

export const RemarkWish = z.strictObject({
  id: z.uuid(),
  subject: z
    .string()
    .regex(/^[a-z]+\/[\w-]+(\/[\w-]+)?$/)
    .max(120),
  note: Note,
});
export const DeletionWish = z.strictObject({ on: DayOn });
export const DecisionWish = z.strictObject({
  act: z.enum(['close', 'reopen']),
  reason: z.string().trim().max(1_000).nullish(),
});
export const CommendationWish = z.strictObject({
  revision: z.int().min(0),
  kind: z.enum(['group', 'person']),
  name: z.string().trim().min(2).max(200),
  words: z.string().trim().min(3).max(1_000),
  state: z.enum(['proposed', 'kept', 'dropped']),
});
export type CommendationWish = z.infer<typeof CommendationWish>;

export const Commendation = z.object({
  id: z.string(),
  kind: z.enum(['group', 'person']),
  name: z.string(),
  words: z.string(),
  state: z.enum(['proposed', 'kept', 'dropped']),
  fromFigures: z.boolean(),
  revision: z.number(),
  changedAt: z.string(),
  changedBy: z.string(),
});
export type Commendation = z.infer<typeof Commendation>;

const RowShape = z.object({
  key: z.enum(ROWS),
  open: z.boolean(),
  of: z.number(),
  missing: z.array(
    z.object({
      subject: z.string(),
      name: z.string(),
      measure: MeasureName.nullable(),
      counts: z.array(z.number()),
      at: z.string().nullable(),
      href: z.string().nullable(),
      remark: z.string().nullable(),
    }),
  ),
});
export type RowShape = z.infer<typeof RowShape>;

export const ClosingReply = z.object({
  campaign: z.object({ name: z.string(), fromOn: z.string(), toOn: z.string(), state: z.string() }),
  lastOn: z.string(),
  rows: z.array(RowShape),
  standing: z.array(z.object({ id: z.string(), title: z.string(), actor: z.string() })),
  left: z.number(),
  listed: z.number(),
  deletion: z.object({ on: z.string().nullable(), doneAt: z.string().nullable() }),
  acts: z.array(
    z.object({
      act: z.string(),
      at: z.string(),
      by: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
  may: z.object({ prepare: z.boolean(), decide: z.boolean(), export: z.boolean() }),
});
export type ClosingReply = z.infer<typeof ClosingReply>;

export const Door = z.object({
  householdId: z.string(),
  groupId: z.string(),
  group: z.string(),
  lane: z.string(),
  number: z.string(),
  head: z.string(),
  phone: z.string().nullable(),
  lastOutcome: z.string().nullable(),
  lastAt: z.string().nullable(),
  listed: z.boolean(),
});
export type Door = z.infer<typeof Door>;
export const ListReply = z.object({ doors: z.array(Door), mayPrepare: z.boolean() });

export const CommendationList = z.object({
  commendations: z.array(Commendation),
  may: z.object({ prepare: z.boolean() }),
});
