/**
 * Accounts of this phone: made at the first sign-in, opened by PIN, opened again by the ward when the PIN is forgotten.
 * Nothing here ever deletes an account's work.
 */
import { DURABLE, openPhoneDatabase } from '#platform/phone/database.ts';
import type { AccountRow, Bytes, PhoneDatabase } from '#platform/phone/database.ts';
import { newDataKey, newDeviceKey, unwrapByPin, usableKey, wrapByPin } from '#platform/phone/keys.ts';
import { fromBase64, sealTo, toBase64 } from '#platform/phone/sealed-box.ts';
import type { SealedBox } from '#platform/phone/sealed-box.ts';

/** One working day without typing the PIN again; the server's own unlocking lasts as long. */
export const OPEN_FOR = 12 * 60 * 60_000;

/** Five mistypings are free, as on the server; then each costs twice the wait before, up to a quarter of an hour. */
export const waitAfterTries = (wrong: number): number =>
  wrong < 5 ? 0 : Math.min(15_000 * 2 ** (wrong - 5), 15 * 60_000);

export interface Owner {
  readonly wardId: number;
  readonly personId: string;
  readonly name: string;
  readonly wardName: string;
}

export interface RecoveryKey {
  readonly id: string;
  readonly publicKey: string;
}

export interface OpenAccount {
  readonly account: AccountRow;
  readonly key: CryptoKey;
}

export type Unlocked = OpenAccount | { readonly wrong: true; readonly waitMs: number };

export const accountId = (owner: Pick<Owner, 'wardId' | 'personId'>): string =>
  `${owner.wardId}-${owner.personId}`;

let opened: Promise<PhoneDatabase> | undefined;
const database = (): Promise<PhoneDatabase> => (opened ??= openPhoneDatabase());

async function deviceKey(): Promise<CryptoKey> {
  const db = await database();
  const kept = await db.get('keys', 'device');
  if (kept) return kept.key;
  const key = await newDeviceKey();
  // Another tab may have been quicker: the first one stays.
  const tx = db.transaction('keys', 'readwrite', DURABLE);
  const first = await tx.store.get('device');
  if (!first) await tx.store.put({ name: 'device', key });
  await tx.done;
  return first?.key ?? key;
}

export async function accounts(): Promise<AccountRow[]> {
  const rows = await (await database()).getAll('accounts');
  return rows.sort((a, b) => b.usedAt - a.usedAt);
}

async function change(id: string, what: Partial<AccountRow>): Promise<void> {
  const tx = (await database()).transaction('accounts', 'readwrite', DURABLE);
  const row = await tx.store.get(id);
  if (row) await tx.store.put({ ...row, ...what });
  await tx.done;
}

const recoveryBox = (owner: Owner, recovery: RecoveryKey, raw: Bytes): Promise<SealedBox> => {
  const text = JSON.stringify({ ward: owner.wardId, person: owner.personId, dataKey: toBase64(raw) });
  return sealTo(recovery.id, recovery.publicKey, new TextEncoder().encode(text));
};

async function keep(
  owner: Owner,
  raw: Bytes,
  pin: string,
  recovery: SealedBox | null,
  now: number,
): Promise<OpenAccount> {
  const id = accountId(owner);
  const wrapped = await wrapByPin(raw, pin, await deviceKey(), id);
  const key = await usableKey(raw);
  const { wardId, personId, name, wardName } = owner;
  const account: AccountRow = {
    ...{ id, wardId, personId, name, wardName, wrapped, recovery },
    ...{ wrongTries: 0, waitUntil: 0, openKey: key, openUntil: now + OPEN_FOR, usedAt: now },
  };
  await (await database()).put('accounts', account);
  return { account, key };
}

/** The first sign-in of a person on this phone. */
export async function createAccount(
  owner: Owner,
  pin: string,
  recovery: RecoveryKey,
  now: number,
): Promise<OpenAccount> {
  const raw = newDataKey();
  return keep(owner, raw, pin, await recoveryBox(owner, recovery, raw), now);
}

/** After the ward opened the recovery copy: the same data key under a new PIN, so every record is still there. */
export function reopenAccount(
  account: AccountRow,
  dataKey: string,
  pin: string,
  now: number,
): Promise<OpenAccount> {
  return keep(account, fromBase64(dataKey), pin, account.recovery, now);
}

export async function unlockAccount(account: AccountRow, pin: string, now: number): Promise<Unlocked> {
  const fresh = (await (await database()).get('accounts', account.id)) ?? account;
  if (now < fresh.waitUntil) return { wrong: true, waitMs: fresh.waitUntil - now };
  const raw = await unwrapByPin(fresh.wrapped, pin, await deviceKey(), fresh.id);
  if (raw === null) {
    const wrongTries = fresh.wrongTries + 1;
    const waitMs = waitAfterTries(wrongTries);
    await change(fresh.id, { wrongTries, waitUntil: now + waitMs });
    return { wrong: true, waitMs };
  }
  const key = await usableKey(raw);
  const open = { wrongTries: 0, waitUntil: 0, openKey: key, openUntil: now + OPEN_FOR, usedAt: now };
  await change(fresh.id, open);
  return { account: { ...fresh, ...open }, key };
}

/** Still open from the PIN typed this morning, or null. A clock set back does not lengthen the day. */
export function stillOpen(account: AccountRow, now: number): OpenAccount | null {
  const { openKey, openUntil } = account;
  if (!openKey || now >= openUntil || now < openUntil - OPEN_FOR) return null;
  return { account, key: openKey };
}

export const lockAccount = (id: string): Promise<void> => change(id, { openKey: null, openUntil: 0 });

/** Locking the phone locks whoever is open on it. */
export async function lockEverybody(): Promise<void> {
  for (const { id } of await accounts()) await lockAccount(id);
}
