// `tung-nha admin-reset`: the way back in for an administrator who has lost password, telephone and passkeys. Whoever can
// run it holds the machine and its data already; so it asks for nothing, but it leaves an audit row in every ward the
// account opens, ends every session, and what it prints must be replaced at the next sign-in.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { hashPassword } from '#features/people/office-auth.server.ts';
import { temporaryPassword } from '#features/people/secrets.server.ts';
import {
  dropFactors,
  endSessions,
  findAccount,
  findAccountByName,
  setPassword,
  wardsOfAccount,
} from '#features/people/store-accounts.server.ts';
import type { AccountRow } from '#features/people/store-accounts.server.ts';
import { administrators } from '#features/people/store-administrators.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { wardIds } from '#platform/audit/seal.server.ts';
import { reachEmbedded, reachServer } from '#platform/boot/database.server.ts';
import type { Reach } from '#platform/boot/database.server.ts';
import { dataFolder } from '#platform/boot/data-folder.ts';
import { openDatabase } from '#platform/database/database.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { attachEmbedded } from '#platform/postgres/embedded.server.ts';
import { signedOut } from '#registry/signed-out.server.ts';

interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly cwd: string;
}

const NAME = 'tung-nha admin-reset';
/** Where the change came from, in the audit log. */
const ORIGIN = 'machine';

/** The campaign's time: a rehearsal's own, else the machine's. */
async function campaignNow(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ kind: string; at: string | number | null }>(
    'select kind, campaign_now_ms as at from installation',
  );
  const [row] = rows;
  return row?.kind === 'rehearsal' && row.at !== null ? Number(row.at) : Date.now();
}

async function listAll(database: Database, now: number, io: Io): Promise<number> {
  for (const wardId of await wardIds(database)) {
    await database.inWard(wardId, async (trx) => {
      for (const { name, accountId } of await administrators(trx, new Date(now))) {
        const account = accountId === null ? null : await findAccount(database.outside, accountId);
        io.out(`ward ${wardId}: ${account?.username ?? '(no account)'}  ${name}`);
      }
    });
  }
  io.out(`Give one a new way in: ${NAME} USERNAME`);
  return 0;
}

/** Ward and person of each ward in which this account belongs to an administrator. */
async function administered(database: Database, account: AccountRow, now: number) {
  const wards = await wardsOfAccount(database.outside, account.id);
  const found = await Promise.all(
    wards.map(async (ward) => {
      const all = await database.inWard(ward.wardId, (trx) => administrators(trx, new Date(now)));
      return all.some(({ personId }) => personId === ward.personId);
    }),
  );
  return { wards, isAdministrator: found.includes(true) };
}

async function reset(database: Database, username: string, now: number, io: Io): Promise<number> {
  const account = await findAccountByName(database.outside, username);
  const about = account && (await administered(database, account, now));
  if (!account || !about?.isAdministrator) {
    io.err(`${NAME}: no administrator has the account "${username}"; without a name the command lists them`);
    return 1;
  }
  const password = temporaryPassword();
  await setPassword(database.outside, account.id, await hashPassword(password), true);
  const dropped = await dropFactors(database.outside, account.id);
  const sessions = await endSessions(database.outside, account.id);
  for (const { wardId, personId } of about.wards)
    await database.inWard(wardId, async (trx) => {
      await signedOut(trx, { personId, sessions: 'all' });
      await audit(
        trx,
        { actor: null, now, origin: ORIGIN },
        {
          action: 'people.reset-at-machine',
          subjectKind: 'person',
          subjectId: personId,
          after: { ...dropped, sessions },
        },
      );
    });
  io.out(`${account.username}: new password ${password}`);
  io.out(
    `It is shown this once and replaced at the next sign-in. Ended: ${sessions} sessions, ${dropped.passkeys} passkeys, second factor ${dropped.secondFactor ? 'off' : 'was off'}. Written to the audit log.`,
  );
  return 0;
}

async function run(reach: Reach, username: string | undefined, io: Io): Promise<number> {
  const database = openDatabase({ app: reach.as('tungnha_app'), owner: reach.as('tungnha_owner') });
  try {
    const now = await campaignNow(database.ownerPool);
    return username === undefined
      ? await listAll(database, now, io)
      : await reset(database, username, now, io);
  } finally {
    await database.close();
  }
}

export async function runAdminReset(args: readonly string[], io: Io): Promise<number> {
  const found = dataFolder(args, process.env, io.cwd);
  const wrong =
    typeof found === 'string' ? found : found.rest[1] && `one USERNAME, not also "${found.rest[1]}"`;
  if (typeof found === 'string' || wrong) {
    io.err(`${NAME}: ${wrong ?? ''}`);
    return 2;
  }
  const [username] = found.rest;
  const url = process.env['DATABASE_URL'];
  if (url) return run(reachServer(url), username, io);
  if (!existsSync(join(found.folder, 'pg'))) {
    io.err(`${NAME}: there is no data in ${found.folder}`);
    return 1;
  }
  const embedded = await attachEmbedded(found.folder);
  try {
    return await run(
      reachEmbedded((database, user) => embedded.connection(database, user)),
      username,
      io,
    );
  } finally {
    await embedded.stop();
  }
}
