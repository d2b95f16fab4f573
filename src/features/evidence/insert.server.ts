// SQL that writes acts: one row for the act, one for each duty it serves, one for each picture.
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { NewEvidenceRow } from '#features/evidence/store.server.ts';
import { evidenceTables } from '#features/evidence/tables.server.ts';

export async function insertEvidence(
  trx: WardTransaction,
  row: NewEvidenceRow,
  itemIds: readonly string[],
  pictures: readonly Buffer[],
): Promise<void> {
  await insertActs(
    trx,
    itemIds.map((itemId) => ({ row, itemId })),
  );
  if (pictures.length === 0) return;
  await evidenceTables(trx)
    .insertInto('evidence_media')
    .values(
      pictures.map((sha256) => ({
        ward_id: trx.wardId,
        campaign_id: row.campaign_id,
        evidence_id: row.id,
        sha256,
      })),
    )
    .execute();
}

/** Many at once; a row that serves several duties is named once for each. */
export async function insertActs(
  trx: WardTransaction,
  acts: readonly { readonly row: NewEvidenceRow; readonly itemId: string }[],
): Promise<void> {
  const rows = new Map(acts.map(({ row }) => [row.id, row]));
  if (rows.size === 0) return;
  const tables = evidenceTables(trx);
  const untouched = { ward_id: trx.wardId, undone_at: null, undone_by: null, undone_reason: null };
  await tables
    .insertInto('evidence')
    .values([...rows.values()].map((row) => ({ ...row, ...untouched })))
    .execute();
  await tables
    .insertInto('evidence_items')
    .values(
      acts.map(({ row, itemId }) => ({
        ward_id: trx.wardId,
        campaign_id: row.campaign_id,
        evidence_id: row.id,
        item_id: itemId,
      })),
    )
    .execute();
}
