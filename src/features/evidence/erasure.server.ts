// Pictures of proof go on the day set for their campaign; that something was done, where and how often, stays.
import type { ErasingCampaign } from '#platform/backup/erasing.ts';

export async function eraseCampaignPictures({ ask, wardId, campaignId }: ErasingCampaign): Promise<Buffer[]> {
  const gone = await ask<{ sha256: Buffer }>(
    'delete from evidence_media where ward_id = $1 and campaign_id = $2 returning sha256',
    [wardId, campaignId],
  );
  return gone.map(({ sha256 }) => sha256);
}
