// What a pledge holds of its signer: the drawing, the witness, the code of the copy. That it was signed, and when, stays.
import type { ErasePart, ErasingCampaign } from '#platform/backup/erasing.ts';

export const erasePledges: ErasePart = async ({ ask, wardId, ids }) => {
  const rows = await ask<{ id: string }>(
    `update pledges set strokes = null, witness = null, receipt_code = null, media = 0,
        withdrawn_reason = case when withdrawn_at is null then null else '—' end
      where ward_id = $1 and household_id = any($2::uuid[]) returning id`,
    [wardId, ids],
  );
  return rows.map(({ id }) => id);
};

/** The whole campaign, on the day that was set for it. That a copy can be verified goes on. */
export const eraseCampaignPledges = ({ ask, wardId, campaignId }: ErasingCampaign) =>
  ask<{ id: string }>(
    `update pledges set strokes = null, witness = null, media = 0
      where ward_id = $1 and campaign_id = $2 and (strokes is not null or witness is not null or media > 0) returning id`,
    [wardId, campaignId],
  );
