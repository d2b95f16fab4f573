// The running plan as evidence and calendar need it: the campaign, its confirmed versions and the ward's groups, read
// through the views the plan publishes and handed to the engine as plain data.
import { sql } from 'kysely';
import { z } from 'zod';
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

/** What the views give of a campaign, its confirmed versions and the ward's groups. */
const PlanText = z.object({
  campaign: z
    .object({
      id: z.string(),
      name: z.string(),
      shortName: z.string(),
      leadingUnitId: z.string().nullable(),
      fromOn: z.string(),
      toOn: z.string(),
      state: z.enum(['draft', 'active', 'closed']),
    })
    .nullable(),
  versions: z.array(z.looseObject({ version: z.int() })),
  items: z.array(z.looseObject({ version: z.int() })),
  areas: z.array(
    z.object({
      id: z.string(),
      validFrom: z.string(),
      validTo: z.string().nullable(),
      successors: z.array(z.string()),
    }),
  ),
});

function planOf(text: string): RunningPlan | null {
  const { campaign, versions, items, areas } = PlanText.parse(JSON.parse(text));
  if (!campaign) return null;
  const byVersion = Map.groupBy(items, ({ version }) => version);
  return {
    campaign,
    versions: versions.map((version) => planVersionOf(version, byVersion.get(version.version) ?? [])),
    areas,
  };
}

/**
 * All of it in one trip, as one text: the same text is the same plan, so what was made of it is kept and used again. A
 * plan changes a few times in a campaign and is asked for with every page.
 */
async function readText(trx: WardTransaction, campaignId: string): Promise<string> {
  const { rows } = await sql<{ text: string }>`
    select json_build_object(
      'campaign', (select row_to_json(c) from (
        select id, name, short_name as "shortName", leading_unit_id as "leadingUnitId", from_on as "fromOn",
          to_on as "toOn", state
        from campaigns where ward_id = ${trx.wardId} and id = ${campaignId}) c),
      'versions', (select coalesce(json_agg(v order by v.version), '[]') from (
        select version, in_force_from, in_force_to, days, links
        from plan_confirmed_versions where ward_id = ${trx.wardId} and campaign_id = ${campaignId}) v),
      'items', (select coalesce(json_agg(i order by i.version, i.position, i.item_id), '[]') from (
        select version, position, item_id, body, quote_start, quote_end
        from plan_confirmed_items where ward_id = ${trx.wardId} and campaign_id = ${campaignId}) i),
      'areas', (select coalesce(json_agg(json_build_object('id', a.id, 'validFrom', a.valid_from, 'validTo', a.valid_to,
          'successors', coalesce(s.ids, '{}')) order by a.position, a.id), '[]')
        from areas a left join (
          select area_id, array_agg(successor_id order by successor_id) as ids from area_successors
          where ward_id = ${trx.wardId} group by area_id) s on s.area_id = a.id
        where a.ward_id = ${trx.wardId} and a.kind = 'group')
    )::text as text`.execute(trx);
  return rows[0]?.text ?? '';
}

const kept = new Map<string, { readonly text: string; readonly plan: RunningPlan }>();
/** A process that serves many wards forgets the longest unasked plan. */
const MOST_KEPT = 200;

/** null: no such campaign in this ward. A campaign without a confirmed plan has no version. */
export async function readRunningPlan(trx: WardTransaction, campaignId: string): Promise<RunningPlan | null> {
  const key = `${trx.wardId}/${campaignId}`;
  const text = await readText(trx, campaignId);
  const found = kept.get(key);
  const plan = found?.text === text ? found.plan : planOf(text);
  kept.delete(key);
  if (plan) kept.set(key, { text, plan });
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return plan;
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
