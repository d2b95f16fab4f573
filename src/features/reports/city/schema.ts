// Shapes at the edge of the roll-up of several wards.
import { z } from 'zod';
import { REFUSALS } from '#features/reports/city/roll-up.ts';
import { DayOn, MeasureName } from '#features/reports/schema.ts';

export const RollUpWish = z.strictObject({
  kind: z.enum(['daily-report', 'period-report', 'final-report']),
  on: DayOn,
  /** How many wards are to report. */
  number: z.int().min(1).max(4_000).nullable().default(null),
  /** Their names, where known; empty: those the reference list has for the city. */
  names: z.array(z.string().trim().min(1).max(200)).max(4_000).default([]),
  files: z
    .array(z.strictObject({ name: z.string().max(300), text: z.string().max(400_000) }))
    .min(1)
    .max(400),
});
export type RollUpWish = z.infer<typeof RollUpWish>;

const Figure = z.object({
  measure: MeasureName,
  day: z.number().nullable(),
  total: z.number().nullable(),
  itemised: z.number().nullable(),
});

export const RollUpReply = z.object({
  wards: z.array(
    z.object({
      name: z.string(),
      households: z.number().nullable(),
      groups: z.number(),
      told: z.number(),
      figures: z.array(Figure),
    }),
  ),
  refused: z.array(z.object({ name: z.string(), why: z.enum(REFUSALS), detail: z.string() })),
  missing: z.array(z.string()),
  expected: z.number(),
  households: z.number().nullable(),
  groups: z.number(),
  told: z.number(),
  figures: z.array(Figure.extend({ wards: z.number(), share: z.number().nullable(), exceeds: z.boolean() })),
  /** The same as a workbook, base64. */
  workbook: z.string(),
});
export type RollUpReply = z.infer<typeof RollUpReply>;
