// Pictures of messages that showed when a report came. The report keeps the hash, so what was judged by stays named.
import type { ErasingCampaign } from '#platform/backup/erasing.ts';

export async function proofPictures({ ask, wardId, campaignId }: ErasingCampaign): Promise<Buffer[]> {
  const rows = await ask<{ sha256: Buffer }>(
    `select distinct proof_sha256 as sha256 from reports
      where ward_id = $1 and campaign_id = $2 and proof_sha256 is not null`,
    [wardId, campaignId],
  );
  return rows.map(({ sha256 }) => sha256);
}
