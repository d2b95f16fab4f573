// Evidence as counts by duty, for who reports on what a unit did.
import { sql } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';

interface OfUnit {
  readonly unitId: string;
  /** Counted whoever did them. */
  readonly own: readonly string[];
  /** Counted where this unit did them. */
  readonly shared: readonly string[];
}

/** An act that serves two duties counts for each; what was taken back counts for none. */
export async function countByItem(
  trx: WardTransaction,
  campaignId: string,
  { unitId, own, shared }: OfUnit,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ itemId: string; day: number; total: number }[]> {
  const { rows } = await sql<{ item_id: string; day: number; total: number }>`
    select x.item_id, coalesce(sum(e.count) filter (where e.done_at >= ${new Date(from)}), 0)::int as day,
      sum(e.count)::int as total
    from evidence_items x
    join evidence e on e.ward_id = x.ward_id and e.campaign_id = x.campaign_id and e.id = x.evidence_id
    where x.ward_id = ${trx.wardId} and x.campaign_id = ${campaignId} and e.undone_at is null
      and e.source <> 'report' and e.done_at < ${new Date(to)}
      and (x.item_id = any(${own}::uuid[])
        or (x.item_id = any(${shared}::uuid[]) and e.unit_id = ${unitId}::uuid))
    group by 1`.execute(trx);
  return rows.map(({ item_id, day, total }) => ({ itemId: item_id, day, total }));
}
