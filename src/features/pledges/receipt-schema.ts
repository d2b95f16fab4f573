// Shapes at the public door that checks a receipt.
import { z } from 'zod';

export const ReceiptPath = z.object({
  address: z.string().regex(/^[A-Z0-9]{1,8}$/i),
  code: z.string().max(80),
});
export const ReceiptReply = z.object({
  ward: z.string(),
  state: z.enum(['valid', 'not-valid', 'not-received']),
  signedOn: z.string().nullable(),
  textVersion: z.number().nullable(),
  textTitle: z.string().nullable(),
});
export type ReceiptReply = z.infer<typeof ReceiptReply>;
