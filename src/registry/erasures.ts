// What erasing means, kind by kind: applied when a person asks, and once more on every restored backup.
import { eraseAuditValues } from '#platform/audit/erasure.server.ts';
import type { Erased, Erasing } from '#platform/backup/erasing.ts';
import type { ErasureRules } from '#platform/backup/restore.server.ts';
import { erasePictures, eraseRecords } from '#platform/sync/erasure.server.ts';
import { entriesOf, eraseHouseholds } from '#features/households/erasure.server.ts';
import { erasePledges } from '#features/pledges/erasure.server.ts';
import { eraseVisits } from '#features/visits/erasure.server.ts';

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

export const erasureRules: ErasureRules = {
  async household(client, { wardId, id, at }) {
    await client.query('begin');
    try {
      const { files } = await eraseHousehold(
        async <T extends object>(text: string, values: readonly unknown[]) =>
          (await client.query<T>(text, [...values])).rows,
        { wardId, id, at: new Date(at) },
      );
      await client.query('commit');
      return files;
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  },
};
