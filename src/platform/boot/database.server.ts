// From a folder (or DATABASE_URL) to an open, migrated, marked database. Used by the server, the commands and the tests.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openDatabase } from '#platform/database/database.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { migrate } from '#platform/database/migrate.server.ts';
import { prepareDatabase, prepareRoles, quoted } from '#platform/database/roles.server.ts';
import { migrateJobs } from '#platform/jobs.server.ts';
import type { Log } from '#platform/log.server.ts';

export type Kind = 'rehearsal' | 'real';

export interface Opened {
  readonly database: Database;
  readonly schema: number;
  readonly kind: Kind;
  readonly epoch: string;
  /** An earlier rehearsal was thrown away: its files are to go too. */
  readonly renewed: boolean;
}

/** The data is of the other kind than was asked for. */
export class WrongKind extends Error {}

/** How to reach one server: a superuser for making roles, then the owner and the app. */
export interface Reach {
  readonly admin: pg.ClientConfig;
  /** Database to make where the server is ours; null where DATABASE_URL names one that exists. */
  readonly create: string | null;
  readonly as: (role: 'tungnha_owner' | 'tungnha_app') => pg.PoolConfig;
}

const DATABASE = 'tungnha';
// In the built server this file is bundled elsewhere, but only the entry, which runs from the sources, boots.
export const MIGRATIONS = join(fileURLToPath(new URL('.', import.meta.url)), '../../../db/migrations');

export function reachEmbedded(
  connection: (database: string, user?: string) => pg.ClientConfig,
  name = DATABASE,
): Reach {
  return { admin: connection('postgres'), create: name, as: (role) => connection(name, role) };
}

export function reachServer(url: string): Reach {
  return {
    admin: { connectionString: url },
    create: null,
    // The role is taken at connection: one login in DATABASE_URL, two sets of rights.
    as: (role) => ({ connectionString: url, options: `-c role=${role}` }),
  };
}

async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function prepare(reach: Reach): Promise<void> {
  await withClient(reach.admin, async (client) => {
    const { rows } = await client.query<{ owner: boolean }>(
      `select exists (select 1 from pg_roles where rolname = 'tungnha_app') as owner`,
    );
    if (!rows[0]?.owner || reach.create === null) await prepareRoles(client);
    if (reach.create === null) return prepareDatabase(client);
    const found = await client.query('select 1 from pg_database where datname = $1', [reach.create]);
    if (!found.rowCount) await client.query(`create database ${quoted(reach.create)} owner tungnha_owner`);
    return undefined;
  });
  const { create } = reach;
  if (create !== null) await withClient({ ...reach.admin, database: create }, prepareDatabase);
}

/** When a rehearsal is thrown away before it is opened: on request, or where making it was cut off half-way. */
export type Renewal = 'never' | 'unfinished' | 'always';

/** null: no installation stands here yet. */
async function standingInstallation(client: pg.ClientBase): Promise<{ kind: Kind; made: boolean } | null> {
  const { rows: tables } = await client.query<{ table: boolean; sample: boolean }>(
    `select to_regclass('public.installation') is not null as table, exists (
       select 1 from pg_attribute where attrelid = to_regclass('public.installation') and attname = 'sample') as sample`,
  );
  if (!tables[0]?.table) return null;
  const made = tables[0].sample ? 'sample is not null' : 'true';
  const { rows } = await client.query<{ kind: Kind; made: boolean }>(
    `select kind, ${made} as made from public.installation`,
  );
  return rows[0] ?? null;
}

/** Only what is marked a rehearsal is ever thrown away. */
async function renew(reach: Reach, renewal: Renewal): Promise<boolean> {
  if (renewal === 'never') return false;
  const { create } = reach;
  if (create !== null) {
    const exists = await withClient(reach.admin, (client) =>
      client.query('select 1 from pg_database where datname = $1', [create]),
    );
    if (!exists.rowCount) return false;
  }
  const within = create === null ? reach.admin : { ...reach.admin, database: create };
  return withClient(within, async (client) => {
    const found = await standingInstallation(client);
    if (found?.kind !== 'rehearsal' || (renewal === 'unfinished' && found.made)) return false;
    await client.query('begin');
    await client.query('drop schema if exists public, jobs, auth, graphile_worker, readers cascade');
    await client.query('create schema public');
    await client.query('commit');
    return true;
  });
}

async function mark(client: pg.ClientBase, kind: Kind): Promise<{ kind: Kind; epoch: string }> {
  await client.query('insert into installation (kind, epoch) values ($1, $2) on conflict do nothing', [
    kind,
    randomUUID(),
  ]);
  const { rows } = await client.query<{ kind: Kind; epoch: string }>('select kind, epoch from installation');
  const found = rows[0];
  if (!found) throw new Error('The installation row is missing');
  return found;
}

/**
 * @throws WrongKind where the data is marked for the other kind
 * @throws WrongSchema where the data is newer than the program
 */
export async function openMigrated(
  reach: Reach,
  kind: Kind,
  log: Log,
  { renewal = 'never', migrations = MIGRATIONS }: { renewal?: Renewal; migrations?: string } = {},
): Promise<Opened> {
  const renewed = kind === 'rehearsal' && (await renew(reach, renewal));
  await prepare(reach);
  const { schema, marked } = await withClient(
    reach.as('tungnha_owner') as pg.ClientConfig,
    async (client) => ({
      schema: await migrate(client, migrations),
      marked: await mark(client, kind),
    }),
  );
  if (marked.kind !== kind) {
    throw new WrongKind(
      marked.kind === 'rehearsal'
        ? 'This data is a rehearsal; start without --real, or choose another DATA_DIR'
        : 'This data is a ward’s own; start with --real',
    );
  }
  const database = openDatabase({
    app: reach.as('tungnha_app'),
    owner: reach.as('tungnha_owner'),
    onError: (error) => log.warn('database.connection', { message: error.message.slice(0, 120) }),
  });
  try {
    await migrateJobs(database.ownerPool, log);
  } catch (error) {
    await database.close();
    throw error;
  }
  return { database, schema, renewed, ...marked };
}
