// What reports ask of the rest of the house; the roof plugs it in, so that this feature knows no other.
import type { ClosedRange, DateOn } from '#core/calendar.ts';
import type { Instant } from '#core/clock.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Area, PlanVersion } from '#features/plan/model.ts';

export interface CampaignOfReports {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly leadingUnitId: string | null;
  readonly fromOn: DateOn;
  readonly toOn: DateOn;
  readonly state: 'draft' | 'active' | 'closed';
}

export interface PlanOfReports {
  readonly campaign: CampaignOfReports;
  readonly versions: readonly PlanVersion[];
  readonly areas: readonly Area[];
}

/** An act the calendar shall see: an owed report that came. */
export interface ReportAct {
  readonly id: string;
  readonly campaignId: string;
  readonly itemId: string;
  readonly areaId: string | null;
  readonly unitId: string | null;
  readonly workOn: DateOn;
  readonly doneAt: Instant;
  /** The instant that decides whether it was in time. */
  readonly decidedAt: Instant;
  readonly authorId: string;
  readonly enteredBy: string | null;
  readonly reachedBy: 'zalo' | 'phone' | 'paper' | 'in-person' | null;
  readonly feedId: string;
  readonly changeN: number;
}

export interface ExcusedPlace {
  readonly itemId: string;
  readonly areaId: string | null;
  readonly periodStart: DateOn;
  readonly reason: string;
}

/** Counts of evidence by duty: in a window, and since the campaign began. */
export interface RecordedWork {
  readonly itemId: string;
  readonly day: number;
  readonly total: number;
}

/** The ward as the official list has it. */
export interface OfficialWard {
  readonly name: string;
  readonly code: string | null;
  /** Code of the city above it. */
  readonly city: string | null;
}

export interface ReportPorts {
  officialWard(trx: WardTransaction, on: DateOn): Promise<OfficialWard>;
  /** Names of the wards the reference list has for a city; empty where it has none. */
  wardsOfCity(trx: WardTransaction, city: string | null, on: DateOn): Promise<readonly string[]>;
  activeCampaigns(trx: WardTransaction): Promise<readonly string[]>;
  plan(trx: WardTransaction, campaignId: string): Promise<PlanOfReports | null>;
  /** `own`: whoever did them; `shared`: what this unit did. Reports themselves are no work. */
  recorded(
    trx: WardTransaction,
    campaignId: string,
    of: { readonly unitId: string; readonly own: readonly string[]; readonly shared: readonly string[] },
    window: { readonly from: Instant; readonly to: Instant },
  ): Promise<readonly RecordedWork[]>;
  keepActs(trx: WardTransaction, acts: readonly ReportAct[]): Promise<void>;
  excuses(trx: WardTransaction, campaignId: string, days: ClosedRange): Promise<readonly ExcusedPlace[]>;
  /** Whether a picture with this hash was brought by the actor. */
  broughtPicture(call: Call, sha256: string): Promise<boolean>;
}
