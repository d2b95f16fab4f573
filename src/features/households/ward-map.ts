/** The ward's doors as a map and as a table. */
import { z } from 'zod';
import { DOOR_STATES } from '#features/households/door-states.ts';

export const WardMapReply = z.object({
  /** Around all doors whose place is known, degrees: west, south, east, north. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      reached: z.number(),
      left: z.number(),
      /** Somebody was there and met nobody of it. */
      tried: z.number(),
      outside: z.number(),
      /** Doors whose place nobody has recorded: they stand in the figures and on no map. */
      without: z.number(),
    }),
  ),
});
export type WardMapReply = z.infer<typeof WardMapReply>;

export const WardPointsReply = z.object({
  points: z.array(
    z.object({
      lon: z.number(),
      lat: z.number(),
      state: z.enum(DOOR_STATES),
      /** The first household of the door. */
      household: z.string(),
      place: z.string(),
    }),
  ),
});
export type WardPointsReply = z.infer<typeof WardPointsReply>;
