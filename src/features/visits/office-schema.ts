// Shapes at the office's doors of visits: what somebody should look at twice, and taking back.
import { z } from 'zod';
import { nfc } from '#core/vietnamese.ts';

export const CampaignPath = z.object({ ward: z.coerce.number().int().positive(), campaign: z.uuid() });
export const VisitPath = CampaignPath.extend({ visit: z.uuid() });

const Reason = z
  .string()
  .transform((text) => nfc(text).replace(/\s+/g, ' ').trim())
  .pipe(z.string().min(3).max(300));

export const FlagsReply = z.object({
  /** Person-days with something to look at, most first. */
  days: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      day: z.string(),
      groupId: z.string(),
      group: z.string(),
      flagged: z.number(),
      visits: z.number(),
      mayTakeBack: z.boolean(),
      items: z.array(
        z.object({
          id: z.string(),
          householdId: z.string(),
          headName: z.string(),
          place: z.string(),
          doneAt: z.string(),
          outcome: z.string(),
          flags: z.array(z.string()),
        }),
      ),
    }),
  ),
  looked: z.number(),
});
export type FlagsReply = z.infer<typeof FlagsReply>;
export type FlagDay = FlagsReply['days'][number];

export const TakeBackWish = z.strictObject({ visit: z.uuid(), reason: Reason });
export const TakeBackDayWish = z.strictObject({
  person: z.uuid(),
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  area: z.uuid(),
  reason: Reason,
});
export const ReviewWish = z.strictObject({ visits: z.array(z.uuid()).min(1).max(500) });
export const TakenReply = z.object({ taken: z.number() });
export const ReviewedReply = z.object({ reviewed: z.number() });
