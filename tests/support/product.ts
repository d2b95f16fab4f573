// The whole product as a process of its own, as `npm start` runs it, on a free port and a data folder of its own.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Product {
  readonly url: string;
  /** What it printed when ready: address, seconds, accounts. */
  readonly announced: string;
  readonly dataDir: string;
  readonly pid: number;
  readonly process: ChildProcess;
  /** Milliseconds from spawn to the line that says it is ready. */
  readonly startedInMs: number;
  /** What it wrote to standard error so far. */
  log(): string;
  /** Asks it to end (SIGTERM) and answers its exit code. */
  stop(): Promise<number | null>;
  /** kill -9, as a power cut would; PostgreSQL lives on as an orphan. */
  kill(): Promise<void>;
  /** Process id of its PostgreSQL, or null. */
  postgresPid(): number | null;
}

export interface ProductWish {
  readonly dataDir?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tungnha-e2e-'));
  // PostgreSQL's own account must be able to walk in.
  chmodSync(folder, 0o711);
  return folder;
}

export function removeDataDir(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const exit = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)));

function launch(
  wish: ProductWish,
  dataDir: string,
): { child: ChildProcess; out: () => string; err: () => string } {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...wish.env,
    DATA_DIR: dataDir,
  };
  delete env['NODE_OPTIONS'];
  const node = join(ROOT, 'node_modules', '.bin', 'node');
  // As `npm start` does; a bare `vite build` leaves the words as they are made.
  const built = existsSync(join(ROOT, 'build', 'messages')) ? ['--conditions=built'] : [];
  const child = spawn(node, [...built, 'src/server.ts', ...(wish.args ?? [])], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return { child, out: () => out, err: () => err };
}

/** Starts a product that is expected to refuse, and answers its code and words. */
export async function startRefused(wish: ProductWish & { readonly dataDir: string }): Promise<Ended> {
  const { child, out, err } = launch(wish, wish.dataDir);
  const code = await exit(child);
  return { code, output: out() + err() };
}

export async function startProduct(wish: ProductWish = {}): Promise<Product> {
  const dataDir = wish.dataDir ?? newDataDir();
  const began = performance.now();
  const { child, out, err } = launch(wish, dataDir);
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const ready = /Từng Nhà: (\S+)[\s\S]*Sẵn sàng/.exec(out());
      if (ready?.[1]) resolve(ready[1]);
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => reject(new Error(`The product ended with ${code}:\n${out()}${err()}`)));
  });
  const startedInMs = performance.now() - began;
  const kind = wish.args?.includes('--real') ? 'ward' : 'rehearsal';
  return {
    url,
    announced: out(),
    dataDir,
    pid: child.pid ?? -1,
    process: child,
    startedInMs,
    log: err,
    stop() {
      child.kill('SIGTERM');
      return exit(child);
    },
    async kill() {
      child.kill('SIGKILL');
      await exit(child);
    },
    postgresPid() {
      const file = join(dataDir, kind, 'pg', 'postmaster.pid');
      try {
        const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
        return Number.isInteger(pid) ? pid : null;
      } catch {
        // Gone, or going: PostgreSQL takes it away itself.
        return null;
      }
    },
  };
}
