import { z } from 'zod';

export const FOUND_KINDS = [
  'group',
  'unit',
  'person',
  'item',
  'plan',
  'directive',
  'document',
  'text',
] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

export const Found = z.object({
  kind: z.enum(FOUND_KINDS),
  id: z.string(),
  campaignId: z.string().nullable(),
  title: z.string(),
  detail: z.string(),
});
export type Found = z.infer<typeof Found>;

export const SearchQuery = z.object({ q: z.string().trim().max(200).default('') });
export const SearchReply = z.object({ found: z.array(Found), more: z.boolean() });
export type SearchReply = z.infer<typeof SearchReply>;
export const WardPath = z.object({ ward: z.coerce.number().int().positive() });
