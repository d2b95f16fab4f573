/** A plan as an open file: everything needed to read it elsewhere and to make it another ward's draft. */
import { z } from 'zod';
import { PaperShape } from '#features/plan/paper.ts';
import { CampaignDays, Day, ItemBody, QuoteShape } from '#features/plan/schema.ts';

export const PlanFile = z
  .object({
    format: z.literal('tung-nha-plan'),
    formatVersion: z.literal(1),
    campaign: z.object({ name: z.string().min(1).max(300), shortName: z.string().min(1).max(80) }),
    version: z.int(),
    inForceFrom: Day.nullable(),
    amending: z.object({ number: z.string().nullable(), on: Day.nullable() }),
    days: CampaignDays.nullable(),
    /** What the ids of units in the items mean: ids say nothing in another ward. */
    units: z.array(z.object({ id: z.uuid(), name: z.string().max(300) })).max(2_000),
    source: z.string().max(4_000_000),
    paper: PaperShape,
    answers: z.record(z.string(), z.string().max(400)),
    items: z
      .array(
        z.object({
          id: z.uuid(),
          review: z.enum(['open', 'accepted', 'ignored']),
          ignoredReason: z.string().max(2_000).nullable(),
          quote: QuoteShape.nullable(),
          /** The words themselves, for readers of the file; `quote` counts. */
          words: z.string().nullable(),
          body: ItemBody,
        }),
      )
      .max(5_000),
    links: z
      .array(
        z.object({
          items: z.tuple([z.uuid(), z.uuid()]),
          state: z.enum(['proposed', 'linked', 'apart']),
        }),
      )
      .max(20_000),
    phrases: z
      .array(
        z.object({
          quote: QuoteShape,
          lacks: z.string().max(100),
          why: z.string().max(1_000),
          state: z.enum(['open', 'read', 'ignored']),
          itemId: z.uuid().nullable(),
          reason: z.string().max(2_000).nullable(),
        }),
      )
      .max(5_000),
  })
  .refine(
    ({ source, items, phrases }) =>
      [...items, ...phrases].every(({ quote }) => quote === null || quote.end <= source.length),
    'a quote ends behind the source',
  )
  .refine(
    ({ items }) =>
      items.every(({ review, ignoredReason }) => (review === 'ignored') === (ignoredReason !== null)),
    'what is ignored has a reason',
  );
export type PlanFile = z.infer<typeof PlanFile>;
