// The rehearsal: the ward of the first campaign, made once from a seed. A row of the installation says it is complete;
// without it the next start throws the half away and begins again (see the boot's renewal).
import { z } from 'zod';
import { dayOf } from '#core/clock.ts';
import { REHEARSAL_START } from '#platform/campaign-clock.server.ts';
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

const Sample = z.looseObject({
  seed: z.string().optional(),
  /** Until when its people have posted, played and looked after what hangs. */
  spokenUntil: z.number().optional(),
});
type Sample = z.infer<typeof Sample>;

async function sampleMade({ database }: Runtime): Promise<Sample | null> {
  const { rows } = await database.ownerPool.query<{ sample: unknown }>('select sample from installation');
  const sample = rows[0]?.sample ?? null;
  return sample === null ? null : Sample.parse(sample);
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
    await markMade(runtime, { seed: SEED, spokenUntil: REHEARSAL_START });
  }
  return accountsOf(runtime);
}

/**
 * A rehearsal whose clock was sent to a later day, or that slept for some: its channels have gone on speaking as they
 * would have, so that a month can be looked at (`CLOCK=2025-08-31T17:00:00+07:00`). Before anything is served.
 * @returns how many posts were written
 */
export async function goOnWithRehearsal(runtime: Runtime): Promise<number> {
  const sample = await sampleMade(runtime);
  const after = sample?.spokenUntil;
  const until = runtime.campaignClock.now();
  if (!sample || after === undefined || dayOf(until) <= dayOf(after)) return 0;
  const wardId = await wardOfAddress(runtime.database, WARD.code);
  if (wardId === null) return 0;
  const { goOnSpeaking } = await import('#registry/sample-voice.server.ts');
  const chance = chanceOf(sample.seed ?? SEED).branch('going-on');
  const written = await runtime.database.inWard(wardId, (trx) =>
    goOnSpeaking(trx, runtime.files, { after, until }, chance),
  );
  await markMade(runtime, { ...sample, spokenUntil: until });
  return written;
}

/** The same, and the lines that say who may sign in where. */
export async function prepareRehearsal(runtime: Runtime): Promise<string[]> {
  const accounts = await makeRehearsal(runtime);
  await goOnWithRehearsal(runtime);
  return [
    'Tài khoản diễn tập / rehearsal accounts:',
    ...accounts.map(
      ({ username, password, who }) => `  ${username.padEnd(16)} ${password.padEnd(24)} ${who}`,
    ),
  ];
}
