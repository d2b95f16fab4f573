// Shapes at the feature's edge: texts, their steps, the kit, the ward's way of speaking, and what the public reads.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { WORD_FORMS } from '#features/publishing/kit.ts';
import { AUDIENCES, LONGEST, PILLARS, TEXT_STATES } from '#features/publishing/model.ts';

const Day = z.string().refine(isDateOn, 'a day as YYYY-MM-DD');
const line = (most: number) => z.string().trim().min(1).max(most);
/** Only what a browser may be sent to. */
const Link = z.url({ protocol: /^https?$/ }).max(500);

export const Body = z.strictObject({
  title: line(LONGEST.title),
  summary: line(LONGEST.summary),
  paragraphs: z.array(line(LONGEST.paragraph)).max(20),
  signs: z.array(line(LONGEST.line)).max(12),
  actions: z.array(line(LONGEST.line)).max(12),
  source: z.strictObject({ name: line(300), on: Day.nullable(), url: Link.nullable() }),
  citations: z
    .array(z.strictObject({ what: line(200), validFrom: Day.nullable(), validTo: Day.nullable() }))
    .max(12),
});
export type Body = z.infer<typeof Body>;

export const TextWish = z
  .strictObject({
    pillar: z.enum(PILLARS),
    audience: z.array(z.enum(AUDIENCES)).max(AUDIENCES.length).default([]),
    validFrom: Day.nullable().default(null),
    validTo: Day.nullable().default(null),
    body: Body,
  })
  .refine(({ validFrom, validTo }) => validFrom === null || validTo === null || validFrom < validTo, {
    path: ['validTo'],
    message: 'after validFrom',
  });
export type TextWish = z.infer<typeof TextWish>;

export const WardPath = z.object({ ward: z.coerce.number().int() });
export const TextPath = WardPath.extend({ text: z.uuid() });

const Step = z.object({ by: z.string(), at: z.string() }).nullable();

export const TextRow = z.object({
  id: z.string(),
  pillar: z.enum(PILLARS),
  slug: z.string(),
  audience: z.array(z.string()),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  isStarter: z.boolean(),
  version: z.number(),
  title: z.string(),
  summary: z.string(),
  state: z.enum(TEXT_STATES),
  /** Version that the public reads now; null: none. */
  publicVersion: z.number().nullable(),
  /** Laws and figures in it that no longer hold today. */
  stale: z.number(),
  changedAt: z.string(),
});
export type TextRow = z.infer<typeof TextRow>;
export const TextsQuery = z.object({
  state: z.enum(TEXT_STATES).optional(),
  pillar: z.enum(PILLARS).optional(),
  q: z.string().max(200).optional(),
});
export const TextsReply = z.object({
  texts: z.array(TextRow),
  may: z.object({ write: z.boolean(), settings: z.boolean() }),
});

export const Version = z.object({
  version: z.number(),
  body: Body,
  state: z.enum(TEXT_STATES),
  written: z.object({ by: z.string(), at: z.string() }),
  checked: Step,
  approved: Step,
  withdrawn: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
});
export type Version = z.infer<typeof Version>;

export const Piece = z.object({
  form: z.enum(WORD_FORMS),
  proposed: z.string(),
  edited: z.string().nullable(),
  editedBy: z.string().nullable(),
  /** Of what will be used, at the ward's pace; the loudspeaker's only. */
  seconds: z.number().nullable(),
});
export type Piece = z.infer<typeof Piece>;

export const TextReply = TextRow.extend({
  versions: z.array(Version),
  staleCitations: z.array(z.string()),
  pieces: z.array(Piece),
  url: z.string().nullable(),
  may: z.object({
    write: z.boolean(),
    check: z.boolean(),
    approve: z.boolean(),
    withdraw: z.boolean(),
  }),
});
export type TextReply = z.infer<typeof TextReply>;

export const IdReply = z.object({ id: z.string() });
export const StarterReply = z.object({ added: z.number() });
export const Done = z.object({ done: z.literal(true) });
export const WithdrawBody = z.strictObject({ reason: line(500) });
export const PieceBody = z.strictObject({
  form: z.enum(WORD_FORMS),
  body: z.string().trim().min(1).max(10_000).nullable(),
});
export const SheetQuery = z.object({
  size: z.enum(['a4', 'a3', 'leaflet', 'card']).default('a4'),
  design: z.coerce.number().int().min(1).max(3).default(1),
});

const optional = (most: number) => z.string().trim().max(most).nullable();
export const SettingsBody = z.strictObject({
  speakerName: optional(120),
  hotline: z
    .string()
    .trim()
    .regex(/^[+\d][\d .]{1,18}$/)
    .nullable(),
  officeHours: optional(120),
  address: optional(200),
  syllablesPerMinute: z.int().min(80).max(320).nullable(),
  spokenWords: z.record(z.string().min(1).max(40), z.string().min(1).max(80)).default({}),
});
export type SettingsBody = z.infer<typeof SettingsBody>;
export const SettingsReply = SettingsBody.extend({ wardName: z.string(), mayEdit: z.boolean() });

// ── what the public reads, without signing in
export const PortalPath = z.object({ code: z.string().regex(/^\d{1,8}$/) });
export const PortalTextPath = PortalPath.extend({ slug: z.string().max(80) });
export const PortalItem = z.object({
  slug: z.string(),
  pillar: z.enum(PILLARS),
  title: z.string(),
  summary: z.string(),
  publishedOn: z.string(),
  /** Instant of the approval, for feeds. */
  publishedAt: z.string(),
});
export type PortalItem = z.infer<typeof PortalItem>;
export const Portal = z.object({
  code: z.string(),
  ward: z.string(),
  speaker: z.string(),
  hotline: z.string().nullable(),
  officeHours: z.string().nullable(),
  address: z.string().nullable(),
  origin: z.string(),
});
export type Portal = z.infer<typeof Portal>;
export const PortalQuery = z.object({
  q: z.string().max(200).optional(),
  pillar: z.enum(PILLARS).optional(),
});
export const PortalReply = z.object({ portal: Portal, items: z.array(PortalItem) });
export const PortalTextReply = z.object({
  portal: Portal,
  // Withdrawn: the words are gone, the summary too; the reason stays.
  item: PortalItem.extend({ body: Body.extend({ summary: z.string() }) }),
  withdrawn: z.object({ on: z.string(), reason: z.string() }).nullable(),
});
