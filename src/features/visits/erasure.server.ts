// What a visit told of its household beside the figure: who receives for it, where it stood, why it was taken back.
import type { ErasePart } from '#platform/backup/erasing.ts';

export const eraseVisits: ErasePart = async ({ ask, wardId, ids }) => {
  const rows = await ask<{ id: string }>(
    `update visits set zalo_received_by = null, position_lat = null, position_lon = null, come_back_at = null, media = 0,
        taken_back_reason = case when taken_back_at is null then null else '—' end
      where ward_id = $1 and household_id = any($2::uuid[]) returning id`,
    [wardId, ids],
  );
  return rows.map(({ id }) => id);
};
