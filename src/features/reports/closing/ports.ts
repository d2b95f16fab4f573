// What closing asks of the rest of the house beside what reports do.
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { Erased, Erasing } from '#platform/backup/erasing.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';

/** The paper of a confirmed version as it came in. */
export interface PlanPaper {
  readonly version: number;
  readonly name: string;
  readonly sha256: Buffer;
}

export type EraseCampaign = (
  ask: Erasing['ask'],
  asked: { readonly wardId: number; readonly id: string; readonly at: Date },
) => Promise<Erased & { readonly emptied: Readonly<Record<string, number>> }>;

export interface ClosingPorts extends ReportPorts {
  close(call: Call, campaignId: string): Promise<Problem | null>;
  reopen(call: Call, campaignId: string): Promise<Problem | null>;
  planPapers(trx: WardTransaction, campaignId: string): Promise<readonly PlanPaper[]>;
  /** Empties signatures, photos and telephone numbers of the campaign; what was counted stays. */
  readonly eraseCampaign: EraseCampaign;
}
