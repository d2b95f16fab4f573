// Shapes of typing in from paper.
import { z } from 'zod';

export const PaperPath = z.object({ ward: z.coerce.number().int().positive(), area: z.uuid() });
export const PaperQuery = z.object({ campaign: z.uuid(), lane: z.uuid().optional() });

export const PaperReply = z.object({
  campaign: z.object({
    id: z.string(),
    name: z.string(),
    shortName: z.string(),
    fromOn: z.string(),
    toOn: z.string(),
  }),
  today: z.string(),
  /** Campaign time: the machine this is typed on may show another. */
  now: z.string(),
  me: z.string(),
  textVersion: z.number().nullable(),
  lanes: z.array(z.object({ id: z.string(), name: z.string() })),
  visitors: z.array(z.object({ id: z.string(), name: z.string() })),
  doors: z.array(
    z.object({
      id: z.string(),
      headName: z.string(),
      houseNumber: z.string(),
      n: z.number(),
      reachedOn: z.string().nullable(),
      pledgedOn: z.string().nullable(),
    }),
  ),
});
export type PaperReply = z.infer<typeof PaperReply>;
export type PaperDoor = PaperReply['doors'][number];
