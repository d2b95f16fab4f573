// The first administrator and the ward's units, while the installation is being set up. Both may be sent again until
// set-up is finished; afterwards they are changed in the register like everybody and everything else.
import { newId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { personSortKey } from '#core/vietnamese.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { passwordProblem } from '#features/people/model.ts';
import { hashPassword } from '#features/people/office-auth.server.ts';
import { findAccount, insertAccount, joinWard, leaveWard } from '#features/people/store-accounts.server.ts';
import type { PeopleTables, UnitKind } from '#features/people/tables.ts';

export interface FirstAdministrator {
  readonly name: string;
  readonly username: string;
  readonly password: string;
}

/** The same shape as better-auth's own names: what can be typed on any keyboard. */
const USERNAME = /^[a-z0-9][a-z0-9._-]{2,39}$/;

const people = (trx: WardTransaction) => trx.withTables<PeopleTables>();

/** @param known the person made when this was sent before */
export async function keepFirstAdministrator(
  trx: WardTransaction,
  wish: FirstAdministrator,
  known: string | null,
  now: number,
): Promise<string | Problem> {
  const username = wish.username.trim().toLowerCase();
  if (!USERNAME.test(username)) return problem('setup.username-shape', { pointer: '/username' });
  const weak = passwordProblem(wish.password, false);
  if (weak) return { ...weak, pointer: '/password' };
  const personId = known ?? newId();
  if (known === null) await insertPerson(trx, personId, wish.name, now);
  else await dropAccount(trx, known);
  const passwordHash = await hashPassword(wish.password);
  const accountId = await insertAccount(trx, { username, passwordHash, temporary: false });
  if (accountId === null) return problem('setup.username-taken', { status: 409, pointer: '/username' });
  await joinWard(trx, accountId, { wardId: trx.wardId, personId });
  await people(trx)
    .updateTable('people')
    .set({ name: wish.name, sort_key: personSortKey(wish.name), account_id: accountId })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', personId)
    .execute();
  return personId;
}

async function insertPerson(trx: WardTransaction, id: string, name: string, now: number): Promise<void> {
  const person = { ward_id: trx.wardId, id, name, sort_key: personSortKey(name) };
  await people(trx).insertInto('people').values(person).execute();
  await people(trx)
    .insertInto('grants')
    .values({
      ward_id: trx.wardId,
      id: newId(),
      person_id: id,
      role: 'administrator',
      from_at: new Date(now),
      reason: 'Cài đặt ban đầu',
    })
    .execute();
}

/** The account of an earlier attempt goes with its sessions. */
async function dropAccount(trx: WardTransaction, personId: string): Promise<void> {
  const row = await people(trx)
    .selectFrom('people')
    .select('account_id')
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!row?.account_id) return;
  await leaveWard(trx, row.account_id, trx.wardId);
  await trx
    .withSchema('auth')
    .withTables<{ user: { id: string } }>()
    .deleteFrom('user')
    .where('id', '=', row.account_id)
    .execute();
}

export async function readFirstAdministrator(
  trx: WardTransaction,
  personId: string,
): Promise<{ name: string; username: string } | null> {
  const row = await people(trx)
    .selectFrom('people')
    .select(['name', 'account_id'])
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', personId)
    .executeTakeFirst();
  const account = row?.account_id ? await findAccount(trx, row.account_id) : null;
  return row && account ? { name: row.name, username: account.username } : null;
}

export interface FirstUnit {
  readonly kind: UnitKind;
  readonly name: string;
  readonly shortName: string;
}

/** As the owner: the app itself deletes nothing. */
export async function replaceUnits(
  trx: WardTransaction,
  units: readonly FirstUnit[],
  validFrom: string,
): Promise<void> {
  await people(trx).deleteFrom('units').where('ward_id', '=', trx.wardId).execute();
  const rows = units.map((unit, n) => ({
    ward_id: trx.wardId,
    id: newId(),
    kind: unit.kind,
    name: unit.name,
    short_name: unit.shortName,
    position: n + 1,
    valid_from: validFrom,
  }));
  if (rows.length > 0) await people(trx).insertInto('units').values(rows).execute();
}

export async function readFirstUnits(trx: WardTransaction): Promise<FirstUnit[]> {
  return people(trx)
    .selectFrom('units')
    .select(['kind', 'name', 'short_name as shortName'])
    .where('ward_id', '=', trx.wardId)
    .orderBy('position')
    .execute();
}
