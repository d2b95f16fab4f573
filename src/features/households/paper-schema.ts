// Shapes of typing in from paper.
import { z } from 'zod';

export const PaperPath = z.object({ ward: z.coerce.number().int().positive(), area: z.uuid() });
export const PaperQuery = z.object({
  campaign: z.uuid(),
  /** 'all': every lane of the group in walking order, for sheets that do not keep to one. */
  lane: z.union([z.uuid(), z.literal('all')]).optional(),
  /** The day of the sheet: its text is the one that was signed on that day. */
  day: z.iso.date().optional(),
});

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
  /** Evenings of this group at which many came together, as typed in so far. */
  gatherings: z.array(
    z.object({ day: z.string(), place: z.string(), households: z.number(), signed: z.number() }),
  ),
  doors: z.array(
    z.object({
      id: z.string(),
      headName: z.string(),
      houseNumber: z.string(),
      /** Where the doors are of several lanes. */
      lane: z.string().nullable(),
      n: z.number(),
      reachedOn: z.string().nullable(),
      pledgedOn: z.string().nullable(),
    }),
  ),
});
export type PaperReply = z.infer<typeof PaperReply>;
export type PaperDoor = PaperReply['doors'][number];
