import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#platform/database/database.server.ts';
import { cloneDatabase, makeWard } from '../../../tests/support/database.ts';

let database: Database;
let hongAn: number;
let other: number;

beforeAll(async () => {
  ({ database } = await cloneDatabase());
  hongAn = await makeWard(database, '11602');
  other = await makeWard(database, '11600');
});

/** Tables that belong to no ward, each with its reason. Anything else without ward_id fails below. */
const OUTSIDE_THE_WALLS: Record<string, string> = {
  installation: 'one row about the installation itself',
  schema_migrations: 'which migrations were applied',
  reference_units: 'official units of the country',
  ward_addresses: 'asked before a ward can be known',
  account_wards: 'accounts: asked before a ward can be known',
};

describe('the walls between wards', () => {
  it('show a transaction only its own ward', async () => {
    const seen = await database.inWard(hongAn, (trx) => trx.selectFrom('wards').select('ward_id').execute());
    expect(seen).toEqual([{ ward_id: hongAn }]);
  });

  it('show nothing where no scope is set, to the owner neither', async () => {
    expect(await database.outside.selectFrom('wards').selectAll().execute()).toEqual([]);
    expect((await database.ownerPool.query('select * from wards')).rows).toEqual([]);
  });

  it('refuse a row of another ward', async () => {
    const intrude = database.inWard(hongAn, (trx) =>
      trx
        .insertInto('feeds')
        .values({ ward_id: other, feed_id: '0198a000-0000-7000-8000-000000000000', kind: 'group' })
        .execute(),
    );
    await expect(intrude).rejects.toMatchObject({ code: '42501' });
  });

  it('do not stay open for the next user of a connection', async () => {
    await database.inWard(hongAn, (trx) => trx.selectFrom('wards').selectAll().execute());
    for (let tries = 0; tries < 5; tries++) {
      expect(await database.outside.selectFrom('wards').selectAll().execute()).toEqual([]);
    }
  });

  it('stand around every table but the listed ones, with ward_id first in every key', async () => {
    const { rows } = await sql<{ name: string; walled: boolean; forced: boolean; keys: string[] }>`
      select c.relname as name, c.relrowsecurity as walled, c.relforcerowsecurity as forced,
        coalesce(array_agg(a.attname::text) filter (where i.indexrelid is not null), '{}') as keys
      from pg_class c
      left join pg_index i on i.indrelid = c.oid and (i.indisprimary or i.indisunique)
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      group by c.oid order by 1`.execute(database.outside);
    const wrong = rows.filter(
      ({ name, walled, forced, keys }) =>
        !(name in OUTSIDE_THE_WALLS) &&
        !(walled && forced && keys.length > 0 && keys.every((key) => key === 'ward_id')),
    );
    expect(wrong).toEqual([]);
    expect(rows.filter(({ name }) => name in OUTSIDE_THE_WALLS)).toHaveLength(
      Object.keys(OUTSIDE_THE_WALLS).length,
    );
  });

  it('leave the app owning nothing', async () => {
    const { rows } = await sql`select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
      where r.rolname = 'tungnha_app'`.execute(database.outside);
    expect(rows).toEqual([]);
  });
});
