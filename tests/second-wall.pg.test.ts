// The second wall: what a query finds when the application's own check is taken away. Every store names its ward in
// every WHERE; here that condition is left out, or names another ward, and still nothing of that ward is seen.
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import { listPeople } from '#features/people/store-people.server.ts';
import { listPhones } from '#features/people/store-phones.server.ts';
import { personInForce } from '#features/people/store-register.server.ts';
import type { PeopleTables } from '#features/people/tables.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import { makeStage } from './support/cast.ts';
import type { Stage } from './support/cast.ts';
import { testRuntime } from './support/database.ts';
import { openForMatrix } from './support/matrix-rows.ts';

let database: Database;
let stage: Stage;
const NOW = Date.parse('2025-08-05T07:50:00+07:00');
const EVERYTHING = { everything: true, areaIds: [], unitIds: [], self: false };

beforeAll(async () => {
  ({ database } = await testRuntime());
  stage = await makeStage(database);
  await openForMatrix(database, stage);
  await database.inWard(stage.ward, (trx) =>
    audit(
      trx,
      { actor: null, now: NOW, origin: 'test' },
      { action: 'test.done', subjectKind: 'test', subjectId: '1' },
    ),
  );
});

async function wardTables(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'ward_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
    order by 1`.execute(database.outside);
  return rows.map(({ name }) => name);
}

const count = async (trx: WardTransaction, table: string, ward: number | null): Promise<number> => {
  const where = ward === null ? sql`` : sql`where ward_id = ${ward}`;
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from ${sql.table(table)} ${where}`.execute(trx);
  return rows[0]?.n ?? -1;
};

/** A transaction that stands in one ward and believes to be in another: the application's check gone wrong. */
const mistaken = (trx: WardTransaction, wardId: number): WardTransaction => Object.assign(trx, { wardId });

describe('behind the application’s check', () => {
  it('a query that forgets the ward finds no row of another, in any table', async () => {
    const tables = await wardTables();
    expect(tables.length).toBeGreaterThan(20);
    let filled = 0;
    for (const table of tables) {
      const mine = await database.inWard(stage.ward, (trx) => count(trx, table, null));
      if (mine > 0) filled++;
      const seen = await database.inWard(stage.otherWard, (trx) => count(trx, table, stage.ward));
      expect([table, seen]).toEqual([table, 0]);
    }
    process.stdout.write(`second wall: ${tables.length} tables asked, ${filled} of them with rows to hide\n`);
    expect(filled).toBeGreaterThanOrEqual(9);
  });

  it('a store asked for another ward’s rows finds none', async () => {
    const found = await database.inWard(stage.otherWard, async (trx) => {
      const wrong = mistaken(trx, stage.ward);
      return {
        people: await listPeople(wrong, { state: 'all' }, EVERYTHING, NOW),
        phones: await listPhones(wrong, EVERYTHING, NOW),
      };
    });
    expect(found).toEqual({ people: [], phones: [] });
    expect(await personInForce(database, stage.otherWard, stage.actors.leader.personId, NOW)).toBeNull();
    const rightly = await database.inWard(stage.ward, (trx) =>
      listPeople(trx, { state: 'all' }, EVERYTHING, NOW),
    );
    expect(rightly.length).toBeGreaterThan(10);
  });

  it('a change aimed at another ward’s row changes nothing, and a new row there is refused', async () => {
    const changed = await database.inWard(stage.otherWard, async (trx) => {
      const [result] = await trx
        .withTables<PeopleTables>()
        .updateTable('people')
        .set({ title: 'kẻ lạ' })
        .where('ward_id', '=', stage.ward)
        .execute();
      return Number(result?.numUpdatedRows ?? -1);
    });
    expect(changed).toBe(0);
    const intrude = database.inWard(stage.otherWard, (trx) =>
      trx
        .withTables<PeopleTables>()
        .insertInto('people')
        .values({ ward_id: stage.ward, id: newId(), name: 'Kẻ lạ', sort_key: 'x' })
        .execute(),
    );
    await expect(intrude).rejects.toMatchObject({ code: '42501' });
  });
});
