// What erasing means, kind by kind: applied when a person asks, and once more on every restored backup.
import type { ClientBase } from 'pg';
import { eraseAuditNumbers, eraseAuditValues } from '#platform/audit/erasure.server.ts';
import type { Erased, Erasing, ErasingCampaign } from '#platform/backup/erasing.ts';
import type { ErasureRules } from '#platform/backup/restore.server.ts';
import { eraseCampaignRecords, erasePictures, eraseRecords } from '#platform/sync/erasure.server.ts';
import { eraseCampaignPictures } from '#features/evidence/erasure.server.ts';
import { entriesOf, eraseCampaignNumbers, eraseHouseholds } from '#features/households/erasure.server.ts';
import { eraseCampaignPledges, erasePledges } from '#features/pledges/erasure.server.ts';
import type { EraseCampaign } from '#features/reports/closing/ports.ts';
import { proofPictures } from '#features/reports/erasure.server.ts';
import { eraseCampaignVisits, eraseVisits } from '#features/visits/erasure.server.ts';
import { dropUnnamed } from '#registry/unnamed-files.ts';

/** Everything that tells of one household, in one transaction of the caller's. */
export async function eraseHousehold(
  ask: Erasing['ask'],
  asked: { readonly wardId: number; readonly id: string; readonly at: Date },
): Promise<Erased> {
  const ids = await entriesOf({ ask, wardId: asked.wardId }, asked.id);
  if (ids.length === 0) return { files: [] };
  const erasing: Erasing = { ...asked, ids, records: [], ask };
  const emptied = [
    ...(await eraseVisits(erasing)),
    ...(await erasePledges(erasing)),
    ...(await eraseHouseholds(erasing)),
  ];
  const all = { ...erasing, records: emptied };
  await eraseRecords(all);
  await eraseAuditValues(all);
  return { files: await erasePictures(all) };
}

/** Signatures, photos and telephone numbers of a campaign past the day set for it. */
export const eraseCampaign: EraseCampaign = async (ask, { wardId, id, at }) => {
  const erasing: ErasingCampaign = { ask, wardId, campaignId: id, at };
  const visits = await eraseCampaignVisits(erasing);
  const pledges = await eraseCampaignPledges(erasing);
  const numbers = await eraseCampaignNumbers(erasing);
  const pictures = [
    ...(await eraseCampaignRecords(erasing)),
    ...(await eraseCampaignPictures(erasing)),
    ...(await proofPictures(erasing)),
  ];
  await eraseAuditNumbers(erasing);
  const files = await dropUnnamed(erasing, pictures);
  return {
    files,
    emptied: {
      visits: visits.length,
      pledges: pledges.length,
      numbers: numbers.length,
      pictures: files.length,
    },
  };
};

/** As superuser on a restored database: all of it, or none. */
async function whole(
  client: ClientBase,
  erase: (ask: Erasing['ask']) => Promise<Erased>,
): Promise<readonly Buffer[]> {
  await client.query('begin');
  try {
    const { files } = await erase(
      async <T extends object>(text: string, values: readonly unknown[]) =>
        (await client.query<T>(text, [...values])).rows,
    );
    await client.query('commit');
    return files;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

export const erasureRules: ErasureRules = {
  household: (client, { wardId, id, at }) =>
    whole(client, (ask) => eraseHousehold(ask, { wardId, id, at: new Date(at) })),
  campaign: (client, { wardId, id, at }) =>
    whole(client, (ask) => eraseCampaign(ask, { wardId, id, at: new Date(at) })),
};
