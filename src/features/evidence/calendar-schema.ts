// Shapes of the calendar's views. Titles, words and names come once in dictionaries; occurrences name them by id.
import { z } from 'zod';
import { DayOn } from '#features/evidence/schema.ts';
import { ActView, EvidenceView, ExcuseView } from '#features/evidence/schema.ts';
import { STATES } from '#features/plan/model.ts';

export const StateName = z.enum(STATES);
const Counts = z.record(StateName, z.number());
export type Counts = z.infer<typeof Counts>;

export const ItemInfo = z.object({
  id: z.string(),
  kind: z.enum(['target', 'duty', 'report']),
  title: z.string(),
  /** The sentence of the plan; null: added by hand. */
  words: z.string().nullable(),
  /** A unit's id; `groups`; null: outside the ward's units or nobody named. */
  accountable: z.string().nullable(),
  cooperating: z.array(z.string()),
  actor: z.string().nullable(),
  scope: z.enum(['ward', 'group']),
  standing: z.boolean(),
  proposal: z.boolean(),
  activity: z.string().nullable(),
  channels: z.array(z.string()),
  windows: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })),
  cadence: z.object({ count: z.number(), per: z.string() }).nullable(),
  linkedWith: z.array(z.string()),
});
export type ItemInfo = z.infer<typeof ItemInfo>;

export const PlaceName = z.object({ id: z.string(), name: z.string(), shortName: z.string() });
export type PlaceName = z.infer<typeof PlaceName>;

export const OccurrenceView = z.object({
  key: z.string(),
  itemId: z.string(),
  areaId: z.string().nullable(),
  periodStart: z.string(),
  periodEnd: z.string().nullable(),
  dueOn: z.string().nullable(),
  dueAt: z.string().nullable(),
  state: StateName,
  required: z.number(),
  done: z.number(),
  fulfilled: z.number(),
  minutesLate: z.number(),
  /** Milliseconds until due; 0 when past, null without a due time. */
  timeLeft: z.number().nullable(),
  evidence: z.array(z.string()),
  excuse: z.object({ id: z.string(), reason: z.string() }).nullable(),
  mayRecord: z.boolean(),
  mayExcuse: z.boolean(),
});
export type OccurrenceView = z.infer<typeof OccurrenceView>;

const CampaignInfo = z.object({
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  fromOn: z.string(),
  toOn: z.string(),
  state: z.enum(['draft', 'active', 'closed']),
  leadingUnitId: z.string().nullable(),
});

/** As whom the reader records: their units, their groups, or anybody in the ward (the duty desk, which says whose work it was). */
export const Recorder = z.object({
  unitIds: z.array(z.string()),
  areaIds: z.array(z.string()),
  anywhere: z.boolean(),
});
export type Recorder = z.infer<typeof Recorder>;

const common = {
  now: z.string(),
  today: z.string(),
  campaign: CampaignInfo,
  items: z.array(ItemInfo),
  units: z.array(PlaceName),
  groups: z.array(PlaceName),
  recorder: Recorder,
};

export const CalendarReply = z.object({
  ...common,
  range: z.object({ from: z.string(), to: z.string() }),
  occurrences: z.array(OccurrenceView),
  counts: Counts,
});
export type CalendarReply = z.infer<typeof CalendarReply>;

const Id = z.uuid();
const States = z
  .string()
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .pipe(z.array(StateName));

/** Filters narrow one another; `person` stands for the groups and units that person is responsible for. */
const filters = {
  unit: Id.optional(),
  area: Id.optional(),
  item: Id.optional(),
  person: Id.optional(),
  state: States.optional(),
};
export const CalendarQuery = z.object({ from: DayOn.optional(), to: DayOn.optional(), ...filters });
export type CalendarQuery = z.infer<typeof CalendarQuery>;
export const TodayQuery = z.object(filters);

export const BoardQuery = z.object({
  from: DayOn.optional(),
  to: DayOn.optional(),
  by: z.enum(['unit', 'group']).default('unit'),
  ...filters,
});

/** One duty on one day in one row; several groups' occurrences stand together where the row is a unit. */
export const Chip = z.object({
  itemId: z.string(),
  periodStart: z.string(),
  /** null: no due day, or one after the days shown. */
  day: z.string().nullable(),
  dueOn: z.string().nullable(),
  dueAt: z.string().nullable(),
  /** The state that needs looking at first. */
  state: StateName,
  counts: Counts,
  total: z.number(),
  /** Of a chip that is one occurrence. */
  areaId: z.string().nullable(),
  single: z.boolean(),
  required: z.number(),
  fulfilled: z.number(),
});
export type Chip = z.infer<typeof Chip>;

export type BoardQuery = z.infer<typeof BoardQuery>;

export const BoardReply = z.object({
  ...common,
  range: z.object({ from: z.string(), to: z.string() }),
  by: z.enum(['unit', 'group']),
  /** `groups` as a unit's row: what the groups answer for themselves. null: nobody is named. */
  rows: z.array(z.object({ id: z.string().nullable(), counts: Counts, chips: z.array(Chip) })),
});
export type BoardReply = z.infer<typeof BoardReply>;

const Line = z.object({ id: z.string().nullable(), total: Counts, days: z.array(z.array(z.number())) });
export const SummaryReply = z.object({
  now: z.string(),
  today: z.string(),
  range: z.object({ from: z.string(), to: z.string() }),
  /** Order of the figures in `days`. */
  states: z.array(StateName),
  total: Counts,
  units: z.array(Line),
  groups: z.array(Line),
  items: z.array(z.object({ id: z.string(), total: Counts })),
});
export type SummaryReply = z.infer<typeof SummaryReply>;
export const SummaryQuery = z.object({
  from: DayOn.optional(),
  to: DayOn.optional(),
  unit: Id.optional(),
  area: Id.optional(),
  item: Id.optional(),
});

export const OccurrenceQuery = z.object({ item: Id, area: Id.optional(), period: DayOn });
export const OccurrenceReply = z.object({
  now: z.string(),
  today: z.string(),
  campaign: CampaignInfo,
  item: ItemInfo,
  linked: z.array(ItemInfo),
  area: PlaceName.nullable(),
  unit: PlaceName.nullable(),
  occurrence: OccurrenceView,
  evidence: z.array(EvidenceView),
  excuses: z.array(ExcuseView),
  recorder: Recorder,
});
export type OccurrenceReply = z.infer<typeof OccurrenceReply>;

/** What is known of a target: how many are itemised so far, and from what. */
const Known = z.object({
  /** null: nothing is itemised yet. */
  value: z.number().nullable(),
  required: z.number().nullable(),
  periodStart: z.string().nullable(),
  periodEnd: z.string().nullable(),
  state: StateName.nullable(),
  source: z.enum(['evidence', 'none']),
});

export const OverviewReply = z.object({
  ...common,
  version: z.object({
    number: z.number(),
    inForceFrom: z.string(),
    amendingNumber: z.string().nullable(),
  }),
  acts: z.array(ActView),
  mayRecordAct: z.boolean(),
  targets: z.array(z.object({ item: ItemInfo, value: z.number(), unit: z.string(), known: Known })),
  duties: z.array(z.object({ itemId: z.string(), today: Counts, soFar: Counts })),
  reports: z.array(
    z.object({ itemId: z.string(), today: Counts, soFar: Counts, nextDueAt: z.string().nullable() }),
  ),
  soFar: Counts,
  late: z.array(OccurrenceView),
  lateMore: z.number(),
  evidence: z.object({ acts: z.number(), count: z.number() }),
});
export type OverviewReply = z.infer<typeof OverviewReply>;
