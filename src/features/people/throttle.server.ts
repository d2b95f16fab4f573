// Slows wrong answers, never people. Counted by place and account together: a stranger who guesses at somebody's account
// makes only the stranger's own place wait. The place is the address; for a browser that has signed in to this account
// before it is that browser, so that not even a neighbour behind the office's one address can make its owner wait.
// A try is claimed before the password is checked, so a thousand at once count as a thousand.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { FORGET_TRIES_AFTER, waitAfter } from '#features/people/model.ts';
import type { Runtime } from '#platform/runtime.server.ts';

/** Neither the account's name nor the address is kept, only this. */
function placeOf(runtime: Runtime, what: string, account: string, address: string): Buffer {
  const key = runtime.secrets.get('links') ?? '';
  return createHmac('sha256', key).update(`${what}\n${account.toLowerCase()}\n${address}`).digest();
}

/** The wait after each count of failures; the last one stands for all above it. */
const WAITS: readonly number[] = Array.from({ length: 16 }, (_, index) => waitAfter(index + 1));

export interface Try {
  /** The answer was right: this place starts from nothing again. */
  forget(): Promise<void>;
}

const waiting = (until: Date, now: number): Problem =>
  problem('people.wait', {
    status: 429,
    params: { seconds: Math.max(1, Math.ceil((until.getTime() - now) / 1000)) },
  });

/** @param what the kind of try, such as 'password'; @returns the Problem of having to wait, and how long */
export async function claimTry(
  runtime: Runtime,
  what: string,
  account: string,
  address: string,
  now = Date.now(),
): Promise<Try | Problem> {
  const place = placeOf(runtime, what, account, address);
  const db = runtime.database.outside;
  const at = new Date(now);
  const forgotten = new Date(now - FORGET_TRIES_AFTER);
  // In one statement with the count, or a thousand tries at once would all pass before the first wait is noted.
  const claimed = await sql<{ failures: number }>`
    insert into auth.sign_in_tries as tries (place, failures, last_at) values (${place}, 1, ${at})
    on conflict (place) do update set last_at = ${at},
      failures = case when tries.last_at < ${forgotten} then 1 else tries.failures + 1 end,
      wait_until = case when tries.last_at < ${forgotten} then null
        else ${at}::timestamptz + (${WAITS}::int[])[least(tries.failures + 1, ${WAITS.length})] * interval '1 ms' end
      where tries.wait_until is null or tries.wait_until <= ${at}
    returning failures`.execute(db);
  if (claimed.rows.length === 0) {
    const { rows } = await sql<{ wait_until: Date | null }>`
      select wait_until from auth.sign_in_tries where place = ${place}`.execute(db);
    return waiting(rows[0]?.wait_until ?? new Date(now + 1_000), now);
  }
  return {
    async forget() {
      await sql`delete from auth.sign_in_tries where place = ${place}`.execute(db);
    },
  };
}

/** Old rows go: they hold nothing any more. Run by the nightly upkeep. */
export async function sweepTries(runtime: Runtime, now = Date.now()): Promise<void> {
  await sql`delete from auth.sign_in_tries where last_at < ${new Date(now - FORGET_TRIES_AFTER)}`.execute(
    runtime.database.outside,
  );
}

/** A browser keeps one mark for each of the last few accounts that signed in on it. */
const MOST_MARKS = 5;

const markOf = (runtime: Runtime, nonce: string, account: string): string =>
  createHmac('sha256', runtime.secrets.get('links') ?? '')
    .update(`known\n${nonce}\n${account.toLowerCase()}`)
    .digest('base64url');

const same = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

/** The place a try comes from: the browser where its cookie proves an earlier sign-in to this account, else the address. */
export function placeOfTry(runtime: Runtime, known: string, account: string, address: string): string {
  for (const mark of known.split('~')) {
    const [nonce = '', proof = ''] = mark.split('.');
    if (nonce && same(proof, markOf(runtime, nonce, account))) return `browser ${nonce}`;
  }
  return `address ${address}`;
}

/** The cookie after a right answer. */
export function rememberBrowser(runtime: Runtime, known: string, account: string, address: string): string {
  if (placeOfTry(runtime, known, account, address).startsWith('browser')) return known;
  const nonce = randomBytes(16).toString('base64url');
  const marks = known.split('~').filter((mark) => mark !== '');
  return [`${nonce}.${markOf(runtime, nonce, account)}`, ...marks].slice(0, MOST_MARKS).join('~');
}
