// A receipt checked by anybody: valid, withdrawn, unknown, of another ward.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Database } from '#platform/database/database.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';
import { openForMatrix } from '../../../tests/support/matrix-rows.ts';

let database: Database;
let stage: Stage;
const code = randomBytes(16);

beforeAll(async () => {
  const test = await testRuntime();
  ({ database } = test);
  setRuntime(test.runtime);
  stage = await makeStage(database);
  const { own } = await openForMatrix(database, stage);
  await database.asOwnerInWard(stage.ward, (trx) =>
    sql`insert into pledges (ward_id, id, campaign_id, household_id, group_id, original, signer, text_version,
        receipt_code, author_id, signed_at, work_on, received_at, feed_id, change_n)
      values (${stage.ward}, ${newId()}, ${own.campaign}, ${own.household}, ${stage.group}, 'phone', 'head', 3, ${code},
        ${newId()}, now(), '2025-08-04', now(), ${stage.group}, 2)`.execute(trx),
  );
});

const check = async (address: string, of: string) => {
  const response = await api.fetch(new Request(`http://test/api/receipts/${address}/${of}`), {
    actor: null,
    origin: 'test',
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

it('tells ward, day and text version, and nothing else', async () => {
  const { body } = await check('11602', code.toString('hex').toUpperCase());
  expect(body).toEqual({
    ward: 'Phường Hồng An',
    state: 'valid',
    signedOn: '2025-08-04',
    textVersion: 3,
    textTitle: null,
  });
});

it('knows neither a code of another ward nor one that never was', async () => {
  expect((await check('11600', code.toString('hex'))).body['state']).toBe('not-received');
  expect((await check('11602', '0'.repeat(32))).body['state']).toBe('not-received');
  expect((await check('11602', 'khong-phai-ma')).status).toBe(404);
});

it('says not valid once it was withdrawn', async () => {
  await database.asOwnerInWard(stage.ward, (trx) =>
    sql`update pledges set withdrawn_at = now()`.execute(trx),
  );
  expect((await check('11602', code.toString('hex'))).body).toMatchObject({
    state: 'not-valid',
    signedOn: null,
  });
});
