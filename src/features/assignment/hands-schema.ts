// Shapes at the edge of handing a unit's duties to its members.
import { z } from 'zod';
import { CampaignPath } from '#features/assignment/schema.ts';

export const UnitDutiesPath = CampaignPath.extend({ unit: z.uuid() });

/** `personId` null: taken back, the whole unit does it again. */
export const HandShape = z.strictObject({ itemId: z.uuid(), personId: z.uuid().nullable() });
export type HandShape = z.infer<typeof HandShape>;
export const HandedReply = z.object({ done: z.literal(true), before: z.string().nullable() });

const Member = z.object({ id: z.string(), name: z.string(), head: z.boolean(), away: z.boolean() });
const Hand = z.object({
  personId: z.string(),
  name: z.string(),
  /** In the unit and not away: the duty is really theirs today. */
  holds: z.boolean(),
  fromAt: z.string(),
  toAt: z.string().nullable(),
  by: z.string().nullable(),
  endedBy: z.string().nullable(),
});
export const UnitDutiesReply = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  members: z.array(Member),
  duties: z.array(
    z.object({
      itemId: z.string(),
      title: z.string(),
      now: Hand.nullable(),
      /** Who had it before, the latest first. */
      before: z.array(Hand),
    }),
  ),
  may: z.object({ hand: z.boolean() }),
});
export type UnitDutiesReply = z.infer<typeof UnitDutiesReply>;
