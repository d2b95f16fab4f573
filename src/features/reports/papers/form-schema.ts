// Shapes of a superior's form at the edge.
import { z } from 'zod';

/** A cell and the figure that goes into it: a measure's day, total, share or rows; or a plain fact of the morning. */
export const FormCell = z.strictObject({
  sheet: z.string().min(1).max(60),
  /** "C7". */
  ref: z.string().regex(/^[A-Z]{1,3}[1-9]\d{0,4}$/),
  figure: z.string().min(1).max(120),
  part: z.enum(['day', 'total', 'share', 'itemised', 'value']),
});
export type FormCell = z.infer<typeof FormCell>;

export const FormList = z.object({
  forms: z.array(
    z.object({ id: z.string(), name: z.string(), cells: z.array(FormCell), uploadedAt: z.string() }),
  ),
  mayChange: z.boolean(),
});
export type FormList = z.infer<typeof FormList>;
