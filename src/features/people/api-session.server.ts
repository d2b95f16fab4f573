// The doors of office sign-in. Open by nature; each right answer is audited in the wards it opens, each wrong one only
// makes its own place wait.
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import {
  cookieLine,
  endCookie,
  KNOWN_COOKIE,
  LONGEST_LIFE_SECONDS,
  readCookie,
  WARD_COOKIE,
} from '#features/people/cookies.server.ts';
import { normalPassword, passwordProblem } from '#features/people/model.ts';
import { ADDRESS_HEADER, hashPassword, officeAuth } from '#features/people/office-auth.server.ts';
import {
  ChooseWard,
  NewPassword,
  NextReply,
  SecondFactor,
  SessionReply,
  SignIn,
} from '#features/people/schema.ts';
import type { Next } from '#features/people/schema.ts';
import { officeSession, whoAsks } from '#features/people/session.server.ts';
import {
  endSessions,
  findAccount,
  setPassword,
  wardsOfAccount,
} from '#features/people/store-accounts.server.ts';
import { claimTry, placeOfTry, rememberBrowser } from '#features/people/throttle.server.ts';
import { open, RawReply } from '#platform/api/endpoint.server.ts';
import type { Endpoint, OpenCall } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import type { SignedOut } from '#platform/signed-out.ts';

type EndedSessions = Extract<SignedOut, { sessions: unknown }>['sessions'];

/** Only what better-auth needs of the request: cookies, browser, and the address the entry vouches for. */
export function authHeaders(call: Pick<OpenCall, 'request' | 'origin'>): Headers {
  const headers = new Headers({ [ADDRESS_HEADER]: call.origin });
  for (const name of ['cookie', 'user-agent']) {
    const value = call.request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}

export function replyWith(body: unknown, cookies: readonly string[]): RawReply {
  const headers = new Headers({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new RawReply(new Response(JSON.stringify(body), { status: 200, headers }));
}

async function noteSignIn(
  call: OpenCall,
  accountId: string,
  action: string,
  sessions: EndedSessions | null = null,
): Promise<void> {
  for (const { wardId, personId } of await wardsOfAccount(call.runtime.database.outside, accountId)) {
    await call.runtime.database.inWard(wardId, async (trx) => {
      if (sessions) await call.runtime.signedOut(trx, { personId, sessions });
      await audit(
        trx,
        { actor: { personId, grants: [] }, now: call.now, origin: call.origin },
        { action, subjectKind: 'person', subjectId: personId },
      );
    });
  }
}

/** After password and second factor: a password given by others is replaced first, several wards are chosen from. */
export async function admit(
  call: OpenCall,
  accountId: string,
  cookies: readonly string[],
): Promise<RawReply | Problem> {
  const db = call.runtime.database.outside;
  const account = await findAccount(db, accountId);
  const wards = await wardsOfAccount(db, accountId);
  if (!account || wards.length === 0) {
    await endSessions(db, accountId);
    return problem('people.no-ward', { status: 403 });
  }
  await noteSignIn(call, accountId, 'people.signed-in');
  const next: Next = account.temporary ? 'new-password' : wards.length > 1 ? 'ward' : 'in';
  const known = readCookie(call.request.headers.get('cookie'), KNOWN_COOKIE);
  const marks = rememberBrowser(call.runtime, known, account.username, call.origin);
  const { origin } = call.runtime;
  const mark = cookieLine(KNOWN_COOKIE, marks, origin, LONGEST_LIFE_SECONDS);
  return replyWith({ next }, [
    ...cookies,
    mark,
    ...(next === 'ward' ? [endCookie(WARD_COOKIE, origin)] : []),
  ]);
}

export const userIdOf = (body: unknown): string | null =>
  typeof body === 'object' &&
  body !== null &&
  'user' in body &&
  typeof body.user === 'object' &&
  body.user !== null &&
  'id' in body.user &&
  typeof body.user.id === 'string'
    ? body.user.id
    : null;

const signIn = open({
  method: 'post',
  path: '/session',
  summary: 'Sign in with a username and a password',
  open: 'nobody has signed in yet',
  body: SignIn,
  reply: NextReply,
  async handle(call, { body }) {
    const username = body.username.toLowerCase();
    const known = readCookie(call.request.headers.get('cookie'), KNOWN_COOKIE);
    const place = placeOfTry(call.runtime, known, username, call.origin);
    const claimed = await claimTry(call.runtime, 'password', username, place);
    if (isProblem(claimed)) return claimed;
    const response = await officeAuth(call.runtime).api.signInUsername({
      body: { username, password: normalPassword(body.password) },
      headers: authHeaders(call),
      asResponse: true,
    });
    // One answer for a wrong name and a wrong password: who has an account is nobody's business.
    if (!response.ok) return problem('people.wrong-password', { status: 401 });
    await claimed.forget();
    const answer: unknown = await response.json();
    const cookies = response.headers.getSetCookie();
    const accountId = userIdOf(answer);
    if (accountId === null) return replyWith({ next: 'second-factor' satisfies Next }, cookies);
    return admit(call, accountId, cookies);
  },
});

const secondFactor = open({
  method: 'post',
  path: '/session/second-factor',
  summary: 'Answer with the code of the second factor, or a spare code',
  open: 'the password was right, the session is not yet made',
  body: SecondFactor,
  reply: NextReply,
  async handle(call, { body }) {
    const code = body.code.replaceAll(/\s/g, '');
    const { api } = officeAuth(call.runtime);
    const request = { body: { code }, headers: authHeaders(call), asResponse: true as const };
    const response = /^\d{6}$/.test(code)
      ? await api.verifyTOTP(request)
      : await api.verifyBackupCode(request);
    if (response.status === 429) return problem('people.second-factor-locked', { status: 429 });
    if (!response.ok) return problem('people.wrong-code', { status: 401 });
    const accountId = userIdOf(await response.json());
    return accountId === null
      ? problem('people.wrong-code', { status: 401 })
      : admit(call, accountId, response.headers.getSetCookie());
  },
});

const replacePassword = open({
  method: 'post',
  path: '/session/new-password',
  summary: 'Replace a password that somebody else gave',
  open: 'the session may do nothing else until its password is its own',
  body: NewPassword,
  reply: NextReply,
  async handle(call, { body }) {
    const session = await officeSession(call.runtime, call.request.headers);
    if (!session?.temporary) return problem('people.not-signed-in', { status: 401 });
    const wrong = passwordProblem(body.password, session.secondFactor);
    if (wrong) return wrong;
    const db = call.runtime.database.outside;
    await setPassword(db, session.accountId, await hashPassword(body.password), false);
    await endSessions(db, session.accountId, { except: session.sessionId });
    await noteSignIn(call, session.accountId, 'people.password-changed', { except: session.sessionId });
    return { next: session.wards.length > 1 ? ('ward' as const) : ('in' as const) };
  },
});

const chooseWard = open({
  method: 'post',
  path: '/session/ward',
  summary: 'Choose the ward to work in',
  open: 'the account is known, its ward not yet',
  body: ChooseWard,
  reply: NextReply,
  async handle(call, { body }) {
    const session = await officeSession(call.runtime, call.request.headers);
    if (!session) return problem('people.not-signed-in', { status: 401 });
    if (!session.wards.some(({ wardId }) => wardId === body.ward))
      return problem('people.not-allowed', { status: 403 });
    const cookie = cookieLine(WARD_COOKIE, String(body.ward), call.runtime.origin, LONGEST_LIFE_SECONDS);
    return replyWith({ next: 'in' satisfies Next }, [cookie]);
  },
});

const wardName = (runtime: Runtime, wardId: number): Promise<string> =>
  runtime.database.inWard(wardId, async (trx) => {
    const row = await trx
      .selectFrom('wards')
      .select('name')
      .where('ward_id', '=', trx.wardId)
      .executeTakeFirst();
    return row?.name ?? '';
  });

const readSession = open({
  method: 'get',
  path: '/session',
  summary: 'Who is signed in at this browser, and what they have to do next',
  open: 'tells a browser only about its own session',
  reply: SessionReply,
  async handle({ runtime, request, actor, now }) {
    const waiting = actor ? null : (await whoAsks(runtime, request.headers)).waiting;
    const session = await officeSession(runtime, request.headers);
    const wards = await Promise.all(
      (session?.wards ?? []).map(async ({ wardId }) => ({
        ward: wardId,
        name: await wardName(runtime, wardId),
      })),
    );
    return {
      username: session?.username ?? null,
      waiting,
      secondFactor: session?.secondFactor ?? false,
      wards,
      person: actor && {
        name: actor.name,
        ward: actor.wardId,
        wardName: await wardName(runtime, actor.wardId),
        via: actor.via,
      },
      rehearsal: runtime.kind === 'rehearsal',
      now,
    };
  },
});

const signOut = open({
  method: 'delete',
  path: '/session',
  summary: 'Sign out of the office at this browser',
  open: 'ending one’s own session needs no right',
  async handle(call) {
    const session = await officeSession(call.runtime, call.request.headers);
    const response = await officeAuth(call.runtime).api.signOut({
      headers: authHeaders(call),
      asResponse: true,
    });
    if (session) await noteSignIn(call, session.accountId, 'people.signed-out', { only: session.sessionId });
    return replyWith({}, [...response.headers.getSetCookie(), endCookie(WARD_COOKIE, call.runtime.origin)]);
  },
});

export const sessionEndpoints: readonly Endpoint[] = [
  signIn,
  secondFactor,
  replacePassword,
  chooseWard,
  readSession,
  signOut,
];
