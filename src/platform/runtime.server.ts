// What exists once in a running product. The entry and the built pages hold two copies of every module, so it hangs on
// the global object behind this one accessor.
import type { CampaignClock } from '#core/clock.ts';
import type { Database } from '#platform/database/database.server.ts';
import type { Files } from '#platform/files.server.ts';
import type { BackupKeeper } from '#platform/backup/keeper.server.ts';
import type { Log } from '#platform/log.server.ts';
import type { Senders } from '#platform/senders.server.ts';
import type { SignedOut } from '#platform/signed-out.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

export interface Runtime {
  readonly version: string;
  readonly schema: number;
  readonly kind: 'rehearsal' | 'real';
  readonly epoch: string;
  readonly folder: string;
  /** Public address, known once listening. */
  origin: string;
  state: 'starting' | 'serving' | 'stopping';
  /** An empty installation waits to be set up: every page leads there. */
  setupOpen?: boolean;
  readonly database: Database;
  readonly campaignClock: CampaignClock;
  readonly files: Files;
  /** null with DATABASE_URL: that server's own keepers take its backups. */
  readonly backups: BackupKeeper | null;
  readonly senders: Senders;
  /** What must end with a sign-in, in the same transaction; filled in by the roof. */
  readonly signedOut: (trx: WardTransaction, who: SignedOut) => Promise<void>;
  /** Folder of a voice model (VOICE_MODEL); none: whatever voice the machine has by itself. */
  readonly voiceModel?: string | null;
  readonly log: Log;
  /** Keys made at set-up: session, recovery and such, by name. Never logged. */
  readonly secrets: ReadonlyMap<string, string>;
}

const KEY = Symbol.for('tungnha.runtime');
const holder = globalThis as { [KEY]?: Runtime };

export function setRuntime(runtime: Runtime | undefined): void {
  if (runtime) holder[KEY] = runtime;
  else delete holder[KEY];
}

export function findRuntime(): Runtime | undefined {
  return holder[KEY];
}

export function runtime(): Runtime {
  const found = holder[KEY];
  if (!found) throw new Error('The runtime is not started');
  return found;
}
