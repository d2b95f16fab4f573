// Shape of a pledge opened: what was signed, by whom, and where the paper is.
import { z } from 'zod';

export const PhotoPath = z.object({
  ward: z.coerce.number().int().positive(),
  pledge: z.uuid(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const OriginalReply = z.object({
  id: z.string(),
  household: z.object({
    id: z.string(),
    headName: z.string(),
    place: z.string(),
    group: z.string(),
    /** Emptied on request: what it held of its signer is gone, that it was signed is not. */
    erased: z.boolean(),
  }),
  text: z.object({
    version: z.number(),
    title: z.string(),
    body: z.string(),
    source: z.string().nullable(),
    inForceFrom: z.string(),
    consents: z.array(z.object({ text: z.string(), ticked: z.boolean() })),
  }),
  original: z.enum(['paper', 'phone']),
  signer: z.string(),
  witness: z.string().nullable(),
  membersTold: z.number().nullable(),
  signature: z.object({ width: z.number(), height: z.number(), paths: z.array(z.string()) }).nullable(),
  /** Hashes of the photos kept with it; `missing` have not arrived from the phone yet. */
  photos: z.array(z.string()),
  missing: z.number(),
  signedAt: z.string(),
  workOn: z.string(),
  receivedAt: z.string(),
  author: z.string().nullable(),
  enteredBy: z.string().nullable(),
  /** Of the visit it was signed in; null: signed by itself. */
  place: z.string().nullable(),
  how: z.string().nullable(),
  withdrawn: z
    .object({ at: z.string(), by: z.string().nullable(), reason: z.string().nullable() })
    .nullable(),
  takenBackAt: z.string().nullable(),
  custody: z
    .object({
      handover: z.string(),
      handedAt: z.string(),
      handedBy: z.string().nullable(),
      takenAt: z.string().nullable(),
      takenBy: z.string().nullable(),
      filedAt: z.string().nullable(),
      filedWhere: z.string().nullable(),
    })
    .nullable(),
  /** A copy with the square anybody may check. */
  hasCopy: z.boolean(),
});
export type OriginalReply = z.infer<typeof OriginalReply>;
