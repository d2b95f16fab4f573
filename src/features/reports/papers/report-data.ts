/** What a ward report is drafted from, frozen when drafting begins. Everything it says comes from here. */
import { z } from 'zod';
import { isMeasure, type Figures } from '#features/reports/figures.ts';
import { WINDOWS } from '#features/reports/model.ts';

const Figure = z.object({ day: z.number().nullable(), total: z.number().nullable() });
const FiguresShape: z.ZodType<Figures> = z
  .record(z.string(), Figure)
  .refine((figures) => Object.keys(figures).every(isMeasure));

export const ReportData = z.object({
  kind: z.enum(['daily-report', 'weekly-report', 'period-report', 'final-report']),
  fromOn: z.string(),
  toOn: z.string(),
  /** The hour the report is owed, `HH:MM`; printed on it. */
  dueTime: z.string(),
  window: z.enum(WINDOWS),
  cutAt: z.string(),
  campaign: z.object({ name: z.string(), fromOn: z.string(), toOn: z.string() }),
  households: z.number().nullable(),
  groups: z.number(),
  told: z.number(),
  figures: z.array(
    z.object({
      measure: z.string(),
      day: z.number().nullable(),
      total: z.number().nullable(),
      itemisedTotal: z.number().nullable(),
      twice: z.number(),
      share: z.number().nullable(),
      exceeds: z.boolean(),
      differences: z.array(
        z.object({ reason: z.string(), count: z.number(), unstated: z.boolean().optional() }),
      ),
    }),
  ),
  lines: z.array(
    z.object({
      areaId: z.string(),
      name: z.string(),
      households: z.number().nullable(),
      told: z.boolean(),
      carriedFrom: z.string().nullable(),
      version: z.number().nullable(),
      undivided: z.boolean(),
      nothingReason: z.string().nullable(),
      figures: FiguresShape,
    }),
  ),
  /** Σ of what was done on the days of the period. */
  events: z.record(z.string(), z.number()),
  /** The mornings of the period by how their reports came. */
  mornings: z.array(
    z.object({
      on: z.string(),
      owed: z.number(),
      onTime: z.number(),
      forAnother: z.number(),
      late: z.array(z.object({ name: z.string(), minutes: z.number() })),
      noFigures: z.array(z.string()),
      missing: z.array(z.string()),
      excused: z.array(z.string()),
    }),
  ),
  stated: z.array(z.object({ figure: z.string(), value: z.number(), ofOn: z.string(), source: z.string() })),
});
export type ReportData = z.infer<typeof ReportData>;

/** The words of a paper, edited by the office until it is signed. */
export const PaperWords = z.strictObject({
  kind: z.string().trim().min(1).max(60),
  subject: z.string().trim().min(1).max(500),
  intro: z.string().trim().max(2_000),
  sections: z
    .array(
      z.strictObject({
        title: z.string().trim().min(1).max(300),
        paragraphs: z.array(z.string().trim().min(1).max(4_000)).max(60),
      }),
    )
    .max(20),
});
export type PaperWords = z.infer<typeof PaperWords>;
