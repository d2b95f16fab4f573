// A webhook and letters, against receivers on this machine written from what the README promises them: signed, tried
// again under the same id, taken up once, and never lost without a word.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { clientsOf, deliverOutlets } from '#features/publishing/outlets/deliver.server.ts';
import { signatureOf } from '#features/publishing/outlets/other.server.ts';
import type { Account, ProviderClient } from '#features/publishing/outlets/provider.ts';
import type { SendView } from '#features/publishing/outlets/schema.ts';
import { findAccount } from '#features/publishing/outlets/store.server.ts';
import { openSenders } from '#platform/senders.server.ts';
import { publishingPorts } from '#registry/publishing-ports.server.ts';
import { startMailServer } from '../../../../tests/support/mail-server.ts';
import type { MailServer } from '../../../../tests/support/mail-server.ts';
import { ask, planStage } from '../../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../../tests/support/plan-life.ts';
import { believes, webhookServer } from '../../../../tests/support/webhook-server.ts';
import type { WebhookServer } from '../../../../tests/support/webhook-server.ts';

const SECRET = 'a-secret-of-the-city-portal';
const BOXES = ['van-thu@city.test', 'bao-chi@city.test'];
let on: PlanStage;
let hook: WebhookServer;
let mail: MailServer;
let clock = Date.now();
let text = '';
const channel = { site: '', letters: '' };
const account = { webhook: '', mail: '' };

type Around = (client: ProviderClient) => ProviderClient;
async function deliver(around: Around = (client) => client): Promise<void> {
  clock = Math.max(clock, Date.now());
  const senders = openSenders(
    'c2VjcmV0',
    { mail: { url: mail.url, from: 'Phuong <p@ward.test>' }, pushServices: [] },
    'http://ward.test',
  );
  const runtime = { ...on.runtime, senders };
  const clients = clientsOf(runtime);
  // A ward gives an https address; the receiver of this test stands on the machine.
  const here = (known: Account): Account =>
    known.ref.startsWith('https:') ? { ...known, ref: hook.origin } : known;
  await deliverOutlets(runtime, on.stage.ward, publishingPorts, {
    now: () => clock,
    clientOf: (provider) => {
      const client = clients(provider);
      return around({ ...client, send: (known, post) => client.send(here(known), post) });
    },
  });
}
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += MINUTE) {
    clock += MINUTE;
    await deliver();
  }
}
const killed: Around = (client) => ({
  ...client,
  send: async (known, post) => {
    await client.send(known, post);
    throw new Error('the process ended');
  },
});
const post = async (where: string) => {
  const id = newId();
  const asked = await ask(on.head, 'POST', `/channels/${where}/sends`, { id, textId: text });
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  return id;
};
const stateOf = async (where: string, id: string) =>
  ((await ask(on.head, 'GET', `/channels/${where}/sends`)).body.sends as SendView[]).find(
    (one) => one.id === id,
  );
const recorded = async (where: string, id: string) =>
  ((await ask(on.head, 'GET', `/channels/${where}`)).body.posts as { id: string }[]).filter(
    (one) => one.id === id,
  );

beforeAll(async () => {
  on = await planStage();
  on.clock.at = Date.parse('2025-08-05T07:50:00+07:00');
  await on.running();
  hook = await webhookServer(SECRET);
  mail = await startMailServer();
  await ask(on.stage.actors.cultureMember, 'POST', '/texts/starter', {});
  const made = async (path: string, body: object) => {
    const { status, body: reply } = await ask(on.head, 'POST', path, body);
    expect(status, JSON.stringify(reply)).toBe(201);
    return reply.id as string;
  };
  const open = (name: string) =>
    made('/channels', { kind: 'website', name, unitId: on.stage.police, areaId: null, address: null });
  channel.site = await open('Cổng thông tin thành phố');
  channel.letters = await open('Thư tới báo chí');
  const ref = { accountRef: 'https://portal.city.test/tin', appSecret: SECRET };
  account.webhook = await made('/outlets', { provider: 'webhook', ...ref });
  account.mail = await made('/outlets', { provider: 'mail', accountRef: BOXES.join(', ') });
  for (const [where, body] of [
    [channel.site, { accountId: account.webhook, way: 'call' }],
    [channel.letters, { accountId: account.mail, way: 'letter' }],
  ] as const) {
    const linked = await ask(on.head, 'PUT', `/channels/${where}/link`, body);
    expect(linked.status, JSON.stringify(linked.body)).toBe(200);
  }
});
beforeEach(async () => {
  const { body } = await ask(on.stage.actors.cultureMember, 'GET', '/texts?state=draft');
  text = (body.texts as { id: string }[])[0]?.id ?? '';
  await ask(on.stage.actors.cultureHead, 'POST', `/texts/${text}/check`);
  expect((await ask(on.head, 'POST', `/texts/${text}/approve`)).status).toBe(200);
});
afterAll(async () => {
  await hook.stop();
  await mail.stop();
});

describe('a webhook', () => {
  it('is called with a signature its receiver can check, and the post is recorded', async () => {
    const id = await post(channel.site);
    await deliver();
    expect(hook.disbelieved).toEqual([]);
    expect(hook.taken.get(id)).toMatchObject({ id });
    expect(await stateOf(channel.site, id)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(await recorded(channel.site, id)).toHaveLength(1);
  });

  it('nobody without the secret, with other words or with an old call is believed', () => {
    const seconds = 1_754_354_000;
    const now = seconds * 1_000;
    const signed = signatureOf(SECRET, '{"a":1}', seconds);
    expect(believes(SECRET, signed, '{"a":1}', now)).toBe(true);
    expect(believes(SECRET, signed, '{"a":2}', now)).toBe(false);
    expect(believes(SECRET, signed, '{"a":1}', now + 6 * MINUTE)).toBe(false);
    expect(believes('another-secret-of-16', signed, '{"a":1}', now)).toBe(false);
    expect(believes(SECRET, undefined, '{"a":1}', now)).toBe(false);
  });

  it('that is busy is called again when it said, under the same key', async () => {
    hook.moods.push('busy');
    const id = await post(channel.site);
    await deliver();
    expect(await stateOf(channel.site, id)).toMatchObject({ state: 'planned', code: 'http-503' });
    await pass(9 * MINUTE);
    expect(hook.taken.has(id)).toBe(false);
    await pass(3 * MINUTE);
    expect(await stateOf(channel.site, id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(hook.calls.filter((key) => key === id)).toHaveLength(2);
  });

  it('that fell silent after taking it is called again, and has one', async () => {
    hook.moods.push('accept-and-cut');
    const id = await post(channel.site);
    await deliver();
    expect(await stateOf(channel.site, id)).toMatchObject({ state: 'planned' });
    await pass(3 * MINUTE);
    expect(hook.calls.filter((key) => key === id)).toHaveLength(2);
    expect(await recorded(channel.site, id)).toHaveLength(1);
  });

  it('the process dies between call and record: called again under the same key, recorded once', async () => {
    const id = await post(channel.site);
    await expect(deliver(killed)).rejects.toThrow('the process ended');
    expect(await stateOf(channel.site, id)).toMatchObject({ state: 'sending' });
    await pass(40 * MINUTE);
    expect(await stateOf(channel.site, id)).toMatchObject({ state: 'sent' });
    expect(new Set(hook.calls.filter((key) => key === id)).size).toBe(1);
    expect(await recorded(channel.site, id)).toHaveLength(1);
  });

  it('that no longer knows the key makes the account ask for help; the post waits', async () => {
    hook.moods.push('key-ended');
    const id = await post(channel.site);
    await pass(2 * MINUTE);
    const row = await on.runtime.database.inWard(on.stage.ward, (trx) => findAccount(trx, account.webhook));
    expect(row).toMatchObject({ state: 'trouble' });
    expect(await stateOf(channel.site, id)).toMatchObject({ state: 'planned' });
    expect(hook.taken.has(id)).toBe(false);
    const again = { provider: 'webhook', accountRef: 'https://portal.city.test/tin', appSecret: SECRET };
    expect((await ask(on.head, 'POST', '/outlets', again)).body.id).toBe(account.webhook);
    await pass(4 * MINUTE);
    expect(await stateOf(channel.site, id)).toMatchObject({ state: 'sent' });
  });

  it('that refuses says so, and a person may send again', async () => {
    hook.moods.push('refuse');
    const id = await post(channel.site);
    await deliver();
    expect(await stateOf(channel.site, id)).toMatchObject({ state: 'failed', code: 'http-422' });
    expect((await ask(on.head, 'POST', `/sends/${id}/again`)).status).toBe(200);
    await pass(MINUTE);
    expect(await stateOf(channel.site, id)).toMatchObject({ state: 'sent' });
  });
});

describe('letters', () => {
  const of = (id: string) => mail.mails.filter((one) => one.header('message-id')?.includes(id));

  it('go to every mailbox with the words and the marker, and count once', async () => {
    const id = await post(channel.letters);
    await deliver();
    expect(of(id).flatMap(({ to }) => to)).toEqual(BOXES);
    const state = await stateOf(channel.letters, id);
    expect(state).toMatchObject({ state: 'sent' });
    expect(of(id)[0]?.text).toContain(state?.marker);
    expect(await recorded(channel.letters, id)).toHaveLength(1);
  });

  it('a server that says later is tried again; a mailbox that was served sees the same Message-ID', async () => {
    const id = await post(channel.letters);
    mail.refuse(451, 1);
    await deliver();
    expect(await stateOf(channel.letters, id)).toMatchObject({ state: 'planned', code: 'mail-451' });
    await expect(deliver(killed)).resolves.toBeUndefined();
    clock += 2 * MINUTE;
    await expect(deliver(killed)).rejects.toThrow('the process ended');
    await pass(40 * MINUTE);
    expect(await stateOf(channel.letters, id)).toMatchObject({ state: 'sent' });
    // Sent twice, since nobody knew; a mailbox that looks at the Message-ID keeps one.
    const kept = new Set(of(id).map((one) => `${one.to.join()} ${one.header('message-id') ?? ''}`));
    expect(of(id).length).toBeGreaterThan(BOXES.length);
    expect(kept.size).toBe(BOXES.length);
    expect(await recorded(channel.letters, id)).toHaveLength(1);
  });

  it('a mailbox that is gone is said, and the others have their letter', async () => {
    const id = await post(channel.letters);
    mail.refuse(550, 1);
    await deliver();
    expect(await stateOf(channel.letters, id)).toMatchObject({ state: 'failed', code: 'mail-550' });
    expect(of(id).flatMap(({ to }) => to)).toEqual([BOXES[1]]);
  });
});
