// The running plan as evidence and calendar need it: the campaign, its confirmed versions and the ward's groups, read
// through the views the plan publishes and handed to the engine as plain data.
import type { DateOn } from '#core/calendar.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { evidenceTables } from '#features/evidence/tables.server.ts';
import type { Area, PlanVersion } from '#features/plan/model.ts';
import { planVersionOf } from '#features/plan/schema.ts';

export interface CampaignHead {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly leadingUnitId: string | null;
  readonly fromOn: DateOn;
  readonly toOn: DateOn;
  readonly state: 'draft' | 'active' | 'closed';
}

export interface RunningPlan {
  readonly campaign: CampaignHead;
  readonly versions: readonly PlanVersion[];
  readonly areas: readonly Area[];
}

export async function findCampaign(trx: WardTransaction, id: string): Promise<CampaignHead | null> {
  const row = await evidenceTables(trx)
    .selectFrom('campaigns')
    .select(['id', 'name', 'short_name', 'leading_unit_id', 'from_on', 'to_on', 'state'])
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row
    ? {
        id: row.id,
        name: row.name,
        shortName: row.short_name,
        leadingUnitId: row.leading_unit_id,
        fromOn: row.from_on,
        toOn: row.to_on,
        state: row.state,
      }
    : null;
}

async function readVersions(trx: WardTransaction, campaignId: string): Promise<PlanVersion[]> {
  const tables = evidenceTables(trx);
  const versions = await tables
    .selectFrom('plan_confirmed_versions')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .orderBy('version')
    .execute();
  const items = await tables
    .selectFrom('plan_confirmed_items')
    .select(['version', 'item_id', 'body', 'quote_start', 'quote_end'])
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .orderBy('version')
    .orderBy('position')
    .orderBy('item_id')
    .execute();
  const byVersion = Map.groupBy(items, ({ version }) => version);
  return versions.map((version) => planVersionOf(version, byVersion.get(version.version) ?? []));
}

async function readAreas(trx: WardTransaction): Promise<Area[]> {
  const tables = evidenceTables(trx);
  const areas = await tables
    .selectFrom('areas')
    .select(['id', 'valid_from', 'valid_to'])
    .where('ward_id', '=', trx.wardId)
    .where('kind', '=', 'group')
    .orderBy('position')
    .orderBy('id')
    .execute();
  const next = Map.groupBy(
    await tables
      .selectFrom('area_successors')
      .select(['area_id', 'successor_id'])
      .where('ward_id', '=', trx.wardId)
      .execute(),
    ({ area_id }) => area_id,
  );
  return areas.map(({ id, valid_from, valid_to }) => ({
    id,
    validFrom: valid_from,
    validTo: valid_to,
    successors: (next.get(id) ?? []).map(({ successor_id }) => successor_id),
  }));
}

/** null: no such campaign in this ward. A campaign without a confirmed plan has no version. */
export async function readRunningPlan(trx: WardTransaction, campaignId: string): Promise<RunningPlan | null> {
  const campaign = await findCampaign(trx, campaignId);
  if (!campaign) return null;
  return { campaign, versions: await readVersions(trx, campaignId), areas: await readAreas(trx) };
}

/** The words of the paper behind each item of a version; null: added by hand. */
export async function readWords(
  trx: WardTransaction,
  campaignId: string,
  version: number,
): Promise<Map<string, string | null>> {
  const rows = await evidenceTables(trx)
    .selectFrom('plan_confirmed_items')
    .select(['item_id', 'words'])
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('version', '=', version)
    .execute();
  return new Map(rows.map(({ item_id, words }) => [item_id, words]));
}

/** Number of the paper that amends; null for the first version and for the ward's own amendments. */
export async function readAmending(
  trx: WardTransaction,
  campaignId: string,
  version: number,
): Promise<string | null> {
  const row = await evidenceTables(trx)
    .selectFrom('plan_confirmed_versions')
    .select('amending_number')
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.amending_number ?? null;
}
