// Shapes at the doors of lists that come as files.
import { z } from 'zod';
import { FIELDS } from '#features/households/import/columns.ts';
import { WEIGHTS } from '#features/households/import/rows.ts';

export const WardPath = z.object({ ward: z.coerce.number().int().positive() });
export const ImportPath = WardPath.extend({ import: z.uuid() });

/** 16 MB: twenty thousand rows are one or two. */
export const FILE_LIMIT = 16 * 1024 * 1024;
export const UploadBody = z.object({
  file: z.instanceof(File),
  groupId: z.union([z.uuid(), z.literal('')]).optional(),
});

const Columns = z.partialRecord(z.enum(FIELDS), z.number().int().min(0).max(500).nullable());

export const ImportWish = z.strictObject({
  sheet: z.number().int().min(0).max(200).optional(),
  columns: Columns.optional(),
  groupId: z.uuid().nullable().optional(),
  /** Lines that look like one household twice and are two. */
  accepted: z.array(z.number().int().positive()).max(20_000).optional(),
});
export type ImportWish = z.infer<typeof ImportWish>;

const State = z.enum(['draft', 'running', 'done', 'failed', 'undone', 'dropped']);

export const ImportLine = z.object({
  id: z.string(),
  fileName: z.string(),
  state: State,
  /** The work on it ended before its end: it can be gone on with or taken back. */
  stopped: z.boolean(),
  total: z.number(),
  done: z.number(),
  made: z.number(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
});
export type ImportLine = z.infer<typeof ImportLine>;
export const ImportsReply = z.object({ imports: z.array(ImportLine) });

export const PreviewQuery = z.object({ fault: z.string().max(40).optional() });
export const ProblemLine = z.object({
  line: z.number(),
  fault: z.string(),
  weight: z.enum(WEIGHTS),
  text: z.string(),
  other: z.number().nullable(),
});
export type ProblemLine = z.infer<typeof ProblemLine>;

export const Preview = z.object({
  sheets: z.array(z.string()),
  sheet: z.number(),
  oldFont: z.boolean(),
  heads: z.array(z.string()),
  headLines: z.array(z.number()),
  columns: z.partialRecord(z.enum(FIELDS), z.number()),
  groupId: z.string().nullable(),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
  rows: z.number(),
  households: z.number(),
  comingIn: z.number(),
  memberRows: z.number(),
  left: z.array(z.object({ why: z.string(), n: z.number() })),
  faults: z.array(z.object({ fault: z.string(), weight: z.enum(WEIGHTS), n: z.number() })),
  /** At most 300, those of the asked fault or of all. */
  problems: z.array(ProblemLine),
  sample: z.array(
    z.object({
      line: z.number(),
      group: z.string(),
      lane: z.string().nullable(),
      houseNumber: z.string().nullable(),
      headName: z.string(),
      residence: z.string(),
      members: z.number().nullable(),
      phone: z.string().nullable(),
    }),
  ),
  accepted: z.array(z.number()),
});
export type Preview = z.infer<typeof Preview>;

export const ImportReply = z.object({
  import: ImportLine,
  /** Only of a draft. */
  preview: Preview.nullable(),
  /** After undoing: how many stayed because something refers to them. */
  kept: z.number().nullable(),
});
export type ImportReply = z.infer<typeof ImportReply>;
export const IdReply = z.object({ id: z.string() });
export const Done = z.object({ done: z.literal(true) });
export const UndoReply = z.object({ removed: z.number(), kept: z.number() });
