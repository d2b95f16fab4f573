// Names the views show: groups and units in their order, and what a person is responsible for.
import { sql } from 'kysely';
import type { DateOn } from '#core/calendar.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { PlaceName } from '#features/evidence/calendar-schema.ts';
import { handKey, type Responsibility } from '#features/evidence/hands.ts';
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
): Promise<Responsibility> {
  const rows = await evidenceTables(trx)
    .selectFrom('grants')
    .select(['area_id', 'unit_id', 'role'])
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', personId)
    .where('from_at', '<=', new Date(now))
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', new Date(now))]))
    .execute();
  const headed = new Set(rows.flatMap(({ unit_id, role }) => (role === 'unit-head' ? (unit_id ?? []) : [])));
  const unitIds = rows.flatMap(({ unit_id }) => unit_id ?? []);
  const hands = unitIds.length > headed.size ? await readHands(trx, now) : [];
  return {
    areaIds: rows.flatMap(({ area_id }) => area_id ?? []),
    unitIds,
    elsewhere: new Set(
      hands
        .filter((hand) => hand.personId !== personId && !headed.has(hand.unitId))
        .map(({ itemId, unitId }) => handKey(itemId, unitId)),
    ),
  };
}

interface Hand {
  readonly itemId: string;
  readonly unitId: string;
  readonly personId: string;
}

async function readHands(trx: WardTransaction, now: number): Promise<Hand[]> {
  const { rows } = await sql<Hand>`
    select item_id as "itemId", unit_id as "unitId", person_id as "personId"
    from duties_in_hand(${trx.wardId}, ${new Date(now)})`.execute(trx);
  return rows;
}
