import { beforeAll, expect, it } from 'vitest';
import { audit } from '#platform/audit/audit.server.ts';
import { sealWard, verifyWard } from '#platform/audit/seal.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { cloneDatabase, makeWard } from '../../../tests/support/database.ts';

let database: Database;
let ward: number;
const context = { actor: null, now: Date.parse('2025-08-05T07:50:00+07:00'), origin: 'test' };

beforeAll(async () => {
  ({ database } = await cloneDatabase());
  ward = await makeWard(database, '11602');
});

const write = (n: number) =>
  database.inWard(ward, (trx) =>
    audit(trx, context, {
      action: 'test.changed',
      subjectKind: 'thing',
      subjectId: String(n),
      before: { n },
      after: { b: 1, a: [n] },
    }),
  );

it('what is written is sealed into a chain that verifies', async () => {
  await Promise.all([1, 2, 3].map(write));
  expect(await sealWard(database, ward)).toBe(3);
  await write(4);
  expect(await sealWard(database, ward)).toBe(1);
  expect(await verifyWard(database, ward)).toMatchObject({ seals: 2, entries: 4, unsealed: 0, faults: [] });
});

it('erased values leave the chain valid and are counted', async () => {
  await database.asOwnerInWard(ward, async (trx) => {
    const one = await trx.selectFrom('audit_values').select('entry_id').limit(1).executeTakeFirstOrThrow();
    await trx
      .deleteFrom('audit_values')
      .where('ward_id', '=', ward)
      .where('entry_id', '=', one.entry_id)
      .execute();
  });
  expect(await verifyWard(database, ward)).toMatchObject({ erased: 1, faults: [] });
});

it('an entry changed behind the product’s back is found', async () => {
  await database.asOwnerInWard(ward, (trx) =>
    trx.updateTable('audit_entries').set({ action: 'test.hidden' }).where('subject_id', '=', '2').execute(),
  );
  const check = await verifyWard(database, ward);
  expect(check.faults).toEqual(['seal 1: entries were changed']);
});

it('the app can neither change nor unseal an entry', async () => {
  const change = database.inWard(ward, (trx) =>
    trx.updateTable('audit_entries').set({ action: 'x' }).execute(),
  );
  await expect(change).rejects.toMatchObject({ code: '42501' });
});

it('a change that fails leaves no audit row', async () => {
  const before = await verifyWard(database, ward);
  await expect(
    database.inWard(ward, async (trx) => {
      await audit(trx, context, { action: 'test.lost', subjectKind: 'thing', subjectId: '9' });
      throw new Error('the change itself failed');
    }),
  ).rejects.toThrow();
  expect((await verifyWard(database, ward)).unsealed).toBe(before.unsealed);
});
