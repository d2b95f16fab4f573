// Runs one PostgreSQL over one data folder and keeps it running. The folder belongs to whoever holds a session
// advisory lock in it: no pid file of ours can go stale. A live server with a free lock is the orphan of a killed app
// and is adopted; a held lock means another app is running here.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { CannotHost, findHost, makePrivateFolder } from '#platform/postgres/host.server.ts';
import type { PostgresHost } from '#platform/postgres/host.server.ts';

/** Any number all versions of the product agree on. */
const FOLDER_LOCK = 7_220_114;
/** The word by which a command beside a running product says that a restore is ready; the payload is its folder. */
export const RESTORE_CHANNEL = 'tungnha_restore';
const START_LIMIT_MS = 60_000;

export class FolderInUse extends Error {}

export interface EmbeddedOptions {
  /** Holds `pg/` and `pg.log`. */
  readonly folder: string;
  /** Tests give up durability; the product never does. */
  readonly durable?: boolean;
  readonly onRestart?: (tries: number) => void;
  readonly onLost?: (error: unknown) => void;
  /** A verified restore lies ready in this folder; the owner ends its work and puts it in place. */
  readonly onRestore?: (prepared: string) => void;
}

export interface EmbeddedPostgres {
  readonly socketDir: string;
  readonly dataDir: string;
  /** Superuser connection settings over the private socket. */
  connection(database: string, user?: string): pg.ClientConfig;
  stop(): Promise<void>;
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Socket paths end at 107 bytes, so the folder's name is a hash under the temp folder. */
function socketFolder(dataDir: string, host: PostgresHost): string {
  const path = join(tmpdir(), `tungnha-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`);
  makePrivateFolder(path, host);
  return path;
}

/** Into a folder beside, then renamed: a killed first start leaves no half database behind. */
function initialise(dataDir: string, host: PostgresHost): void {
  const draft = `${dataDir}.new-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  makePrivateFolder(draft, host);
  const args = [
    '-D',
    draft,
    '--username=postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale-provider=builtin',
  ];
  args.push('--builtin-locale=C.UTF-8', '--locale=C', '--data-checksums', '--no-sync');
  const made = spawnSync(host.initdb, args, { encoding: 'utf8', cwd: draft, ...(host.account ?? {}) });
  if (made.status !== 0)
    throw new CannotHost(`initdb failed: ${(made.stderr || String(made.error)).trim().split('\n').at(-1)}`);
  try {
    renameSync(draft, dataDir);
  } catch (error) {
    // Another first start was quicker; its database is as good as ours.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(join(dataDir, 'PG_VERSION'))) throw error;
  }
}

function launch(options: EmbeddedOptions, dataDir: string, socketDir: string, host: PostgresHost): void {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    timezone: 'UTC',
    max_connections: '80',
    shared_buffers: '256MB',
    max_wal_senders: '4',
    max_replication_slots: '4',
    log_min_messages: 'warning',
    // The log must not hold a row's values.
    log_parameter_max_length_on_error: '0',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(options.durable === false
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
      : {}),
  };
  const args = [
    '-D',
    dataDir,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  // A pipe would die with this process and take PostgreSQL's next message, and so PostgreSQL, with it.
  const log = openSync(join(options.folder, 'pg.log'), 'a');
  // Detached: Ctrl-C in the terminal must reach us first, so that requests are drained before the database goes.
  const child = spawn(host.postgres, args, {
    cwd: dataDir,
    detached: true,
    stdio: ['ignore', log, log],
    ...(host.account ?? {}),
  });
  child.on('error', () => undefined);
  child.unref();
  closeSync(log);
}

/** Lines of postmaster.pid, none when there is none: PostgreSQL may take it away between a look and a read. */
function pidFile(dataDir: string): string[] {
  try {
    return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** What postmaster.pid says on its last line. */
function isReady(dataDir: string): boolean {
  return pidFile(dataDir)[7]?.trim() === 'ready';
}

async function connect(config: pg.ClientConfig): Promise<pg.Client | null> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return null;
  }
}

function runningPid(dataDir: string): number | null {
  const pid = Number(pidFile(dataDir)[0] ?? NaN);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return signal(pid, 0) ? pid : null;
}

/** Whether the process was there to be told. */
function signal(pid: number, what: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, what);
    return true;
  } catch {
    return false;
  }
}

class Embedded implements EmbeddedPostgres {
  readonly socketDir: string;
  readonly dataDir: string;
  readonly #options: EmbeddedOptions;
  readonly #host: PostgresHost;
  #owner: pg.Client | null = null;
  #stopping = false;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
    this.#host = findHost();
    mkdirSync(options.folder, { recursive: true });
    this.dataDir = join(options.folder, 'pg');
    this.socketDir = socketFolder(this.dataDir, this.#host);
  }

  connection(database: string, user = 'postgres'): pg.ClientConfig {
    return { host: this.socketDir, port: 5432, database, user };
  }

  /** @throws FolderInUse, CannotHost */
  async start(): Promise<void> {
    if (!existsSync(join(this.dataDir, 'PG_VERSION'))) initialise(this.dataDir, this.#host);
    const limit = Date.now() + START_LIMIT_MS;
    let launchedAt = 0;
    for (;;) {
      const client = isReady(this.dataDir) ? await connect(this.connection('postgres')) : null;
      if (client) return this.#own(client);
      if (Date.now() > limit) {
        throw new CannotHost(
          `PostgreSQL does not start; its own words are in ${join(this.#options.folder, 'pg.log')}`,
        );
      }
      // Backends of a killed postmaster need a moment to go; until then a new one refuses, so it is tried again.
      const dead = Date.now() - launchedAt > 1_000 && (runningPid(this.dataDir) === null || launchedAt === 0);
      if (dead) {
        launchedAt = Date.now();
        launch(this.#options, this.dataDir, this.socketDir, this.#host);
      }
      await wait(15);
    }
  }

  async #own(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
      FOLDER_LOCK,
    ]);
    if (!rows[0]?.got) {
      await client.end();
      throw new FolderInUse(`Another Từng Nhà already runs on ${this.#options.folder}`);
    }
    this.#owner = client;
    client.on('notification', ({ payload }) => this.#options.onRestore?.(payload ?? ''));
    await client.query(`listen ${RESTORE_CHANNEL}`);
    client.on('end', () => {
      if (this.#owner === client) this.#owner = null;
      if (!this.#stopping) void this.#revive();
    });
  }

  /** PostgreSQL went away under a live app: bring it back; the pools connect again by themselves. */
  async #revive(): Promise<void> {
    for (let tries = 1; !this.#stopping; tries++) {
      try {
        await this.start();
        this.#options.onRestart?.(tries);
        return;
      } catch (error) {
        if (tries >= 10 || error instanceof FolderInUse) {
          this.#options.onLost?.(error);
          return;
        }
        await wait(500);
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const pid = runningPid(this.dataDir);
    await this.#owner?.end().catch(() => undefined);
    if (pid === null) return;
    // SIGINT is PostgreSQL's fast shutdown: clients are ended, a checkpoint is written.
    signal(pid, 'SIGINT');
    for (let tries = 0; tries < 1_500 && runningPid(this.dataDir) !== null; tries++) await wait(20);
  }
}

/**
 * Starts, adopts or recovers the database of a folder and takes the folder's lock.
 * @throws FolderInUse when another app holds it
 * @throws CannotHost when PostgreSQL cannot run here
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const embedded = new Embedded(options);
  await embedded.start();
  return embedded;
}

/**
 * For commands beside a running product: its PostgreSQL if one serves this folder, else one started for the while.
 * `stop` then ends only what was started here.
 */
export async function attachEmbedded(folder: string): Promise<EmbeddedPostgres> {
  const embedded = new Embedded({ folder });
  const client = isReady(embedded.dataDir) ? await connect(embedded.connection('postgres')) : null;
  if (!client) {
    await embedded.start();
    return embedded;
  }
  await client.end();
  return {
    socketDir: embedded.socketDir,
    dataDir: embedded.dataDir,
    connection: (database, user) => embedded.connection(database, user),
    stop: () => Promise.resolve(),
  };
}
