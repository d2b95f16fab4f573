// Office accounts, their wards and their sessions in SQL. Accounts stand outside the walls (schema auth), so every
// statement here names the account it is about; nothing lists accounts.
import type { Kysely } from 'kysely';
import { newId } from '#core/ids.ts';
import type { AuthTables } from '#features/people/tables.ts';
import type { PlatformTables } from '#platform/database/tables.ts';

/** Inside a ward's transaction or outside all wards: schema auth is reachable from both. */
type Connection = Kysely<PlatformTables>;

const auth = (db: Connection): Kysely<AuthTables> => db.withSchema('auth') as unknown as Kysely<AuthTables>;

export interface NewAccount {
  readonly username: string;
  readonly passwordHash: string;
  readonly temporary: boolean;
}

/** null: the name is taken. The e-mail is made up: better-auth wants one, the product sends none. */
export async function insertAccount(db: Connection, account: NewAccount): Promise<string | null> {
  const id = newId();
  const username = account.username.toLowerCase();
  const now = new Date();
  const made = await auth(db)
    .insertInto('user')
    .values({
      id,
      // The person's name stays inside the ward's walls.
      name: username,
      email: `${username}@tungnha.invalid`,
      emailVerified: false,
      username,
      createdAt: now,
      updatedAt: now,
      twoFactorEnabled: false,
      passwordIsTemporary: account.temporary,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) return null;
  await auth(db)
    .insertInto('account')
    .values({
      id: newId(),
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: account.passwordHash,
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  return id;
}

export async function setPassword(
  db: Connection,
  accountId: string,
  passwordHash: string,
  temporary: boolean,
): Promise<void> {
  const now = new Date();
  await auth(db)
    .updateTable('account')
    .set({ password: passwordHash, updatedAt: now })
    .where('userId', '=', accountId)
    .where('providerId', '=', 'credential')
    .execute();
  await auth(db)
    .updateTable('user')
    .set({ passwordIsTemporary: temporary, updatedAt: now })
    .where('id', '=', accountId)
    .execute();
}

export async function passwordHashOf(db: Connection, accountId: string): Promise<string | null> {
  const row = await auth(db)
    .selectFrom('account')
    .select('password')
    .where('userId', '=', accountId)
    .where('providerId', '=', 'credential')
    .executeTakeFirst();
  return row?.password ?? null;
}

export interface AccountRow {
  readonly id: string;
  readonly username: string;
  readonly secondFactor: boolean;
  readonly temporary: boolean;
}

export async function findAccount(db: Connection, accountId: string): Promise<AccountRow | null> {
  const row = await auth(db)
    .selectFrom('user')
    .select(['id', 'username', 'twoFactorEnabled', 'passwordIsTemporary'])
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (!row) return null;
  const { id, username, twoFactorEnabled, passwordIsTemporary } = row;
  return {
    id,
    username: username ?? '',
    secondFactor: twoFactorEnabled === true,
    temporary: passwordIsTemporary,
  };
}

/** Whoever sits there proved it again. */
export async function noteProof(db: Connection, sessionId: string, at: Date): Promise<void> {
  await auth(db).updateTable('session').set({ provedAt: at }).where('id', '=', sessionId).execute();
}

export interface PasskeyRow {
  readonly id: string;
  readonly name: string | null;
  readonly createdAt: Date | null;
}

export const passkeysOf = (db: Connection, accountId: string): Promise<PasskeyRow[]> =>
  auth(db)
    .selectFrom('passkey')
    .select(['id', 'name', 'createdAt'])
    .where('userId', '=', accountId)
    .orderBy('createdAt')
    .execute();

export async function dropPasskey(db: Connection, accountId: string, id: string): Promise<boolean> {
  const [result] = await auth(db)
    .deleteFrom('passkey')
    .where('userId', '=', accountId)
    .where('id', '=', id)
    .execute();
  return Number(result?.numDeletedRows ?? 0) === 1;
}

/** Everything beside the password: what somebody who lost it all cannot show, and a thief must not keep. */
export async function dropFactors(
  db: Connection,
  accountId: string,
): Promise<{ readonly secondFactor: boolean; readonly passkeys: number }> {
  const [factors] = await auth(db).deleteFrom('twoFactor').where('userId', '=', accountId).execute();
  const [passkeys] = await auth(db).deleteFrom('passkey').where('userId', '=', accountId).execute();
  await auth(db).updateTable('user').set({ twoFactorEnabled: false }).where('id', '=', accountId).execute();
  return {
    secondFactor: Number(factors?.numDeletedRows ?? 0) > 0,
    passkeys: Number(passkeys?.numDeletedRows ?? 0),
  };
}

export async function findAccountByName(db: Connection, username: string): Promise<AccountRow | null> {
  const row = await auth(db)
    .selectFrom('user')
    .select('id')
    .where('username', '=', username.toLowerCase())
    .executeTakeFirst();
  return row ? findAccount(db, row.id) : null;
}

export interface AccountWard {
  readonly wardId: number;
  readonly personId: string;
}

export async function wardsOfAccount(db: Connection, accountId: string): Promise<AccountWard[]> {
  const rows = await db
    .selectFrom('account_wards')
    .select(['ward_id', 'person_id'])
    .where('account_id', '=', accountId)
    .orderBy('ward_id')
    .execute();
  return rows.map((row) => ({ wardId: row.ward_id, personId: row.person_id }));
}

export async function joinWard(db: Connection, accountId: string, ward: AccountWard): Promise<void> {
  await db
    .insertInto('account_wards')
    .values({ account_id: accountId, ward_id: ward.wardId, person_id: ward.personId })
    .execute();
}

export async function leaveWard(db: Connection, accountId: string, wardId: number): Promise<void> {
  await db
    .deleteFrom('account_wards')
    .where('account_id', '=', accountId)
    .where('ward_id', '=', wardId)
    .execute();
}

export interface SessionRow {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

export const sessionsOfAccount = (db: Connection, accountId: string, now: Date): Promise<SessionRow[]> =>
  auth(db)
    .selectFrom('session')
    .select(['id', 'createdAt', 'updatedAt', 'expiresAt', 'ipAddress', 'userAgent'])
    .where('userId', '=', accountId)
    .where('expiresAt', '>', now)
    .orderBy('updatedAt', 'desc')
    .execute();

/** `only`: one session; `except`: all but this one; neither: all. Answers how many ended. */
export async function endSessions(
  db: Connection,
  accountId: string,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<number> {
  let ending = auth(db).deleteFrom('session').where('userId', '=', accountId);
  if (which.only !== undefined) ending = ending.where('id', '=', which.only);
  if (which.except !== undefined) ending = ending.where('id', '<>', which.except);
  const [result] = await ending.execute();
  return Number(result?.numDeletedRows ?? 0);
}

/** Noted at most once a minute: it is shown to a person, not counted on. */
export async function noteSessionUse(db: Connection, sessionId: string, at: Date): Promise<void> {
  await auth(db)
    .updateTable('session')
    .set({ updatedAt: at })
    .where('id', '=', sessionId)
    .where('updatedAt', '<', new Date(at.getTime() - 60_000))
    .execute();
}
