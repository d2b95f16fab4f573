// Bodies of the records about pledges, as phone and server parse them alike. Version 1.
import * as z from 'zod/mini';
import { BASE64URL } from '#protocol/base64url.ts';
import { Sha256Text, Uuid } from '#protocol/envelope.ts';

export const ORIGINALS = ['paper', 'phone'] as const;
export const SIGNERS = ['head', 'spouse', 'adult-member', 'owner', 'relative-for-signer'] as const;

const text = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest));

/** What is signed, wherever: within a visit or by itself. */
const signing = {
  original: z.enum(ORIGINALS),
  signer: z.enum(SIGNERS),
  /** The visitor has asked: an adult signs. */
  adult: z.literal(true),
  /** Named where a relative signs for somebody who cannot. */
  witness: z.optional(text(120)),
  /** Lines drawn on glass, packed by protocol/strokes.ts, base64url; at most 32 kB. */
  strokes: z.optional(z.string().check(z.maxLength(43_692), z.regex(BASE64URL))),
  textVersion: z.int().check(z.minimum(1), z.maximum(10_000)),
  /** 128 random bits in lower case hex, made on the phone. */
  receiptCode: z.optional(z.string().check(z.regex(/^[0-9a-f]{32}$/))),
  membersTold: z.optional(z.int().check(z.minimum(0), z.maximum(99))),
  /** Lines of consent the signer ticked; none is ticked beforehand. */
  consents: z.array(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/))).check(z.maxLength(10)),
};

const fits = <T extends { original: string; signer: string; strokes?: unknown; witness?: unknown }>() =>
  z.refine<T>(
    (body) =>
      (body.original === 'phone' || body.strokes === undefined) &&
      (body.signer !== 'relative-for-signer' || body.witness !== undefined),
    'paper has no strokes; who signs for another needs a witness',
  );

export const Signing = z.strictObject(signing).check(fits());
export type Signing = z.infer<typeof Signing>;

/** That it was signed, without the drawing, the witness and the code of the copy: its household asked to be forgotten. */
export function unsigned<T extends Signing>(signing: T): Omit<T, 'strokes' | 'witness' | 'receiptCode'> {
  const { strokes: _, witness: __, receiptCode: ___, ...rest } = signing;
  return rest;
}

export const PledgeBody = z
  .strictObject({
    householdId: Uuid,
    visitId: z.optional(Uuid),
    ...signing,
    mediaIds: z.array(Sha256Text).check(z.maxLength(6)),
    /** Typed in from paper: the day on the paper, YYYY-MM-DD. */
    signedOn: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  })
  .check(fits());
export type PledgeBody = z.infer<typeof PledgeBody>;

export const PledgeWithdrawalBody = z.strictObject({ pledgeId: Uuid, reason: text(300) });
export type PledgeWithdrawalBody = z.infer<typeof PledgeWithdrawalBody>;
