// Office accounts are kept by better-auth: passwords (scrypt), sessions, second factors. Its own HTTP doors stay shut:
// the product calls it from its own endpoints only, so every door is in one list, audited and in the permission matrix.
// Built lazily, because cookies depend on the public address, which is known only once the server listens.
import { betterAuth } from 'better-auth';
import { hashPassword as hash, verifyPassword } from 'better-auth/crypto';
import type { BetterAuthOptions } from 'better-auth';
import type { PasskeyOptions } from '@better-auth/passkey';
import { twoFactor, username } from 'better-auth/plugins';
import { passkey } from '@better-auth/passkey';
import { APIError } from 'better-auth/api';
import { newId } from '#core/ids.ts';
import { normalPassword, PASSWORD_LIMITS } from '#features/people/model.ts';
import type { Runtime } from '#platform/runtime.server.ts';

/** Set by the entry from the socket, overwriting what a client may have sent. */
export const ADDRESS_HEADER = 'x-tungnha-address';
const DAY_SECONDS = 86_400;

function origins(origin: string): string[] {
  const url = new URL(origin);
  if (url.hostname !== 'localhost') return [origin];
  return [origin, `http://127.0.0.1:${url.port}`];
}

export const officeAuthOptions = (runtime: Runtime) =>
  ({
    appName: 'Từng Nhà',
    baseURL: runtime.origin,
    secret: runtime.secrets.get('session') ?? '',
    trustedOrigins: origins(runtime.origin),
    database: { db: runtime.database.outside, type: 'postgres', schemaName: 'auth', transaction: true },
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Our own throttle counts by address and account together; this one would count a whole ward office as one.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LIMITS.withSecondFactor,
      maxPasswordLength: PASSWORD_LIMITS.longest,
      autoSignIn: false,
    },
    user: {
      additionalFields: {
        /** Given by somebody else and to be replaced at the first sign-in. */
        passwordIsTemporary: { type: 'boolean', required: true, defaultValue: false, input: false },
      },
    },
    // A day from signing in, whatever is done meanwhile; no cookie cache, so that ending a session works at once.
    session: {
      expiresIn: DAY_SECONDS,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      additionalFields: {
        /** Signing in proves who sits there; exports and changes of roles ask again later. */
        provedAt: { type: 'date', required: false, defaultValue: () => new Date(), input: false },
      },
    },
    advanced: {
      cookiePrefix: 'tn',
      // A session with its account in one statement.
      database: { generateId: () => newId(), joins: true },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    plugins: [
      username({
        minUsernameLength: 3,
        maxUsernameLength: 40,
        displayUsername: false,
        usernameValidator: isUsername,
      }),
      twoFactor({ issuer: 'Từng Nhà', twoFactorCookieMaxAge: 600 }),
      passkey(passkeyOptions(runtime.origin)),
    ],
  }) satisfies BetterAuthOptions;

/** A passkey stands for password and second factor together, so the device must have asked for finger, face or PIN. */
function passkeyOptions(origin: string) {
  const verified = (userVerified: boolean | undefined) => {
    if (userVerified !== true) throw new APIError('BAD_REQUEST', { message: 'user not verified' });
  };
  return {
    rpName: 'Từng Nhà',
    rpID: new URL(origin).hostname,
    origin: origins(origin),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: ({ verification }) => verified(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: ({ verification }) => verified(verification.authenticationInfo.userVerified),
    },
  } satisfies PasskeyOptions;
}

function isUsername(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]*$/i.test(text);
}

const build = (runtime: Runtime) => betterAuth(officeAuthOptions(runtime));
export type OfficeAuth = ReturnType<typeof build>;

const built = new WeakMap<Runtime, { readonly origin: string; readonly auth: OfficeAuth }>();

export function officeAuth(runtime: Runtime): OfficeAuth {
  const known = built.get(runtime);
  if (known?.origin === runtime.origin) return known.auth;
  const auth = build(runtime);
  built.set(runtime, { origin: runtime.origin, auth });
  return auth;
}

/** scrypt, as better-auth keeps it; about a tenth of a second. */
export const hashPassword = (password: string): Promise<string> => hash(normalPassword(password));

export const isPassword = (password: string, kept: string): Promise<boolean> =>
  verifyPassword({ hash: kept, password: normalPassword(password) });
