import { z } from 'zod';

/** What the administrator sees of the machine and the data. Instants are ISO; bytes are bytes. */
export const CareStatus = z.object({
  version: z.string(),
  schema: z.number(),
  kind: z.enum(['rehearsal', 'real']),
  epoch: z.string(),
  machineAt: z.string(),
  startedAt: z.string(),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number(), databaseBytes: z.number() }),
  queue: z.object({
    waiting: z.number(),
    overdue: z.number(),
    failed: z.number(),
    oldestDueAt: z.string().nullable(),
  }),
  audit: z.object({ sealed: z.number(), unsealed: z.number(), lastSealedAt: z.string().nullable() }),
  events: z.object({ errors: z.number(), warnings: z.number(), databaseRestarts: z.number() }),
  backup: z
    .object({
      passphraseChosen: z.boolean(),
      busy: z.boolean(),
      lastVerifiedAt: z.string().nullable(),
      safeUpTo: z.string().nullable(),
      lastBytes: z.number().nullable(),
      lastFailedAt: z.string().nullable(),
      lastFailure: z.string().nullable(),
    })
    .nullable(),
  /** What needs somebody's hand, worst first; words by code. */
  concerns: z.array(z.object({ code: z.string(), level: z.enum(['danger', 'attention']) })),
});
export type CareStatus = z.infer<typeof CareStatus>;

/** As long as an office password: it guards the same people's data. */
export const Passphrase = z.strictObject({ passphrase: z.string().min(15).max(500) });
export const WardPath = z.object({ ward: z.coerce.number().int().positive() });
export const Done = z.object({ done: z.literal(true) });
