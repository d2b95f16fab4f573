// Names the views show: groups and units in their order, and what a person is responsible for.
import type { DateOn } from '#core/calendar.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { PlaceName } from '#features/evidence/calendar-schema.ts';
import { evidenceTables } from '#features/evidence/tables.server.ts';

/** Groups that stand on some day of the range; a closed one stays readable in the weeks it was there. */
export async function readGroupNames(
  trx: WardTransaction,
  range: { readonly from: DateOn; readonly to: DateOn },
): Promise<PlaceName[]> {
  const rows = await evidenceTables(trx)
    .selectFrom('areas')
    .select(['id', 'name', 'short_name'])
    .where('ward_id', '=', trx.wardId)
    .where('kind', '=', 'group')
    .where('valid_from', '<=', range.to)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', range.from)]))
    .orderBy('position')
    .orderBy('name')
    .execute();
  return rows.map(({ id, name, short_name }) => ({ id, name, shortName: short_name }));
}

export async function readUnitNames(trx: WardTransaction): Promise<PlaceName[]> {
  const rows = await evidenceTables(trx)
    .selectFrom('units')
    .select(['id', 'name', 'short_name'])
    .where('ward_id', '=', trx.wardId)
    .orderBy('position')
    .orderBy('name')
    .execute();
  return rows.map(({ id, name, short_name }) => ({ id, name, shortName: short_name }));
}

export async function readResponsibility(
  trx: WardTransaction,
  personId: string,
  now: number,
): Promise<{ areaIds: string[]; unitIds: string[] }> {
  const rows = await evidenceTables(trx)
    .selectFrom('grants')
    .select(['area_id', 'unit_id'])
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', personId)
    .where('from_at', '<=', new Date(now))
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', new Date(now))]))
    .execute();
  return {
    areaIds: rows.flatMap(({ area_id }) => area_id ?? []),
    unitIds: rows.flatMap(({ unit_id }) => unit_id ?? []),
  };
}
