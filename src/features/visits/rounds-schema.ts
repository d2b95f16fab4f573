// Shapes of the visit schedule: which lane on which evening, by whom.
import { z } from 'zod';

const Id = z.uuid();
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Ward = { ward: z.coerce.number().int().positive() };

export const RoundsPath = z.object({ ...Ward, campaign: Id, area: Id });
export const RoundPath = z.object({ ...Ward, campaign: Id, area: Id, round: Id });

export const RoundWish = z.strictObject({
  id: Id,
  lanes: z.array(Id).min(1).max(60),
  onDay: Day,
  fromTime: Time,
  toTime: Time,
  people: z.array(Id).min(1).max(12),
});
export type RoundWish = z.infer<typeof RoundWish>;

export const RoundsReply = z.object({
  ward: z.string(),
  group: z.string(),
  campaign: z.object({ fromOn: z.string(), toOn: z.string() }),
  today: z.string(),
  lanes: z.array(z.object({ id: z.string(), name: z.string() })),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  rounds: z.array(
    z.object({
      id: z.string(),
      lane: z.string(),
      onDay: z.string(),
      fromTime: z.string(),
      toTime: z.string(),
      team: z.array(z.string()),
    }),
  ),
  mayChange: z.boolean(),
});
export type RoundsReply = z.infer<typeof RoundsReply>;
export const RoundsDone = z.object({ done: z.literal(true) });
