// SQL of evidence, excuses and the campaign's acts. What the calendar counts them into: calendar-store.server.ts.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange, wardFeed } from '#platform/feeds.server.ts';
import { evidenceTables } from '#features/evidence/tables.server.ts';
import type { EvidenceTables } from '#features/evidence/tables.server.ts';

export type EvidenceRow = Selectable<EvidenceTables['evidence']>;
export type ExcuseRow = Selectable<EvidenceTables['excuses']>;
export type ActRow = Selectable<EvidenceTables['campaign_acts']>;

export interface Change {
  readonly feed_id: string;
  readonly change_n: number;
}

/** Work in a group goes down that group's feed, everything else down the ward's. */
export async function changeAt(trx: WardTransaction, areaId: string | null): Promise<Change> {
  const feed_id = areaId === null ? await wardFeed(trx) : await feedOfArea(trx, areaId);
  return { feed_id, change_n: await nextChange(trx, feed_id) };
}

/** Feeds by place: the order in which they must be taken (`nextChange`). */
export async function feedOrder(
  trx: WardTransaction,
  areaIds: readonly (string | null)[],
): Promise<Map<string | null, string>> {
  const ids = [...new Set(areaIds.filter((id) => id !== null))];
  const feeds = new Map<string | null, string>();
  if (areaIds.includes(null)) feeds.set(null, await wardFeed(trx));
  if (ids.length === 0) return feeds;
  const rows = await evidenceTables(trx)
    .selectFrom('areas')
    .select(['id', 'feed_id'])
    .where('ward_id', '=', trx.wardId)
    .where('id', 'in', ids)
    .execute();
  for (const { id, feed_id } of rows) feeds.set(id, feed_id);
  return feeds;
}

/** The area and those above it, nearest first; empty where there is none such. */
export async function pathOfArea(trx: WardTransaction, areaId: string): Promise<readonly string[]> {
  const row = await evidenceTables(trx)
    .selectFrom('area_paths')
    .select('path')
    .where('ward_id', '=', trx.wardId)
    .where('area_id', '=', areaId)
    .executeTakeFirst();
  return row?.path ?? [];
}

export async function standsOn(
  trx: WardTransaction,
  table: 'areas' | 'units',
  id: string,
  day: string,
): Promise<boolean> {
  const row = await evidenceTables(trx)
    .selectFrom(table)
    .select('id')
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('valid_from', '<=', day)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', day)]))
    .executeTakeFirst();
  return row !== undefined;
}

export async function isPerson(trx: WardTransaction, id: string): Promise<boolean> {
  const row = await evidenceTables(trx)
    .selectFrom('people')
    .select('id')
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

async function feedOfArea(trx: WardTransaction, areaId: string): Promise<string> {
  const row = await evidenceTables(trx)
    .selectFrom('areas')
    .select('feed_id')
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', areaId)
    .executeTakeFirstOrThrow();
  return row.feed_id;
}

// ── Answers once given ──────────────────────────────────────────────────────────────────────────────────────────────

/** Held to the end of the transaction, so that of two equal sendings the second finds the first one's answer. */
export async function takeTurn(trx: WardTransaction, recordIds: readonly string[]): Promise<void> {
  for (const id of [...recordIds].sort()) {
    await sql`select pg_advisory_xact_lock(${trx.wardId}::int, hashtext(${id}))`.execute(trx);
  }
}

export async function findAnswers(
  trx: WardTransaction,
  campaignId: string,
  recordIds: readonly string[],
): Promise<Map<string, { readonly bodyHash: Buffer; readonly answer: string }>> {
  const rows = await evidenceTables(trx)
    .selectFrom('evidence_answers')
    .select(['record_id', 'body_hash', 'answer'])
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('record_id', 'in', [...recordIds])
    .execute();
  return new Map(rows.map((row) => [row.record_id, { bodyHash: row.body_hash, answer: row.answer }]));
}

export async function keepAnswer(
  trx: WardTransaction,
  campaignId: string,
  recordId: string,
  bodyHash: Buffer,
  answer: string,
): Promise<void> {
  await evidenceTables(trx)
    .insertInto('evidence_answers')
    .values({
      ward_id: trx.wardId,
      campaign_id: campaignId,
      record_id: recordId,
      body_hash: bodyHash,
      answer,
    })
    .execute();
}

// ── Evidence ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type NewEvidenceRow = Omit<EvidenceRow, 'ward_id' | 'undone_at' | 'undone_by' | 'undone_reason'>;

export const findEvidence = (
  trx: WardTransaction,
  campaignId: string,
  id: string,
): Promise<EvidenceRow | undefined> =>
  evidenceTables(trx)
    .selectFrom('evidence')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', id)
    .executeTakeFirst();

/** False where it was already taken back: of two at once only one is told it did it. */
export async function undoEvidence(
  trx: WardTransaction,
  row: EvidenceRow,
  by: { readonly at: Date; readonly personId: string; readonly reason: string },
): Promise<boolean> {
  const done = await evidenceTables(trx)
    .updateTable('evidence')
    .set({
      undone_at: by.at,
      undone_by: by.personId,
      undone_reason: by.reason,
      ...(await changeAt(trx, row.area_id)),
    })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', row.campaign_id)
    .where('id', '=', row.id)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Of these pictures, those the person brought here. */
export async function picturesBroughtBy(
  trx: WardTransaction,
  personId: string,
  pictures: readonly Buffer[],
): Promise<Set<string>> {
  if (pictures.length === 0) return new Set();
  const rows = await evidenceTables(trx)
    .selectFrom('evidence_uploads')
    .select('sha256')
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', personId)
    .where('sha256', 'in', [...pictures])
    .execute();
  return new Set(rows.map((row) => row.sha256.toString('hex')));
}

export interface Upload {
  readonly sha256: Buffer;
  readonly mediaType: string;
  readonly bytes: number;
  readonly personId: string;
  readonly at: Date;
}

export async function keepUpload(trx: WardTransaction, upload: Upload): Promise<void> {
  await trx
    .insertInto('media')
    .values({
      ward_id: trx.wardId,
      sha256: upload.sha256,
      media_type: upload.mediaType,
      bytes: upload.bytes,
      stored_at: upload.at,
      stored_by: upload.personId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await evidenceTables(trx)
    .insertInto('evidence_uploads')
    .values({
      ward_id: trx.wardId,
      sha256: upload.sha256,
      person_id: upload.personId,
      uploaded_at: upload.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export const findPicture = (
  trx: WardTransaction,
  campaignId: string,
  evidenceId: string,
  sha256: Buffer,
): Promise<{ media_type: string; bytes: number } | undefined> =>
  evidenceTables(trx)
    .selectFrom('evidence_media as em')
    .innerJoin('media as m', (join) =>
      join.onRef('m.ward_id', '=', 'em.ward_id').onRef('m.sha256', '=', 'em.sha256'),
    )
    .select(['m.media_type', 'm.bytes'])
    .where('em.ward_id', '=', trx.wardId)
    .where('em.campaign_id', '=', campaignId)
    .where('em.evidence_id', '=', evidenceId)
    .where('em.sha256', '=', sha256)
    .executeTakeFirst();

// ── Excuses ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export type NewExcuseRow = Pick<
  ExcuseRow,
  'campaign_id' | 'id' | 'item_id' | 'area_id' | 'period_start' | 'reason' | 'granted_at' | 'granted_by'
>;

export async function insertExcuse(trx: WardTransaction, row: NewExcuseRow): Promise<Change> {
  const change = await changeAt(trx, row.area_id);
  await evidenceTables(trx)
    .insertInto('excuses')
    .values({
      ...row,
      ...change,
      ward_id: trx.wardId,
      revoked_at: null,
      revoked_by: null,
      revoked_reason: null,
    })
    .execute();
  return change;
}

export const findExcuse = (
  trx: WardTransaction,
  campaignId: string,
  id: string,
): Promise<ExcuseRow | undefined> =>
  evidenceTables(trx)
    .selectFrom('excuses')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', id)
    .executeTakeFirst();

export async function revokeExcuse(
  trx: WardTransaction,
  row: ExcuseRow,
  by: { readonly at: Date; readonly personId: string; readonly reason: string },
): Promise<boolean> {
  const done = await evidenceTables(trx)
    .updateTable('excuses')
    .set({
      revoked_at: by.at,
      revoked_by: by.personId,
      revoked_reason: by.reason,
      ...(await changeAt(trx, row.area_id)),
    })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', row.campaign_id)
    .where('id', '=', row.id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

// ── The campaign's acts ─────────────────────────────────────────────────────────────────────────────────────────────

export type NewActRow = Omit<
  ActRow,
  'ward_id' | 'undone_at' | 'undone_by' | 'undone_reason' | 'feed_id' | 'change_n'
>;

export async function insertAct(trx: WardTransaction, row: NewActRow): Promise<Change> {
  const change = await changeAt(trx, null);
  await evidenceTables(trx)
    .insertInto('campaign_acts')
    .values({
      ...row,
      ...change,
      ward_id: trx.wardId,
      undone_at: null,
      undone_by: null,
      undone_reason: null,
    })
    .execute();
  return change;
}

export type ActWithName = ActRow & { readonly recorder: string };

export const listActs = (trx: WardTransaction, campaignId: string): Promise<ActWithName[]> =>
  evidenceTables(trx)
    .selectFrom('campaign_acts as a')
    .innerJoin('people as p', (join) =>
      join.onRef('p.ward_id', '=', 'a.ward_id').onRef('p.id', '=', 'a.recorded_by'),
    )
    .selectAll('a')
    .select('p.name as recorder')
    .where('a.ward_id', '=', trx.wardId)
    .where('a.campaign_id', '=', campaignId)
    .where('a.undone_at', 'is', null)
    .orderBy('a.done_on')
    .orderBy('a.kind')
    .execute();

export async function undoAct(
  trx: WardTransaction,
  campaignId: string,
  id: string,
  by: { readonly at: Date; readonly personId: string; readonly reason: string },
): Promise<boolean> {
  const done = await evidenceTables(trx)
    .updateTable('campaign_acts')
    .set({
      undone_at: by.at,
      undone_by: by.personId,
      undone_reason: by.reason,
      ...(await changeAt(trx, null)),
    })
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export const findActPicture = (
  trx: WardTransaction,
  campaignId: string,
  actId: string,
): Promise<{ sha256: Buffer; media_type: string; bytes: number } | undefined> =>
  evidenceTables(trx)
    .selectFrom('campaign_acts as a')
    .innerJoin('media as m', (join) =>
      join.onRef('m.ward_id', '=', 'a.ward_id').onRef('m.sha256', '=', 'a.media_sha256'),
    )
    .select(['m.sha256', 'm.media_type', 'm.bytes'])
    .where('a.ward_id', '=', trx.wardId)
    .where('a.campaign_id', '=', campaignId)
    .where('a.id', '=', actId)
    .executeTakeFirst();
