// All SQL of the areas feature. Every WHERE names the ward besides the walls.
import type { DateOn } from '#core/calendar.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Decision, Declaration, Validity } from '#features/areas/model.ts';
import type { AreaNamesTable, AreaTables } from '#features/areas/tables.ts';

export interface NewArea {
  readonly id: string;
  readonly kind: 'group' | 'lane';
  readonly parentId: string | null;
  readonly name: string;
  readonly shortName: string;
  readonly position: number;
  readonly validFrom: DateOn;
  readonly decision: Decision | null;
  readonly changeN: number;
}

export interface AreaRow extends Validity {
  readonly id: string;
  readonly kind: 'group' | 'lane';
  readonly parentId: string | null;
  readonly name: string;
  readonly shortName: string;
  readonly position: number;
  readonly decision: string | null;
  readonly decisionOn: DateOn | null;
  readonly closedBy: string | null;
  readonly closedByOn: DateOn | null;
}

export interface NewDeclaration {
  readonly areaId: string;
  readonly version: number;
  readonly households: number;
  readonly temporaryHouseholds: number;
  readonly countedOn: DateOn | null;
  readonly note: string | null;
  readonly statedBy: string;
  readonly statedAt: number;
  readonly confirmedBy?: string;
  readonly confirmedAt?: number;
}

const tables = (trx: WardTransaction) => trx.withTables<AreaTables>();

const AREA = [
  'id',
  'kind',
  'parent_id as parentId',
  'name',
  'short_name as shortName',
  'position',
  'valid_from as validFrom',
  'valid_to as validTo',
  'decision',
  'decision_on as decisionOn',
  'closed_by as closedBy',
  'closed_by_on as closedByOn',
] as const;

/** Groups standing on a day, or all that ever were. */
export async function readGroups(trx: WardTransaction, on: DateOn | null): Promise<AreaRow[]> {
  let query = tables(trx)
    .selectFrom('areas')
    .select(AREA)
    .where('ward_id', '=', trx.wardId)
    .where('kind', '=', 'group');
  if (on !== null)
    query = query
      .where('valid_from', '<=', on)
      .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]));
  return query.orderBy('position').execute();
}

export async function readArea(trx: WardTransaction, id: string): Promise<AreaRow | null> {
  const row = await tables(trx)
    .selectFrom('areas')
    .select(AREA)
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Locks the rows, so that of two decisions about one group the second sees what the first did. */
export async function lockGroups(trx: WardTransaction, ids: readonly string[]): Promise<AreaRow[]> {
  return tables(trx)
    .selectFrom('areas')
    .select(AREA)
    .where('ward_id', '=', trx.wardId)
    .where('kind', '=', 'group')
    .where('id', 'in', ids.length > 0 ? ids : [null])
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function readLanes(trx: WardTransaction, groupId: string): Promise<AreaRow[]> {
  return tables(trx)
    .selectFrom('areas')
    .select(AREA)
    .where('ward_id', '=', trx.wardId)
    .where('parent_id', '=', groupId)
    .execute();
}

export async function countLanes(trx: WardTransaction, on: DateOn): Promise<Map<string, number>> {
  const rows = await tables(trx)
    .selectFrom('areas')
    .select(['parent_id', (eb) => eb.fn.countAll<number>().as('lanes')])
    .where('ward_id', '=', trx.wardId)
    .where('kind', '=', 'lane')
    .where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]))
    .groupBy('parent_id')
    .execute();
  return new Map(rows.map(({ parent_id, lanes }) => [parent_id ?? '', lanes]));
}

/** Nearest first: a lane, then its group. Empty where no such area is. */
export async function areaPath(trx: WardTransaction, areaId: string): Promise<string[]> {
  const area = await readArea(trx, areaId);
  if (!area) return [];
  return area.parentId === null ? [area.id] : [area.id, area.parentId];
}

export async function nextPosition(trx: WardTransaction): Promise<number> {
  const row = await tables(trx)
    .selectFrom('areas')
    .select((eb) => eb.fn.max('position').as('last'))
    .where('ward_id', '=', trx.wardId)
    .where('kind', '=', 'group')
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

export async function insertAreas(trx: WardTransaction, areas: readonly NewArea[]): Promise<void> {
  if (areas.length === 0) return;
  const rows = areas.map((area) => ({
    ward_id: trx.wardId,
    id: area.id,
    kind: area.kind,
    parent_id: area.parentId,
    name: area.name,
    short_name: area.shortName,
    position: area.position,
    valid_from: area.validFrom,
    valid_to: null,
    decision: area.decision?.number ?? null,
    decision_on: area.decision?.on ?? null,
    closed_by: null,
    closed_by_on: null,
    // A group's feed carries the group's own id; its lanes travel in it.
    feed_id: area.parentId ?? area.id,
    change_n: area.changeN,
  }));
  await tables(trx).insertInto('areas').values(rows).execute();
  const names = areas.map(({ id, name, shortName, validFrom, decision }) => ({
    ward_id: trx.wardId,
    area_id: id,
    name,
    short_name: shortName,
    valid_from: validFrom,
    valid_to: null,
    decision: decision?.number ?? null,
    decision_on: decision?.on ?? null,
  }));
  await tables(trx).insertInto('area_names').values(names).execute();
}

/** Feeds of new groups; each has already given out as many numbers as the group's rows took. */
export async function insertGroupFeeds(
  trx: WardTransaction,
  feeds: readonly { readonly id: string; readonly n: number }[],
): Promise<void> {
  if (feeds.length === 0) return;
  await trx
    .insertInto('feeds')
    .values(feeds.map(({ id, n }) => ({ ward_id: trx.wardId, feed_id: id, kind: 'group' as const, n })))
    .execute();
}

export interface NewName {
  readonly name: string;
  readonly shortName: string;
  readonly from: DateOn;
  readonly decision: Decision | null;
}

export async function renameArea(
  trx: WardTransaction,
  id: string,
  to: NewName,
  changeN: number,
): Promise<void> {
  const db = tables(trx);
  const written = { name: to.name, short_name: to.shortName, decision: to.decision?.number ?? null };
  const decision_on = to.decision?.on ?? null;
  // A second name from the same day corrects the first: a day has one name.
  const corrected = await db
    .updateTable('area_names')
    .set({ ...written, decision_on })
    .where('ward_id', '=', trx.wardId)
    .where('area_id', '=', id)
    .where('valid_from', '=', to.from)
    .returning('area_id')
    .execute();
  if (corrected.length === 0) await followName(trx, id, to.from, { ...written, decision_on });
  await db
    .updateTable('areas')
    .set({ name: to.name, short_name: to.shortName, change_n: changeN })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

async function followName(
  trx: WardTransaction,
  id: string,
  from: DateOn,
  written: Pick<AreaNamesTable, 'name' | 'short_name' | 'decision' | 'decision_on'>,
): Promise<void> {
  await tables(trx)
    .updateTable('area_names')
    .set({ valid_to: from })
    .where('ward_id', '=', trx.wardId)
    .where('area_id', '=', id)
    .where('valid_to', 'is', null)
    .execute();
  await tables(trx)
    .insertInto('area_names')
    .values({ ward_id: trx.wardId, area_id: id, ...written, valid_from: from, valid_to: null })
    .execute();
}

export async function closeArea(
  trx: WardTransaction,
  id: string,
  on: DateOn,
  decision: Decision | null,
  changeN: number,
): Promise<void> {
  await tables(trx)
    .updateTable('areas')
    .set({
      valid_to: on,
      closed_by: decision?.number ?? null,
      closed_by_on: decision?.on ?? null,
      change_n: changeN,
    })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

export async function insertSuccessors(
  trx: WardTransaction,
  pairs: readonly { readonly areaId: string; readonly successorId: string }[],
): Promise<void> {
  await tables(trx)
    .insertInto('area_successors')
    .values(
      pairs.map(({ areaId, successorId }) => ({
        ward_id: trx.wardId,
        area_id: areaId,
        successor_id: successorId,
      })),
    )
    .execute();
}

export async function setPosition(
  trx: WardTransaction,
  id: string,
  position: number,
  changeN: number,
): Promise<void> {
  await tables(trx)
    .updateTable('areas')
    .set({ position, change_n: changeN })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
}

export async function insertDeclarations(
  trx: WardTransaction,
  rows: readonly NewDeclaration[],
): Promise<void> {
  if (rows.length === 0) return;
  await tables(trx)
    .insertInto('area_declarations')
    .values(
      rows.map((row) => ({
        ward_id: trx.wardId,
        area_id: row.areaId,
        version: row.version,
        households: row.households,
        temporary_households: row.temporaryHouseholds,
        stated_by: row.statedBy,
        stated_at: new Date(row.statedAt),
        confirmed_by: row.confirmedBy ?? null,
        confirmed_at: row.confirmedAt === undefined ? null : new Date(row.confirmedAt),
        counted_on: row.countedOn,
        note: row.note,
      })),
    )
    .execute();
}

export async function confirmDeclaration(
  trx: WardTransaction,
  areaId: string,
  version: number,
  by: { readonly personId: string; readonly at: number },
): Promise<void> {
  await tables(trx)
    .updateTable('area_declarations')
    .set({ confirmed_by: by.personId, confirmed_at: new Date(by.at) })
    .where('ward_id', '=', trx.wardId)
    .where('area_id', '=', areaId)
    .where('version', '=', version)
    .execute();
}

/** Newest first. `areaId` null: of every area. */
export async function readDeclarations(
  trx: WardTransaction,
  areaId: string | null,
): Promise<(Declaration & { readonly areaId: string })[]> {
  let query = tables(trx).selectFrom('area_declarations').selectAll().where('ward_id', '=', trx.wardId);
  if (areaId !== null) query = query.where('area_id', '=', areaId);
  const rows = await query.orderBy('version', 'desc').execute();
  return rows.map((row) => ({
    areaId: row.area_id,
    version: row.version,
    households: row.households,
    temporaryHouseholds: row.temporary_households,
    countedOn: row.counted_on,
    note: row.note,
    statedBy: row.stated_by,
    statedAt: row.stated_at.toISOString(),
    confirmedBy: row.confirmed_by,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
  }));
}

export async function readNames(trx: WardTransaction, areaId: string) {
  return tables(trx)
    .selectFrom('area_names')
    .select([
      'name',
      'valid_from as validFrom',
      'valid_to as validTo',
      'decision',
      'decision_on as decisionOn',
    ])
    .where('ward_id', '=', trx.wardId)
    .where('area_id', '=', areaId)
    .orderBy('valid_from', 'desc')
    .execute();
}

/** Names as they were on a day, where they differ from today's. */
export async function readNamesOn(trx: WardTransaction, on: DateOn) {
  const rows = await tables(trx)
    .selectFrom('area_names')
    .select(['area_id', 'name', 'short_name'])
    .where('ward_id', '=', trx.wardId)
    .where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]))
    .execute();
  return new Map(rows.map((row) => [row.area_id, row]));
}

/** Groups that went on in this one's place, and those it came from. */
export async function readKin(trx: WardTransaction, areaId: string) {
  const kin = async (from: 'area_id' | 'successor_id', to: 'area_id' | 'successor_id') =>
    tables(trx)
      .selectFrom('area_successors as s')
      .innerJoin('areas as a', (join) =>
        join.onRef('a.ward_id', '=', 's.ward_id').onRef('a.id', '=', `s.${to}`),
      )
      .select(['a.id', 'a.name', 'a.valid_from as from'])
      .where('s.ward_id', '=', trx.wardId)
      .where(`s.${from}`, '=', areaId)
      .orderBy('a.position')
      .execute();
  return {
    successors: await kin('area_id', 'successor_id'),
    predecessors: await kin('successor_id', 'area_id'),
  };
}
