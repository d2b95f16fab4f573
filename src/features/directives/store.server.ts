// SQL of the register of directives.
import { sql } from 'kysely';
import { z } from 'zod';
import { Proposal } from '#features/directives/schema.ts';
import type { Citation, DirectiveRow, EditDirective } from '#features/directives/schema.ts';
import type { ReadProposal } from '#features/directives/model.ts';
import { directiveTables } from '#features/directives/tables.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

const rows = (trx: WardTransaction) =>
  directiveTables(trx)
    .selectFrom('directives as d')
    .leftJoin('people as p', (join) =>
      join.onRef('p.ward_id', '=', 'd.ward_id').onRef('p.id', '=', 'd.entered_by'),
    )
    .select((eb) => [
      'd.id',
      'd.number',
      'd.issued_on as issuedOn',
      'd.issuer',
      'd.subject',
      'd.file_sha256 as fileSha256',
      'd.file_name as fileName',
      'd.entered_at as enteredAt',
      'd.withdrawn_reason as withdrawnReason',
      'p.name as enteredBy',
      eb
        .selectFrom('directive_citations as c')
        .select(sql<number>`count(*)::int`.as('n'))
        .whereRef('c.ward_id', '=', 'd.ward_id')
        .whereRef('c.directive_id', '=', 'd.id')
        .where('c.undone_at', 'is', null)
        .$asScalar()
        .$notNull()
        .as('citations'),
      eb
        .selectFrom('directive_proposals as o')
        .select(sql<number>`count(*)::int`.as('n'))
        .whereRef('o.ward_id', '=', 'd.ward_id')
        .whereRef('o.directive_id', '=', 'd.id')
        .where('o.state', '=', 'proposed')
        .$asScalar()
        .$notNull()
        .as('open'),
    ])
    .where('d.ward_id', '=', trx.wardId);

export interface KeptDirective extends DirectiveRow {
  readonly fileSha256: Buffer | null;
  readonly fileName: string | null;
  readonly enteredAt: Date;
  readonly enteredBy: string | null;
  readonly withdrawnReason: string | null;
}

export async function listDirectives(trx: WardTransaction): Promise<KeptDirective[]> {
  const found = await rows(trx).where('d.withdrawn_at', 'is', null).execute();
  return found.map((row) => ({ ...row, hasFile: row.fileSha256 !== null }));
}

/** A withdrawn one too: what cited it still opens. */
export async function findDirective(trx: WardTransaction, id: string): Promise<KeptDirective | null> {
  const row = await rows(trx).where('d.id', '=', id).executeTakeFirst();
  return row ? { ...row, hasFile: row.fileSha256 !== null } : null;
}

export interface NewDirectiveRow extends EditDirective {
  readonly id: string;
  readonly file: { readonly sha256: Buffer; readonly name: string } | null;
  readonly source: string | null;
  readonly by: string;
  readonly at: Date;
}

export async function insertDirective(trx: WardTransaction, row: NewDirectiveRow): Promise<void> {
  await directiveTables(trx)
    .insertInto('directives')
    .values({
      ward_id: trx.wardId,
      id: row.id,
      number: row.number,
      issued_on: row.issuedOn,
      issuer: row.issuer,
      subject: row.subject,
      file_sha256: row.file?.sha256 ?? null,
      file_name: row.file?.name ?? null,
      source: row.source,
      entered_by: row.by,
      entered_at: row.at,
      withdrawn_by: null,
      withdrawn_at: null,
      withdrawn_reason: null,
    })
    .execute();
}

export async function updateDirective(trx: WardTransaction, id: string, to: EditDirective): Promise<void> {
  await directiveTables(trx)
    .updateTable('directives')
    .set({ number: to.number, issued_on: to.issuedOn, issuer: to.issuer, subject: to.subject })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

export async function withdrawDirective(
  trx: WardTransaction,
  id: string,
  how: { readonly by: string; readonly at: Date; readonly reason: string },
): Promise<boolean> {
  const [result] = await directiveTables(trx)
    .updateTable('directives')
    .set({ withdrawn_by: how.by, withdrawn_at: how.at, withdrawn_reason: how.reason })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute();
  return Number(result?.numUpdatedRows ?? 0) === 1;
}

export async function keepFile(
  trx: WardTransaction,
  file: { readonly sha256: Buffer; readonly bytes: number; readonly type: string; readonly by: string },
): Promise<void> {
  await directiveTables(trx)
    .insertInto('media')
    .values({
      ward_id: trx.wardId,
      sha256: file.sha256,
      media_type: file.type,
      bytes: file.bytes,
      // Machine time: storage is counted by it.
      stored_at: new Date(),
      stored_by: file.by,
    })
    .onConflict((conflict) => conflict.columns(['ward_id', 'sha256']).doNothing())
    .execute();
}

export async function insertProposals(
  trx: WardTransaction,
  directiveId: string,
  proposals: readonly (ReadProposal & { readonly id: string })[],
): Promise<void> {
  if (proposals.length === 0) return;
  await directiveTables(trx)
    .insertInto('directive_proposals')
    .values(
      proposals.map(({ id, body, words }, position) => ({
        ward_id: trx.wardId,
        directive_id: directiveId,
        id,
        position,
        body: JSON.stringify(body),
        words,
      })),
    )
    .execute();
}

export async function listProposals(trx: WardTransaction, directiveId: string): Promise<Proposal[]> {
  const found = await directiveTables(trx)
    .selectFrom('directive_proposals as o')
    .leftJoin('people as p', (join) =>
      join.onRef('p.ward_id', '=', 'o.ward_id').onRef('p.id', '=', 'o.decided_by'),
    )
    .select([
      'o.id',
      'o.body',
      'o.words',
      'o.state',
      'o.reason',
      'o.campaign_id',
      'o.item_id',
      'o.decided_at',
    ])
    .select('p.name')
    .where('o.ward_id', '=', trx.wardId)
    .where('o.directive_id', '=', directiveId)
    .orderBy('o.position')
    .execute();
  return found.map((row) =>
    Proposal.parse({
      id: row.id,
      body: row.body,
      words: row.words,
      state: row.state,
      reason: row.reason,
      decidedBy: row.name,
      decidedAt: row.decided_at?.toISOString() ?? null,
      campaignId: row.campaign_id,
      itemId: row.item_id,
    }),
  );
}

export interface Decision {
  readonly state: 'accepted' | 'set-aside';
  readonly reason: string | null;
  readonly campaignId: string | null;
  readonly itemId: string | null;
  readonly by: string;
  readonly at: Date;
}

/** False where somebody decided before. */
export async function decideProposal(
  trx: WardTransaction,
  directiveId: string,
  id: string,
  decision: Decision,
): Promise<boolean> {
  const [result] = await directiveTables(trx)
    .updateTable('directive_proposals')
    .set({
      state: decision.state,
      reason: decision.reason,
      campaign_id: decision.campaignId,
      item_id: decision.itemId,
      decided_by: decision.by,
      decided_at: decision.at,
    })
    .where('ward_id', '=', trx.wardId)
    .where('directive_id', '=', directiveId)
    .where('id', '=', id)
    .where('state', '=', 'proposed')
    .execute();
  return Number(result?.numUpdatedRows ?? 0) === 1;
}

const Titled = z.object({ kind: z.enum(['duty', 'report', 'target']), title: z.string() });

/** What cites the paper; an item that waits in a draft has no confirmed wording yet. */
export async function listCitations(trx: WardTransaction, directiveId: string): Promise<Citation[]> {
  const found = await directiveTables(trx)
    .selectFrom('directive_citations as c')
    .innerJoin('campaigns as k', (join) =>
      join.onRef('k.ward_id', '=', 'c.ward_id').onRef('k.id', '=', 'c.campaign_id'),
    )
    .select(['c.id', 'c.campaign_id', 'c.item_id', 'k.short_name'])
    .select((eb) =>
      eb
        .selectFrom('plan_confirmed_items as i')
        .select('i.body')
        .whereRef('i.ward_id', '=', 'c.ward_id')
        .whereRef('i.campaign_id', '=', 'c.campaign_id')
        .whereRef('i.item_id', '=', 'c.item_id')
        .orderBy('i.version', 'desc')
        .limit(1)
        .as('body'),
    )
    .where('c.ward_id', '=', trx.wardId)
    .where('c.directive_id', '=', directiveId)
    .where('c.undone_at', 'is', null)
    .orderBy('c.made_at')
    .execute();
  return found.map((row) => {
    const item = Titled.safeParse(row.body);
    return {
      id: row.id,
      campaignId: row.campaign_id,
      campaign: row.short_name,
      itemId: row.item_id,
      kind: row.item_id === null ? 'plan' : item.success ? item.data.kind : 'duty',
      title: item.success ? item.data.title : null,
    };
  });
}

export interface NewCitation {
  readonly id: string;
  readonly directiveId: string;
  readonly campaignId: string;
  readonly itemId: string | null;
  readonly by: string;
  readonly at: Date;
}

export async function insertCitation(trx: WardTransaction, citation: NewCitation): Promise<void> {
  await directiveTables(trx)
    .insertInto('directive_citations')
    .values({
      ward_id: trx.wardId,
      directive_id: citation.directiveId,
      id: citation.id,
      campaign_id: citation.campaignId,
      item_id: citation.itemId,
      made_by: citation.by,
      made_at: citation.at,
      undone_by: null,
      undone_at: null,
    })
    .execute();
}

export async function undoCitation(
  trx: WardTransaction,
  directiveId: string,
  id: string,
  how: { readonly by: string; readonly at: Date },
): Promise<boolean> {
  const [result] = await directiveTables(trx)
    .updateTable('directive_citations')
    .set({ undone_by: how.by, undone_at: how.at })
    .where('ward_id', '=', trx.wardId)
    .where('directive_id', '=', directiveId)
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .execute();
  return Number(result?.numUpdatedRows ?? 0) === 1;
}

export const leadingUnitOf = async (trx: WardTransaction, campaignId: string): Promise<string | null> =>
  (
    await directiveTables(trx)
      .selectFrom('campaigns')
      .select('leading_unit_id')
      .where('ward_id', '=', trx.wardId)
      .where('id', '=', campaignId)
      .executeTakeFirst()
  )?.leading_unit_id ?? null;

/** Whether the plan has such an item (null: the plan itself). */
export async function canBeCited(
  trx: WardTransaction,
  campaignId: string,
  itemId: string | null,
): Promise<boolean> {
  const campaign = await directiveTables(trx)
    .selectFrom('campaigns')
    .select('id')
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', campaignId)
    .executeTakeFirst();
  if (!campaign || itemId === null) return campaign !== undefined;
  const item = await directiveTables(trx)
    .selectFrom('plan_confirmed_items')
    .select('item_id')
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('item_id', '=', itemId)
    .limit(1)
    .executeTakeFirst();
  return item !== undefined;
}

/** Directives a plan stands on, or one of its items (item null: the plan as a whole). */
export const listCited = (trx: WardTransaction, campaignId: string, itemId: string | null) =>
  directiveTables(trx)
    .selectFrom('directive_citations as c')
    .innerJoin('directives as d', (join) =>
      join.onRef('d.ward_id', '=', 'c.ward_id').onRef('d.id', '=', 'c.directive_id'),
    )
    .select(['d.id', 'd.number', 'd.issued_on as issuedOn', 'd.issuer', 'd.subject'])
    .where('c.ward_id', '=', trx.wardId)
    .where('c.campaign_id', '=', campaignId)
    .where('c.item_id', itemId === null ? 'is' : '=', itemId)
    .where('c.undone_at', 'is', null)
    .where('d.withdrawn_at', 'is', null)
    .orderBy('d.issued_on', 'desc')
    .execute();
