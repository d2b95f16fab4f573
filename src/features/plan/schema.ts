/**
 * Shapes of a plan at its edges: what an item's body holds in the database and in the API, and how a confirmed version
 * becomes the `PlanVersion` the engine and other features reckon with.
 */
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { isTimeOfDay } from '#core/clock.ts';
import { GROUPS } from '#features/plan/model.ts';
import type { PlanItem, PlanVersion } from '#features/plan/model.ts';
import { OUTSIDE } from '#features/plan/unit-keys.ts';
import { ACTIVITIES, CHANNELS, PERIODS } from '#features/plan/reader/reading.ts';

export const Day = z.string().refine(isDateOn, 'not a day');
export const TimeOfDay = z.string().refine(isTimeOfDay, 'not a time of day');
const Line = z.string().trim().min(1).max(400);
const UnitKey = z.union([z.uuid(), z.literal(GROUPS), z.literal(OUTSIDE)]);

export const QuoteShape = z
  .strictObject({ start: z.int().min(0), end: z.int().min(1) })
  .refine(({ start, end }) => end > start, 'an empty stretch');
const MarkShape = z.strictObject({
  start: z.int().min(0),
  end: z.int().min(1),
  kind: z.enum(['figure', 'unit', 'cadence', 'deadline', 'window', 'time']),
});

export const ChoicesShape = z.strictObject({
  lastDay: z.enum(['included', 'excluded']),
  channels: z.enum(['each', 'together']),
  windows: z.enum(['each', 'either']),
  weekends: z.enum(['counted', 'skipped']),
  partialPeriods: z.enum(['owed', 'prorata', 'waived']),
});

const channels = z.array(z.enum(CHANNELS)).max(CHANNELS.length);
const base = {
  title: Line,
  proposal: z.boolean(),
  choices: ChoicesShape,
  /** null until somebody says what the paper's name means here. */
  accountable: UnitKey.nullable(),
  marks: z.array(MarkShape).max(60),
};
const Name = z.string().trim().max(400);
const owed = {
  ...base,
  /** In the paper's words; empty where it names nobody. */
  actor: Name,
  cooperating: z.array(UnitKey).max(60),
  partners: z.array(Line).max(60),
  scope: z.enum(['ward', 'group']),
  cadence: z.strictObject({ count: z.int().min(1).max(1_000_000), per: z.enum(PERIODS) }).nullable(),
  between: z
    .strictObject({ from: Day.nullable(), to: Day.nullable() })
    .refine(({ from, to }) => from === null || to === null || from <= to, 'ends before it begins')
    .nullable(),
  by: z.strictObject({ on: Day, time: TimeOfDay.nullable() }).nullable(),
  time: TimeOfDay.nullable(),
  weekdays: z.array(z.int().min(1).max(7)).max(7),
  dayOfMonth: z.int().min(1).max(31).nullable(),
  /** A deadline counted from an event whose day the paper does not give; answered with a day, it becomes `by`. */
  relative: z
    .strictObject({
      days: z.int().min(0).max(3_660),
      working: z.boolean(),
      direction: z.enum(['before', 'after']),
      event: z.string().max(400),
    })
    .nullable(),
};

export const TargetBody = z.strictObject({
  kind: z.literal('target'),
  ...base,
  subject: z.string().trim().max(400),
  measure: z.string().trim().max(100),
  comparator: z.enum(['>=', '>', '<=', '<', '=']),
  value: z.number().min(0).max(1e12),
  unit: z.string().trim().min(1).max(100),
  per: z.enum(PERIODS).nullable(),
  by: Day.nullable(),
  channels,
});
export const DutyBody = z.strictObject({
  kind: z.literal('duty'),
  ...owed,
  activity: z.enum(ACTIVITIES),
  channels,
  audience: z.string().max(400).nullable(),
  windows: z
    .array(z.strictObject({ name: z.string().min(1).max(60), from: TimeOfDay, to: TimeOfDay }))
    .max(12),
  standing: z.boolean(),
});
export const ReportBody = z.strictObject({
  kind: z.literal('report'),
  ...owed,
  reportKind: z.enum(['quick', 'periodic', 'final', 'ad-hoc']),
  addressee: UnitKey.nullable(),
  to: Line.nullable(),
  /** Which stretch a daily report tells of; null where it is not daily or nobody has said. */
  covers: z.enum(['calendar-day-before', 'since-last-report']).nullable(),
});
export const ItemBody = z.discriminatedUnion('kind', [TargetBody, DutyBody, ReportBody]);
export type ItemBody = z.infer<typeof ItemBody>;
export type TargetBody = z.infer<typeof TargetBody>;
export type DutyBody = z.infer<typeof DutyBody>;
export type ReportBody = z.infer<typeof ReportBody>;

/** The campaign's own days; standing duties go on after them. */
export const CampaignDays = z
  .strictObject({ from: Day, to: Day })
  .refine(({ from, to }) => from <= to, 'ends before it begins');
export type CampaignDays = z.infer<typeof CampaignDays>;

/** One row of the view `plan_confirmed_items`, as another feature reads it. */
export const ConfirmedItemRow = z.object({
  item_id: z.uuid(),
  body: ItemBody,
  quote_start: z.int().nullable(),
  quote_end: z.int().nullable(),
});
export type ConfirmedItemRow = z.infer<typeof ConfirmedItemRow>;

/** One row of the view `plan_confirmed_versions`. */
export const ConfirmedVersionRow = z.object({
  version: z.int(),
  in_force_from: Day,
  in_force_to: Day.nullable(),
  days: CampaignDays,
  links: z.array(z.tuple([z.uuid(), z.uuid()])),
});
export type ConfirmedVersionRow = z.infer<typeof ConfirmedVersionRow>;

/** What the engine reckons with; what only the import screen needs stays behind. */
export function planItem(id: string, quote: PlanItem['quote'], body: ItemBody): PlanItem {
  const place = { id, quote };
  if (body.kind === 'target') {
    const { marks: _, ...item } = body;
    return { ...item, ...place };
  }
  if (body.kind === 'duty') {
    const { marks: _, relative: __, ...item } = body;
    return { ...item, ...place };
  }
  const { marks: _, relative: __, covers: ___, ...item } = body;
  return { ...item, ...place };
}

/** Rows of the two views, of one version, to what the engine takes. Throws on a body no version of us wrote. */
export function planVersionOf(version: unknown, items: readonly unknown[]): PlanVersion {
  const row = ConfirmedVersionRow.parse(version);
  return {
    number: row.version,
    inForceFrom: row.in_force_from,
    inForceTo: row.in_force_to,
    days: row.days,
    links: row.links,
    items: items.map((item) => {
      const { item_id, quote_start, quote_end, body } = ConfirmedItemRow.parse(item);
      const quote =
        quote_start === null || quote_end === null ? null : { start: quote_start, end: quote_end };
      return planItem(item_id, quote, body);
    }),
  };
}
