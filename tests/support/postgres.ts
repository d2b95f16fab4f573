// One PostgreSQL for all database tests, without durability, with the migrated schema as a template: each test file
// clones it and so begins with an empty product.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openMigrated, reachEmbedded } from '#platform/boot/database.server.ts';
import { createLog } from '#platform/log.server.ts';
import { startEmbedded } from '#platform/postgres/embedded.server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresSocket: string;
  }
}

export const TEMPLATE = 'tungnha_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'tungnha-test-'));
  // Another account must be able to walk in, see makePrivateFolder.
  const { chmodSync } = await import('node:fs');
  chmodSync(folder, 0o711);
  const embedded = await startEmbedded({ folder, durable: false });
  const reach = reachEmbedded((database, user) => embedded.connection(database, user), TEMPLATE);
  const { database } = await openMigrated(reach, 'rehearsal', createLog('silent'));
  await database.close();
  project.provide('postgresSocket', embedded.socketDir);
  return async () => {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
