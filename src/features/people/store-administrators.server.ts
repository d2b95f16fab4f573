// Who administers a ward, for the command that lets one of them back in.
import type { PeopleTables } from '#features/people/tables.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

export interface AdministratorRow {
  readonly personId: string;
  readonly name: string;
  readonly accountId: string | null;
}

export const administrators = (trx: WardTransaction, at: Date): Promise<AdministratorRow[]> =>
  trx
    .withTables<PeopleTables>()
    .selectFrom('people')
    .innerJoin('grants', (join) =>
      join.onRef('grants.ward_id', '=', 'people.ward_id').onRef('grants.person_id', '=', 'people.id'),
    )
    .distinctOn('people.id')
    .select(['people.id as personId', 'people.name', 'people.account_id as accountId'])
    .where('people.ward_id', '=', trx.wardId)
    .where('people.closed_at', 'is', null)
    .where('grants.role', '=', 'administrator')
    .where('grants.from_at', '<=', at)
    .where((eb) => eb.or([eb('grants.to_at', 'is', null), eb('grants.to_at', '>', at)]))
    .orderBy('people.id')
    .execute();
