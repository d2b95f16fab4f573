// The product's entry: database, migrations, clock, jobs, then the pages. What was begun is ended in reverse order on a
// signal. Runs from the sources on the pinned Node; the pages it serves are the built ones.
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openMigrated, reachEmbedded, reachServer, WrongKind } from '#platform/boot/database.server.ts';
import type { Kind, Reach } from '#platform/boot/database.server.ts';
import { machineClock, realClock } from '#core/clock.ts';
import type { CampaignClock } from '#core/clock.ts';
import { startRehearsalClock } from '#platform/campaign-clock.server.ts';
import { WrongSchema } from '#platform/database/migrate.server.ts';
import { readEnvironment, WrongSetting } from '#platform/environment.ts';
import type { Environment } from '#platform/environment.ts';
import { folderFiles } from '#platform/files.server.ts';
import { startJobs } from '#platform/jobs.server.ts';
import { createLog, failureDetail } from '#platform/log.server.ts';
import type { Log } from '#platform/log.server.ts';
import { FolderInUse, startEmbedded } from '#platform/postgres/embedded.server.ts';
import { CannotHost } from '#platform/postgres/host.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { openSecrets } from '#platform/secrets.server.ts';
import { schedules, tasks } from '#registry/jobs.ts';
import { prepareRehearsal } from '#registry/rehearsal.server.ts';
import type { RehearsalAccount } from '#registry/rehearsal.server.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEFAULT_PORT = 8080;
/** Longest wait for requests under way when stopping. */
const DRAIN_MS = 8_000;

type Undo = () => Promise<unknown> | void;

class OneLine extends Error {}

interface Wish {
  readonly kind: Kind;
  readonly fresh: boolean;
}

function readWish(args: readonly string[]): Wish {
  const unknown = args.find((arg) => arg !== '--real' && arg !== '--fresh');
  if (unknown) throw new OneLine(`Unknown option ${unknown}; known: --real, --fresh`);
  const kind = args.includes('--real') ? 'real' : 'rehearsal';
  const fresh = args.includes('--fresh');
  if (fresh && kind === 'real')
    throw new OneLine('--fresh begins a rehearsal again; a ward’s own data is never begun again');
  return { kind, fresh };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

/** A chosen port that is taken stops the start; the default one gives way to any free port. */
async function listenWhereWished(server: Server, { port, host }: Environment): Promise<number> {
  try {
    return await listen(server, port ?? DEFAULT_PORT, host);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE' && port === null) return listen(server, 0, host);
    if (code === 'EADDRINUSE') throw new OneLine(`Port ${port} is taken; set PORT to another`);
    if (code === 'EACCES') throw new OneLine(`Port ${port} needs more rights; set PORT above 1023`);
    throw new OneLine(`Cannot listen on ${host}: ${String(code)}`);
  }
}

const notYet: RequestListener = (_request, response) => {
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '2', connection: 'close' });
  response.end(JSON.stringify({ status: 'starting' }));
};

/** What a proxy would say is said here where there is none; what only we may say is overwritten. */
function toldBy(request: IncomingMessage): void {
  request.headers['x-forwarded-proto'] ??= 'http';
  request.headers['x-tungnha-address'] = request.socket.remoteAddress ?? 'unknown';
}

async function builtPages(origin: string | null): Promise<RequestListener> {
  process.env['BODY_SIZE_LIMIT'] ??= '32M';
  process.env['PROTOCOL_HEADER'] ??= 'x-forwarded-proto';
  if (origin !== null) process.env['ORIGIN'] = origin;
  else delete process.env['ORIGIN'];
  const built = (await import(new URL('../build/handler.js', import.meta.url).href)) as {
    handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  };
  return (request, response) => {
    toldBy(request);
    built.handler(request, response, () => {
      response.writeHead(404).end();
    });
  };
}

class Product {
  readonly #undo: Undo[] = [];
  readonly #environment: Environment;
  readonly #wish: Wish;
  readonly #log: Log;
  readonly #began = performance.now();
  #listener: RequestListener = notYet;
  #runtime: Runtime | null = null;
  #server: Server | null = null;
  #stopping: Promise<void> | null = null;

  constructor(environment: Environment, wish: Wish) {
    this.#environment = environment;
    this.#wish = wish;
    this.#log = createLog(environment.logLevel);
  }

  async start(): Promise<void> {
    const folder = join(this.#environment.dataDir, this.#wish.kind === 'real' ? 'ward' : 'rehearsal');
    const reach = await this.#database(folder);
    const server = createServer((request, response) => this.#listener(request, response));
    const port = await listenWhereWished(server, this.#environment);
    this.#server = server;
    const opened = await openMigrated(reach, this.#wish.kind, this.#log, {
      renewal: this.#wish.fresh ? 'always' : 'unfinished',
    });
    if (opened.renewed) rmSync(join(folder, 'media'), { recursive: true, force: true });
    this.#undo.push(() => opened.database.close());
    const rehearsal = this.#wish.kind === 'rehearsal';
    if (!rehearsal && this.#environment.clock !== null)
      throw new OneLine('CLOCK works with a rehearsal only');
    const campaignClock: CampaignClock = rehearsal
      ? await this.#rehearsalClock(opened.database.ownerPool)
      : realClock(machineClock);
    const secrets = openSecrets(join(folder, 'keys.json'), ['session', 'recovery', 'links']);
    const origin = this.#environment.origin ?? `http://localhost:${port}`;
    const draft = {
      version: (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version,
      schema: opened.schema,
      kind: opened.kind,
      epoch: opened.epoch,
      folder,
      origin,
      state: 'starting' as const,
      database: opened.database,
      campaignClock,
      files: folderFiles(join(folder, 'media')),
      log: this.#log,
      secrets,
    };
    const runtime: Runtime = { ...draft, jobs: { stop: () => Promise.resolve() } };
    this.#runtime = runtime;
    setRuntime(runtime);
    const accounts = rehearsal ? await prepareRehearsal(runtime) : [];
    const jobs = await startJobs(
      opened.database.ownerPool,
      tasks(() => runtime),
      schedules,
      this.#log,
    );
    this.#undo.push(() => jobs.stop());
    this.#listener = await builtPages(this.#environment.origin);
    runtime.state = 'serving';
    this.#announce(origin, accounts);
  }

  async #database(folder: string): Promise<Reach> {
    const { databaseUrl } = this.#environment;
    if (databaseUrl !== null) return reachServer(databaseUrl);
    const embedded = await startEmbedded({
      folder,
      onRestart: (tries) => this.#log.warn('postgres.restarted', { tries }),
      onLost: () => {
        this.#log.error('postgres.lost');
        void this.stop().then(() => process.exit(1));
      },
    });
    this.#undo.push(() => embedded.stop());
    return reachEmbedded((database, user) => embedded.connection(database, user));
  }

  async #rehearsalClock(pool: Parameters<typeof startRehearsalClock>[0]): Promise<CampaignClock> {
    const clock = await startRehearsalClock(pool, this.#environment.clock, this.#wish.fresh);
    if (!clock)
      throw new OneLine(
        'CLOCK lies before the rehearsal’s present time; the clock never runs back (--fresh begins again)',
      );
    this.#undo.push(() => clock.stop());
    return clock;
  }

  #announce(origin: string, accounts: readonly RehearsalAccount[]): void {
    const seconds = ((performance.now() - this.#began) / 1000).toFixed(1);
    const lines = [`Từng Nhà: ${origin}`, `Sẵn sàng sau / ready in ${seconds} s`];
    if (accounts.length > 0) lines.push('', 'Tài khoản diễn tập / rehearsal accounts:');
    for (const account of accounts)
      lines.push(`  ${account.username.padEnd(16)} ${account.password.padEnd(20)} ${account.who}`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }

  async #drain(server: Server): Promise<void> {
    server.closeIdleConnections();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const limit = new Promise<void>((resolve) => setTimeout(resolve, DRAIN_MS).unref());
    await Promise.race([closed, limit]);
    server.closeAllConnections();
  }

  /** Ends what was begun, last first; may be called twice. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    if (this.#runtime) this.#runtime.state = 'stopping';
    // Requests first: nothing they use may be gone before they end.
    if (this.#server) await this.#drain(this.#server);
    for (const undo of this.#undo.toReversed()) {
      await Promise.resolve(undo()).catch((error: unknown) =>
        this.#log.error('stop.failed', failureDetail(error)),
      );
    }
  }
}

const KNOWN = [OneLine, WrongSetting, FolderInUse, CannotHost, WrongKind, WrongSchema];

/** What a person can act on is one line; anything else is a fault of ours and keeps its trace. */
function giveUp(error: unknown): never {
  const known = error instanceof Error && KNOWN.some((kind) => error instanceof kind);
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${known ? error.message : trace}\n`);
  process.exit(1);
}

function begin(): Product {
  try {
    return new Product(readEnvironment(process.env, process.cwd()), readWish(process.argv.slice(2)));
  } catch (error) {
    return giveUp(error);
  }
}

const product = begin();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void product.stop().then(() => process.exit(0)));
}
process.on('unhandledRejection', (error) => createLog('error').error('unhandled', failureDetail(error)));
try {
  await product.start();
} catch (error) {
  await product.stop();
  giveUp(error);
}
