// Shapes at the feature's edge: quick reports, the morning, the ward's sum. Papers: papers/schema.ts.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { parseInstant } from '#core/clock.ts';
import { isMeasure, MEASURE_LIST, type Figures, type Measure } from '#features/reports/figures.ts';
import { PROOFS, REPORT_STATES, WINDOWS } from '#features/reports/model.ts';
import { QUESTIONS } from '#features/reports/message/message.ts';

export const DayOn = z.string().refine(isDateOn, 'a day as YYYY-MM-DD');
const At = z.string().refine((text) => parseInstant(text) !== undefined, 'an instant with its offset');
const Id = z.uuid();
const Count = z.int().min(0).max(1_000_000);
const Reason = z.string().trim().min(1).max(500);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const FigureShape = z.strictObject({ day: Count.nullable(), total: Count.nullable() });

export const MeasureName = z.enum(MEASURE_LIST as [Measure, ...Measure[]]);

/** Unknown names are refused; names left out are "not said". */
export const FiguresShape: z.ZodType<Figures> = z
  .record(z.string().max(40), FigureShape)
  .refine((figures) => Object.keys(figures).every(isMeasure), 'a figure of the report');

export const BodyShape = z.strictObject({
  figures: FiguresShape,
  households: Count.nullable().default(null),
  reasons: z
    .record(z.string().max(40), Reason)
    .refine((reasons) => Object.keys(reasons).every(isMeasure), 'a figure of the report')
    .default({}),
  nothingReason: Reason.nullable().default(null),
  remarks: z.string().trim().max(2_000).nullable().default(null),
  /** Of a unit: what its head states of its duties; one left out is stated as recorded. */
  work: z
    .array(z.strictObject({ itemId: Id, stated: Count, reason: Reason.nullable().default(null) }))
    .max(200)
    .readonly()
    .optional(),
});

const PLACE = { areaId: Id.nullish(), unitId: Id.nullish() };
const onePlace = ({
  areaId,
  unitId,
}: {
  areaId?: string | null | undefined;
  unitId?: string | null | undefined;
}) => (areaId ?? null) === null || (unitId ?? null) === null;

export const SendReport = z
  .strictObject({
    /** Made by the client: the same id again gets the stored answer. */
    id: Id,
    ...PLACE,
    itemId: Id,
    reportOn: DayOn,
    composedAt: At.nullish(),
    body: BodyShape,
    /** From the second version on: why. */
    correction: Reason.nullish(),
    /** Typed in for another: who states it, by which way and when it reached the ward police, and what shows it. */
    onBehalf: z
      .strictObject({
        personId: Id,
        reachedBy: z.enum(['zalo', 'phone', 'paper', 'in-person']),
        reachedAt: At,
        proof: z.enum(PROOFS).nullish(),
        picture: Sha256.nullish(),
      })
      .nullish(),
    /** The message it was read from, as typed. */
    words: z.string().max(4_000).nullish(),
  })
  .refine(onePlace, 'a group or a unit, not both');
export type SendReport = z.infer<typeof SendReport>;

export const SentReply = z.object({
  id: z.string(),
  version: z.number(),
  reportOn: z.string(),
  state: z.enum(REPORT_STATES),
  minutesLate: z.number(),
  composedAt: z.string().nullable(),
  receivedAt: z.string(),
});
export type SentReply = z.infer<typeof SentReply>;

export const DraftBody = z
  .strictObject({ ...PLACE, itemId: Id, reportOn: DayOn, body: BodyShape })
  .refine(onePlace, 'a group or a unit, not both');

const Standing = { state: z.enum(REPORT_STATES), minutesLate: z.number() };
const Named = z.object({ id: z.string(), name: z.string() });

export const LineShape = z.object({
  measure: MeasureName,
  stated: FigureShape,
  itemised: FigureShape.nullable(),
  reason: z.string().nullable(),
});

export const VersionShape = z.object({
  id: z.string(),
  version: z.number(),
  lines: z.array(LineShape),
  work: z.array(
    z.object({
      itemId: z.string(),
      title: z.string(),
      counted: z.number(),
      owed: z.number().nullable(),
      stated: z.number(),
      reason: z.string().nullable(),
    }),
  ),
  households: z.number().nullable(),
  nothingReason: z.string().nullable(),
  remarks: z.string().nullable(),
  words: z.string().nullable(),
  correction: z.string().nullable(),
  composedAt: z.string().nullable(),
  receivedAt: z.string(),
  author: Named,
  enteredBy: Named.nullable(),
  reachedBy: z.string().nullable(),
  reachedAt: z.string().nullable(),
  proof: z.enum(PROOFS).nullable(),
  window: z.object({ kind: z.enum(WINDOWS), from: z.string(), to: z.string() }),
  countedN: z.number().nullable(),
});
export type VersionShape = z.infer<typeof VersionShape>;

/** One owed report, ready to be written. */
export const OwedShape = z.object({
  itemId: z.string(),
  kind: z.string(),
  title: z.string(),
  reportOn: z.string(),
  dueAt: z.string(),
  place: z.object({ id: z.string(), name: z.string(), of: z.enum(['group', 'unit']) }),
  households: z.number().nullable(),
  window: z.object({ kind: z.enum(WINDOWS), from: z.string(), to: z.string() }),
  ...Standing,
  /** From the records, for this window, up to now. */
  itemised: FiguresShape,
  /** The last running totals this place stated, and of which morning. */
  earlier: z.object({ reportOn: z.string().nullable(), figures: FiguresShape }),
  draft: BodyShape.nullable(),
  versions: z.array(VersionShape),
  maySend: z.boolean(),
  /** Whoever is not of the place says for whom. */
  forAnother: z.boolean(),
});
export type OwedShape = z.infer<typeof OwedShape>;
export const OwedList = z.object({ now: z.string(), owed: z.array(OwedShape) });

export const OwedQuery = z.object({ on: DayOn.optional(), area: Id.optional(), unit: Id.optional() });

export const MorningCell = z.object({
  areaId: z.string(),
  name: z.string(),
  shortName: z.string(),
  ...Standing,
  composedAt: z.string().nullable(),
  receivedAt: z.string().nullable(),
  reachedAt: z.string().nullable(),
  enteredBy: z.string().nullable(),
  version: z.number().nullable(),
  reached: z.number().nullable(),
  total: z.number().nullable(),
  households: z.number().nullable(),
  excuse: z.string().nullable(),
});
export type MorningCell = z.infer<typeof MorningCell>;

export const UnitCell = z.object({
  unitId: z.string(),
  itemId: z.string(),
  name: z.string(),
  ...Standing,
  receivedAt: z.string().nullable(),
  /** Why there was nothing to report, where it so said. */
  nothing: z.string().nullable(),
});
export type UnitCell = z.infer<typeof UnitCell>;

export const MorningPicture = z.object({
  at: z.string(),
  cells: z.array(MorningCell),
  /** Absent: a picture from before units stood in it, which says nothing of them. */
  units: z.array(UnitCell).optional(),
});
export type MorningPicture = z.infer<typeof MorningPicture>;

export const MorningReply = z.object({
  now: z.string(),
  on: z.string(),
  itemId: z.string().nullable(),
  dueAt: z.string().nullable(),
  mornings: z.array(z.string()),
  live: z.array(
    MorningCell.extend({
      leader: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
      occurrence: z.string(),
    }),
  ),
  frozen: MorningPicture.extend({ hash: z.string() }).nullable(),
  may: z.object({ remind: z.boolean(), enter: z.boolean() }),
});
export type MorningReply = z.infer<typeof MorningReply>;

const WardFigureShape = z.object({
  measure: MeasureName,
  day: z.number().nullable(),
  total: z.number().nullable(),
  itemisedTotal: z.number().nullable(),
  twice: z.number(),
  differences: z.array(z.object({ reason: z.string(), count: z.number(), unstated: z.boolean().optional() })),
  share: z.number().nullable(),
  exceeds: z.boolean(),
  /** Against the morning before. */
  change: z.number().nullable(),
});

export const WardReply = z.object({
  now: z.string(),
  on: z.string(),
  dueAt: z.string().nullable(),
  window: z.object({ kind: z.enum(WINDOWS), from: z.string(), to: z.string() }).nullable(),
  households: z.number().nullable(),
  groups: z.number(),
  told: z.number(),
  lines: z.array(
    z.object({
      areaId: z.string(),
      name: z.string(),
      shortName: z.string(),
      households: z.number().nullable(),
      told: z.boolean(),
      carriedFrom: z.string().nullable(),
      version: z.number().nullable(),
      undivided: z.boolean(),
      inherited: z.array(z.string()),
      nothingReason: z.string().nullable(),
      figures: FiguresShape,
      itemised: FiguresShape,
    }),
  ),
  figures: z.array(WardFigureShape),
  stated: z.array(
    z.object({
      id: z.string(),
      figure: z.string(),
      ofOn: z.string(),
      value: z.number(),
      source: z.string(),
      by: z.string(),
      at: z.string(),
    }),
  ),
  broken: z.array(z.string()),
  text: z.string(),
});
export type WardReply = z.infer<typeof WardReply>;

const Words = z.object({ start: z.number(), end: z.number() });
export const ReadBody = z.strictObject({ text: z.string().min(1).max(4_000) });
export const ReadReply = z.object({
  text: z.string(),
  reports: z.array(
    z.object({
      part: Words,
      groupId: z.string().nullable(),
      group: Words.extend({ value: z.string() }).nullable(),
      on: Words.extend({ value: z.string() }).nullable(),
      sentAt: Words.extend({ value: z.string() }).nullable(),
      figures: z.array(
        Words.extend({
          measure: z.enum([...MEASURE_LIST, 'households'] as [Measure | 'households']),
          span: z.enum(['day', 'total']),
          value: z.number(),
        }),
      ),
      noWork: Words.extend({ value: z.string() }).nullable(),
      remarks: z.array(Words.extend({ value: z.string() })),
      questions: z.array(
        z.object({
          code: z.enum(QUESTIONS),
          words: z.array(Words),
          params: z.record(z.string(), z.union([z.string(), z.number()])),
        }),
      ),
    }),
  ),
  groups: z.array(z.object({ id: z.string(), name: z.string(), leaderId: z.string().nullable() })),
});
export type ReadReply = z.infer<typeof ReadReply>;

export const StateFigure = z.strictObject({
  id: Id,
  figure: z.string().trim().min(1).max(120),
  ofOn: DayOn,
  value: z.int().min(0).max(1_000_000_000_000),
  source: z.string().trim().min(1).max(300),
});
