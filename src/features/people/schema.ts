// Shapes at the edge of signing in and of the register.
import { z } from 'zod';

export const WardParams = z.object({ ward: z.coerce.number().int().positive() });

/** Where somebody who has just answered goes next. */
export const Next = z.enum(['in', 'second-factor', 'new-password', 'ward']);
export type Next = z.infer<typeof Next>;
export const NextReply = z.object({ next: Next });

export const SignIn = z.strictObject({
  username: z.string().trim().min(1).max(60),
  password: z.string().min(1).max(500),
});

export const SecondFactor = z.strictObject({
  /** Six digits of the app, or one of the kept spare codes. */
  code: z.string().trim().min(6).max(20),
});

export const NewPassword = z.strictObject({ password: z.string().min(1).max(500) });

export const ChooseWard = z.strictObject({ ward: z.coerce.number().int().positive() });

export const SessionReply = z.object({
  username: z.string().nullable(),
  waiting: z.enum(['ward', 'new-password', 'pin', 'unlock']).nullable(),
  secondFactor: z.boolean(),
  wards: z.array(z.object({ ward: z.number(), name: z.string() })),
  /** Who acts, once nothing is waiting. */
  person: z
    .object({ name: z.string(), ward: z.number(), wardName: z.string(), via: z.enum(['office', 'field']) })
    .nullable(),
  rehearsal: z.boolean(),
  /** Campaign time, epoch ms. */
  now: z.number(),
});
