/** The product without its door: a real embedded PostgreSQL with its usual durability, migrated, and the runtime set. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '#core/clock.ts';
import type { Instant } from '#core/clock.ts';
import { openMigrated, reachEmbedded } from '#platform/boot/database.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { folderFiles } from '#platform/files.server.ts';
import { createLog } from '#platform/log.server.ts';
import { startEmbedded } from '#platform/postgres/embedded.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export interface BenchWorld {
  readonly runtime: Runtime;
  readonly database: Database;
  /** Processor time PostgreSQL has spent so far, in ms; 0 where the machine does not tell (no /proc). */
  postgresMs(): number;
  /** Stops PostgreSQL and takes everything away. */
  close(): Promise<void>;
}

/** Ticks of 10 ms of all that runs in the data folder's PostgreSQL, those that ended among them; 0 where there is no /proc. */
function processorMs(dataDir: string): number {
  try {
    const pid = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
    let ticks = 0;
    for (const one of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const stat = readFileSync(`/proc/${one}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (one === pid) ticks += Number(fields[13]) + Number(fields[14]);
      if (one === pid || fields[1] === pid) ticks += Number(fields[11]) + Number(fields[12]);
    }
    return ticks * 10;
  } catch {
    return 0;
  }
}

/** @param now what the campaign's clock says throughout */
export async function openWorld(now: Instant): Promise<BenchWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'tungnha-bench-'));
  // The account PostgreSQL runs as must be able to walk in.
  chmodSync(folder, 0o711);
  const log = createLog('silent');
  const embedded = await startEmbedded({ folder });
  const { database, schema, epoch } = await openMigrated(
    reachEmbedded((name, user) => embedded.connection(name, user)),
    'rehearsal',
    log,
  );
  const made: Partial<Runtime> = {
    version: 'bench',
    schema,
    kind: 'rehearsal',
    epoch,
    folder,
    origin: 'http://localhost',
    state: 'serving',
    database,
    campaignClock: fixedClock(now),
    files: folderFiles(join(folder, 'media')),
    log,
    secrets: new Map(),
  };
  const runtime = made as Runtime;
  setRuntime(runtime);
  return {
    runtime,
    database,
    postgresMs: () => processorMs(embedded.dataDir),
    async close() {
      await database.close();
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
