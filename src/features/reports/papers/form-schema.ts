// Shapes of a superior's form at the edge.
import { z } from 'zod';
import type { FormBlock, FormCellView } from '#features/reports/papers/form-picture.ts';

const CellShape: z.ZodType<FormCellView> = z.object({
  ref: z.string(),
  text: z.string(),
  open: z.boolean(),
  columns: z.number(),
  rows: z.number(),
});

/** The form as `form-picture.ts` has it, which the page reads without a validator. */
const BlockShape: z.ZodType<FormBlock> = z.union([
  z.object({
    kind: z.literal('table'),
    sheet: z.string(),
    rows: z.array(z.array(CellShape)),
    cut: z.boolean(),
  }),
  z.object({
    kind: z.literal('line'),
    parts: z.array(z.object({ ref: z.string().nullable(), text: z.string() })),
  }),
]);

/** A place and the figure that goes into it: a measure's day, total, share or rows; or a plain fact of the morning. */
export const FormCell = z.strictObject({
  /** The sheet of a workbook; empty in a Word document. */
  sheet: z.string().max(60),
  /** "C7", "T1R3C2", "B4" or "{{số hộ}}": see form-picture. */
  ref: z.string().regex(/^(?:[A-Z]{1,3}[1-9]\d{0,6}|T\d{1,4}R\d{1,4}C\d{1,3}|\{\{[^{}]{1,60}\}\})$/u),
  figure: z.string().min(1).max(120),
  part: z.enum(['day', 'total', 'share', 'itemised', 'value']),
});
export type FormCell = z.infer<typeof FormCell>;

const Head = {
  id: z.string(),
  name: z.string(),
  kind: z.enum(['xlsx', 'docx']),
  cells: z.array(FormCell),
  uploadedAt: z.string(),
};

export const FormList = z.object({ forms: z.array(z.object(Head)), mayChange: z.boolean() });
export type FormList = z.infer<typeof FormList>;

export const FormView = z.object({
  ...Head,
  mayChange: z.boolean(),
  on: z.string(),
  blocks: z.array(BlockShape),
  /** Figures a unit states, which may be tied beside the reports' own. */
  stated: z.array(z.string()),
  /** What each tied place would hold that day; null: no figure, left as it is. */
  values: z.array(z.union([z.string(), z.number()]).nullable()),
});
export type FormView = z.infer<typeof FormView>;
