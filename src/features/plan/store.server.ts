// Campaigns and the versions of their plans. Items, phrases and links: draft-store.server.ts.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange, wardFeed } from '#platform/feeds.server.ts';
import { planTables } from '#features/plan/tables.server.ts';
import type { CampaignState, PlanTables } from '#features/plan/tables.server.ts';

export type CampaignRow = Selectable<PlanTables['campaigns']>;
export type VersionRow = Selectable<PlanTables['plan_versions']>;
/** A version without the paper and its reading, for lists. */
export type VersionHead = Omit<VersionRow, 'source' | 'reading' | 'answers'>;

export interface NewCampaign {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly leadingUnitId: string | null;
  readonly fromOn: string;
  readonly toOn: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly copiedFrom: string | null;
}

interface Stamp {
  readonly at: Date;
  readonly by: string | null;
}

/** Plans are ward-wide: every phone of the ward follows the same words. */
async function change(trx: WardTransaction): Promise<{ feed_id: string; change_n: number }> {
  const feed_id = await wardFeed(trx);
  return { feed_id, change_n: await nextChange(trx, feed_id) };
}

export async function insertCampaign(
  trx: WardTransaction,
  campaign: NewCampaign,
  stamp: Stamp,
): Promise<void> {
  await planTables(trx)
    .insertInto('campaigns')
    .values({
      ward_id: trx.wardId,
      id: campaign.id,
      name: campaign.name,
      short_name: campaign.shortName,
      leading_unit_id: campaign.leadingUnitId,
      from_on: campaign.fromOn,
      to_on: campaign.toOn,
      state: 'draft',
      settings: JSON.stringify(campaign.settings),
      copied_from: campaign.copiedFrom,
      created_at: stamp.at,
      created_by: stamp.by,
      ...(await change(trx)),
    })
    .execute();
}

export const findCampaign = (trx: WardTransaction, id: string): Promise<CampaignRow | undefined> =>
  planTables(trx)
    .selectFrom('campaigns')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();

/** Newest first: the one being run stands on top of what was. */
export const listCampaigns = (trx: WardTransaction): Promise<CampaignRow[]> =>
  planTables(trx)
    .selectFrom('campaigns')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .orderBy('from_on', 'desc')
    .orderBy('id', 'desc')
    .execute();

export interface CampaignChange {
  readonly name?: string;
  readonly short_name?: string;
  readonly leading_unit_id?: string | null;
  readonly from_on?: string;
  readonly to_on?: string;
  readonly state?: CampaignState;
  /** Laid over what is set; the rest stays. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export async function updateCampaign(
  trx: WardTransaction,
  id: string,
  { settings = {}, ...to }: CampaignChange,
): Promise<void> {
  await planTables(trx)
    .updateTable('campaigns')
    .set({
      ...to,
      settings: sql`campaigns.settings || ${JSON.stringify(settings)}::jsonb`,
      ...(await change(trx)),
    })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

export interface NewVersion {
  readonly campaignId: string;
  readonly source: string;
  readonly documentName: string | null;
  readonly documentSha256: Buffer | null;
  readonly reading: unknown;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly days: unknown;
}

/**
 * Two at once take the same number and the second fails on the primary key or on the rule of one draft: told as
 * `plan.draft-open`, never a second draft.
 */
export async function insertDraft(trx: WardTransaction, draft: NewVersion, stamp: Stamp): Promise<number> {
  const last = await planTables(trx)
    .selectFrom('plan_versions')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', draft.campaignId)
    .executeTakeFirst();
  const version = (last?.version ?? 0) + 1;
  await planTables(trx)
    .insertInto('plan_versions')
    .values({
      ward_id: trx.wardId,
      campaign_id: draft.campaignId,
      version,
      state: 'draft',
      source: draft.source,
      document_name: draft.documentName,
      document_sha256: draft.documentSha256,
      reading: JSON.stringify(draft.reading),
      answers: JSON.stringify(draft.answers),
      days: draft.days === null ? null : JSON.stringify(draft.days),
      in_force_from: null,
      amending_number: null,
      amending_on: null,
      amending_note: null,
      created_at: stamp.at,
      created_by: stamp.by,
      confirmed_at: null,
      confirmed_by: null,
      ...(await change(trx)),
    })
    .execute();
  return version;
}

const HEAD = [
  'ward_id',
  'campaign_id',
  'version',
  'state',
  'document_name',
  'document_sha256',
  'in_force_from',
  'amending_number',
  'amending_on',
  'amending_note',
  'created_at',
  'created_by',
  'confirmed_at',
  'confirmed_by',
  'feed_id',
  'change_n',
  'days',
] as const;

const versionsOf = (trx: WardTransaction, campaignId: string) =>
  planTables(trx)
    .selectFrom('plan_versions')
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId);

export const listVersions = (trx: WardTransaction, campaignId: string): Promise<VersionHead[]> =>
  versionsOf(trx, campaignId).select(HEAD).where('state', '<>', 'discarded').orderBy('version').execute();

export const findVersion = (
  trx: WardTransaction,
  campaignId: string,
  version: number,
): Promise<VersionRow | undefined> =>
  versionsOf(trx, campaignId).selectAll().where('version', '=', version).executeTakeFirst();

/** Locked: every change to a draft takes its turn behind this row, confirmation included. */
export const lockDraft = (trx: WardTransaction, campaignId: string): Promise<VersionRow | undefined> =>
  versionsOf(trx, campaignId).selectAll().where('state', '=', 'draft').forUpdate().executeTakeFirst();

/** The version a day is judged by: the last confirmed one whose first day is not after it. */
export const findVersionOn = (
  trx: WardTransaction,
  campaignId: string,
  day: string,
): Promise<VersionHead | undefined> =>
  versionsOf(trx, campaignId)
    .select(HEAD)
    .where('state', '=', 'confirmed')
    .where('in_force_from', '<=', day)
    .orderBy('in_force_from', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();

export const findLastConfirmed = (
  trx: WardTransaction,
  campaignId: string,
): Promise<VersionHead | undefined> =>
  versionsOf(trx, campaignId)
    .select(HEAD)
    .where('state', '=', 'confirmed')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();

export interface VersionChange {
  readonly state?: 'confirmed' | 'discarded';
  readonly in_force_from?: string;
  readonly amending_number?: string | null;
  readonly amending_on?: string | null;
  readonly amending_note?: string | null;
  readonly confirmed_at?: Date;
  readonly confirmed_by?: string | null;
}

export async function updateVersion(
  trx: WardTransaction,
  campaignId: string,
  version: number,
  to: VersionChange,
): Promise<void> {
  await planTables(trx)
    .updateTable('plan_versions')
    .set({ ...to, ...(await change(trx)) })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('version', '=', version)
    .execute();
}

/** One answer at a time, inside the database, so that two people answering two questions both count. */
export async function writeAnswer(
  trx: WardTransaction,
  campaignId: string,
  version: number,
  question: string,
  answer: string | null,
): Promise<void> {
  await planTables(trx)
    .updateTable('plan_versions')
    .set({
      answers:
        answer === null
          ? sql`answers - ${question}::text`
          : sql`answers || jsonb_build_object(${question}::text, ${answer}::text)`,
    })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('version', '=', version)
    .execute();
}

export async function writeDays(
  trx: WardTransaction,
  campaignId: string,
  version: number,
  days: unknown,
): Promise<void> {
  await planTables(trx)
    .updateTable('plan_versions')
    .set({ days: JSON.stringify(days) })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('version', '=', version)
    .execute();
}

export async function personName(trx: WardTransaction, id: string): Promise<string | null> {
  const row = await planTables(trx)
    .selectFrom('people')
    .select('name')
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.name ?? null;
}

export interface UnitRow {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
}

/** Units that stand today; a plan is mapped to these. */
export async function listUnits(trx: WardTransaction, today: string): Promise<UnitRow[]> {
  const rows = await planTables(trx)
    .selectFrom('units')
    .select(['id', 'name', 'short_name'])
    .where('ward_id', '=', trx.wardId)
    .where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', today)]))
    .orderBy('position')
    .orderBy('name')
    .execute();
  return rows.map(({ id, name, short_name }) => ({ id, name, shortName: short_name }));
}

/** The same file twice is one row; who stored it first is kept. */
export async function rememberMedia(
  trx: WardTransaction,
  file: { readonly sha256: Buffer; readonly bytes: number },
  mediaType: string,
  by: string | null,
): Promise<void> {
  await trx
    .insertInto('media')
    .values({
      ward_id: trx.wardId,
      sha256: file.sha256,
      media_type: mediaType,
      bytes: file.bytes,
      // Machine time: storage is counted by it.
      stored_at: new Date(),
      stored_by: by,
    })
    .onConflict((conflict) => conflict.columns(['ward_id', 'sha256']).doNothing())
    .execute();
}
