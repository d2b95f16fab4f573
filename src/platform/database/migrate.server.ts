// Plain SQL, numbered, forward only. A file that has landed is never edited: its hash is kept and checked.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

/** The database was made by a newer version of the product, or a landed migration was edited. */
export class WrongSchema extends Error {}

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort()
    .map((name, index) => {
      const sql = readFileSync(join(folder, name), 'utf8');
      const number = Number(name.slice(0, 4));
      if (number !== index + 1) throw new WrongSchema(`Migration ${name} is not number ${index + 1}`);
      return { number, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

const LEDGER = `create table if not exists schema_migrations (
  number int constraint schema_migrations_pkey primary key,
  name text not null, sha256 text not null, applied_at timestamptz not null default now())`;

/**
 * Brings the schema up to date and answers its number. `client` is connected as the owner.
 * @throws WrongSchema
 */
export async function migrate(client: pg.ClientBase, folder: string): Promise<number> {
  const migrations = readMigrations(folder);
  await client.query(`select pg_advisory_lock(7220115)`);
  try {
    await client.query(LEDGER);
    await client.query('grant select on schema_migrations to tungnha_app');
    const { rows } = await client.query<{ number: number; name: string; sha256: string }>(
      'select number, name, sha256 from schema_migrations order by number',
    );
    for (const done of rows) {
      const known = migrations[done.number - 1];
      if (!known)
        throw new WrongSchema(
          `The data was written by a newer version (schema ${rows.length}); update the program`,
        );
      if (known.sha256 !== done.sha256)
        throw new WrongSchema(`Migration ${known.name} was changed after it was applied`);
    }
    for (const migration of migrations.slice(rows.length)) await apply(client, migration);
    return migrations.length;
  } finally {
    await client.query('select pg_advisory_unlock(7220115)');
  }
}

async function apply(client: pg.ClientBase, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into schema_migrations (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
