// What the end of a campaign asks of planning and of everybody who keeps something of people.
import { isProblem } from '#core/problem.ts';
import { closeCampaign, reopenCampaign } from '#features/plan/commands.server.ts';
import { findVersion, listVersions } from '#features/plan/store.server.ts';
import type { ClosingPorts, PlanPaper } from '#features/reports/closing/ports.ts';
import { eraseCampaign } from '#registry/erasures.ts';
import { reportPorts } from '#registry/report-ports.server.ts';

export const closingPorts: ClosingPorts = {
  ...reportPorts,
  async close(call, campaignId) {
    const row = await closeCampaign(call.trx, call, campaignId);
    return isProblem(row) ? row : null;
  },
  async reopen(call, campaignId) {
    const row = await reopenCampaign(call.trx, call, campaignId);
    return isProblem(row) ? row : null;
  },
  async planPapers(trx, campaignId) {
    const papers: PlanPaper[] = [];
    for (const { version } of (await listVersions(trx, campaignId)).toReversed()) {
      const row = await findVersion(trx, campaignId, version);
      if (row?.document_sha256 && row.confirmed_at)
        papers.push({ version, name: row.document_name ?? 'ke-hoach', sha256: row.document_sha256 });
    }
    return papers;
  },
  eraseCampaign,
};
