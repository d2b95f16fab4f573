// A confirmed list becomes households: group by group, each in a transaction of its own, so that phones of other groups
// are not held up and the progress can be seen. Ids are derived, so a job that died is begun again and makes nothing twice.
import { sql } from 'kysely';
import { z } from 'zod';
import { derivedId } from '#core/ids.ts';
import { isProblem } from '#core/problem.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Task } from '#platform/jobs.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { dwellingId, firstHouseholdId } from '#protocol/identity.ts';
import { nameKey } from '#features/households/address.ts';
import { furtherHouseholdId } from '#features/households/commands.server.ts';
import { readGroups } from '#features/households/coverage.server.ts';
import type { HouseholdDraft } from '#features/households/import/rows.ts';
import { comingIn, findImport, readImport } from '#features/households/imports.server.ts';
import type { ImportRow } from '#features/households/imports.server.ts';
import {
  ensureDwellings,
  ensureLanes,
  takeNumbers,
  UNSORTED_LANE,
} from '#features/households/places.server.ts';
import type { HouseholdTables } from '#features/households/tables.ts';

const Payload = z.object({
  wardId: z.number(),
  importId: z.uuid(),
  groups: z.array(z.string()),
  now: z.number(),
});

interface Placed {
  readonly draft: HouseholdDraft;
  readonly dwelling: string;
}

interface There {
  id: string;
  dwelling_id: string;
  n: number;
  head_name: string;
  closed: boolean;
}

/** A list that names no house calls it by its family, as people do. */
const houseOf = (draft: HouseholdDraft): string => draft.houseNumber ?? `Nhà ${draft.headName}`.slice(0, 40);

/** Which of them are new, with id and number at the door; one that stands there already by name stays as it is. */
function newRows(
  placed: readonly Placed[],
  there: readonly There[],
  importId: string,
  accepted: ReadonlySet<number>,
) {
  const known = Map.groupBy(there, ({ dwelling_id }) => dwelling_id);
  const made = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  return placed.flatMap(({ draft, dwelling }) => {
    const beside = known.get(dwelling) ?? [];
    const key = nameKey(draft.headName);
    const again =
      beside.some(({ head_name, closed }) => !closed && nameKey(head_name) === key) ||
      made.get(dwelling)?.has(key);
    if (again && !accepted.has(draft.line)) return [];
    made.set(dwelling, (made.get(dwelling) ?? new Set()).add(key));
    const n = (counts.get(dwelling) ?? Math.max(0, ...beside.map((one) => one.n))) + 1;
    counts.set(dwelling, n);
    const first = firstHouseholdId(dwelling);
    const id = again
      ? derivedId<'household'>(dwelling, 'import', importId, String(draft.line))
      : n === 1 || beside.some((one) => one.id === first && one.closed && nameKey(one.head_name) === key)
        ? first
        : furtherHouseholdId(dwelling, draft.headName);
    return [{ id, n, draft, dwelling }];
  });
}

type Fresh = ReturnType<typeof newRows>[number];

const rowOf = (
  wardId: number,
  row: ImportRow,
  groupId: string,
  { id, n, draft, dwelling }: Fresh,
  made: { readonly n: number; readonly now: number },
) => ({
  ward_id: wardId,
  id,
  dwelling_id: dwelling,
  group_id: groupId,
  n,
  head_name: draft.headName,
  residence: draft.residence,
  // The list says how many, not how old.
  members: draft.members === null ? null : JSON.stringify({ from16to59: draft.members }),
  phone: draft.phone,
  address_written: draft.addressWritten,
  created_at: new Date(made.now),
  created_by: row.confirmed_by ?? row.created_by,
  import_id: row.id,
  feed_id: groupId,
  change_n: made.n,
});

async function bringGroup(
  trx: WardTransaction,
  row: ImportRow,
  groupId: string,
  drafts: readonly HouseholdDraft[],
  now: number,
): Promise<Brought> {
  const { ids: lanes, added } = await ensureLanes(
    trx,
    groupId,
    [...new Set(drafts.map(({ lane }) => lane ?? UNSORTED_LANE))],
    now,
  );
  const placed = drafts.map((draft) => ({
    draft,
    laneId: lanes.get(draft.lane ?? UNSORTED_LANE) ?? '',
    houseNumber: houseOf(draft),
  }));
  const dwellings = placed.map(({ laneId, houseNumber }) => ({
    laneId,
    houseNumber,
    kind: 'house' as const,
  }));
  await ensureDwellings(trx, groupId, dwellings, { now, importId: row.id });
  const withDoor = placed.map(({ draft, laneId, houseNumber }): Placed => ({
    draft,
    dwelling: dwellingId(laneId, houseNumber),
  }));
  const ids = [...new Set(withDoor.map(({ dwelling }) => dwelling))];
  const { rows: there } =
    await sql<There>`select id, dwelling_id, n, head_name, closed_at is not null as closed from households
    where ward_id = ${trx.wardId} and dwelling_id = any(${ids}::uuid[])`.execute(trx);
  const fresh = newRows(withDoor, there, row.id, new Set(row.accepted));
  if (fresh.length === 0) return { made: 0, lanes: added };
  let n = await takeNumbers(trx, groupId, fresh.length);
  const values = fresh.map((one) => rowOf(trx.wardId, row, groupId, one, { n: n++, now }));
  for (let at = 0; at < values.length; at += 700)
    await trx
      .withTables<HouseholdTables>()
      .insertInto('households')
      .values(values.slice(at, at + 700))
      .onConflict((conflict) =>
        conflict.columns(['ward_id', 'id']).doUpdateSet((eb) => ({
          closed_at: null,
          closed_why: null,
          import_id: eb.ref('excluded.import_id'),
          change_n: eb.ref('excluded.change_n'),
        })),
      )
      .execute();
  return { made: values.length, lanes: added };
}

interface Brought {
  readonly made: number;
  readonly lanes: readonly string[];
}

/** Added in the transaction that made them: a work that was begun anew goes on counting where it stopped. */
const noteProgress = (trx: WardTransaction, importId: string, done: number, { made, lanes }: Brought) =>
  sql`update household_imports i set done = ${done}, made = i.made + ${made},
      report = i.report || jsonb_build_object('at', ${Date.now()}::bigint,
        'lanes', coalesce(i.report -> 'lanes', '[]') || ${JSON.stringify(lanes)}::jsonb)
    where i.ward_id = ${trx.wardId} and i.id = ${importId}`.execute(trx);

async function finish(runtime: Runtime, wardId: number, row: ImportRow, rows: number): Promise<void> {
  const now = runtime.campaignClock.now();
  await runtime.database.inWard(wardId, async (trx) => {
    const done = await sql<{ made: number }>`update household_imports
      set state = 'done', finished_at = ${new Date(now)}, file = null
      where ward_id = ${wardId} and id = ${row.id} returning made`.execute(trx);
    const by = { actor: { personId: row.confirmed_by ?? row.created_by, grants: [] }, now, origin: 'job' };
    await audit(trx, by, {
      action: 'households.imported',
      subjectKind: 'import',
      subjectId: row.id,
      after: { rows, made: done.rows[0]?.made ?? 0 },
    });
  });
  // A list can be most of the register: without counting the rows anew the next searches walk the wrong way.
  await runtime.database.ownerPool.query('analyze households, dwellings, areas');
}

/** @throws where the list can no longer be read as it was confirmed */
async function bring(runtime: Runtime, payload: z.infer<typeof Payload>): Promise<void> {
  const { database } = runtime;
  const { wardId, importId, now } = payload;
  const opened = await database.inWard(wardId, async (trx) => {
    const row = await findImport(trx, importId);
    // Tried again after a failure; one that is done or taken back is left alone.
    if (row?.state !== 'running' && row?.state !== 'failed') return null;
    await sql`update household_imports set state = 'running',
        report = report || jsonb_build_object('at', ${Date.now()}::bigint)
      where ward_id = ${wardId} and id = ${importId}`.execute(trx);
    const groups = (await readGroups(trx, null)).filter(({ id }) => payload.groups.includes(id));
    const read = await readImport(trx, row, groups);
    if (isProblem(read)) throw new Error(`The list cannot be read: ${read.code}`);
    return { row, drafts: comingIn(read, row.accepted) };
  });
  if (!opened) return;
  const byGroup = [...Map.groupBy(opened.drafts, ({ groupId }) => groupId)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  // Begun anew, what came in before stands in the register already and is not among the rows again.
  let done = Math.max(0, opened.row.total - opened.drafts.length);
  for (const [groupId, drafts] of byGroup) {
    await database.inWard(wardId, async (trx) => {
      const brought = await bringGroup(trx, opened.row, groupId, drafts, now);
      done += drafts.length;
      await noteProgress(trx, importId, done, brought);
    });
  }
  await finish(runtime, wardId, opened.row, done);
}

/** Whatever stopped it is told at once: somebody looks at the page. The queue tries again by itself, and so may they. */
async function bringOrTell(runtime: Runtime, payload: z.infer<typeof Payload>): Promise<void> {
  try {
    await bring(runtime, payload);
  } catch (error) {
    const { wardId, importId } = payload;
    await runtime.database.inWard(wardId, (trx) =>
      sql`update household_imports set state = 'failed' where ward_id = ${wardId} and id = ${importId}
        and state = 'running'`.execute(trx),
    );
    throw error;
  }
}

export const householdTasks = (runtime: () => Runtime): Readonly<Record<string, Task>> => ({
  'households.import': async (payload) => bringOrTell(runtime(), Payload.parse(payload)),
});
