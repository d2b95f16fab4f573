// Who asks: an office session (better-auth) or an unlocked phone, with the roles in force at this campaign instant.
import { officeAuth } from '#features/people/office-auth.server.ts';
import { DEVICE_COOKIE, readCookie, SESSION_COOKIE, WARD_COOKIE } from '#features/people/cookies.server.ts';
import { isFieldRole } from '#features/people/model.ts';
import { noteSessionUse, wardsOfAccount } from '#features/people/store-accounts.server.ts';
import type { AccountWard } from '#features/people/store-accounts.server.ts';
import { findUnlockedDevice } from '#features/people/store-devices.server.ts';
import { personInForce } from '#features/people/store-register.server.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { Runtime } from '#platform/runtime.server.ts';

/** What somebody who is known still has to do before acting. */
export type Waiting = 'ward' | 'new-password' | 'pin' | 'unlock';

export interface Asker {
  readonly actor: Actor | null;
  readonly waiting: Waiting | null;
}

export const NOBODY: Asker = { actor: null, waiting: null };

export interface OfficeSession {
  readonly accountId: string;
  readonly sessionId: string;
  /** Machine instant of the last proof of who sits there. */
  readonly provedAt: number;
  readonly username: string;
  readonly temporary: boolean;
  readonly secondFactor: boolean;
  readonly wards: readonly AccountWard[];
}

export async function officeSession(runtime: Runtime, headers: Headers): Promise<OfficeSession | null> {
  if (!SESSION_COOKIE.test(headers.get('cookie') ?? '')) return null;
  const found = await officeAuth(runtime).api.getSession({ headers });
  if (!found) return null;
  const { user, session } = found;
  const db = runtime.database.outside;
  const now = new Date();
  if (now.getTime() - session.updatedAt.getTime() > 60_000) await noteSessionUse(db, session.id, now);
  return {
    accountId: user.id,
    sessionId: session.id,
    provedAt: session.provedAt?.getTime() ?? 0,
    username: user.username ?? '',
    temporary: user.passwordIsTemporary,
    secondFactor: user.twoFactorEnabled === true,
    wards: await wardsOfAccount(db, user.id),
  };
}

/** The ward of the cookie where the account belongs to it, else the only one. */
export function chosenWard(session: OfficeSession, cookies: string | null): AccountWard | null {
  const wish = Number(readCookie(cookies, WARD_COOKIE));
  const wished = session.wards.find((ward) => ward.wardId === wish);
  return wished ?? (session.wards.length === 1 ? (session.wards[0] ?? null) : null);
}

async function officeAsker(runtime: Runtime, headers: Headers): Promise<Asker> {
  const session = await officeSession(runtime, headers);
  if (!session) return NOBODY;
  if (session.temporary) return { actor: null, waiting: 'new-password' };
  const ward = chosenWard(session, headers.get('cookie'));
  if (!ward) return session.wards.length > 0 ? { actor: null, waiting: 'ward' } : NOBODY;
  const now = runtime.campaignClock.now();
  const person = await personInForce(runtime.database, ward.wardId, ward.personId, now);
  if (!person || person.accountId !== session.accountId) return NOBODY;
  const { accountId, sessionId, provedAt } = session;
  const { id: personId, name, grants } = person;
  return {
    actor: {
      accountId,
      sessionId,
      provedAt,
      wardId: ward.wardId,
      personId,
      name,
      grants,
      via: 'office',
      deviceId: null,
    },
    waiting: null,
  };
}

/** A phone acts only in field roles, whatever else its owner may do at a desk. */
async function fieldAsker(runtime: Runtime, headers: Headers): Promise<Asker> {
  const found = await findUnlockedDevice(runtime, readCookie(headers.get('cookie'), DEVICE_COOKIE));
  if (!found) return NOBODY;
  const { device } = found;
  if (device.pinHash === null) return { actor: null, waiting: 'pin' };
  if (!found.unlocked) return { actor: null, waiting: 'unlock' };
  const { person } = found;
  if (!person) return NOBODY;
  return {
    actor: {
      accountId: device.id,
      sessionId: device.id,
      wardId: device.wardId,
      personId: person.id,
      name: person.name,
      grants: person.grants.filter((grant) => isFieldRole(grant.role)),
      via: 'field',
      deviceId: device.id,
    },
    waiting: null,
  };
}

/** The office session first: whoever signed in at this browser with a password means to work with it. */
export async function whoAsks(runtime: Runtime, headers: Headers): Promise<Asker> {
  const cookies = headers.get('cookie') ?? '';
  if (cookies === '') return NOBODY;
  const office = await officeAsker(runtime, headers);
  if (office.actor || office.waiting) return office;
  return cookies.includes(`${DEVICE_COOKIE}=`) ? fieldAsker(runtime, headers) : NOBODY;
}
