import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeSchema } from '#platform/database/describe-schema.server.ts';
import { cloneDatabase } from './support/database.ts';

it('db/schema.sql says what the migrations make (`npm run schema` writes it)', async () => {
  const { database } = await cloneDatabase();
  const client = await database.ownerPool.connect();
  try {
    const found = await describeSchema(client, ['public', 'jobs', 'auth', 'readers']);
    if (process.env['WRITE_SCHEMA'] === '1') writeFileSync('db/schema.sql', found);
    expect(found).toBe(readFileSync('db/schema.sql', 'utf8'));
  } finally {
    client.release();
  }
});
