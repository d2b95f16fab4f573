// The rehearsal: the ward of the first campaign, made once from a seed. A row of the installation says it is complete;
// without it the next start throws the half away and begins again (see the boot's renewal).
import type { Runtime } from '#platform/runtime.server.ts';
import { chanceOf } from '#platform/rehearsal/chance.ts';
import { wardOfAddress } from '#platform/wards.server.ts';
import { readSampleAccounts, REHEARSAL_PASSWORD } from '#features/people/rehearsal-accounts.server.ts';

export interface RehearsalAccount {
  readonly username: string;
  readonly password: string;
  readonly who: string;
}

export const SEED = 'hong-an-2025';
export const WARD = { name: 'Phường Hồng An', code: '11602', cityCode: '31', groups: 45, households: 12_000 };

interface Sample {
  readonly seed: string;
}

async function sampleMade({ database }: Runtime): Promise<Sample | null> {
  const { rows } = await database.ownerPool.query<{ sample: Sample | null }>(
    'select sample from installation',
  );
  return rows[0]?.sample ?? null;
}

export async function markMade({ database }: Pick<Runtime, 'database'>, sample: object): Promise<void> {
  await database.ownerPool.query('update installation set sample = $1', [JSON.stringify(sample)]);
}

async function accountsOf({ database }: Pick<Runtime, 'database'>): Promise<RehearsalAccount[]> {
  const wardId = await wardOfAddress(database, WARD.code);
  if (wardId === null) return [];
  const accounts = await database.inWard(wardId, (trx) => readSampleAccounts(trx));
  return accounts.map((account) => ({ ...account, password: REHEARSAL_PASSWORD }));
}

/** Makes the rehearsal where there is none, and answers the accounts to sign in with. */
export async function makeRehearsal(runtime: Runtime): Promise<readonly RehearsalAccount[]> {
  if (!(await sampleMade(runtime))) {
    // Only the first start needs what makes a ward.
    const { makeSampleWard } = await import('#registry/sample-ward.server.ts');
    await makeSampleWard(runtime, WARD, chanceOf(SEED));
    await markMade(runtime, { seed: SEED });
  }
  return accountsOf(runtime);
}

/** The same, and the lines that say who may sign in where. */
export async function prepareRehearsal(runtime: Runtime): Promise<string[]> {
  const accounts = await makeRehearsal(runtime);
  return [
    'Tài khoản diễn tập / rehearsal accounts:',
    ...accounts.map(
      ({ username, password, who }) => `  ${username.padEnd(16)} ${password.padEnd(24)} ${who}`,
    ),
  ];
}
