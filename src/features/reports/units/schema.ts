// Shapes of units' reports at the edge.
import { z } from 'zod';
import { REPORT_STATES } from '#features/reports/model.ts';
import { VersionShape } from '#features/reports/schema.ts';

const Standing = { state: z.enum(REPORT_STATES), minutesLate: z.number() };

export const UnitBoard = z.object({
  now: z.string(),
  /** Null: nothing is owed by units within a month. */
  on: z.string().nullable(),
  units: z.array(
    z.object({
      unitId: z.string(),
      name: z.string(),
      itemId: z.string(),
      dueAt: z.string(),
      ...Standing,
      receivedAt: z.string().nullable(),
      /** Why there was nothing to report, where it so said. */
      nothing: z.string().nullable(),
      version: z.number().nullable(),
      head: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
    }),
  ),
});
export type UnitBoard = z.infer<typeof UnitBoard>;

export const UnitReport = z.object({
  itemId: z.string(),
  kind: z.string(),
  /** Null: the plan has no sentence about units, it follows a date of the groups. */
  title: z.string().nullable(),
  reportOn: z.string(),
  dueAt: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  ...Standing,
  work: z.array(
    z.object({
      itemId: z.string(),
      title: z.string(),
      counted: z.number(),
      total: z.number(),
      owed: z.number().nullable(),
      /** As last sent or begun, else as recorded. */
      stated: z.number(),
      reason: z.string().nullable(),
    }),
  ),
  nothingReason: z.string().nullable(),
  remarks: z.string().nullable(),
  begun: z.boolean(),
  versions: z.array(VersionShape),
});
export type UnitReport = z.infer<typeof UnitReport>;

export const UnitReports = z.object({
  now: z.string(),
  on: z.string().nullable(),
  unit: z.object({ id: z.string(), name: z.string() }),
  reports: z.array(UnitReport),
  may: z.object({ send: z.boolean(), write: z.boolean() }),
});
export type UnitReports = z.infer<typeof UnitReports>;
