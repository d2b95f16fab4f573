// Reading what stands around the groups: the ward with its official code, and who a person id is.
import { sql } from 'kysely';
import type { DateOn } from '#core/calendar.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

/** The ward's own name with its official code and city, as they are on a day. */
export async function readWard(trx: WardTransaction, on: DateOn) {
  const { rows } = await sql<{
    name: string;
    code: string | null;
    codeFrom: string | null;
    cityCode: string | null;
    cityName: string | null;
  }>`
    select w.name, c.code, c.valid_from as "codeFrom", c.city_code as "cityCode", r.name as "cityName"
    from wards w
    left join ward_codes c on c.ward_id = w.ward_id and c.valid_from <= ${on}::date
      and (c.valid_to is null or c.valid_to > ${on}::date)
    left join reference_units r on r.level = 'city' and r.code = c.city_code and r.valid_from <= ${on}::date
      and (r.valid_to is null or r.valid_to > ${on}::date)
    where w.ward_id = ${trx.wardId} limit 1`.execute(trx);
  return rows[0] ?? { name: '', code: null, codeFrom: null, cityCode: null, cityName: null };
}

/** Names of a city's wards in the reference list on a day. */
export async function readWardsOfCity(
  trx: WardTransaction,
  city: string | null,
  on: DateOn,
): Promise<string[]> {
  if (city === null) return [];
  const { rows } = await sql<{ name: string }>`
    select name from reference_units where level = 'ward' and parent_code = ${city} and valid_from <= ${on}::date
      and (valid_to is null or valid_to > ${on}::date) order by code`.execute(trx);
  return rows.map(({ name }) => name);
}

/** Who stated and who confirmed, by name; the person's own page says more. */
export async function readPersonNames(
  trx: WardTransaction,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from people where ward_id = ${trx.wardId} and id = any(${ids}::uuid[])`.execute(trx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
