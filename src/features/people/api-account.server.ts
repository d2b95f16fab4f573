// The doors of one's own office account: password, second factor, sessions. A phone has no account, so it is refused.
import { renderSVG } from 'uqr';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { authHeaders, replyWith } from '#features/people/api-session.server.ts';
import {
  mayDropSecondFactor,
  normalPassword,
  PASSWORD_LIMITS,
  passwordProblem,
} from '#features/people/model.ts';
import { hashPassword, isPassword, officeAuth } from '#features/people/office-auth.server.ts';
import * as shape from '#features/people/schema.ts';
import {
  endSessions,
  findAccount,
  passkeysOf,
  passwordHashOf,
  sessionsOfAccount,
  setPassword,
} from '#features/people/store-accounts.server.ts';
import type { AccountRow } from '#features/people/store-accounts.server.ts';
import { claimTry } from '#features/people/throttle.server.ts';
import { deviceLabel } from '#features/people/user-agent.ts';
import { hasProved, PROOF_LASTS } from '#platform/api/actor.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';

export const OWN = { action: 'people.own-account', params: shape.WardParams } as const;
export const own = (call: Call) => ({ personId: call.actor.personId });

export async function accountOf(call: Call): Promise<AccountRow | Problem> {
  const found = call.actor.via === 'office' ? await findAccount(call.trx, call.actor.accountId) : null;
  return found ?? problem('people.no-office-account', { status: 409 });
}

export const note = (call: Call, action: string, after?: unknown) =>
  audit(call.trx, call, { action, subjectKind: 'person', subjectId: call.actor.personId, after });

/** The password again, before anything that a stranger at an unlocked desk must not do. */
export async function askedPassword(call: Call, typed: string): Promise<Problem | null> {
  const { accountId } = call.actor;
  const claimed = await claimTry(call.runtime, 'own-password', accountId, `session ${call.actor.sessionId}`);
  if (isProblem(claimed)) return claimed;
  const kept = await passwordHashOf(call.trx, accountId);
  if (kept === null || !(await isPassword(typed, kept)))
    return problem('people.wrong-own-password', { status: 422 });
  await claimed.forget();
  return null;
}

const read = guarded({
  method: 'get',
  path: '/wards/:ward/account',
  summary: 'One’s own account and where it is signed in',
  ...OWN,
  target: own,
  reply: shape.AccountReply,
  async handle(call) {
    const account = await accountOf(call);
    if (isProblem(account)) return account;
    const sessions = await sessionsOfAccount(call.trx, account.id, new Date());
    const passkeys = await passkeysOf(call.trx, account.id);
    const { provedAt } = call.actor;
    return {
      username: account.username,
      secondFactor: account.secondFactor,
      least: account.secondFactor ? PASSWORD_LIMITS.withSecondFactor : PASSWORD_LIMITS.alone,
      passkeys: passkeys.map(({ id, name, createdAt }) => ({
        id,
        name: name ?? '',
        createdAt: createdAt?.toISOString() ?? null,
      })),
      provedUntil:
        provedAt !== undefined && hasProved(call.actor, Date.now())
          ? new Date(provedAt + PROOF_LASTS).toISOString()
          : null,
      sessions: sessions.map((session) => ({
        id: session.id,
        label: deviceLabel(session.userAgent ?? ''),
        address: session.ipAddress,
        current: session.id === call.actor.sessionId,
        createdAt: session.createdAt.toISOString(),
        lastUsedAt: session.updatedAt.toISOString(),
      })),
    };
  },
});

const password = guarded({
  method: 'post',
  path: '/wards/:ward/account/password',
  summary: 'Change one’s own password; other sessions end',
  ...OWN,
  target: own,
  body: shape.ChangePassword,
  async handle(call, { body }) {
    const account = await accountOf(call);
    if (isProblem(account)) return account;
    const wrong =
      passwordProblem(body.password, account.secondFactor) ?? (await askedPassword(call, body.current));
    if (wrong) return wrong;
    await setPassword(call.trx, account.id, await hashPassword(body.password), false);
    const others = { except: call.actor.sessionId };
    const ended = await endSessions(call.trx, account.id, others);
    await call.runtime.signedOut(call.trx, { personId: call.actor.personId, sessions: others });
    await note(call, 'people.password-changed', { ended });
    return { ended };
  },
});

const refusedCode = (): Problem => problem('people.wrong-code', { status: 422 });

const start = guarded({
  method: 'post',
  path: '/wards/:ward/account/second-factor',
  summary: 'Begin a second factor: the secret for the app and the spare codes, shown once',
  ...OWN,
  target: own,
  body: shape.WithPassword,
  reply: shape.SecondFactorStart,
  async handle(call, { body }) {
    const account = await accountOf(call);
    if (isProblem(account)) return account;
    if (account.secondFactor) return problem('people.second-factor-on', { status: 409 });
    const wrong = await askedPassword(call, body.password);
    if (wrong) return wrong;
    const begun = await officeAuth(call.runtime).api.enableTwoFactor({
      body: { password: normalPassword(body.password) },
      headers: authHeaders(call),
    });
    if (!('totpURI' in begun)) return problem('platform.failed', { status: 500 });
    const secret = new URL(begun.totpURI).searchParams.get('secret') ?? '';
    return { secret, qr: renderSVG(begun.totpURI, { border: 2 }), backupCodes: begun.backupCodes };
  },
});

const confirm = guarded({
  method: 'post',
  path: '/wards/:ward/account/second-factor/confirm',
  summary: 'The first code of the app: from now on it is asked at every sign-in',
  ...OWN,
  target: own,
  body: shape.SecondFactor,
  async handle(call, { body }) {
    const account = await accountOf(call);
    if (isProblem(account)) return account;
    const claimed = await claimTry(call.runtime, 'own-code', account.id, `session ${call.actor.sessionId}`);
    if (isProblem(claimed)) return claimed;
    const response = await officeAuth(call.runtime).api.verifyTOTP({
      body: { code: body.code.replaceAll(/\s/g, '') },
      headers: authHeaders(call),
      asResponse: true,
    });
    if (!response.ok) return refusedCode();
    await claimed.forget();
    await note(call, 'people.second-factor-on');
    // better-auth renews the session here; its cookie goes on to the browser.
    return replyWith({ secondFactor: true }, response.headers.getSetCookie());
  },
});

const drop = guarded({
  method: 'post',
  path: '/wards/:ward/account/second-factor/end',
  summary: 'Take the second factor away; only where the password is long enough to stand alone',
  ...OWN,
  target: own,
  body: shape.WithPassword,
  async handle(call, { body }) {
    const account = await accountOf(call);
    if (isProblem(account)) return account;
    const wrong = await askedPassword(call, body.password);
    if (wrong) return wrong;
    if (!mayDropSecondFactor(body.password))
      return problem('people.second-factor-needed', {
        status: 409,
        params: { least: PASSWORD_LIMITS.alone },
      });
    const response = await officeAuth(call.runtime).api.disableTwoFactor({
      body: { password: normalPassword(body.password) },
      headers: authHeaders(call),
      asResponse: true,
    });
    if (!response.ok) return problem('platform.failed', { status: 500 });
    await note(call, 'people.second-factor-off');
    return replyWith({ secondFactor: false }, response.headers.getSetCookie());
  },
});

const end = guarded({
  method: 'post',
  path: '/wards/:ward/account/sessions/end',
  summary: 'End one of one’s own sessions, or all but this one',
  ...OWN,
  target: own,
  body: shape.EndSession,
  async handle(call, { body }) {
    const account = await accountOf(call);
    if (isProblem(account)) return account;
    const which = body.session === undefined ? { except: call.actor.sessionId } : { only: body.session };
    const ended = await endSessions(call.trx, account.id, which);
    await call.runtime.signedOut(call.trx, { personId: call.actor.personId, sessions: which });
    await note(call, 'people.sessions-ended', { ended });
    return { ended };
  },
});

export const accountEndpoints: readonly Endpoint[] = [read, password, start, confirm, drop, end];
