// The steps of a list after it was looked at: into the register, on again where the work stopped, put away, taken back.
import { sql } from 'kysely';
import { dayOf } from '#core/clock.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem, Result } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { addJob } from '#platform/jobs.server.ts';
import {
  comingIn,
  groupsFor,
  isStopped,
  openImport,
  packDrafts,
  readImport,
  reportOf,
} from '#features/households/imports.server.ts';
import type { HouseholdDraft, KnownGroup } from '#features/households/import/rows.ts';
import type { ImportRow } from '#features/households/imports.server.ts';
import type { HouseholdTables } from '#features/households/tables.ts';

const tables = (trx: WardTransaction) => trx.withTables<HouseholdTables>();

/** What comes in by what was shown and said yes to. */
async function decided(
  call: Call,
  row: ImportRow,
  groups: readonly KnownGroup[],
): Promise<Result<readonly HouseholdDraft[]>> {
  const read = await readImport(call.trx, row, groups);
  if (isProblem(read)) return read;
  const drafts = comingIn(read, row.accepted);
  return drafts.length === 0 ? problem('households.nothing-comes-in', { status: 422 }) : drafts;
}

/** Begins a list that was looked at, or goes on with one whose work stopped. */
export async function confirmImport(call: Call, id: string): Promise<Problem | { done: true }> {
  const row = await openImport(call, id);
  if (isProblem(row)) return row;
  const machineNow = Date.now();
  const again = isStopped(row, machineNow);
  if (row.state !== 'draft' && !again) return problem('households.import-begun', { status: 409 });
  const groups = await groupsFor(call);
  const drafts = again ? null : await decided(call, row, groups);
  if (isProblem(drafts)) return drafts;
  await tables(call.trx)
    .updateTable('household_imports')
    .set({
      state: 'running',
      ...(drafts ? { file: packDrafts(drafts), total: drafts.length, done: 0, made: 0 } : {}),
      report: JSON.stringify({ ...reportOf(row), at: machineNow }),
      confirmed_at: new Date(call.now),
      confirmed_by: call.actor.personId,
    })
    .where('ward_id', '=', call.trx.wardId)
    .where('id', '=', id)
    .execute();
  await audit(call.trx, call, {
    action: again ? 'households.import-resumed' : 'households.import-confirmed',
    subjectKind: 'import',
    subjectId: id,
    after: { file: row.file_name, total: drafts?.length ?? row.total },
  });
  await addJob(
    call.trx,
    'households.import',
    { importId: id, groups: groups.map((group) => group.id), now: call.now },
    { maxAttempts: 8, key: `households.import:${id}` },
  );
  return { done: true };
}

export async function dropImport(call: Call, id: string): Promise<Problem | { done: true }> {
  const row = await openImport(call, id);
  if (isProblem(row)) return row;
  if (row.state !== 'draft') return problem('households.import-begun', { status: 409 });
  await tables(call.trx)
    .updateTable('household_imports')
    .set({ state: 'dropped', file: null })
    .where('ward_id', '=', call.trx.wardId)
    .where('id', '=', id)
    .execute();
  return { done: true };
}

interface Undoing {
  readonly id: string;
  readonly lanes: readonly string[];
  readonly now: number;
}

/** Closes what the list made and nothing refers to: households, then dwellings, then lanes. Answers how many households. */
async function closeMade(trx: WardTransaction, { id, lanes, now }: Undoing): Promise<number> {
  const at = new Date(now);
  const feeds = await sql<{
    feed_id: string;
    n: number;
  }>`update feeds set n = n + 1 where ward_id = ${trx.wardId} and feed_id in (
      select feed_id from households where ward_id = ${trx.wardId} and import_id = ${id}
      union select feed_id from dwellings where ward_id = ${trx.wardId} and import_id = ${id}
      union select feed_id from areas where ward_id = ${trx.wardId} and id = any(${lanes}::uuid[])) returning feed_id, n`.execute(
    trx,
  );
  const numbers = sql`(select * from unnest(${feeds.rows.map(({ feed_id }) => feed_id)}::uuid[], ${feeds.rows.map(({ n }) => n)}::bigint[]) as f (feed_id, n))`;
  const removed =
    await sql`update households h set closed_at = ${at}, closed_why = 'import-undone', change_n = f.n
    from ${numbers} f
    where h.ward_id = ${trx.wardId} and h.import_id = ${id} and f.feed_id = h.feed_id and h.closed_at is null
      and h.merged_into is null and h.marks = '{}'
      and not exists (select 1 from visits v where v.ward_id = h.ward_id and v.household_id = h.id)
      and not exists (select 1 from pledges p where p.ward_id = h.ward_id and p.household_id = h.id)
      and not exists (select 1 from exclusions e where e.ward_id = h.ward_id and e.household_id = h.id)
      and not exists (select 1 from household_aliases a where a.ward_id = h.ward_id and (a.household_id = h.id or a.absorbed_id = h.id))
    returning 1`.execute(trx);
  await sql`update dwellings d set closed_at = ${at}, change_n = f.n from ${numbers} f
    where d.ward_id = ${trx.wardId} and d.import_id = ${id} and f.feed_id = d.feed_id and d.closed_at is null
      and not exists (select 1 from households h where h.ward_id = d.ward_id and h.dwelling_id = d.id and h.closed_at is null)`.execute(
    trx,
  );
  // Lanes the list made go as well where nothing stands in them any more; their feed has moved, or they have no house.
  const today = dayOf(now);
  await sql`update areas l set valid_to = greatest(l.valid_from, ${today}::date), change_n = f.n from feeds f
    where l.ward_id = ${trx.wardId} and l.id = any(${lanes}::uuid[]) and l.kind = 'lane' and l.valid_to is null
      and f.ward_id = l.ward_id and f.feed_id = l.feed_id
      and not exists (select 1 from dwellings d where d.ward_id = l.ward_id and d.lane_id = l.id and d.closed_at is null)`.execute(
    trx,
  );
  return removed.rows.length;
}

/** Taken back as a whole; rows that something refers to by now stay, and are named. */
export async function undoImport(
  call: Call,
  id: string,
): Promise<Problem | { removed: number; kept: number }> {
  const { trx, now, actor } = call;
  const row = await openImport(call, id);
  if (isProblem(row)) return row;
  // Stopped halfway, it may be taken back as well as gone on with.
  if (row.state !== 'done' && !isStopped(row, Date.now()))
    return problem('households.import-not-done', { status: 409 });
  const at = new Date(now);
  const removed = await closeMade(trx, { id, lanes: reportOf(row).lanes ?? [], now });
  const left = await sql<{ n: number }>`select count(*)::int as n from households
    where ward_id = ${trx.wardId} and import_id = ${id} and closed_at is null`.execute(trx);
  const counts = { removed, kept: left.rows[0]?.n ?? 0 };
  await tables(trx)
    .updateTable('household_imports')
    .set({
      state: 'undone',
      undone_at: at,
      undone_by: actor.personId,
      report: JSON.stringify({ ...reportOf(row), ...counts }),
    })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
  await audit(trx, call, {
    action: 'households.import-undone',
    subjectKind: 'import',
    subjectId: id,
    after: counts,
  });
  return counts;
}
