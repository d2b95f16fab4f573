// What posting asks of the rest of the house; the roof plugs it in, so that this feature knows no other.
import type { ClosedRange } from '#core/calendar.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { PlanVersion } from '#features/plan/model.ts';

export interface RunningCampaign {
  readonly id: string;
  readonly name: string;
  readonly days: ClosedRange;
  readonly versions: readonly PlanVersion[];
  /** Of figures owed in every period: the paper's own words, in the newest version. */
  readonly words: ReadonlyMap<string, string | null>;
}

export interface ActWish {
  /** The post's own id: one act, one row, whoever looks for it. */
  readonly id: string;
  readonly itemIds: readonly string[];
  readonly areaId: string | null;
  readonly unitId: string | null;
  readonly doneAt: string;
  readonly channel: string;
  readonly note: string | null;
  readonly link: string | null;
  readonly pictures: readonly string[];
}

/** Households of a group, out of the denominator aside, by what was last said or found of Zalo; null: nobody asked. */
export interface ZaloCount {
  readonly groupId: string;
  readonly state: string | null;
  readonly n: number;
}

export interface PublishingPorts {
  /** From the standings that coverage counts too. */
  zaloCounts(call: Call, campaignId: string): Promise<readonly ZaloCount[]>;
  /** Campaigns that run, the newest first. */
  campaigns(trx: WardTransaction): Promise<readonly RunningCampaign[]>;
  /** Records the act as evidence, under the evidence feature's own rules and rights. */
  record(call: Call, campaignId: string, act: ActWish): Promise<{ readonly workOn: string } | Problem>;
  /** Keeps an act that the product itself carried out for somebody who was allowed to ask for it. */
  keep(
    trx: WardTransaction,
    campaignId: string,
    act: ActWish,
    by: { readonly personId: string; readonly now: number; readonly feedId: string; readonly change: number },
  ): Promise<void>;
  undo(
    call: Call,
    campaignId: string,
    id: string,
    reason: string,
  ): Promise<{ readonly id: string } | Problem>;
}
