// A transaction whose statements travel together: nothing waits for an answer it does not need. Opened inside one
// ward's walls like any other.
import { Kysely, PostgresDialect } from 'kysely';
import type { PostgresPoolClient } from 'kysely';
import type { Writable } from 'node:stream';
import type pg from 'pg';
import { checkedWard } from '#platform/database/database.server.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import type { PlatformTables } from '#platform/database/tables.ts';

export interface Query {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

export class Flight {
  readonly wardId: number;
  readonly #client: pg.ClientBase;
  #sent: Promise<unknown>[] = [];
  #trx: WardTransaction | null = null;
  #gathering = false;

  readonly #mark: string;

  constructor(client: pg.ClientBase, wardId: number, mark = '') {
    this.#client = client;
    this.#mark = mark;
    this.wardId = wardId;
  }

  /** Sent at once; `landed` or the commit tells of its failure where nobody awaits it. */
  async read<T extends object>(query: Query): Promise<T[]> {
    this.#gather();
    const { name, text, values = [] } = query;
    const named = name === undefined ? {} : { name: `${name}${this.#mark}` };
    const sent = this.#client.query<T>({ ...named, text, values: [...values] });
    this.#note(sent);
    return (await sent).rows;
  }

  send(query: Query): void {
    this.#gather();
    this.#note(this.#client.query({ ...query, values: [...(query.values ?? [])] }));
  }

  sendAll(queries: readonly Query[]): void {
    for (const query of queries) this.send(query);
  }

  /** Several statements without parameters. */
  raw(text: string): void {
    this.#gather();
    this.#note(this.#client.query(text));
  }

  #note(sent: Promise<unknown>): void {
    // Awaited later: until then a failure must not count as unhandled.
    sent.catch(() => undefined);
    this.#sent.push(sent);
  }

  /** What is sent in one go leaves in one write to the socket. */
  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    const { stream } = (this.#client as unknown as { readonly connection: { readonly stream: Writable } })
      .connection;
    stream.cork();
    process.nextTick(() => {
      this.#gathering = false;
      stream.uncork();
    });
  }

  /** Waits for everything sent so far; the first failure is thrown. */
  async landed(): Promise<void> {
    const sent = this.#sent;
    this.#sent = [];
    const settled = await Promise.allSettled(sent);
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** The same transaction for a feature's own commands. */
  get trx(): WardTransaction {
    this.#trx ??= Object.assign(kyselyOn(this.#client), { wardId: this.wardId });
    return this.#trx;
  }
}

const isAborted = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '25P02';

/** Kysely over one connection that is already ours: it neither takes nor gives one back. */
function kyselyOn(client: pg.ClientBase): Kysely<PlatformTables> {
  const one = {
    query: (text: string, values: readonly unknown[]) => client.query(text, [...values]),
    release: () => undefined,
  } as unknown as PostgresPoolClient;
  const pool = { options: {}, connect: () => Promise.resolve(one), end: () => Promise.resolve() };
  return new Kysely<PlatformTables>({ dialect: new PostgresDialect({ pool }) });
}

/**
 * Begin, scope and everything `work` sends go out without waiting; the answer is given after the commit.
 * @param keptPlans named statements are planned once and kept under this mark: right for lookups by key, whose plan cannot
 *   depend on the values, and which PostgreSQL would plan anew each time because few keys look cheaper than the ten it
 *   guesses. Another mark plans anew: among indexes that all begin with the ward, a nearly empty table shows no difference.
 * @throws whatever failed first; the transaction is then rolled back
 */
export async function inFlight<T>(
  database: Database,
  wardId: number,
  work: (flight: Flight) => Promise<T>,
  keptPlans?: string,
): Promise<T> {
  const ward = checkedWard(wardId);
  const client = await database.flightPool.connect();
  let broken: Error | undefined;
  try {
    const flight = new Flight(client, ward, keptPlans);
    const keep = keptPlans !== undefined ? '; set local plan_cache_mode = force_generic_plan' : '';
    flight.raw(`begin; set local app.ward_id = '${ward}'${keep}`);
    try {
      const result = await work(flight);
      flight.raw('commit');
      await flight.landed();
      return result;
    } catch (error) {
      // Statements behind a failed one fail too, for no reason of their own: the first failure is the one to tell.
      const first: unknown = await flight.landed().then(
        () => error,
        (failed: unknown) => failed,
      );
      await client.query('rollback').catch((lost: unknown) => {
        broken = lost instanceof Error ? lost : new Error('The connection is lost');
      });
      throw isAborted(error) ? first : error;
    }
  } finally {
    client.release(broken);
  }
}

/**
 * One statement inside a ward's walls in a single trip: begin, scope, statement and commit leave together. For what
 * every request asks first.
 */
export async function readInOneTrip<T extends object>(
  database: Database,
  wardId: number,
  query: Query,
): Promise<T[]> {
  const ward = checkedWard(wardId);
  const client = await database.lookPool.connect();
  let broken: Error | undefined;
  try {
    const flight = new Flight(client, ward);
    flight.raw(`begin; set local app.ward_id = '${ward}'`);
    const rows = flight.read<T>(query);
    // Behind a statement that failed a commit only ends the transaction.
    flight.raw('commit');
    await flight.landed();
    return await rows;
  } catch (error) {
    broken = error instanceof Error ? error : new Error('The connection is lost');
    throw error;
  } finally {
    client.release(broken);
  }
}
