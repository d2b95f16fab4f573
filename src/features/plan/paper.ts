/** What a paper says beside its items, as it is kept with a version: parsed where it comes out of the database. */
import { z } from 'zod';

const Stretch = z.object({ start: z.int(), end: z.int() });
const Quoted = z.object({ text: z.string(), quote: Stretch });

export const DoubtShape = z.object({
  id: z.uuid(),
  kind: z.string(),
  about: z.array(z.uuid()),
  options: z.array(z.string()),
  quote: Stretch,
});

export const PaperShape = z.object({
  title: z.string(),
  issuer: z.string().nullable(),
  number: z.string().nullable(),
  issuedOn: z.string().nullable(),
  period: z.object({ from: z.string(), to: z.string(), quote: Stretch }).nullable(),
  slogan: z.object({ name: z.string(), items: z.array(Quoted) }).nullable(),
  segments: z.array(z.string()),
  pillars: z.array(Quoted),
  recipients: z.array(z.string()),
  signer: z
    .object({
      capacity: z.string().nullable(),
      title: z.string().nullable(),
      name: z.string().nullable(),
    })
    .nullable(),
  doubts: z.array(DoubtShape),
});
export type Paper = z.infer<typeof PaperShape>;
