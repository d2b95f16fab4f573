/**
 * A running plan as the campaign keeps it. The words are those of the reading (reader/reading.ts): what a paper
 * says, confirmed by a person, plus what only a person could settle (`choices`). Ids are made at the first
 * confirmation and stay the same through every version, so evidence never loses its duty.
 */
import type { ClosedRange, DateOn } from '#core/calendar.ts';
import type { Instant } from '#core/clock.ts';
import type { Activity, Channel, Per } from '#features/plan/reader/reading.ts';

export type ItemId = string;
export type AreaId = string;
/** The id of a unit of the ward (police, culture office, Front), or `GROUPS`. */
export type UnitKey = string;
/** Accountable "unit" of what every residential group answers for itself. */
export const GROUPS: UnitKey = 'groups';

export interface Cadence {
  /** At least so many. */
  readonly count: number;
  readonly per: Per;
}

/** Hours of a day, `HH:MM`; the end no longer belongs to it. */
export interface DayWindow {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A last day as the paper names it. With a time, that time of that day; without, see `choices.lastDay`. */
export interface Deadline {
  readonly on: DateOn;
  readonly time: string | null;
}

/**
 * What the words leave open and the leading unit settles when it confirms. Every field has a default
 * (`DEFAULT_CHOICES`), so that a plan can run before anybody has answered, and shows which reading it runs on.
 */
export interface Choices {
  /** "trước ngày 14/8": until the end of the 14th, or of the 13th. */
  readonly lastDay: 'included' | 'excluded';
  /** Several channels: the count on each of them, or on all together. */
  readonly channels: 'each' | 'together';
  /** Several windows of the day: the count in each of them, or in any. */
  readonly windows: 'each' | 'either';
  /** Whether daily duties are owed on Saturdays, Sundays and public holidays. */
  readonly weekends: 'counted' | 'skipped';
  /** A week or month the duty's range cuts short: the whole count, a share of it, or nothing. */
  readonly partialPeriods: 'owed' | 'prorata' | 'waived';
}

/**
 * The mild reading where the words leave work open. `lastDay` is `included` because most deadlines say "đến ngày"
 * or "xong ngày"; the mapping from a reading sets `excluded` where the paper says "trước ngày" and nobody has
 * answered yet. Weekends count: campaigns run through them. Why a share of a cut period: engine/README.md.
 */
export const DEFAULT_CHOICES: Choices = {
  lastDay: 'included',
  channels: 'together',
  windows: 'either',
  weekends: 'counted',
  partialPeriods: 'prorata',
};

/** A stretch of the source the item was read from, in UTF-16 units; null where a person added the item. */
export interface Quote {
  readonly start: number;
  readonly end: number;
}

interface ItemBase {
  readonly id: ItemId;
  readonly quote: Quote | null;
  /** What it is, in one line, for lists. */
  readonly title: string;
  /** Introduced by "Đề nghị": asked for, not ordered. Never late, never reminded by itself. */
  readonly proposal: boolean;
  readonly choices: Choices;
}

interface Owed extends ItemBase {
  /** Who is responsible, in the paper's words. */
  readonly actor: string;
  /** The one unit whose head answers for it; null until a person has said which unit those words mean. */
  readonly accountable: UnitKey | null;
  readonly partners: readonly string[];
  readonly cooperating: readonly UnitKey[];
  /** Owed once by the ward, or by every residential group. */
  readonly scope: 'ward' | 'group';
  readonly cadence: Cadence | null;
  /** Days within which it is owed; an open side is the campaign's own. Null: the campaign's (or its peak's). */
  readonly between: { readonly from: DateOn | null; readonly to: DateOn | null } | null;
  readonly by: Deadline | null;
  /** Due each day, or on the due day of each period, before this time; null is the end of the day. */
  readonly time: string | null;
  /** 1 Monday to 7 Sunday. Daily: owed on these days only. Weekly: due on the last of them. Empty: any. */
  readonly weekdays: readonly number[];
  /** Monthly and longer: due on this day of the period's last month; a month without it ends sooner. */
  readonly dayOfMonth: number | null;
}

export interface Duty extends Owed {
  readonly kind: 'duty';
  readonly activity: Activity;
  readonly channels: readonly Channel[];
  readonly audience: string | null;
  readonly windows: readonly DayWindow[];
  /** Goes on past the peak, from the plan's start until a version drops it ("xuyên suốt", "thường xuyên"). */
  readonly standing: boolean;
}

export interface Report extends Owed {
  readonly kind: 'report';
  readonly reportKind: 'quick' | 'periodic' | 'final' | 'ad-hoc';
  /** To whom, in the paper's words. */
  readonly to: string | null;
  readonly addressee: UnitKey | null;
}

/** A figure to reach. Where it is a count per period it is owed like a duty ("mỗi tháng ít nhất 05 tin, bài"). */
export interface Target extends ItemBase {
  readonly kind: 'target';
  readonly accountable: UnitKey | null;
  readonly subject: string;
  readonly measure: string;
  readonly comparator: '>=' | '>' | '<=' | '<' | '=';
  readonly value: number;
  /** `percent`, or the counted thing. */
  readonly unit: string;
  readonly per: Per | null;
  readonly by: DateOn | null;
  readonly channels: readonly Channel[];
}

export type PlanItem = Target | Duty | Report;

/** Confirmed, and never changed afterwards. An amendment is the next version. */
export interface PlanVersion {
  readonly number: number;
  readonly inForceFrom: DateOn;
  /** The first day it is no longer in force: the next version's `inForceFrom`. Null for the latest. */
  readonly inForceTo: DateOn | null;
  /** The campaign's own days, as this version gives them. Standing duties go on after them. */
  readonly days: ClosedRange;
  readonly items: readonly PlanItem[];
  /** Pairs that the same act fulfils. It counts once for each of the two and once in every total. */
  readonly links: readonly (readonly [ItemId, ItemId])[];
}

/** A residential group with its days of validity (`validTo` no longer counts). What the ward owes has no area. */
export interface Area {
  readonly id: AreaId;
  readonly validFrom: DateOn;
  readonly validTo: DateOn | null;
  /** Where a closed group's households went. */
  readonly successors: readonly AreaId[];
}

/**
 * An act that was done, reduced to what the calendar asks of it. For a report, `workOn` is the day or any day of
 * the period it is sent for, and `receivedAt` alone decides whether it was in time.
 */
export interface Evidence {
  readonly id: string;
  readonly itemIds: readonly ItemId[];
  /** Null: done for the ward as a whole. */
  readonly areaId: AreaId | null;
  /** Day of work in campaign time. */
  readonly workOn: DateOn;
  /** Within that day, where known. Unknown gets the benefit of the doubt. */
  readonly doneAt: Instant | null;
  readonly channel: string | null;
  readonly count: number;
  readonly receivedAt: Instant;
  readonly undoneAt: Instant | null;
}

/** Frees one occurrence, for a reason kept elsewhere. */
export interface Excuse {
  readonly itemId: ItemId;
  readonly areaId: AreaId | null;
  readonly periodStart: DateOn;
  readonly grantedAt: Instant;
  readonly revokedAt: Instant | null;
}

/**
 * `ongoing` has no figure and no end: it is shown with what was done, and is never behind. `no-information` is a
 * proposal nobody has told about. Defined one by one in engine/README.md.
 */
export const STATES = [
  'upcoming',
  'due',
  'met',
  'late',
  'missed',
  'excused',
  'no-information',
  'ongoing',
] as const;
export type State = (typeof STATES)[number];
