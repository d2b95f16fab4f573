/**
 * What the dashboards ask of the rest of the house; the roof plugs it in, so that this feature knows no other. A feature
 * that counts something a plan has a target for offers a `MeasureSource` (its place: src/registry/measure-sources).
 */
import type { ClosedRange, DateOn } from '#core/calendar.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { MeasureKey } from '#features/dashboards/model.ts';
import type { Acts } from '#features/plan/engine/acts.ts';
import type { Calendar, Excuses } from '#features/plan/engine/calendar.ts';
import type { PlanVersion } from '#features/plan/model.ts';

export interface RunningCampaign {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly leadingUnitId: string | null;
  readonly fromOn: DateOn;
  readonly toOn: DateOn;
  readonly state: 'draft' | 'active' | 'closed';
}

/** A campaign with all that judging its days needs. */
export interface Running {
  readonly campaign: RunningCampaign;
  /** In force today. */
  readonly version: PlanVersion;
  readonly today: DateOn;
  readonly calendar: Calendar;
  readonly acts: Acts;
  readonly excuses: Excuses;
}

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
}

export interface MeasureDay {
  readonly areaId: string | null;
  readonly day: DateOn;
  readonly n: number;
}

export interface MeasureAsk {
  readonly call: Call;
  readonly running: Running;
  /** Groups that stand today, the merged ones' work counted for their successors. */
  readonly groupIds: readonly string[];
  /** From the campaign's first day to today. */
  readonly days: ClosedRange;
  readonly measure: MeasureKey;
}

export interface Whole {
  readonly named: number;
  readonly excluded: number;
}

/**
 * Daily figures of one or several measures, by group. `itemised`: a row stands behind each (a visit, a pledge);
 * `stated`: somebody said a number. The page draws the first solid and the second hatched on top, and where both say
 * something of the same group the rows are never added to the statement: whichever is more counts.
 */
export interface MeasureSource {
  readonly name: string;
  readonly weight: 'itemised' | 'stated';
  /** `undefined`: does not count this measure, or has nothing in this campaign yet. */
  daily(ask: MeasureAsk): Promise<readonly MeasureDay[] | undefined>;
  /**
   * What a register knows of a group's households: the denominator is the larger of declared and named, less the
   * approved exclusions.
   */
  wholes?(ask: MeasureAsk): Promise<ReadonlyMap<string, Whole> | undefined>;
  /** Items whose evidence is what it counted, so that the figure opens; empty: it opens elsewhere. */
  items(running: Running, measure: MeasureKey): readonly string[];
}

export interface DashboardPorts {
  open(call: Call, campaignId: string): Promise<Running | Problem>;
  units(call: Call): Promise<readonly Named[]>;
  groups(call: Call, range: ClosedRange): Promise<readonly Named[]>;
  readonly sources: readonly MeasureSource[];
}
