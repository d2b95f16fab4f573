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
import {
  comingIn,
  findImport,
  readImport,
  reportOf,
  unpackDrafts,
} from '#features/households/imports.server.ts';
import type { ImportRow } from '#features/households/imports.server.ts';
import {
  ensureLanes,
  ensureNamedDwellings,
  takeNumbers,
  UNSORTED_LANE,
} from '#features/households/places.server.ts';
import type { NewDwelling } from '#features/households/places.server.ts';

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
    const id = again
      ? derivedId<'household'>(dwelling, 'import', importId, String(draft.line))
      : n === 1 || cameBefore(dwelling, beside, key)
        ? firstHouseholdId(dwelling)
        : furtherHouseholdId(dwelling, draft.headName);
    return [{ id, n, draft, dwelling }];
  });
}

/** The door's first household was of this name and has been closed: it is the one that comes back. */
function cameBefore(dwelling: string, beside: readonly There[], key: string): boolean {
  const closed = beside.filter((one) => one.closed && nameKey(one.head_name) === key);
  return closed.length > 0 && closed.some(({ id }) => id === firstHouseholdId(dwelling));
}

type Fresh = ReturnType<typeof newRows>[number];

/** One statement for a whole group: the columns go as lists, what all rows share goes once. */
async function writeHouseholds(
  trx: WardTransaction,
  row: ImportRow,
  groupId: string,
  fresh: readonly Fresh[],
  now: number,
): Promise<void> {
  const first = await takeNumbers(trx, groupId, fresh.length);
  const drafts = fresh.map(({ draft }) => draft);
  await sql`insert into households (ward_id, id, dwelling_id, group_id, n, head_name, residence, members, phone,
      address_written, created_at, created_by, import_id, feed_id, change_n)
    select ${trx.wardId}::int, id, dwelling_id, ${groupId}::uuid, n, head_name, residence,
      case when people is not null then jsonb_build_object('from16to59', people) end, phone, address_written,
      ${new Date(now)}, ${row.confirmed_by ?? row.created_by}::uuid, ${row.id}::uuid, ${groupId}::uuid,
      ${first - 1}::bigint + place
    from unnest(${fresh.map(({ id }) => id)}::uuid[], ${fresh.map(({ dwelling }) => dwelling)}::uuid[],
      ${fresh.map(({ n }) => n)}::int[], ${drafts.map(({ headName }) => headName)}::text[],
      ${drafts.map(({ residence }) => residence)}::text[], ${drafts.map(({ members }) => members)}::int[],
      ${drafts.map(({ phone }) => phone)}::text[], ${drafts.map((one) => one.addressWritten)}::text[])
      with ordinality as made (id, dwelling_id, n, head_name, residence, people, phone, address_written, place)
    on conflict (ward_id, id) do update set closed_at = null, closed_why = null, import_id = excluded.import_id,
      change_n = excluded.change_n`.execute(trx);
}

async function bringGroup(
  trx: WardTransaction,
  row: ImportRow,
  groupId: string,
  drafts: readonly HouseholdDraft[],
  now: number,
): Promise<Brought> {
  // Keys are checked row by row by a plan that is made once: made while the register was empty, it would read through
  // all of it for each of 20,000 rows.
  await sql`set local enable_seqscan = off`.execute(trx);
  const { ids: lanes, added } = await ensureLanes(
    trx,
    groupId,
    [...new Set(drafts.map(({ lane }) => lane ?? UNSORTED_LANE))],
    now,
  );
  const doors = new Map<string, NewDwelling>();
  const placed = drafts.map((draft): Placed => {
    const laneId = lanes.get(draft.lane ?? UNSORTED_LANE) ?? '';
    const houseNumber = houseOf(draft);
    const dwelling = dwellingId(laneId, houseNumber);
    doors.set(dwelling, { laneId, houseNumber, kind: 'house' });
    return { draft, dwelling };
  });
  await ensureNamedDwellings(trx, groupId, doors, { now, importId: row.id });
  const { rows: there } =
    await sql<There>`select id, dwelling_id, n, head_name, closed_at is not null as closed from households
    where ward_id = ${trx.wardId} and dwelling_id = any(${[...doors.keys()]}::uuid[])`.execute(trx);
  const fresh = newRows(placed, there, row.id, new Set(row.accepted));
  if (fresh.length > 0) await writeHouseholds(trx, row, groupId, fresh, now);
  return { made: fresh.length, lanes: added };
}

interface Brought {
  readonly made: number;
  readonly lanes: readonly string[];
}

/** Added in the transaction that made them: a work that was begun anew goes on counting where it stopped. */
const noteProgress = (
  trx: WardTransaction,
  importId: string,
  done: number,
  { made, lanes, groupId }: Brought & { readonly groupId: string },
) =>
  sql`update household_imports i set done = ${done}, made = i.made + ${made},
      report = i.report || jsonb_build_object('at', ${Date.now()}::bigint,
        'groups', coalesce(i.report -> 'groups', '[]') || jsonb_build_array(${groupId}::text),
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
  // A list can be most of the register: without counting the rows anew the next searches walk the wrong way, and
  // without marking their pages as seen by all every count of a group reads the rows themselves.
  await runtime.database.ownerPool.query('vacuum (analyze) households, dwellings, areas');
}

/** A list confirmed before what comes in was kept. @throws where it can no longer be read */
async function readAgain(
  trx: WardTransaction,
  row: ImportRow,
  allowed: readonly string[],
): Promise<readonly HouseholdDraft[]> {
  const groups = (await readGroups(trx, null)).filter(({ id }) => allowed.includes(id));
  const read = await readImport(trx, row, groups);
  if (isProblem(read)) throw new Error(`The list cannot be read: ${read.code}`);
  return comingIn(read, row.accepted);
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
    return { row, drafts: unpackDrafts(row) ?? (await readAgain(trx, row, payload.groups)) };
  });
  if (!opened) return;
  const byGroup = [...Map.groupBy(opened.drafts, ({ groupId }) => groupId)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const before = new Set(reportOf(opened.row).groups);
  let done = 0;
  for (const [groupId, drafts] of byGroup) {
    if (before.has(groupId)) {
      done += drafts.length;
      continue;
    }
    await database.inWard(wardId, async (trx) => {
      const brought = await bringGroup(trx, opened.row, groupId, drafts, now);
      done += drafts.length;
      await noteProgress(trx, importId, done, { groupId, ...brought });
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
