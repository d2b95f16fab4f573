// The product's life: database, migrations, clock, jobs, then the pages. What was begun is ended in reverse order on a
// signal. Runs from the sources on the pinned Node; the pages it serves are the built ones.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machineClock, realClock } from '#core/clock.ts';
import type { CampaignClock } from '#core/clock.ts';
import { openKeeper, readKey } from '#platform/backup/keeper.server.ts';
import type { BackupKeeper } from '#platform/backup/keeper.server.ts';
import { erasuresFile, exchange } from '#platform/backup/restore.server.ts';
import { openMigrated, reachEmbedded, reachServer, WrongKind } from '#platform/boot/database.server.ts';
import type { Kind, Reach } from '#platform/boot/database.server.ts';
import { builtPages, OneLine, openDoor } from '#platform/boot/http.server.ts';
import type { Door } from '#platform/boot/http.server.ts';
import { startRehearsalClock } from '#platform/campaign-clock.server.ts';
import { WrongSchema } from '#platform/database/migrate.server.ts';
import { readEnvironment, WrongSetting } from '#platform/environment.ts';
import type { Environment } from '#platform/environment.ts';
import { folderFiles } from '#platform/files.server.ts';
import { startJobs } from '#platform/jobs.server.ts';
import { keptBefore } from '#platform/kept-pages.server.ts';
import { createLog, failureDetail } from '#platform/log.server.ts';
import type { Log } from '#platform/log.server.ts';
import { FolderInUse, startEmbedded } from '#platform/postgres/embedded.server.ts';
import type { EmbeddedPostgres } from '#platform/postgres/embedded.server.ts';
import { CannotHost } from '#platform/postgres/host.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { openSenders } from '#platform/senders.server.ts';
import { pushBefore } from '#platform/sync/listener.server.ts';
import { openSecrets } from '#platform/secrets.server.ts';
import { schedules, tasks } from '#registry/jobs.ts';
import { signedOut } from '#registry/signed-out.server.ts';
import { loadUnitsFile } from '#features/areas/reference-units.server.ts';
import { isSetupOpen, setupLines } from '#platform/setup.server.ts';
import { keptPages } from '#registry/kept-pages.server.ts';
import { pushDoor } from '#registry/push-door.server.ts';
import { prepareRehearsal } from '#registry/rehearsal.server.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HANDLER = new URL('../build/handler.js', import.meta.url).href;

type Undo = () => Promise<unknown> | void;

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

/** One life of the product over one data folder; a restore ends it and begins another behind the same door. */
class Product {
  readonly #undo: Undo[] = [];
  readonly #environment: Environment;
  readonly #wish: Wish;
  readonly #log: Log;
  readonly #folder: string;
  readonly #onRestore: (prepared: string) => void;
  #runtime: Runtime | null = null;
  #ending: Promise<void> | null = null;

  constructor(environment: Environment, wish: Wish, onRestore: (prepared: string) => void) {
    this.#environment = environment;
    this.#wish = wish;
    this.#log = createLog(environment.logLevel);
    this.#folder = join(environment.dataDir, wish.kind === 'real' ? 'ward' : 'rehearsal');
    this.#onRestore = onRestore;
  }

  get folder(): string {
    return this.#folder;
  }

  /** @param findDoor the door is opened once the folder is ours, and kept through restores */
  /** @returns what to print once it serves: accounts of a rehearsal, the code of an empty installation */
  async start(findDoor: () => Promise<Door>): Promise<readonly string[]> {
    const embedded = await this.#postgres();
    const door = await findDoor();
    const reach = this.#reach(embedded);
    const opened = await openMigrated(reach, this.#wish.kind, this.#log, {
      renewal: this.#wish.fresh ? 'always' : 'unfinished',
    });
    if (opened.renewed) rmSync(join(this.#folder, 'media'), { recursive: true, force: true });
    this.#undo.push(() => opened.database.close());
    const campaignClock = await this.#clock(opened.database.ownerPool);
    const secrets = openSecrets(join(this.#folder, 'keys.json'), [
      'session',
      'recovery',
      'links',
      'metrics',
      'vapid',
      'outlets',
    ]);
    const origin = this.#environment.origin ?? `http://localhost:${door.port}`;
    const senders = openSenders(secrets.get('vapid') ?? '', this.#environment, origin);
    this.#undo.push(() => Promise.resolve(senders.mail?.close()));
    const runtime: Runtime = {
      version: (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version,
      schema: opened.schema,
      kind: opened.kind,
      epoch: opened.epoch,
      folder: this.#folder,
      origin,
      state: 'starting',
      database: opened.database,
      campaignClock,
      files: folderFiles(join(this.#folder, 'media')),
      backups: embedded ? this.#keeper(embedded, reach) : null,
      senders,
      signedOut,
      voiceModel: this.#environment.voiceModel,
      log: this.#log,
      secrets,
    };
    this.#runtime = runtime;
    setRuntime(runtime);
    const rehearsal = this.#wish.kind === 'rehearsal';
    const lines = rehearsal ? await prepareRehearsal(runtime) : [];
    await this.#loadUnits(opened.database.ownerPool);
    runtime.setupOpen = await isSetupOpen(runtime);
    const pool = opened.database.ownerPool;
    const jobs = await startJobs(
      pool,
      tasks(() => runtime),
      schedules,
      this.#log,
    );
    this.#undo.push(() => jobs.stop());
    const pages = await builtPages(HANDLER, this.#environment.origin);
    door.serve(pushBefore(pushDoor, keptBefore(keptPages, pages)));
    runtime.state = 'serving';
    return runtime.setupOpen ? [...lines, ...setupLines(runtime)] : lines;
  }

  /** Official units the ward keeps beside its data; a wrong line is told, the start goes on. */
  async #loadUnits(pool: Parameters<typeof loadUnitsFile>[0]): Promise<void> {
    const file = join(this.#environment.dataDir, 'reference-units.csv');
    for (const fault of await loadUnitsFile(pool, file)) this.#log.warn('reference-units.wrong', { fault });
  }

  async #postgres(): Promise<EmbeddedPostgres | null> {
    if (this.#environment.databaseUrl !== null) return null;
    const embedded = await startEmbedded({
      folder: this.#folder,
      onRestart: (tries) => this.#log.warn('postgres.restarted', { tries }),
      onLost: () => {
        this.#log.error('postgres.lost');
        void this.stop().then(() => process.exit(1));
      },
      onRestore: this.#onRestore,
    });
    this.#undo.push(() => embedded.stop());
    return embedded;
  }

  #reach(embedded: EmbeddedPostgres | null): Reach {
    if (embedded) return reachEmbedded((database, user) => embedded.connection(database, user));
    return reachServer(this.#environment.databaseUrl ?? '');
  }

  #keeper(embedded: EmbeddedPostgres, reach: Reach): BackupKeeper {
    const source = {
      admin: embedded.connection(reach.create ?? 'postgres'),
      pgFolder: embedded.dataDir,
      mediaFolder: join(this.#folder, 'media'),
      keysFile: join(this.#folder, 'keys.json'),
      erasuresFile: erasuresFile(this.#folder),
    };
    return openKeeper(this.#folder, source, () => {
      const key = openSecrets(source.keysFile, []).get('backup');
      return key === undefined ? null : readKey(key);
    });
  }

  async #clock(pool: Parameters<typeof startRehearsalClock>[0]): Promise<CampaignClock> {
    if (this.#wish.kind === 'real') {
      if (this.#environment.clock !== null) throw new OneLine('CLOCK works with a rehearsal only');
      return realClock(machineClock);
    }
    const clock = await startRehearsalClock(pool, this.#environment.clock, this.#wish.fresh);
    if (!clock)
      throw new OneLine(
        'CLOCK lies before the rehearsal’s present time; the clock never runs back (--fresh begins again)',
      );
    this.#undo.push(() => clock.stop());
    return clock;
  }

  /** Ends what was begun, last first; may be called twice. */
  stop(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    if (this.#runtime) this.#runtime.state = 'stopping';
    for (const undo of this.#undo.toReversed()) {
      try {
        await undo();
      } catch (error) {
        this.#log.error('stop.failed', failureDetail(error));
      }
    }
  }
}

function announce(door: Door, environment: Environment, more: readonly string[], ms: number): void {
  const lines = [
    `Từng Nhà: ${environment.origin ?? `http://localhost:${door.port}`}`,
    `Sẵn sàng sau / ready in ${(ms / 1000).toFixed(1)} s`,
  ];
  if (more.length > 0) lines.push('', ...more);
  process.stdout.write(`${lines.join('\n')}\n`);
}

const KNOWN = [OneLine, WrongSetting, FolderInUse, CannotHost, WrongKind, WrongSchema];

/** What a person can act on is one line; anything else is a fault of ours and keeps its trace. */
function giveUp(error: unknown): never {
  const known = error instanceof Error && KNOWN.some((kind) => error instanceof kind);
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${known ? error.message : trace}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const began = performance.now();
  const environment = readEnvironment(process.env, process.cwd());
  const wish = readWish(process.argv.slice(2));
  let door: Door | null = null;
  let product: Product;
  const findDoor = async () => (door ??= await openDoor(environment.port, environment.host));

  async function restore(prepared: string): Promise<void> {
    createLog(environment.logLevel).warn('restore.begun');
    door?.serve(null);
    await product.stop();
    exchange(product.folder, prepared);
    product = new Product(environment, { ...wish, fresh: false }, (next) => void restore(next).catch(giveUp));
    await product.start(findDoor);
    createLog(environment.logLevel).warn('restore.done');
  }

  product = new Product(environment, wish, (prepared) => void restore(prepared).catch(giveUp));
  const end = async (code: number) => {
    // Requests first: nothing they use may be gone before they end.
    await door?.close();
    await product.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(0));
  process.on('unhandledRejection', (error) => createLog('error').error('unhandled', failureDetail(error)));
  try {
    const more = await product.start(findDoor);
    announce(await findDoor(), environment, more, performance.now() - began);
  } catch (error) {
    await product.stop();
    giveUp(error);
  }
}

await main().catch(giveUp);
