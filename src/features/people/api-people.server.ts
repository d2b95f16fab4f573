// The doors of the register: people, their roles, the accounts they are given.
import { newId } from '#core/ids.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { endOfDay } from '#core/clock.ts';
import { personSortKey } from '#core/vietnamese.ts';
import { inForce } from '#features/people/model.ts';
import { hashPassword } from '#features/people/office-auth.server.ts';
import { phoneOf, roleProblem, roleTimes } from '#features/people/register-rules.ts';
import { endRole, giveRole } from '#features/people/roles.server.ts';
import { WardParams } from '#features/people/schema.ts';
import * as shape from '#features/people/schema-register.ts';
import type { EditPerson } from '#features/people/schema-register.ts';
import {
  dropFactors,
  endSessions,
  findAccount,
  insertAccount,
  joinWard,
  leaveWard,
  setPassword,
  wardsOfAccount,
} from '#features/people/store-accounts.server.ts';
import { endCards, endDevices } from '#features/people/store-devices.server.ts';
import * as store from '#features/people/store-people.server.ts';
import { temporaryPassword } from '#features/people/secrets.server.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';

const noPerson = (): Problem => problem('people.no-such-person', { status: 404 });
const done = { done: true } as const;
const ANY = { state: 'all' } as const;

const mayOf = (call: Call) => ({
  edit: call.may('people.edit'),
  grant: call.may('people.grant'),
  accounts: call.may('people.manage-accounts'),
});

const EVERYTHING = { everything: true, areaIds: [], unitIds: [], self: false } as const;

const findPerson = async (call: Call, personId: string, scope = EVERYTHING as ReturnType<Call['scope']>) =>
  (await store.listPeople(call.trx, ANY, scope, call.now, personId))[0];

const note = (call: Call, action: string, personId: string, after?: unknown, before?: unknown) =>
  audit(call.trx, call, { action, subjectKind: 'person', subjectId: personId, before, after });

const list = guarded({
  method: 'get',
  path: '/wards/:ward/people',
  summary: 'People, found with or without marks, sorted by given name',
  action: 'people.read',
  scoped: true,
  params: WardParams,
  query: shape.PeopleQuery,
  reply: shape.PeopleReply,
  async handle(call, { query }) {
    const rows = await store.listPeople(call.trx, query, call.scope('people.read'), call.now);
    const people = rows.map(({ accountId: _account, email: _email, ...row }) => row);
    return { people, may: mayOf(call) };
  },
});

const read = guarded({
  method: 'get',
  path: '/wards/:ward/people/:person',
  summary: 'One person with every role held and what was done to the entry',
  action: 'people.read',
  scoped: true,
  params: shape.PersonParams,
  reply: shape.PersonReply,
  async handle(call, { params }) {
    const found = await findPerson(call, params.person, call.scope('people.read'));
    if (!found) return noPerson();
    const { accountId, ...person } = found;
    const may = mayOf(call);
    const account = may.accounts && accountId !== null ? await findAccount(call.trx, accountId) : null;
    return {
      person,
      grants: await store.grantsOf(call.trx, person.id, call.now),
      username: account?.username ?? null,
      history: may.edit ? await store.historyOf(call.trx, person.id) : [],
      may,
    };
  },
});

function fieldsOf(body: EditPerson): store.PersonFields | Problem {
  const phone = body.phone === null || body.phone === '' ? null : phoneOf(body.phone);
  if (isProblem(phone)) return phone;
  return {
    name: body.name,
    sortKey: personSortKey(body.name),
    title: body.title === '' ? null : body.title,
    phone,
    email: body.email,
  };
}

const add = guarded({
  method: 'post',
  path: '/wards/:ward/people',
  summary: 'Add a person',
  action: 'people.edit',
  params: WardParams,
  body: shape.EditPerson,
  reply: shape.Created,
  status: 201,
  async handle(call, { body }) {
    const fields = fieldsOf(body);
    if (isProblem(fields)) return fields;
    const id = newId();
    await store.insertPerson(call.trx, id, fields);
    await note(call, 'people.added', id, body);
    return { id };
  },
});

const edit = guarded({
  method: 'put',
  path: '/wards/:ward/people/:person',
  summary: 'Change a person’s name, title, phone or e-mail',
  action: 'people.edit',
  params: shape.PersonParams,
  body: shape.EditPerson,
  reply: shape.Done,
  async handle(call, { params, body }) {
    const before = await findPerson(call, params.person);
    if (!before) return noPerson();
    const fields = fieldsOf(body);
    if (isProblem(fields)) return fields;
    await store.updatePerson(call.trx, params.person, fields);
    const { name, title, phone, email } = before;
    await note(call, 'people.changed', params.person, body, { name, title, phone, email });
    return done;
  },
});

/** Leaves the ward: roles, card, phone and sessions end with it; the entry stays. */
const close = guarded({
  method: 'post',
  path: '/wards/:ward/people/:person/close',
  summary: 'Close a person’s entry: roles, phone and sessions end now',
  action: 'people.edit',
  params: shape.PersonParams,
  body: shape.ClosePerson,
  reply: shape.Done,
  async handle(call, { params, body }) {
    const { trx, actor } = call;
    const person = await findPerson(call, params.person);
    if (!person || person.closed) return noPerson();
    const at = new Date(call.now);
    const isAdministrator = person.roles.some(({ role }) => role === 'administrator');
    if (isAdministrator && (await store.administratorsLeft(trx, at, { personId: person.id })) === 0)
      return problem('people.last-administrator', { status: 409 });
    const roles = await store.endGrants(
      trx,
      { personId: person.id },
      { at, by: actor.personId, reason: body.reason },
    );
    const machine = new Date();
    await endCards(trx, person.id, machine, actor.personId);
    const left = { at: machine, by: actor.personId, why: 'left' } as const;
    const phones = await endDevices(trx, { personId: person.id }, left);
    if (phones.length > 0) await call.runtime.signedOut(trx, { personId: person.id, devices: phones });
    if (person.accountId !== null) await endAccount(call, person.id, person.accountId);
    await store.setClosed(trx, person.id, at);
    await note(call, 'people.closed', person.id, { reason: body.reason, roles });
    return done;
  },
});

const reopen = guarded({
  method: 'post',
  path: '/wards/:ward/people/:person/reopen',
  summary: 'Open a closed entry again, without its former roles',
  action: 'people.edit',
  params: shape.PersonParams,
  reply: shape.Done,
  async handle(call, { params }) {
    const person = await findPerson(call, params.person);
    if (!person?.closed) return noPerson();
    await store.setClosed(call.trx, person.id, null);
    await note(call, 'people.reopened', person.id);
    return done;
  },
});

const give = guarded({
  method: 'post',
  path: '/wards/:ward/people/:person/grants',
  summary: 'Give a role from a day, with a reason',
  action: 'people.grant',
  params: shape.PersonParams,
  body: shape.GiveRole,
  reply: shape.Created,
  status: 201,
  async handle(call, { params, body }) {
    const wrong = roleProblem(body);
    if (wrong) return wrong;
    const { role, areaId, unitId, reason } = body;
    return giveRole(call, {
      personId: params.person,
      role,
      areaId,
      unitId,
      reason,
      ...roleTimes(body, call.now),
    });
  },
});

const end = guarded({
  method: 'post',
  path: '/wards/:ward/grants/:grant/end',
  summary: 'End a role now or with a day, with a reason',
  action: 'people.grant',
  params: shape.GrantParams,
  body: shape.EndRole,
  reply: shape.Done,
  async handle(call, { params, body }) {
    const grant = await store.findGrant(call.trx, params.grant);
    if (!grant) return problem('people.no-such-role', { status: 404 });
    const at = new Date(body.toOn === null ? call.now : endOfDay(body.toOn));
    if (at.getTime() < grant.fromAt && inForce(grant, call.now)) return problem('people.role-dates');
    return endRole(call, { grantId: grant.id, at, reason: body.reason });
  },
});

async function endAccount(call: Call, personId: string, accountId: string): Promise<void> {
  await call.runtime.signedOut(call.trx, { personId, sessions: 'all' });
  await leaveWard(call.trx, accountId, call.trx.wardId);
  if ((await wardsOfAccount(call.trx, accountId)).length === 0) await endSessions(call.trx, accountId);
  await store.setAccount(call.trx, personId, null);
}

const giveAccount = guarded({
  method: 'post',
  path: '/wards/:ward/people/:person/account',
  summary: 'Give an office account; its password is shown once and replaced at the first sign-in',
  action: 'people.manage-accounts',
  params: shape.PersonParams,
  body: shape.GiveAccount,
  reply: shape.GivenAccount,
  status: 201,
  async handle(call, { params, body }) {
    const person = await findPerson(call, params.person);
    if (!person || person.closed) return noPerson();
    if (person.accountId !== null) return problem('people.has-account', { status: 409 });
    const password = temporaryPassword();
    const username = body.username.toLowerCase();
    const passwordHash = await hashPassword(password);
    const accountId = await insertAccount(call.trx, { username, passwordHash, temporary: true });
    if (accountId === null) return problem('people.username-taken', { status: 409 });
    await joinWard(call.trx, accountId, { wardId: call.trx.wardId, personId: person.id });
    await store.setAccount(call.trx, person.id, accountId);
    await note(call, 'people.account-given', person.id, { username });
    return { username, password };
  },
});

const resetPassword = guarded({
  method: 'post',
  path: '/wards/:ward/people/:person/account/reset',
  summary: 'A new temporary password; every session of the account ends',
  action: 'people.manage-accounts',
  params: shape.PersonParams,
  reply: shape.GivenAccount,
  async handle(call, { params }) {
    const person = await findPerson(call, params.person);
    const account = person?.accountId ? await findAccount(call.trx, person.accountId) : null;
    if (!account) return noPerson();
    // One ward's administrator must not take over an account that also opens another ward.
    if ((await wardsOfAccount(call.trx, account.id)).length > 1)
      return problem('people.account-elsewhere', { status: 409 });
    const password = temporaryPassword();
    await setPassword(call.trx, account.id, await hashPassword(password), true);
    // Whoever lost the telephone lost the codes; and what a thief may have added must not stay.
    const dropped = await dropFactors(call.trx, account.id);
    await endSessions(call.trx, account.id);
    await call.runtime.signedOut(call.trx, { personId: params.person, sessions: 'all' });
    await note(call, 'people.password-reset', params.person, dropped);
    return { username: account.username, password };
  },
});

const takeAccount = guarded({
  method: 'post',
  path: '/wards/:ward/people/:person/account/end',
  summary: 'Take the account’s access to this ward away, at once',
  action: 'people.manage-accounts',
  params: shape.PersonParams,
  reply: shape.Done,
  async handle(call, { params }) {
    const person = await findPerson(call, params.person);
    if (!person?.accountId) return noPerson();
    if (person.id === call.actor.personId) return problem('people.own-access', { status: 409 });
    await endAccount(call, person.id, person.accountId);
    await note(call, 'people.account-ended', person.id);
    return done;
  },
});

export const registerEndpoints: readonly Endpoint[] = [
  list,
  read,
  add,
  edit,
  close,
  reopen,
  give,
  end,
  giveAccount,
  resetPassword,
  takeAccount,
];
