// Shapes of official documents at the edge.
import { z } from 'zod';
import { STEPS, type Step } from '#features/reports/papers/chain.ts';
import { DATINGS } from '#features/reports/papers/dating.ts';
import { PaperWords } from '#features/reports/papers/report-data.ts';
import { DayOn } from '#features/reports/schema.ts';

const StepName = z.enum(Object.keys(STEPS) as [Step, ...Step[]]);

export const NewDocument = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['daily-report', 'weekly-report', 'period-report', 'final-report']),
  fromOn: DayOn,
  toOn: DayOn,
  replaces: z.strictObject({ id: z.uuid(), why: z.string().trim().min(1).max(500) }).nullish(),
});

export const StepBody = z.strictObject({
  step: StepName,
  note: z.string().trim().max(500).nullish(),
  number: z.string().trim().max(20).nullish(),
  datedOn: DayOn.nullish(),
});

const Head = {
  id: z.string(),
  kind: z.string(),
  fromOn: z.string(),
  toOn: z.string(),
  state: z.string(),
  number: z.string().nullable(),
  datedOn: z.string().nullable(),
  madeAt: z.string(),
  subject: z.string(),
};

export const DocumentList = z.object({ documents: z.array(z.object(Head)), mayDraft: z.boolean() });
export type DocumentList = z.infer<typeof DocumentList>;

export const DocumentView = z.object({
  ...Head,
  revision: z.number(),
  words: PaperWords,
  /** Of the frozen figures, and whether they still are what was frozen. */
  hash: z.string(),
  unchanged: z.boolean(),
  replacesId: z.string().nullable(),
  replacesWhy: z.string().nullable(),
  layout: z.string(),
  steps: z.array(z.object({ step: z.string(), at: z.string(), by: z.string(), note: z.string().nullable() })),
  next: z.array(StepName),
  mayWrite: z.boolean(),
  /** Brought back from Word; main figures that no longer stand in it. */
  edited: z
    .object({
      sha256: z.string(),
      missing: z.array(z.string()),
      /** Of number and date, what it keeps no place for. */
      noPlaceFor: z.array(z.enum(DATINGS)),
    })
    .nullable(),
  signed: z.string().nullable(),
  mayBringEdited: z.boolean(),
  mayBringSigned: z.boolean(),
});
export type DocumentView = z.infer<typeof DocumentView>;
