// Office accounts of a sample ward: one for each kind of work, all with one password that every start prints. Data that
// is invented needs no secret; a ward's own data never gets these.
import { sql } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { hashPassword } from '#features/people/office-auth.server.ts';
import type { SamplePeople, SamplePerson } from '#features/people/rehearsal.server.ts';
import { insertAccount, joinWard } from '#features/people/store-accounts.server.ts';
import type { PeopleTables } from '#features/people/tables.ts';

export const REHEARSAL_PASSWORD = 'dien-tap-tung-nha-2025';

/** In the order in which they are printed: who begins a demonstration stands first. */
const USERNAMES = [
  'truong.congan',
  'chu.tich',
  'quan.tri',
  'canh.sat.kv',
  'can.bo.vhxh',
  'truong.vhxh',
  'van.thu',
  'truc.ban',
] as const;
type Username = (typeof USERNAMES)[number];

function holders(sample: SamplePeople): Record<Username, SamplePerson | undefined> {
  const at = (shortName: string) => sample.units.findIndex((unit) => unit.shortName === shortName);
  const culture = at('Phòng VH-XH');
  return {
    'truong.congan': sample.heads[at('Công an')],
    'chu.tich': sample.chairman,
    'quan.tri': sample.administrator,
    'canh.sat.kv': sample.groups[0]?.officer,
    'can.bo.vhxh': sample.members.get(sample.units[culture]?.id ?? '')?.[0],
    'truong.vhxh': sample.heads[culture],
    'van.thu': sample.clerk,
    'truc.ban': sample.dutyDesk[0],
  };
}

/** @param suffix tells the accounts of one sample ward from those of another */
export async function openSampleAccounts(
  trx: WardTransaction,
  sample: SamplePeople,
  suffix = '',
): Promise<void> {
  // One password, one hash: stretching it eight times over would only make the first start slower.
  const passwordHash = await hashPassword(REHEARSAL_PASSWORD);
  for (const [username, person] of Object.entries(holders(sample))) {
    if (!person) throw new RangeError(`Nobody in the sample for ${username}`);
    const account = { username: `${username}${suffix}`, passwordHash, temporary: false };
    const accountId = await insertAccount(trx, account);
    if (accountId === null) throw new RangeError(`The sample account ${account.username} exists already`);
    await joinWard(trx, accountId, { wardId: trx.wardId, personId: person.id });
    await trx
      .withTables<PeopleTables>()
      .updateTable('people')
      .set({ account_id: accountId })
      .where('ward_id', '=', trx.wardId)
      .where('id', '=', person.id)
      .execute();
  }
}

export interface SampleAccount {
  readonly username: string;
  readonly who: string;
}

/** The sample accounts of a ward as they are kept, in their printed order. */
export async function readSampleAccounts(trx: WardTransaction, suffix = ''): Promise<SampleAccount[]> {
  const names = USERNAMES.map((username) => `${username}${suffix}`);
  const { rows } = await sql<{ username: string; name: string; title: string | null }>`
    select u.username, p.name, p.title from people p join auth."user" u on u.id = p.account_id
    where p.ward_id = ${trx.wardId} and u.username = any(${names})
    order by array_position(${names}::text[], u.username)`.execute(trx);
  return rows.map(({ username, name, title }) => ({ username, who: `${title ?? ''}: ${name}` }));
}
