// A list as it came, what would become of it, and its way into the register. Nothing is written until a person has
// confirmed; the reading is made anew each time from the kept cells, so what was shown is what is done.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { isoOf, MINUTE } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem, Result } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { isPacked, pack, unpack } from '#platform/pack.server.ts';
import { packSheets, readSheets, unpackSheets } from '#platform/sheets.server.ts';
import type { SheetGrid } from '#platform/sheets.server.ts';
import { readGroups, visibleGroups } from '#features/households/coverage.server.ts';
import type { ImportLine, ImportReply, ImportWish, Preview } from '#features/households/import-schema.ts';
import { guessColumns, withChoices } from '#features/households/import/columns.ts';
import type { Columns } from '#features/households/import/columns.ts';
import { FAULTS, proposeDuplicates, readRows } from '#features/households/import/rows.ts';
import type { HouseholdDraft, KnownGroup, Registered, RowProblem } from '#features/households/import/rows.ts';
import { findTable } from '#features/households/import/table.ts';
import type { Table } from '#features/households/import/table.ts';
import type { HouseholdImportsTable, HouseholdTables } from '#features/households/tables.ts';

export type ImportRow = Selectable<HouseholdImportsTable>;
const tables = (trx: WardTransaction) => trx.withTables<HouseholdTables>();
const noSuchImport = () => problem('households.no-such-import', { status: 404 });

export async function findImport(trx: WardTransaction, id: string): Promise<ImportRow | null> {
  const row = await tables(trx)
    .selectFrom('household_imports')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** What the work on a list notes down: lanes it made, when it last got on (machine time), what undoing left standing. */
const Report = z.object({
  /** Groups that are in already: a work begun anew goes on with the others. */
  groups: z.array(z.string()).optional(),
  lanes: z.array(z.string()).optional(),
  at: z.number().optional(),
  removed: z.number().optional(),
  kept: z.number().optional(),
});

export const reportOf = ({ report }: { readonly report: unknown }): z.infer<typeof Report> =>
  Report.parse(report);

/** A group takes seconds; a work that was silent for so long has lost its process more often than it may be begun anew. */
const SILENT = 2 * MINUTE;

/** It failed, or whoever worked on it is gone: it may be gone on with. */
export const isStopped = (
  row: { readonly state: string; readonly report: unknown },
  machineNow: number,
): boolean =>
  row.state === 'failed' || (row.state === 'running' && machineNow - (reportOf(row).at ?? 0) > SILENT);

export interface ReadImport {
  readonly sheets: readonly SheetGrid[];
  readonly sheet: SheetGrid;
  readonly table: Table;
  readonly columns: Columns;
  readonly drafts: readonly HouseholdDraft[];
  readonly problems: readonly RowProblem[];
  readonly memberRows: number;
}

async function registered(trx: WardTransaction): Promise<Registered[]> {
  const { rows } =
    await sql<Registered>`select h.group_id as "groupId", l.name as lane, d.house_number as "houseNumber",
      h.head_name as "headName"
    from households h
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    where h.ward_id = ${trx.wardId} and h.merged_into is null and h.closed_at is null`.execute(trx);
  return rows;
}

/** The sheet with the most rows is the list; the others are covers and notes. */
const fullest = (sheets: readonly SheetGrid[]): number =>
  sheets.reduce((best, sheet, at) => (sheet.rows.length > (sheets[best]?.rows.length ?? 0) ? at : best), 0);

export async function readImport(
  trx: WardTransaction,
  row: ImportRow,
  groups: readonly KnownGroup[],
): Promise<Result<ReadImport>> {
  const sheets = row.file ? await unpackSheets(row.file) : null;
  if (!sheets) return problem('households.not-a-list', { status: 422 });
  const sheet = sheets[row.sheet < 0 ? fullest(sheets) : row.sheet] ?? sheets[0];
  if (!sheet) return problem('households.not-a-list', { status: 422 });
  const table = findTable(sheet);
  const guess = guessColumns(
    table.heads,
    table.rows.map(({ cells }) => cells),
  );
  const columns = withChoices(guess, row.columns ?? {});
  const reading = readRows(table.rows, { columns, groups, groupId: row.group_id });
  const twice = proposeDuplicates(reading.drafts, await registered(trx));
  return { sheets, sheet, table, columns, ...reading, problems: [...reading.problems, ...twice] };
}

/** What comes in: rows without an error that wait for nobody. */
export function comingIn(
  { drafts, problems }: Pick<ReadImport, 'drafts' | 'problems'>,
  accepted: readonly number[],
): HouseholdDraft[] {
  const yes = new Set(accepted);
  const out = new Set(
    problems.filter(({ fault, line }) => FAULTS[fault] === 'ask' && !yes.has(line)).map(({ line }) => line),
  );
  return drafts.filter(({ line }) => !out.has(line));
}

/** From its confirming on a list is kept as what comes in: the work need not read and judge it once more. */
export const packDrafts = (drafts: readonly HouseholdDraft[]): Buffer => pack({ drafts });

/** What `packDrafts` kept; null where the list is still kept as cells. */
export function unpackDrafts({ file }: Pick<ImportRow, 'file'>): readonly HouseholdDraft[] | null {
  const kept = file && isPacked(file) ? unpack(file) : null;
  return kept !== null && typeof kept === 'object' && 'drafts' in kept
    ? (kept.drafts as HouseholdDraft[])
    : null;
}

const tally = <K extends string>(keys: readonly K[]): { key: K; n: number }[] => {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, n]) => ({ key, n })).toSorted((a, b) => b.n - a.n);
};

const SHOWN = 300;
const WEIGHT_ORDER = { error: 0, ask: 1, check: 2, fixed: 3 } as const;

function previewOf(
  read: ReadImport,
  row: ImportRow,
  groups: readonly KnownGroup[],
  fault: string | undefined,
): Preview {
  const names = new Map(groups.map(({ id, shortName }) => [id, shortName]));
  const shown = read.problems
    .filter((one) => fault === undefined || one.fault === fault)
    .toSorted((a, b) => WEIGHT_ORDER[FAULTS[a.fault]] - WEIGHT_ORDER[FAULTS[b.fault]] || a.line - b.line)
    .slice(0, SHOWN);
  const inside = comingIn(read, row.accepted);
  return {
    sheets: read.sheets.map(({ name }) => name),
    sheet: read.sheets.indexOf(read.sheet),
    oldFont: read.sheet.oldFont,
    heads: [...read.table.heads],
    headLines: [...read.table.headLines],
    columns: { ...read.columns },
    groupId: row.group_id,
    groups: groups.map(({ id, shortName }) => ({ id, name: shortName })),
    rows: read.table.rows.length,
    households: read.drafts.length,
    comingIn: inside.length,
    memberRows: read.memberRows,
    left: tally(read.table.left.map(({ why }) => why)).map(({ key, n }) => ({ why: key, n })),
    faults: tally(read.problems.map((one) => one.fault)).map(({ key, n }) => ({
      fault: key,
      weight: FAULTS[key],
      n,
    })),
    problems: shown.map(({ line, fault: code, text, other }) => ({
      line,
      fault: code,
      weight: FAULTS[code],
      text,
      other: other ?? null,
    })),
    sample: inside
      .slice(0, 8)
      .map(({ groupId, addressWritten: _, ...draft }) => ({ ...draft, group: names.get(groupId) ?? '' })),
    accepted: row.accepted,
  };
}

export const groupsFor = async (call: Call): Promise<KnownGroup[]> =>
  readGroups(call.trx, visibleGroups(call, 'households.import'));

export async function listImports(call: Call): Promise<{ imports: ImportLine[] }> {
  const own = call.scope('households.import').everything
    ? sql`true`
    : sql`i.created_by = ${call.actor.personId}`;
  const { rows } = await sql<{
    id: string;
    file_name: string;
    state: ImportLine['state'];
    total: number;
    done: number;
    made: number;
    created_at: Date;
    creator: string | null;
    report: object;
  }>`
    select i.id, i.file_name, i.state, i.total, i.done, i.made, i.created_at, i.report, p.name as creator from household_imports i
    left join people p on p.ward_id = i.ward_id and p.id = i.created_by
    where i.ward_id = ${call.trx.wardId} and i.state <> 'dropped' and ${own} order by i.created_at desc limit 50`.execute(
    call.trx,
  );
  return {
    imports: rows.map(({ file_name, created_at, creator, report, ...row }) => ({
      ...row,
      stopped: isStopped({ state: row.state, report }, Date.now()),
      fileName: file_name,
      createdAt: isoOf(created_at.getTime()),
      createdBy: creator,
    })),
  };
}

/** Whose list it is, or whoever imports for the ward. */
export async function openImport(call: Call, id: string): Promise<Result<ImportRow>> {
  const row = await findImport(call.trx, id);
  const all = call.scope('households.import').everything;
  return row && (all || row.created_by === call.actor.personId) ? row : noSuchImport();
}

export async function showImport(
  call: Call,
  id: string,
  fault: string | undefined,
): Promise<Problem | ImportReply> {
  const row = await openImport(call, id);
  if (isProblem(row)) return row;
  const line = (await listImports(call)).imports.find((one) => one.id === id);
  if (!line) return noSuchImport();
  const kept = reportOf(row).kept ?? null;
  if (row.state !== 'draft') return { import: line, preview: null, kept };
  const groups = await groupsFor(call);
  const read = await readImport(call.trx, row, groups);
  if (isProblem(read)) return read;
  return { import: line, preview: previewOf(read, row, groups, fault), kept: null };
}

export async function uploadList(
  call: Call,
  file: File,
  groupId: string | null,
): Promise<Result<{ id: string }>> {
  const bytes = Buffer.from(await file.arrayBuffer());
  const sheets = await readSheets(bytes);
  if (!sheets || sheets.every(({ rows }) => rows.length === 0))
    return problem('households.not-a-list', { status: 422 });
  const allowed = await groupsFor(call);
  if (groupId !== null && !allowed.some(({ id }) => id === groupId))
    return problem('people.not-allowed', { status: 403 });
  const id = newId();
  await tables(call.trx)
    .insertInto('household_imports')
    .values({
      ward_id: call.trx.wardId,
      id,
      file_name: file.name.slice(0, 200) || 'danh-sach',
      file: packSheets(sheets),
      sheet: fullest(sheets),
      columns: '{}',
      group_id: groupId ?? (allowed.length === 1 ? (allowed[0]?.id ?? null) : null),
      accepted: [],
      state: 'draft',
      total: 0,
      done: 0,
      made: 0,
      report: '{}',
      created_at: new Date(call.now),
      created_by: call.actor.personId,
    })
    .execute();
  return { id };
}

export async function changeImport(
  call: Call,
  id: string,
  wish: ImportWish,
): Promise<Problem | { done: true }> {
  const row = await openImport(call, id);
  if (isProblem(row)) return row;
  if (row.state !== 'draft') return problem('households.import-begun', { status: 409 });
  const allowed = await groupsFor(call);
  if (wish.groupId && !allowed.some((group) => group.id === wish.groupId))
    return problem('people.not-allowed', { status: 403 });
  const another = wish.sheet !== undefined && wish.sheet !== row.sheet;
  await tables(call.trx)
    .updateTable('household_imports')
    .set({
      ...(wish.sheet === undefined ? {} : { sheet: wish.sheet }),
      ...(another ? { columns: '{}', accepted: [] } : {}),
      ...(wish.columns === undefined
        ? {}
        : { columns: JSON.stringify({ ...(row.columns as object), ...wish.columns }) }),
      ...(wish.groupId === undefined ? {} : { group_id: wish.groupId }),
      ...(wish.accepted === undefined ? {} : { accepted: wish.accepted }),
    })
    .where('ward_id', '=', call.trx.wardId)
    .where('id', '=', id)
    .execute();
  return { done: true };
}
