// What a visit told of its household beside the figure: who receives for it, where it stood, why it was taken back.
import type { ErasePart, ErasingCampaign } from '#platform/backup/erasing.ts';

export const eraseVisits: ErasePart = async ({ ask, wardId, ids }) => {
  const rows = await ask<{ id: string }>(
    `update visits set zalo_received_by = null, position_lat = null, position_lon = null, come_back_at = null, media = 0,
        taken_back_reason = case when taken_back_at is null then null else '—' end
      where ward_id = $1 and household_id = any($2::uuid[]) returning id`,
    [wardId, ids],
  );
  return rows.map(({ id }) => id);
};

/** Of the whole campaign, on the day that was set for it: pictures and who received for a household. */
export const eraseCampaignVisits = ({ ask, wardId, campaignId }: ErasingCampaign) =>
  ask<{ id: string }>(
    `update visits set zalo_received_by = null, media = 0
      where ward_id = $1 and campaign_id = $2 and (zalo_received_by is not null or media > 0) returning id`,
    [wardId, campaignId],
  );
