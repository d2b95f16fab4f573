// Shapes at the feature's edge: what recording, undoing, excusing and the campaign's acts take, and what they answer.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { parseInstant } from '#core/clock.ts';

export const DayOn = z.string().refine(isDateOn, 'a day as YYYY-MM-DD');
/** An instant with its offset; nothing guesses a zone. */
export const At = z.string().refine((text) => parseInstant(text) !== undefined, 'an instant with its offset');
const Id = z.uuid();
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Note = z.string().trim().max(2_000);
/** Only what a browser may be sent to: never script, never a file of the machine. */
const Link = z.url({ protocol: /^https?$/ }).max(2_000);
export const Reason = z.string().trim().min(1).max(500);

export const WAYS_REACHED = ['zalo', 'phone', 'paper', 'in-person'] as const;

export const NewEvidence = z.strictObject({
  /** Made by the client: the same id again gives the stored answer. */
  id: Id,
  /** Several where one act fulfils linked duties. */
  itemIds: z.array(Id).min(1).max(20),
  areaId: Id.nullish(),
  unitId: Id.nullish(),
  doneAt: At,
  channel: z.string().trim().min(1).max(60).nullish(),
  note: Note.nullish(),
  link: Link.nullish(),
  count: z.int().min(1).max(1_000_000).default(1),
  pictures: z.array(Sha256).max(12).default([]),
  /** Entered for another: who did it, by which way and when it reached the ward. */
  onBehalf: z.strictObject({ personId: Id, reachedBy: z.enum(WAYS_REACHED), reachedAt: At }).nullish(),
});
export type NewEvidence = z.infer<typeof NewEvidence>;

export const RecordBody = z.strictObject({ records: z.array(NewEvidence).min(1).max(100) });

export const Recorded = z.object({
  id: z.string(),
  itemIds: z.array(z.string()),
  areaId: z.string().nullable(),
  unitId: z.string().nullable(),
  workOn: z.string(),
  receivedAt: z.string(),
  change: z.number(),
});
export type Recorded = z.infer<typeof Recorded>;
export const RecordReply = z.object({ recorded: z.array(Recorded) });

export const UndoBody = z.strictObject({ reason: Reason });

const Named = z.object({ id: z.string(), name: z.string() });

export const EvidenceView = z.object({
  id: z.string(),
  itemIds: z.array(z.string()),
  area: Named.nullable(),
  unit: Named.nullable(),
  workOn: z.string(),
  doneAt: z.string(),
  receivedAt: z.string(),
  author: Named,
  enteredBy: Named.nullable(),
  reachedBy: z.enum(WAYS_REACHED).nullable(),
  reachedAt: z.string().nullable(),
  channel: z.string().nullable(),
  note: z.string().nullable(),
  link: z.string().nullable(),
  count: z.number(),
  source: z.string(),
  pictures: z.array(z.string()),
  undone: z.object({ at: z.string(), by: Named.nullable(), reason: z.string() }).nullable(),
  /** Whether the reader may take it back. */
  mayUndo: z.boolean(),
});
export type EvidenceView = z.infer<typeof EvidenceView>;

export const EvidenceQuery = z.object({
  item: Id.optional(),
  area: Id.optional(),
  unit: Id.optional(),
  person: Id.optional(),
  from: DayOn.optional(),
  to: DayOn.optional(),
  /** `1`: also what was taken back. */
  undone: z.enum(['0', '1']).default('0'),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export type EvidenceQuery = z.infer<typeof EvidenceQuery>;

export const EvidenceList = z.object({
  evidence: z.array(EvidenceView),
  /** Of everything that matches, each act once, however many duties it serves. */
  total: z.object({ acts: z.number(), count: z.number() }),
});

export const Uploaded = z.object({ sha256: z.string(), mediaType: z.string(), bytes: z.number() });

export const NewExcuse = z.strictObject({
  id: Id,
  itemId: Id,
  areaId: Id.nullish(),
  periodStart: DayOn,
  reason: Reason,
});
export const ExcuseView = z.object({
  id: z.string(),
  itemId: z.string(),
  area: Named.nullable(),
  periodStart: z.string(),
  reason: z.string(),
  grantedAt: z.string(),
  grantedBy: Named,
  revoked: z.object({ at: z.string(), by: Named.nullable(), reason: z.string().nullable() }).nullable(),
  mayRevoke: z.boolean(),
});
export type ExcuseView = z.infer<typeof ExcuseView>;
export const Excused = z.object({ id: z.string(), change: z.number() });

export const NewAct = z.strictObject({
  id: Id,
  kind: z.enum(['issued', 'launched']),
  doneOn: DayOn,
  number: z.string().trim().min(1).max(60).nullish(),
  note: Note.nullish(),
  link: Link.nullish(),
  picture: Sha256.nullish(),
});
export const ActView = z.object({
  id: z.string(),
  kind: z.enum(['issued', 'launched']),
  doneOn: z.string(),
  number: z.string().nullable(),
  note: z.string().nullable(),
  link: z.string().nullable(),
  picture: z.string().nullable(),
  recordedAt: z.string(),
  recordedBy: Named,
});
export type ActView = z.infer<typeof ActView>;
export const ActList = z.object({ acts: z.array(ActView), mayRecord: z.boolean() });
export const ActRecorded = z.object({ id: z.string(), change: z.number() });
