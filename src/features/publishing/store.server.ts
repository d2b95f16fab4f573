// All SQL of the library. What is public is one condition, written once.
import { sql } from 'kysely';
import type { DateOn } from '#core/calendar.ts';
import type { Pillar, TextState } from '#features/publishing/model.ts';
import { Body } from '#features/publishing/schema.ts';
import type { SettingsBody } from '#features/publishing/schema.ts';
import type { PublishingTables } from '#features/publishing/tables.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

export interface VersionRow {
  readonly textId: string;
  readonly version: number;
  readonly body: Body;
  readonly state: TextState;
  readonly writtenBy: string;
  readonly writtenAt: Date;
  readonly checkedBy: string | null;
  readonly checkedAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
}

export interface TextHead {
  readonly id: string;
  readonly pillar: Pillar;
  readonly slug: string;
  readonly audience: readonly string[];
  readonly validFrom: DateOn | null;
  readonly validTo: DateOn | null;
  readonly isStarter: boolean;
}

const tables = (trx: WardTransaction) => trx.withTables<PublishingTables>();

const HEAD = [
  'id',
  'pillar',
  'slug',
  'audience',
  'valid_from as validFrom',
  'valid_to as validTo',
  'is_starter as isStarter',
] as const;

const VERSION = [
  'text_id as textId',
  'version',
  'body',
  'state',
  'written_by as writtenBy',
  'written_at as writtenAt',
  'checked_by as checkedBy',
  'checked_at as checkedAt',
  'approved_by as approvedBy',
  'approved_at as approvedAt',
  'withdrawn_by as withdrawnBy',
  'withdrawn_at as withdrawnAt',
  'withdrawn_reason as withdrawnReason',
] as const;

export async function listHeads(trx: WardTransaction, pillar?: Pillar): Promise<TextHead[]> {
  let query = tables(trx).selectFrom('texts').select(HEAD).where('ward_id', '=', trx.wardId);
  if (pillar) query = query.where('pillar', '=', pillar);
  return query.orderBy('created_at').orderBy('id').execute();
}

export async function findHead(
  trx: WardTransaction,
  by: { id: string } | { slug: string },
): Promise<TextHead | null> {
  const query = tables(trx).selectFrom('texts').select(HEAD).where('ward_id', '=', trx.wardId);
  const row = await (
    'id' in by ? query.where('id', '=', by.id) : query.where('slug', '=', by.slug)
  ).executeTakeFirst();
  return row ?? null;
}

/** Versions of the given texts, or of all, oldest first. */
export async function listVersions(
  trx: WardTransaction,
  textIds?: readonly string[],
  words: readonly string[] = [],
): Promise<VersionRow[]> {
  let query = tables(trx).selectFrom('text_versions').select(VERSION).where('ward_id', '=', trx.wardId);
  if (textIds) query = query.where('text_id', '=', sql<string>`any(${[...textIds]}::uuid[])`);
  for (const word of words) query = query.where('search', 'like', `%${word}%`);
  const rows = await query.orderBy('text_id').orderBy('version').execute();
  return rows.map((row) => ({ ...row, body: Body.parse(row.body) }));
}

export async function slugsLike(trx: WardTransaction, slug: string): Promise<Set<string>> {
  const rows = await tables(trx)
    .selectFrom('texts')
    .select('slug')
    .where('ward_id', '=', trx.wardId)
    .where('slug', 'like', `${slug}%`)
    .execute();
  return new Set(rows.map((row) => row.slug));
}

export interface NewText extends TextHead {
  readonly createdAt: Date;
  readonly feedId: string;
  readonly change: number;
}

export async function insertText(trx: WardTransaction, text: NewText): Promise<void> {
  await tables(trx)
    .insertInto('texts')
    .values({
      ward_id: trx.wardId,
      id: text.id,
      pillar: text.pillar,
      slug: text.slug,
      audience: [...text.audience],
      valid_from: text.validFrom,
      valid_to: text.validTo,
      is_starter: text.isStarter,
      created_at: text.createdAt,
      feed_id: text.feedId,
      change_n: text.change,
    })
    .execute();
}

export async function updateHead(
  trx: WardTransaction,
  id: string,
  head: Pick<TextHead, 'pillar' | 'audience' | 'validFrom' | 'validTo'>,
): Promise<void> {
  await tables(trx)
    .updateTable('texts')
    .set({
      pillar: head.pillar,
      audience: [...head.audience],
      valid_from: head.validFrom,
      valid_to: head.validTo,
    })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

export async function touch(trx: WardTransaction, id: string, change: number): Promise<void> {
  await tables(trx)
    .updateTable('texts')
    .set({ change_n: change })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

interface Draft {
  readonly textId: string;
  readonly version: number;
  readonly body: Body;
  readonly search: string;
  readonly by: string;
  readonly at: Date;
}

/** A draft is written over until somebody has checked it. */
export async function putDraft(trx: WardTransaction, draft: Draft): Promise<void> {
  const words = { body: JSON.stringify(draft.body), search: draft.search };
  const written = { written_by: draft.by, written_at: draft.at };
  await tables(trx)
    .insertInto('text_versions')
    .values({
      ward_id: trx.wardId,
      text_id: draft.textId,
      version: draft.version,
      state: 'draft',
      ...words,
      ...written,
    })
    .onConflict((conflict) =>
      conflict.columns(['ward_id', 'text_id', 'version']).doUpdateSet({ ...words, ...written }),
    )
    .execute();
}

interface StepTaken {
  readonly textId: string;
  readonly version: number;
  readonly by: string;
  readonly at: Date;
}

const stepOf = (trx: WardTransaction, { textId, version }: StepTaken) =>
  tables(trx)
    .updateTable('text_versions')
    .where('ward_id', '=', trx.wardId)
    .where('text_id', '=', textId)
    .where('version', '=', version);

export async function markChecked(trx: WardTransaction, step: StepTaken): Promise<void> {
  await stepOf(trx, step).set({ state: 'checked', checked_by: step.by, checked_at: step.at }).execute();
}

export async function markApproved(trx: WardTransaction, step: StepTaken): Promise<void> {
  await stepOf(trx, step).set({ state: 'approved', approved_by: step.by, approved_at: step.at }).execute();
}

export async function markWithdrawn(trx: WardTransaction, step: StepTaken, reason: string): Promise<void> {
  await stepOf(trx, step)
    .set({ state: 'withdrawn', withdrawn_by: step.by, withdrawn_at: step.at, withdrawn_reason: reason })
    .execute();
}

export interface PieceRow {
  readonly form: string;
  readonly body: string | null;
  readonly editedBy: string;
}

export async function listPieces(trx: WardTransaction, textId: string, version: number): Promise<PieceRow[]> {
  return tables(trx)
    .selectFrom('text_pieces')
    .innerJoin('people', (join) =>
      join
        .onRef('people.ward_id', '=', 'text_pieces.ward_id')
        .onRef('people.id', '=', 'text_pieces.edited_by'),
    )
    .select(['text_pieces.form', 'text_pieces.body', 'people.name as editedBy'])
    .where('text_pieces.ward_id', '=', trx.wardId)
    .where('text_id', '=', textId)
    .where('version', '=', version)
    .execute();
}

/** null: back to the proposal. */
export async function putPiece(
  trx: WardTransaction,
  piece: { textId: string; version: number; form: string; by: string; at: Date },
  body: string | null,
): Promise<void> {
  const words = { body, edited_by: piece.by, edited_at: piece.at };
  await tables(trx)
    .insertInto('text_pieces')
    .values({
      ward_id: trx.wardId,
      text_id: piece.textId,
      version: piece.version,
      form: piece.form,
      ...words,
    })
    .onConflict((conflict) => conflict.columns(['ward_id', 'text_id', 'version', 'form']).doUpdateSet(words))
    .execute();
}

export async function namesOf(trx: WardTransaction, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tables(trx)
    .selectFrom('people')
    .select(['id', 'name'])
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface Settings extends SettingsBody {
  readonly wardName: string;
}

export async function readSettings(trx: WardTransaction): Promise<Settings> {
  const ward = await tables(trx)
    .selectFrom('wards')
    .select('name')
    .where('ward_id', '=', trx.wardId)
    .executeTakeFirstOrThrow();
  const row = await tables(trx)
    .selectFrom('publishing_settings')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .executeTakeFirst();
  return {
    wardName: ward.name,
    speakerName: row?.speaker_name ?? null,
    hotline: row?.hotline ?? null,
    officeHours: row?.office_hours ?? null,
    address: row?.address ?? null,
    syllablesPerMinute: row?.syllables_per_minute ?? null,
    spokenWords: (row?.spoken_words ?? {}) as Record<string, string>,
  };
}

export async function putSettings(
  trx: WardTransaction,
  settings: SettingsBody,
  by: { personId: string; at: Date },
): Promise<void> {
  const values = {
    speaker_name: settings.speakerName || null,
    hotline: settings.hotline || null,
    office_hours: settings.officeHours || null,
    address: settings.address || null,
    syllables_per_minute: settings.syllablesPerMinute,
    spoken_words: JSON.stringify(settings.spokenWords),
    updated_by: by.personId,
    updated_at: by.at,
  };
  await tables(trx)
    .insertInto('publishing_settings')
    .values({ ward_id: trx.wardId, ...values })
    .onConflict((conflict) => conflict.column('ward_id').doUpdateSet(values))
    .execute();
}

/** The official code the ward's public addresses carry. */
export async function wardCode(trx: WardTransaction): Promise<string | null> {
  const row = await tables(trx)
    .selectFrom('ward_addresses')
    .select('code')
    .where('ward_id', '=', trx.wardId)
    .executeTakeFirst();
  return row?.code ?? null;
}
