/** The product without its door: a real embedded PostgreSQL with its usual durability, migrated, and the runtime set. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
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
  /** Stops PostgreSQL and takes everything away. */
  close(): Promise<void>;
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
    async close() {
      await database.close();
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
