// Passkeys, and proving again who sits at an open desk. A passkey stands for password and second factor together; where
// one is checked here without signing in, the session that better-auth makes for it is ended at once.
import type { z } from 'zod';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { accountOf, askedPassword, note, OWN, own } from '#features/people/api-account.server.ts';
import { admit, authHeaders, replyWith, userIdOf } from '#features/people/api-session.server.ts';
import { officeAuth } from '#features/people/office-auth.server.ts';
import * as shape from '#features/people/schema.ts';
import { dropPasskey, endSessions, noteProof } from '#features/people/store-accounts.server.ts';
import type { AccountRow } from '#features/people/store-accounts.server.ts';
import { claimTry } from '#features/people/throttle.server.ts';
import { hasProved, PROOF_LASTS } from '#platform/api/actor.ts';
import { guarded, open } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint, OpenCall, RawReply } from '#platform/api/endpoint.server.ts';

type Answer = z.infer<typeof shape.PasskeyAnswer>['response'];

const refused = (): Problem => problem('people.passkey-refused', { status: 401 });
const proveFirst = (): Problem => problem('people.prove-again', { status: 403 });

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** What the browser is to ask its authenticators; the cookie that binds the answer to it goes along. */
async function challenge(call: Pick<OpenCall, 'runtime' | 'request' | 'origin'>): Promise<RawReply> {
  const response = await officeAuth(call.runtime).api.generatePasskeyAuthenticationOptions({
    headers: authHeaders(call),
    asResponse: true,
  });
  const options = { ...asRecord(await response.json()), userVerification: 'required' };
  return replyWith(options, response.headers.getSetCookie());
}

function verify(call: Pick<OpenCall, 'runtime' | 'request' | 'origin'>, answer: Answer): Promise<Response> {
  const { userHandle, ...rest } = answer.response;
  const response = { ...answer, response: { ...rest, ...(userHandle === undefined ? {} : { userHandle }) } };
  return officeAuth(call.runtime).api.verifyPasskeyAuthentication({
    body: { response },
    headers: authHeaders(call),
    asResponse: true,
  });
}

const begin = open({
  method: 'post',
  path: '/session/passkey/challenge',
  summary: 'Begin signing in with a passkey',
  open: 'nobody has signed in yet',
  reply: shape.WebAuthnOptions,
  handle: challenge,
});

const signIn = open({
  method: 'post',
  path: '/session/passkey',
  summary: 'Sign in with a passkey: no password, no code',
  open: 'nobody has signed in yet',
  body: shape.PasskeyAnswer,
  reply: shape.NextReply,
  async handle(call, { body }) {
    const claimed = await claimTry(call.runtime, 'passkey', 'any', `address ${call.origin}`);
    if (isProblem(claimed)) return claimed;
    const response = await verify(call, body.response);
    if (!response.ok) return refused();
    const accountId = userIdOf(await response.json());
    if (accountId === null) return refused();
    await claimed.forget();
    return admit(call, accountId, response.headers.getSetCookie());
  },
});

const beginAdding = guarded({
  method: 'post',
  path: '/wards/:ward/account/passkeys/challenge',
  summary: 'Begin adding a passkey to one’s own account',
  ...OWN,
  target: own,
  reply: shape.WebAuthnOptions,
  async handle(call) {
    const account = await accountOf(call);
    if (isProblem(account)) return account;
    // Whoever adds a passkey at a desk left open could come back for ever.
    if (!hasProved(call.actor, Date.now())) return proveFirst();
    const response = await officeAuth(call.runtime).api.generatePasskeyRegistrationOptions({
      query: { name: account.username },
      headers: authHeaders(call),
      asResponse: true,
    });
    if (!response.ok) return problem('platform.failed', { status: 500 });
    return replyWith(await response.json(), response.headers.getSetCookie());
  },
});

const add = guarded({
  method: 'post',
  path: '/wards/:ward/account/passkeys',
  summary: 'Add a passkey to one’s own account',
  ...OWN,
  target: own,
  body: shape.NewPasskey,
  async handle(call, { body }) {
    const account = await accountOf(call);
    if (isProblem(account)) return account;
    if (!hasProved(call.actor, Date.now())) return proveFirst();
    const response = await officeAuth(call.runtime).api.verifyPasskeyRegistration({
      body: { response: body.response, name: body.name },
      headers: authHeaders(call),
      asResponse: true,
    });
    if (!response.ok) return problem('people.passkey-refused', { status: 422 });
    await note(call, 'people.passkey-added', { name: body.name });
    return replyWith({ added: true }, response.headers.getSetCookie());
  },
});

const remove = guarded({
  method: 'post',
  path: '/wards/:ward/account/passkeys/:passkey/end',
  summary: 'Take one of one’s own passkeys away',
  action: OWN.action,
  target: own,
  params: shape.PasskeyParams,
  async handle(call, { params }) {
    const account = await accountOf(call);
    if (isProblem(account)) return account;
    if (!(await dropPasskey(call.trx, account.id, params.passkey)))
      return problem('people.no-such-passkey', { status: 404 });
    await note(call, 'people.passkey-removed', { passkey: params.passkey });
    return { removed: true };
  },
});

async function provedByCode(call: Call, account: AccountRow, typed: string | undefined): Promise<boolean> {
  if (!account.secondFactor) return true;
  const code = (typed ?? '').replaceAll(/\s/g, '');
  const { api } = officeAuth(call.runtime);
  const request = { body: { code }, headers: authHeaders(call), asResponse: true as const };
  const response = /^\d{6}$/.test(code) ? await api.verifyTOTP(request) : await api.verifyBackupCode(request);
  return response.ok;
}

async function provedByPasskey(call: Call, account: AccountRow, answer: Answer): Promise<boolean> {
  const response = await verify(call, answer);
  if (!response.ok) return false;
  const body = asRecord(await response.json());
  const session = asRecord(body['session'])['id'];
  const owner = userIdOf(body);
  if (owner !== null && typeof session === 'string')
    await endSessions(call.runtime.database.outside, owner, { only: session });
  return owner === account.id;
}

const prove = guarded({
  method: 'post',
  path: '/wards/:ward/account/proof',
  summary: 'Prove again who sits here: password (and code), or a passkey',
  ...OWN,
  target: own,
  body: shape.Proof,
  reply: shape.Proved,
  async handle(call, { body }) {
    const account = await accountOf(call);
    if (isProblem(account)) return account;
    if ('passkey' in body) {
      if (!(await provedByPasskey(call, account, body.passkey))) return refused();
    } else {
      const wrong = await askedPassword(call, body.password);
      if (wrong) return wrong;
      const claimed = await claimTry(call.runtime, 'own-code', account.id, `session ${call.actor.sessionId}`);
      if (isProblem(claimed)) return claimed;
      if (!(await provedByCode(call, account, body.code)))
        return problem('people.wrong-code', { status: 422 });
      await claimed.forget();
    }
    const at = new Date();
    await noteProof(call.trx, call.actor.sessionId, at);
    await note(call, 'people.proved', { by: 'passkey' in body ? 'passkey' : 'password' });
    return { until: new Date(at.getTime() + PROOF_LASTS).toISOString() };
  },
});

const beginProof = guarded({
  method: 'post',
  path: '/wards/:ward/account/proof/challenge',
  summary: 'Begin proving oneself with a passkey',
  ...OWN,
  target: own,
  reply: shape.WebAuthnOptions,
  handle: challenge,
});

export const passkeyEndpoints: readonly Endpoint[] = [
  begin,
  signIn,
  beginAdding,
  add,
  remove,
  prove,
  beginProof,
];
