// Setting up an empty installation: a code printed where the product was started, so that no stranger on the network
// can take it, and the note that it is finished. Without that note every page leads to set-up; with it set-up is gone.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Runtime } from '#platform/runtime.server.ts';

// Crockford's letters: nothing to mistake when copied from a screen by hand.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LETTERS = 12;

const sign = ({ secrets, epoch }: Pick<Runtime, 'secrets' | 'epoch'>, text: string): Buffer =>
  createHmac('sha256', secrets.get('session') ?? '')
    .update(`setup ${epoch} ${text}`)
    .digest();

/** The same at every start of one installation, so that whoever was interrupted goes on with the code on paper. */
export function setupCode(runtime: Pick<Runtime, 'secrets' | 'epoch'>): string {
  const letters = [...sign(runtime, 'code').subarray(0, CODE_LETTERS)].map((byte) => LETTERS[byte % 32]);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

const plain = (code: string): string =>
  code
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '');

const same = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

export const isSetupCode = (runtime: Runtime, typed: string): boolean =>
  same(plain(typed), plain(setupCode(runtime)));

/** What the browser that knew the code carries until set-up is finished. */
export const setupPass = (runtime: Runtime): string => sign(runtime, 'pass').toString('base64url');

export const isSetupPass = (runtime: Runtime, given: string): boolean => same(given, setupPass(runtime));

export interface SetupNote {
  readonly wardId?: number;
  readonly administratorId?: string;
  readonly finishedAt?: string;
}

export async function readSetup({ database }: Pick<Runtime, 'database'>): Promise<SetupNote> {
  const { rows } = await database.ownerPool.query<{ setup: SetupNote }>('select setup from installation');
  return rows[0]?.setup ?? {};
}

/** Adds to the note under the row's lock; `finishedAt` ends set-up for good. */
export async function noteSetup({ database }: Pick<Runtime, 'database'>, note: SetupNote): Promise<void> {
  await database.ownerPool.query('update installation set setup = setup || $1::jsonb', [
    JSON.stringify(note),
  ]);
}

/** A ward's own installation that nobody has finished setting up. */
export async function isSetupOpen(runtime: Pick<Runtime, 'kind' | 'database'>): Promise<boolean> {
  return runtime.kind === 'real' && (await readSetup(runtime)).finishedAt === undefined;
}

/** Printed at each start until set-up is finished. */
export const setupLines = (runtime: Pick<Runtime, 'secrets' | 'epoch' | 'origin'>): string[] => [
  'Chưa cài đặt. Mở địa chỉ sau và gõ mã cài đặt / not set up yet; open this address and type the code:',
  `  ${runtime.origin}/cai-dat`,
  `  ${setupCode(runtime)}`,
];
