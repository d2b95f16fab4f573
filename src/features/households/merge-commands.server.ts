// Two entries that are one household, and fields two people said differently: settled by a person, on record, and the
// merging can be taken back.
import { sql } from 'kysely';
import { newId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange } from '#platform/feeds.server.ts';
import { noSuchHousehold } from '#features/households/commands.server.ts';
import type { Context } from '#features/households/commands.server.ts';
import type { HouseholdTables } from '#features/households/tables.ts';

const tables = (trx: WardTransaction) => trx.withTables<HouseholdTables>();

/** A house is another's too while both stand: merging says two entries are one household, and can be taken back. */
export async function mergeHouseholds(
  context: Context,
  wish: { absorbed: string; into: string; reason: string },
): Promise<Problem | { done: true }> {
  const { trx, now, actor } = context;
  if (wish.absorbed === wish.into) return problem('households.merge-itself', { status: 422 });
  const rows = await tables(trx)
    .selectFrom('households')
    .select(['id', 'merged_into', 'closed_at', 'feed_id', 'head_name'])
    .where('ward_id', '=', trx.wardId)
    .where('id', 'in', [wish.absorbed, wish.into])
    .orderBy('id')
    .forUpdate()
    .execute();
  const [absorbed, into] = [
    rows.find(({ id }) => id === wish.absorbed),
    rows.find(({ id }) => id === wish.into),
  ];
  if (!absorbed || !into) return noSuchHousehold();
  if (absorbed.merged_into !== null || into.merged_into !== null || absorbed.closed_at || into.closed_at)
    return problem('households.merged-already', { status: 409 });
  await tables(trx)
    .insertInto('household_aliases')
    .values({
      ward_id: trx.wardId,
      id: newId(),
      absorbed_id: absorbed.id,
      household_id: into.id,
      merged_at: new Date(now),
      merged_by: actor.personId,
      reason: wish.reason,
    })
    .execute();
  // What it had absorbed itself goes along: an id leads to the standing household in one step.
  await followMerger(trx, [absorbed.id], into.id);
  await touch(trx, [absorbed.feed_id, into.feed_id], [absorbed.id, into.id]);
  await audit(trx, context, {
    action: 'households.merged',
    subjectKind: 'household',
    subjectId: absorbed.id,
    before: { headName: absorbed.head_name },
    after: { into: into.id, reason: wish.reason },
  });
  return { done: true };
}

async function followMerger(
  trx: WardTransaction,
  ids: readonly string[],
  into: string | null,
): Promise<void> {
  await sql`update households set merged_into = ${into}
    where ward_id = ${trx.wardId} and (id = any(${[...ids]}::uuid[]) or merged_into = any(${[...ids]}::uuid[]))`.execute(
    trx,
  );
}

async function touch(trx: WardTransaction, feeds: readonly string[], ids: readonly string[]): Promise<void> {
  for (const feed of [...new Set(feeds)].toSorted()) {
    const n = await nextChange(trx, feed);
    await sql`update households set change_n = ${n} where ward_id = ${trx.wardId} and feed_id = ${feed}
      and id = any(${[...ids]}::uuid[])`.execute(trx);
  }
}

export async function undoMerge(context: Context, absorbedId: string): Promise<Problem | { done: true }> {
  const { trx, now, actor } = context;
  const alias = await tables(trx)
    .updateTable('household_aliases')
    .set({ undone_at: new Date(now), undone_by: actor.personId })
    .where('ward_id', '=', trx.wardId)
    .where('absorbed_id', '=', absorbedId)
    .where('undone_at', 'is', null)
    .returning(['household_id'])
    .executeTakeFirst();
  if (!alias) return problem('households.not-merged', { status: 409 });
  // Those it had absorbed before come back with it; those of the other stay there.
  const { rows } = await sql<{ id: string }>`with recursive own (id) as (
      select ${absorbedId}::uuid
      union select a.absorbed_id from household_aliases a join own on a.household_id = own.id
      where a.ward_id = ${trx.wardId} and a.undone_at is null)
    select id from own where id <> ${absorbedId}`.execute(trx);
  await sql`update households set merged_into = null where ward_id = ${trx.wardId} and id = ${absorbedId}`.execute(
    trx,
  );
  if (rows.length > 0)
    await sql`update households set merged_into = ${absorbedId} where ward_id = ${trx.wardId}
      and id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(trx);
  const feeds = await sql<{
    feed_id: string;
  }>`select distinct feed_id from households where ward_id = ${trx.wardId}
    and id = any(${[absorbedId, alias.household_id]}::uuid[])`.execute(trx);
  await touch(
    trx,
    feeds.rows.map(({ feed_id }) => feed_id),
    [absorbedId, alias.household_id],
  );
  await audit(trx, context, {
    action: 'households.merge-undone',
    subjectKind: 'household',
    subjectId: absorbedId,
    before: { into: alias.household_id },
  });
  return { done: true };
}

export async function settleConflict(
  context: Context,
  householdId: string,
  conflictId: string,
): Promise<Problem | { done: true }> {
  const { trx, now, actor } = context;
  const { rows } =
    await sql`update field_conflicts set reviewed_at = ${new Date(now)}, reviewed_by = ${actor.personId}
    where ward_id = ${trx.wardId} and id = ${conflictId} and subject_id = ${householdId} and reviewed_at is null returning 1`.execute(
      trx,
    );
  if (rows.length === 0) return problem('households.nothing-to-settle', { status: 409 });
  const { rows: feed } = await sql<{
    feed_id: string;
  }>`select feed_id from households where ward_id = ${trx.wardId} and id = ${householdId}`.execute(trx);
  await touch(
    trx,
    feed.map(({ feed_id }) => feed_id),
    [householdId],
  );
  await audit(trx, context, {
    action: 'households.conflict-settled',
    subjectKind: 'household',
    subjectId: householdId,
    after: { conflictId },
  });
  return { done: true };
}
