// Shapes of the dashboards' answers. Names come once in dictionaries; figures name groups, units and items by id.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { URGENT_KINDS } from '#features/dashboards/urgent.ts';
import { STATES } from '#features/plan/model.ts';

const DayOn = z.string().refine(isDateOn, 'a day as YYYY-MM-DD');
const Id = z.uuid();
const StateName = z.enum(STATES);

export const CampaignPath = z.object({ ward: z.coerce.number().int(), campaign: Id });
export const UnitPath = CampaignPath.extend({ unit: Id });

const Named = z.object({ id: z.string(), name: z.string(), shortName: z.string() });
export type Named = z.infer<typeof Named>;

const Campaign = z.object({
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  fromOn: z.string(),
  toOn: z.string(),
  leadingUnitId: z.string().nullable(),
});

export const ForecastView = z.object({
  status: z.enum(['done', 'on-pace', 'short', 'no-pace', 'too-early']),
  /** Mean per day of the last days. */
  pace: z.number(),
  expectedOn: z.string().nullable(),
  earliestOn: z.string().nullable(),
  latestOn: z.string().nullable(),
  shortBy: z.number(),
  paceNeeded: z.number().nullable(),
});
export type ForecastView = z.infer<typeof ForecastView>;

export const TargetLine = z.object({
  itemId: z.string(),
  measure: z.string(),
  title: z.string(),
  /** `percent`, or the counted thing. */
  unit: z.string(),
  value: z.number(),
  /** null: nothing counts it yet. */
  goal: z.number().nullable(),
  itemised: z.number(),
  stated: z.number(),
  over: z.object({ groups: z.number(), n: z.number() }),
  left: z.number().nullable(),
  /** What should be reached by this morning. */
  mark: z.number().nullable(),
  endOn: z.string(),
  forecast: ForecastView.nullable(),
  /** Groups that will be short, the worst first; all of them, the page shows three. */
  behind: z.array(z.object({ areaId: z.string(), shortBy: z.number() })),
  /** Groups without a confirmed number of households. */
  undeclared: z.number(),
  /** Items whose evidence is what was counted. */
  countedBy: z.array(z.string()),
});
export type TargetLine = z.infer<typeof TargetLine>;

export const UrgentView = z.object({
  kind: z.enum(URGENT_KINDS),
  itemId: z.string().nullable(),
  line: z.string().nullable(),
  accountable: z.string().nullable(),
  areaIds: z.array(z.string()),
  households: z.number(),
  count: z.number(),
  dueAt: z.string().nullable(),
  periodStart: z.string().nullable(),
  shortBy: z.number(),
});
export type UrgentView = z.infer<typeof UrgentView>;

/** Of what fell due: done in time, done or still to be done after its time, never done, not yet due, let off. */
export const Tally = z.object({
  owed: z.number(),
  met: z.number(),
  late: z.number(),
  missed: z.number(),
  due: z.number(),
  upcoming: z.number(),
  excused: z.number(),
  unknown: z.number(),
});
export type Tally = z.infer<typeof Tally>;

const UnitLine = z.object({ id: z.string().nullable(), total: Tally, days: z.array(Tally) });
export type UnitLine = z.infer<typeof UnitLine>;

export const GroupLine = z.object({
  areaId: z.string(),
  of: z.number().nullable(),
  done: z.number(),
  left: z.number().nullable(),
  over: z.number(),
  /** Doors a day for every 100 still to do. */
  rate: z.number().nullable(),
  forecast: ForecastView.nullable(),
  /** Whole days of which nothing was told. */
  silentDays: z.number(),
  /** Of the duties every group owes. */
  duties: Tally,
});
export type GroupLine = z.infer<typeof GroupLine>;

const common = {
  now: z.string(),
  today: z.string(),
  campaign: Campaign,
  units: z.array(Named),
  groups: z.array(Named),
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      kind: z.enum(['target', 'duty', 'report']),
      accountable: z.string().nullable(),
      scope: z.enum(['ward', 'group']),
      proposal: z.boolean(),
    }),
  ),
};

export const DashboardReply = z.object({
  ...common,
  lines: z.array(TargetLine),
  urgent: z.array(UrgentView),
  days: z.array(z.string()),
  ward: UnitLine,
  unitDays: z.array(UnitLine),
  /** By the first target of households; empty where the plan has none. */
  groupLines: z.array(GroupLine),
  /** The measure the groups are compared by. */
  comparedBy: z.string().nullable(),
  rateNeeded: z.number().nullable(),
});
export type DashboardReply = z.infer<typeof DashboardReply>;

export const UnitReply = z.object({
  ...common,
  unit: Named,
  days: z.array(z.string()),
  total: Tally,
  wardTotal: Tally,
  perDay: z.array(Tally),
  itemDays: z.array(z.object({ itemId: z.string(), total: Tally, days: z.array(Tally) })),
});
export type UnitReply = z.infer<typeof UnitReply>;

const States = z
  .string()
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .pipe(z.array(StateName));
export const OwedQuery = z.object({
  from: DayOn.optional(),
  to: DayOn.optional(),
  /** A unit's id, or `groups`. */
  unit: z.union([Id, z.literal('groups')]).optional(),
  area: Id.optional(),
  item: Id.optional(),
  state: States.optional(),
});
export type OwedQuery = z.infer<typeof OwedQuery>;

export const OwedRow = z.object({
  key: z.string(),
  itemId: z.string(),
  areaId: z.string().nullable(),
  accountable: z.string().nullable(),
  periodStart: z.string(),
  dueOn: z.string(),
  dueAt: z.string(),
  state: StateName,
  done: z.number(),
  required: z.number(),
  minutesLate: z.number(),
});
export type OwedRow = z.infer<typeof OwedRow>;
export const OwedReply = z.object({
  ...common,
  from: z.string(),
  to: z.string(),
  rows: z.array(OwedRow),
  tally: Tally,
});
export type OwedReply = z.infer<typeof OwedReply>;
