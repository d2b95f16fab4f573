// Shapes of the paper reserve at the edge.
import { z } from 'zod';

export const ReserveList = z.object({
  evenings: z.array(
    z.object({
      madeOn: z.string(),
      madeAt: z.string(),
      bytes: z.number(),
      /** A name of null: the ward's own paper. */
      files: z.array(z.object({ placeId: z.string(), name: z.string().nullable(), bytes: z.number() })),
    }),
  ),
});
export type ReserveList = z.infer<typeof ReserveList>;
