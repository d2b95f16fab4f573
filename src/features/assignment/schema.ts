// Shapes at the edge of assigning: who is given what, who is away, what the board shows.
import { z } from 'zod';
import { isDateOn } from '#core/calendar.ts';
import { POSTS } from '#features/assignment/model.ts';

const Day = z.string().refine(isDateOn, 'not a day');
const Reason = z.string().trim().normalize('NFC').min(3).max(500);
const Post = z.enum(POSTS);

export const WardPath = z.object({ ward: z.coerce.number().int().positive() });
export const CampaignPath = WardPath.extend({ campaign: z.uuid() });
export const AbsencePath = CampaignPath.extend({ absence: z.uuid() });
export const AreaPath = WardPath.extend({ area: z.uuid() });
export const BoardQuery = z.object({ on: Day.optional() });
export const HistoryQuery = z.object({ at: z.string().max(40).optional() });

const GiveOne = z.strictObject({ personId: z.uuid(), areaId: z.uuid(), post: Post });
/** Several at once stand or fall together. */
export const GiveShape = z.strictObject({
  give: z.array(GiveOne).min(1).max(200),
  fromOn: Day,
  /** The last day; null: until it is ended. */
  toOn: Day.nullable(),
  reason: Reason,
});
export type GiveShape = z.infer<typeof GiveShape>;

export const EndShape = z.strictObject({ grants: z.array(z.uuid()).min(1).max(200), reason: Reason });

const StandIn = z.strictObject({ grantId: z.uuid(), personId: z.uuid() });
export const StandInsShape = z.strictObject({ standIns: z.array(StandIn).min(1).max(60) });
export const AbsenceShape = z.strictObject({
  personId: z.uuid(),
  fromOn: Day,
  toOn: Day,
  reason: Reason,
  standIns: z.array(StandIn).max(60),
});
export type AbsenceShape = z.infer<typeof AbsenceShape>;

export const Load = z.object({
  groups: z.number(),
  households: z.number(),
  megabytes: z.number(),
  unknown: z.number(),
  isOver: z.boolean(),
});

const Changed = z.object({ grantId: z.string(), personId: z.string(), areaId: z.string(), post: Post });
export const GivenReply = z.object({
  given: z.array(Changed),
  /** Whom a post was handed over from. */
  ended: z.array(Changed),
  /** Of the people given something, those whose phone would carry too much. */
  over: z.array(z.object({ personId: z.string(), load: Load })),
});
export type GivenReply = z.infer<typeof GivenReply>;
export const AbsenceReply = z.object({
  id: z.string(),
  over: z.array(z.object({ personId: z.string(), load: Load })),
});
export const Done = z.object({ done: z.literal(true) });

export const HeldPost = z.object({
  grantId: z.string(),
  personId: z.string(),
  name: z.string(),
  post: Post,
  fromOn: z.string(),
  toOn: z.string().nullable(),
  /** Name of the person stood in for. */
  standsInFor: z.string().nullable(),
  /** Away on the day shown; with the last day. */
  awayTo: z.string().nullable(),
  /** Somebody else holds the post for them on the day shown. */
  stoodInFor: z.boolean(),
});
export type HeldPost = z.infer<typeof HeldPost>;

export const BoardGap = z.object({
  post: Post,
  kind: z.enum(['vacant', 'away', 'ahead']),
  on: z.string().nullable(),
});
export type BoardGap = z.infer<typeof BoardGap>;

export const BoardGroup = z.object({
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  households: z.number().nullable(),
  held: z.array(HeldPost),
  gaps: z.array(BoardGap),
});
export type BoardGroup = z.infer<typeof BoardGroup>;

export const StandableRole = z.object({
  grantId: z.string(),
  role: z.enum([...POSTS, 'unit-head']),
  /** Short name of the group or unit. */
  place: z.string().nullable(),
});
export type StandableRole = z.infer<typeof StandableRole>;

export const BoardPerson = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  load: Load,
  /** Short names of the groups held on the day shown. */
  places: z.array(z.string()),
  /** Roles somebody may hold for them while they are away. */
  roles: z.array(StandableRole),
  away: z.object({ id: z.string(), fromOn: z.string(), toOn: z.string() }).nullable(),
});
export type BoardPerson = z.infer<typeof BoardPerson>;

export const BoardAbsence = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  fromOn: z.string(),
  toOn: z.string(),
  reason: z.string(),
  /** Roles of the person in those days, and who stands in. */
  roles: z.array(
    StandableRole.extend({
      standIn: z.object({ grantId: z.string(), personId: z.string(), name: z.string() }).nullable(),
    }),
  ),
});
export type BoardAbsence = z.infer<typeof BoardAbsence>;

export const BoardReply = z.object({
  today: z.string(),
  on: z.string(),
  groups: z.array(BoardGroup),
  people: z.array(BoardPerson),
  absences: z.array(BoardAbsence),
  may: z.object({ assign: z.boolean() }),
});
export type BoardReply = z.infer<typeof BoardReply>;

export const HistoryRow = z.object({
  grantId: z.string(),
  personId: z.string(),
  name: z.string(),
  post: Post,
  fromAt: z.string(),
  toAt: z.string().nullable(),
  standsInFor: z.string().nullable(),
  reason: z.string().nullable(),
  by: z.string().nullable(),
  endReason: z.string().nullable(),
  endedBy: z.string().nullable(),
  /** Answered for the post at the instant asked about. */
  wasResponsible: z.boolean(),
});
export type HistoryRow = z.infer<typeof HistoryRow>;
export const HistoryReply = z.object({
  group: z.object({ id: z.string(), name: z.string() }),
  at: z.string(),
  rows: z.array(HistoryRow),
});
export type HistoryReply = z.infer<typeof HistoryReply>;

const Check = z.discriminatedUnion('ready', [
  z.object({ line: z.string(), ready: z.literal(true), detail: z.null(), href: z.null() }),
  z.object({ line: z.string(), ready: z.literal(false), detail: z.string(), href: z.string() }),
]);
export const ReadinessReply = z.object({
  campaign: z.object({ shortName: z.string(), fromOn: z.string() }),
  today: z.string(),
  /** From this day on the board is looked at. */
  opensOn: z.string(),
  lines: z.array(z.object({ id: z.string(), label: z.string(), ready: z.number() })),
  groups: z.array(
    z.object({ id: z.string(), shortName: z.string(), open: z.number(), checks: z.array(Check) }),
  ),
});
export type ReadinessReply = z.infer<typeof ReadinessReply>;
