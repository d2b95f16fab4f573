// Names of people with the places of their field roles, as cards, phones and lists show them.
import { sql } from 'kysely';
import type { PeopleTables } from '#features/people/tables.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

export interface PersonNamed {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  /** Short names of the groups of their field roles in force. */
  readonly places: readonly string[];
}

export async function peopleNamed(
  trx: WardTransaction,
  personIds: readonly string[],
  now: number,
): Promise<PersonNamed[]> {
  if (personIds.length === 0) return [];
  const at = new Date(now);
  return trx
    .withTables<PeopleTables>()
    .selectFrom('people')
    .leftJoin('grants', (join) =>
      join
        .onRef('grants.ward_id', '=', 'people.ward_id')
        .onRef('grants.person_id', '=', 'people.id')
        .on('grants.from_at', '<=', at)
        .on((eb) => eb.or([eb('grants.to_at', 'is', null), eb('grants.to_at', '>', at)])),
    )
    .leftJoin('group_households as groups', (join) =>
      join.onRef('groups.ward_id', '=', 'people.ward_id').onRef('groups.group_id', '=', 'grants.area_id'),
    )
    .select([
      'people.id',
      'people.name',
      'people.title',
      sql<
        string[]
      >`coalesce(array_agg(distinct groups.short_name) filter (where groups.short_name is not null), '{}')`.as(
        'places',
      ),
    ])
    .where('people.ward_id', '=', trx.wardId)
    .where('people.id', 'in', [...personIds])
    .groupBy(['people.ward_id', 'people.id'])
    .orderBy(sql`min(groups.position)`)
    .orderBy(sql`people.sort_key collate "C"`)
    .execute();
}
