// Shapes of the texts that are signed: written by the office, dated, never changed once written.
import { z } from 'zod';

export const TextsPath = z.object({ ward: z.coerce.number().int().positive(), campaign: z.uuid() });

/** Lines the law wants consent for stand apart, each with a box of its own that nobody ticks beforehand. */
const MOST_CONSENTS = 6;

export const TextPath = TextsPath.extend({ version: z.coerce.number().int().positive() });

export const TextWish = z.strictObject({
  title: z.string().trim().min(5).max(200),
  /** A paragraph a line. */
  body: z.string().trim().min(20).max(6_000),
  consents: z.array(z.string().trim().min(10).max(300)).max(MOST_CONSENTS).default([]),
  /** The paper it was taken from. */
  source: z.string().trim().max(200).nullish(),
  inForceFrom: z.iso.date(),
});
export type TextWish = z.infer<typeof TextWish>;

export const TextMade = z.object({ version: z.number() });
export const TextsReply = z.object({
  today: z.string(),
  may: z.object({ write: z.boolean() }),
  /** Which signature is the original in this campaign. */
  original: z.enum(['paper', 'phone']),
  /** This machine's voice, if it has one. */
  voice: z.string().nullable(),
  texts: z.array(
    z.object({
      version: z.number(),
      title: z.string(),
      body: z.string(),
      consents: z.array(z.object({ code: z.string(), text: z.string() })),
      source: z.string().nullable(),
      inForceFrom: z.string(),
      madeAt: z.string(),
      madeBy: z.string().nullable(),
      signed: z.number(),
      /** The text as sound; hash is part of its address, so that a replaced one is asked for anew. */
      recording: z.object({ hash: z.string(), bytes: z.number() }).nullable(),
    }),
  ),
});
export type TextsReply = z.infer<typeof TextsReply>;
