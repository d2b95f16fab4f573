// The rehearsal is put together here from each feature's own part.
import type { Runtime } from '#platform/runtime.server.ts';

export interface RehearsalAccount {
  readonly username: string;
  readonly password: string;
  readonly who: string;
}

export interface RehearsalWish {
  /** Throw away the present rehearsal and begin at its first instant. */
  readonly fresh: boolean;
}

/** Makes the rehearsal where there is none, and answers the accounts to sign in with. */
export async function prepareRehearsal(
  _runtime: Runtime,
  _wish: RehearsalWish,
): Promise<readonly RehearsalAccount[]> {
  return Promise.resolve([]);
}
