// Keys that run out. A refresh token works once: the new pair is sealed and committed before the new key is used for
// anything. Should the process die between the provider's answer and that commit, the pair is lost; the provider then
// says so, and the account waits for somebody to connect it again, its posts waiting with it.
import type { Runtime } from '#platform/runtime.server.ts';
import { MINUTE } from '#core/clock.ts';
import { openKeys, sealKeys } from '#features/publishing/outlets/keys.server.ts';
import type { Account, ProviderClient } from '#features/publishing/outlets/provider.ts';
import * as store from '#features/publishing/outlets/store.server.ts';

export interface Tools {
  readonly runtime: Runtime;
  readonly wardId: number;
  /** Machine time. */
  readonly now: () => number;
  readonly clientOf: (provider: store.AccountRow['provider']) => ProviderClient;
}

/** Longer than a request may take. */
const RENEWAL_LEASE = 2 * MINUTE;
/** A key that ends while a post is on its way is renewed before. */
const MARGIN = 5 * MINUTE;

const secretOf = ({ runtime }: Tools): string => runtime.secrets.get('outlets') ?? '';

export function accountOf(tools: Tools, row: store.AccountRow): Account | null {
  if (row.sealed === null) return null;
  const keys = openKeys(secretOf(tools), tools.wardId, row.id, row.sealed);
  return { id: row.id, ref: row.account_ref, appId: row.app_id, keys };
}

const inWard = <T>({ runtime, wardId }: Tools, work: Parameters<typeof runtime.database.inWard<T>>[1]) =>
  runtime.database.inWard(wardId, work);

export async function setTrouble(tools: Tools, accountId: string, trouble: string): Promise<void> {
  const checked = new Date(tools.now());
  await inWard(tools, (trx) =>
    store.changeAccount(trx, accountId, { state: 'trouble', trouble, checked_at: checked }),
  );
  tools.runtime.log.warn('outlets.trouble', { trouble });
}

/** The account with keys that work a while longer; null: not now. */
export async function readyAccount(tools: Tools, accountId: string, force = false): Promise<Account | null> {
  const row = await inWard(tools, (trx) => store.findAccount(trx, accountId));
  if (!row || row.state === 'trouble' || row.state === 'ended') return null;
  const account = accountOf(tools, row);
  const ends = row.access_expires_at?.getTime() ?? Infinity;
  if (!account || (!force && ends > tools.now() + MARGIN)) return account;
  const client = tools.clientOf(row.provider);
  if (!client.renew) {
    await setTrouble(tools, accountId, 'key-ended');
    return null;
  }
  const now = tools.now();
  const mine = await inWard(tools, (trx) =>
    store.claimRenewal(trx, accountId, row.renewals, new Date(now), new Date(now + RENEWAL_LEASE)),
  );
  if (!mine) return null;
  const renewed = await client.renew(account, now);
  if (renewed.is === 'renewed') {
    const sealed = sealKeys(secretOf(tools), tools.wardId, accountId, renewed.keys);
    await inWard(tools, (trx) =>
      store.keepRenewal(trx, accountId, row.renewals, {
        sealed,
        access_expires_at: new Date(renewed.expiresAt),
        renewed_at: new Date(tools.now()),
      }),
    );
    return { ...account, keys: renewed.keys };
  }
  if (renewed.is === 'lost') await setTrouble(tools, accountId, 'connect-again');
  else await inWard(tools, (trx) => store.changeAccount(trx, accountId, { renewing_until: null }));
  return null;
}
