// With DATABASE_URL the server is somebody else's: its own pg_dump writes the database, if it is there at all.
import { spawnSync } from 'node:child_process';

interface Io {
  out(text: string): void;
  err(text: string): void;
}

export function pgDumpBackup(url: string, file: string, io: Io): number {
  const found = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' });
  if (found.status !== 0) {
    io.err(
      'tung-nha backup: with DATABASE_URL the program pg_dump is needed; install the PostgreSQL client tools',
    );
    return 1;
  }
  const major = (text: string) => Number(/(\d+)\.?\d*/.exec(text)?.[1] ?? 0);
  // The address may hold a password: it goes by the environment, not the command line others can list.
  const dump = spawnSync('pg_dump', ['--format=custom', '--no-owner', `--file=${file}`], {
    encoding: 'utf8',
    env: { ...process.env, PGDATABASE: url },
  });
  if (dump.status !== 0) {
    io.err(
      `tung-nha backup: pg_dump ${major(found.stdout)} failed: ${(dump.stderr || '').trim().split('\n')[0] ?? ''}`,
    );
    return 1;
  }
  io.out(`${file}: written by pg_dump; stored files and keys lie in DATA_DIR and are to be copied with it`);
  return 0;
}
