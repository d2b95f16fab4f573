// The two doors into PostgreSQL: `inWard` runs as the app inside one ward's walls, `asOwner` is for migrations, jobs
// and the machine's own upkeep. No other code opens a connection.
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { PlatformTables } from '#platform/database/tables.ts';

/** A transaction that sees one ward. Features narrow it: `trx.withTables<PlanTables>()`. */
export type WardTransaction = Kysely<PlatformTables> & { readonly wardId: number };

export interface Database {
  /** Outside every ward: only the few tables that belong to none. No ward's row is visible here. */
  readonly outside: Kysely<PlatformTables>;
  readonly appPool: pg.Pool;
  readonly ownerPool: pg.Pool;
  /** As the app, for transactions whose statements travel together; opened only by platform/sync/flight.server.ts. */
  readonly flightPool: pg.Pool;
  /** As the app, for what every request asks first: never behind the locks that flights wait for. */
  readonly lookPool: pg.Pool;
  inWard<T>(wardId: number, work: (trx: WardTransaction) => Promise<T>): Promise<T>;
  /** As the owner, still inside one ward's walls: sealing, backfills, the rehearsal. */
  asOwnerInWard<T>(wardId: number, work: (trx: WardTransaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseSettings {
  readonly app: pg.PoolConfig;
  readonly owner: pg.PoolConfig;
  readonly onError?: (error: Error) => void;
}

// int8 holds counters and change numbers far below 2^53; dates without time stay text, they have no instant.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, (value) => Number(value));
types.setTypeParser(pg.types.builtins.DATE, (value) => value);

function poolOf(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ types, max: 20, idleTimeoutMillis: 60_000, ...config });
  // Without both listeners one lost connection ends the process.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

const kyselyOf = (pool: pg.Pool) => new Kysely<PlatformTables>({ dialect: new PostgresDialect({ pool }) });

export function checkedWard(wardId: number): number {
  if (!Number.isSafeInteger(wardId) || wardId <= 0) throw new TypeError('A ward is a positive whole number');
  return wardId;
}

/**
 * BEGIN and the scope go in one flight. The scope is a literal SET LOCAL: on a distributed PostgreSQL a set_config()
 * call does not reach the workers and shows no rows, without an error.
 */
async function scoped<T>(
  db: Kysely<PlatformTables>,
  wardId: number,
  work: (trx: WardTransaction) => Promise<T>,
): Promise<T> {
  const ward = checkedWard(wardId);
  return db.connection().execute(async (connection) => {
    await sql.raw(`begin; set local app.ward_id = '${ward}'`).execute(connection);
    try {
      const result = await work(Object.assign(connection, { wardId: ward }));
      await sql.raw('commit').execute(connection);
      return result;
    } catch (error) {
      // A connection that died cannot roll back; the server does it, and the first error is the one to tell.
      await sql
        .raw('rollback')
        .execute(connection)
        .catch(() => undefined);
      throw error;
    }
  });
}

export function openDatabase(settings: DatabaseSettings): Database {
  // PostgreSQL may be asked to end before it has read our goodbye, and then says so on a connection already given up.
  let closing = false;
  const onError = (error: Error): void => {
    if (!closing) settings.onError?.(error);
  };
  const appPool = poolOf(settings.app, onError);
  const ownerPool = poolOf({ max: 6, ...settings.owner }, onError);
  // Few: flights gather what many phones send, and each holds the locks of its feeds. Everything is read there by its
  // key: a plan that was made while the tables were empty must not scan them once they are full, neither directly nor
  // by a bitmap of everything the ward has.
  const flightPool = poolOf(
    { max: 6, ...settings.app, pipeline: true, options: '-c enable_seqscan=off -c enable_bitmapscan=off' },
    onError,
  );
  const lookPool = poolOf({ max: 4, ...settings.app, pipeline: true }, onError);
  const app = kyselyOf(appPool);
  const owner = kyselyOf(ownerPool);
  return {
    outside: app,
    appPool,
    ownerPool,
    flightPool,
    lookPool,
    inWard: (wardId, work) => scoped(app, wardId, work),
    asOwnerInWard: (wardId, work) => scoped(owner, wardId, work),
    async close() {
      closing = true;
      // Not Kysely's destroy(): it forgets a pool no query of its own has used.
      await Promise.all([appPool, ownerPool, flightPool, lookPool].map((pool) => pool.end()));
    },
  };
}
