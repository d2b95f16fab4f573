// The promise of automatic posting: never a second post, never one lost without a word. Against servers that follow the
// providers' published interfaces, with a real database; what dies between send and record is a run that throws after
// the provider has answered.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import type { ChannelView } from '#features/publishing/channels-schema.ts';
import { clientsOf, deliverOutlets } from '#features/publishing/outlets/deliver.server.ts';
import { openKeys } from '#features/publishing/outlets/keys.server.ts';
import type { Provider } from '#features/publishing/outlets/model.ts';
import type { ProviderClient } from '#features/publishing/outlets/provider.ts';
import type { SendView } from '#features/publishing/outlets/schema.ts';
import { findAccount } from '#features/publishing/outlets/store.server.ts';
import { publishingPorts } from '#registry/publishing-ports.server.ts';
import { ask, itemThat, planStage } from '../../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../../tests/support/plan-life.ts';
import { facebookServer, zaloServer } from '../../../../tests/support/provider-servers.ts';
import type { ProviderServer, ZaloServer } from '../../../../tests/support/provider-servers.ts';

let on: PlanStage;
let zalo: ZaloServer;
let facebook: ProviderServer;
let clock = Date.now();
const now = () => clock;
let campaign: string;
let text: string;
let page: string;
let chat: string;
let article: string;
let zaloAccount: string;
let facebookAccount: string;
let chatItem: string;

type Kill = (provider: Provider, client: ProviderClient) => ProviderClient;
const hosts = () => ({ zaloApi: zalo.origin, zaloOauth: zalo.origin, facebook: facebook.origin });
const deliver = (kill: Kill = (_provider, client) => client) => {
  const clients = clientsOf(on.runtime, hosts());
  // What people ask for is stamped by the machine's own clock: never behind it.
  clock = Math.max(clock, Date.now());
  return deliverOutlets(on.runtime, on.stage.ward, publishingPorts, {
    now,
    clientOf: (provider) => kill(provider, clients(provider)),
  });
};
/** The provider did it and said so; whoever asked is dead. */
const killedAfter =
  (step: 'send' | 'ask' | 'renew'): Kill =>
  (_provider, client) => ({
    ...client,
    [step]: async (...given: never[]) => {
      await (client[step] as (...all: never[]) => Promise<unknown>)(...given);
      throw new Error('the process ended');
    },
  });
/** Time passes, the minute's job runs. */
async function pass(ms: number, step = MINUTE): Promise<void> {
  for (let gone = 0; gone < ms; gone += step) {
    clock += step;
    await deliver();
  }
}
const sends = async (channel: string): Promise<SendView[]> =>
  (await ask(on.head, 'GET', `/channels/${channel}/sends`)).body.sends as SendView[];
const stateOf = async (channel: string, id: string) => (await sends(channel)).find((one) => one.id === id);
const post = async (channel: string, by = on.head, textId = text) => {
  const id = newId();
  const asked = await ask(by, 'POST', `/channels/${channel}/sends`, { id, textId });
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  return id;
};
const evidence = async (item: string) => {
  const { body } = await ask(
    on.head,
    'GET',
    `/campaigns/${campaign}/calendar?item=${item}&from=2025-08-04&to=2025-08-10`,
  );
  return (body.occurrences as { evidence: string[] }[]).flatMap((one) => one.evidence);
};
const account = (id: string) => on.runtime.database.inWard(on.stage.ward, (trx) => findAccount(trx, id));

/** Another approved text, so that every test has its own post. */
async function approvedText(): Promise<string> {
  const { body } = await ask(on.stage.actors.cultureMember, 'GET', '/texts?state=draft');
  const id = (body.texts as { id: string }[])[0]?.id ?? '';
  expect((await ask(on.stage.actors.cultureHead, 'POST', `/texts/${id}/check`)).status).toBe(200);
  expect((await ask(on.head, 'POST', `/texts/${id}/approve`)).status).toBe(200);
  return id;
}
async function open(wish: object): Promise<string> {
  const opened = await ask(on.head, 'POST', '/channels', { areaId: null, address: null, ...wish });
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  return opened.body.id as string;
}
const connect = async (wish: object): Promise<string> => {
  const done = await ask(on.head, 'POST', '/outlets', wish);
  expect(done.status, JSON.stringify(done.body)).toBe(201);
  return done.body.id as string;
};
const ZALO = {
  ...{ provider: 'zalo', accountRef: '579745863508352884', appId: '4318' },
  ...{ appSecret: 'zalo-app-secret', refreshToken: 'first-refresh' },
};

beforeAll(async () => {
  on = await planStage();
  on.clock.at = Date.parse('2025-08-05T07:50:00+07:00');
  campaign = await on.running();
  const plan = await on.planOf(campaign);
  chatItem = itemThat(plan, 'nhóm Zalo').id;
  zalo = await zaloServer(now);
  facebook = await facebookServer(now);
  await ask(on.stage.actors.cultureMember, 'POST', '/texts/starter', {});
  const unitId = on.stage.police;
  page = await open({ kind: 'facebook', name: 'Facebook', unitId });
  article = await open({ kind: 'zalo', name: 'Zalo OA', unitId });
  await ask(on.head, 'POST', '/channels/group-chats', {});
  const all = (await ask(on.head, 'GET', '/channels')).body.channels as ChannelView[];
  chat = all.find(({ areaId }) => areaId === on.stage.group)?.id ?? '';
});
beforeEach(async () => {
  text = await approvedText();
});
afterAll(async () => {
  await zalo.stop();
  await facebook.stop();
});

describe('nothing is connected', () => {
  it('so nothing is sent: a channel refuses, and no request leaves', async () => {
    const refused = await ask(on.head, 'POST', `/channels/${page}/sends`, { id: newId(), textId: text });
    expect(refused.body.code).toBe('publishing.not-connected');
    await deliver();
    expect([...zalo.requests, ...facebook.requests]).toEqual([]);
  });
});

describe('a connected account', () => {
  it('is tried, its token renewed first, and its keys never come out again', async () => {
    zaloAccount = await connect(ZALO);
    facebookAccount = await connect({ provider: 'facebook', accountRef: '1020', accessToken: 'page-token' });
    await deliver();
    const shown = await ask(on.head, 'GET', '/outlets');
    expect(shown.body.accounts).toMatchObject([
      { provider: 'zalo', name: 'Công an phường', state: 'works' },
      { provider: 'facebook', name: 'Công an phường', state: 'works' },
    ]);
    expect(zalo.refreshesUsed).toEqual(['first-refresh']);
    const row = await account(zaloAccount);
    const stored = JSON.stringify([shown.body, row?.sealed?.toString('latin1')]);
    for (const key of ['zalo-app-secret', zalo.accessToken, zalo.refreshToken, 'page-token'])
      expect(stored).not.toContain(key);
    for (const [channel, body] of [
      [page, { accountId: facebookAccount, way: 'page-post' }],
      [chat, { accountId: zaloAccount, way: 'group-message', target: 'f414c8f76fa586fbdfb4' }],
      [article, { accountId: zaloAccount, way: 'article', coverUrl: 'https://example.vn/bia.jpg' }],
    ] as const)
      expect((await ask(on.head, 'PUT', `/channels/${channel}/link`, body)).status).toBe(200);
    const wrong = { accountId: zaloAccount, way: 'page-post' };
    expect((await ask(on.head, 'PUT', `/channels/${page}/link`, wrong)).body.code).toBe(
      'publishing.way-does-not-fit',
    );
  });

  it('posts, and the post is evidence of the duty that asks for it, with its link', async () => {
    const group = await post(chat, on.stage.actors.groupLeader);
    const onPage = await post(page);
    const inOa = await post(article);
    await deliver();
    await pass(2 * MINUTE);
    const all = [await stateOf(chat, group), await stateOf(page, onPage), await stateOf(article, inOa)];
    expect(all.map((one) => one?.state)).toEqual(['sent', 'sent', 'sent']);
    expect(await evidence(chatItem)).toContain(group);
    const posts = (await ask(on.head, 'GET', `/channels/${page}`)).body.posts;
    expect(posts).toMatchObject([{ id: onPage, link: 'https://www.facebook.com/1020_1' }]);
    expect(facebook.posts[0]?.text).toContain((await stateOf(page, onPage))?.marker);
  });

  it('asked twice under one id, or by two people for one text, posts once', async () => {
    const id = newId();
    const body = { id, textId: text };
    expect((await ask(on.head, 'POST', `/channels/${page}/sends`, body)).status).toBe(201);
    expect((await ask(on.head, 'POST', `/channels/${page}/sends`, body)).status).toBe(201);
    const second = await ask(on.stage.actors.policeMember, 'POST', `/channels/${page}/sends`, {
      id: newId(),
      textId: text,
    });
    expect(second.body.code).toBe('publishing.already-queued');
    const before = facebook.posts.length;
    await deliver();
    expect(facebook.posts.length).toBe(before + 1);
  });

  it('is nobody’s who does not keep the channel', async () => {
    const wish = { id: newId(), textId: text };
    const asked = await ask(on.stage.actors.otherGroupLeader, 'POST', `/channels/${chat}/sends`, wish);
    expect(asked.status).toBe(403);
    expect((await ask(on.stage.actors.policeMember, 'GET', '/outlets')).status).toBe(403);
  });
});

describe('a key that runs out', () => {
  it('in the middle of the day is renewed, the new pair kept, the post sent once', async () => {
    zalo.accessToken = 'revoked-by-the-provider';
    const before = zalo.posts.length;
    const id = await post(chat, on.stage.actors.groupLeader);
    await deliver();
    expect(await stateOf(chat, id)).toMatchObject({ state: 'sent', attempts: 2, code: null });
    expect(zalo.posts.length).toBe(before + 1);
    const row = await account(zaloAccount);
    const keys = openKeys(
      on.runtime.secrets.get('outlets') ?? '',
      on.stage.ward,
      zaloAccount,
      row?.sealed ?? Buffer.alloc(0),
    );
    expect(keys).toMatchObject({ accessToken: zalo.accessToken, refreshToken: zalo.refreshToken });
    expect(new Set(zalo.refreshesUsed).size).toBe(zalo.refreshesUsed.length);
  });

  it('after its day is renewed before anything is sent with it', async () => {
    clock += 25 * HOUR;
    const before = zalo.refreshesUsed.length;
    const id = await post(chat, on.stage.actors.groupLeader);
    await deliver();
    expect(await stateOf(chat, id)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(zalo.refreshesUsed.length).toBe(before + 1);
  });

  it('renewed by a process that died before keeping the pair: the account asks for help, the post waits, then goes', async () => {
    clock += 25 * HOUR;
    const before = zalo.posts.length;
    const id = await post(chat, on.stage.actors.groupLeader);
    const dying = deliver(killedAfter('renew'));
    await expect(dying).rejects.toThrow('the process ended');
    await pass(8 * MINUTE);
    expect(await account(zaloAccount)).toMatchObject({ state: 'trouble', trouble: 'connect-again' });
    expect(await stateOf(chat, id)).toMatchObject({ state: 'planned' });
    expect(zalo.posts.length).toBe(before);
    zalo.refreshToken = 'second-refresh';
    expect(await connect({ ...ZALO, refreshToken: 'second-refresh' })).toBe(zaloAccount);
    await pass(5 * MINUTE);
    expect(await stateOf(chat, id)).toMatchObject({ state: 'sent' });
    expect(zalo.posts.length).toBe(before + 1);
  });

  it('of a page has nothing to renew it: the account asks for help and the post waits', async () => {
    facebook.accessToken = 'another-token';
    const before = facebook.posts.length;
    const id = await post(page);
    await pass(2 * MINUTE);
    expect(await account(facebookAccount)).toMatchObject({ state: 'trouble', trouble: 'key-ended' });
    expect(await stateOf(page, id)).toMatchObject({ state: 'planned' });
    await connect({ provider: 'facebook', accountRef: '1020', accessToken: 'another-token' });
    await pass(3 * MINUTE);
    expect(await stateOf(page, id)).toMatchObject({ state: 'sent' });
    expect(facebook.posts.length).toBe(before + 1);
  });
});

describe('limits and refusals', () => {
  it('a limit is waited out as long as the provider says', async () => {
    facebook.moods.push('too-many');
    const before = facebook.posts.length;
    const id = await post(page);
    await deliver();
    expect(await stateOf(page, id)).toMatchObject({ state: 'planned', code: 'facebook-32' });
    await pass(44 * MINUTE);
    expect(facebook.posts.length).toBe(before);
    await pass(2 * MINUTE);
    expect(await stateOf(page, id)).toMatchObject({ state: 'sent', attempts: 2 });
    zalo.moods.push('too-many');
    const group = await post(chat, on.stage.actors.groupLeader);
    await pass(2 * MINUTE);
    expect(await stateOf(chat, group)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('a refusal is final and says its code; a person may send again', async () => {
    facebook.moods.push('refuse');
    const id = await post(page);
    await deliver();
    expect(await stateOf(page, id)).toMatchObject({ state: 'failed', code: 'facebook-200' });
    expect((await ask(on.head, 'POST', `/sends/${id}/again`)).status).toBe(200);
    clock += MINUTE;
    await deliver();
    expect(await stateOf(page, id)).toMatchObject({ state: 'sent' });
  });

  it('a server that is not reached at all costs only time', async () => {
    const id = await post(page);
    const gone = await facebookServer(now);
    await gone.stop();
    const clients = clientsOf(on.runtime, { ...hosts(), facebook: gone.origin });
    await deliverOutlets(on.runtime, on.stage.ward, publishingPorts, { now, clientOf: clients });
    expect(await stateOf(page, id)).toMatchObject({ state: 'planned', code: 'ECONNREFUSED' });
    await pass(3 * MINUTE);
    expect(await stateOf(page, id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('a text withdrawn while it waits does not go', async () => {
    const before = facebook.posts.length;
    const id = await post(page);
    const gone = await ask(on.head, 'POST', `/texts/${text}/withdraw`, { reason: 'Đã cũ' });
    expect(gone.status).toBe(200);
    await pass(2 * MINUTE);
    expect(await stateOf(page, id)).toMatchObject({ state: 'cancelled', code: 'text-withdrawn' });
    expect(facebook.posts.length).toBe(before);
  });
});

describe.each(['page', 'chat', 'article'] as const)('nobody knows whether it went (%s)', (where) => {
  const channel = () => ({ page, chat, article })[where];
  const server = () => (where === 'page' ? facebook : zalo);
  const by = () => (where === 'chat' ? on.stage.actors.groupLeader : on.head);

  it.each(['accept-and-cut', 'accept-and-502'] as const)(
    '%s: found by its marker, not sent again',
    async (mood) => {
      const before = server().posts.length;
      server().moods.push(mood);
      server().lagMs = 3 * MINUTE;
      const id = await post(channel(), by());
      await deliver();
      expect(await stateOf(channel(), id)).toMatchObject({ state: 'looking' });
      await pass(30 * MINUTE);
      server().lagMs = 0;
      expect(await stateOf(channel(), id)).toMatchObject({ state: 'sent', attempts: 1 });
      expect(server().posts.length).toBe(before + 1);
    },
  );

  it('not done behind a gateway: looked for three times, then sent, once', async () => {
    const before = server().posts.length;
    server().moods.push('drop-and-502');
    const id = await post(channel(), by());
    await pass(15 * MINUTE);
    expect(await stateOf(channel(), id)).toMatchObject({ state: 'looking' });
    await pass(15 * MINUTE);
    expect(await stateOf(channel(), id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(server().posts.length).toBe(before + 1);
  });

  it('the process dies between send and record: found, recorded once', async () => {
    const before = server().posts.length;
    const id = await post(channel(), by());
    const dying = deliver(killedAfter('send'));
    await expect(dying).rejects.toThrow('the process ended');
    expect(await stateOf(channel(), id)).toMatchObject({ state: 'sending' });
    await pass(30 * MINUTE);
    expect(await stateOf(channel(), id)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(server().posts.length).toBe(before + 1);
    const shown = (await ask(on.head, 'GET', `/channels/${channel()}`)).body.posts as { id: string }[];
    expect(shown.filter((one) => one.id === id)).toHaveLength(1);
  });

  it('the list cannot be read: it is said to be unclear, and a person decides', async () => {
    const before = server().posts.length;
    server().moods.push('accept-and-cut');
    server().blind = 1_000;
    const id = await post(channel(), by());
    await pass(2 * HOUR, 5 * MINUTE);
    server().blind = 0;
    expect(await stateOf(channel(), id)).toMatchObject({ state: 'unclear' });
    await pass(HOUR, 10 * MINUTE);
    expect(server().posts.length).toBe(before + 1);
    const link = 'https://zalo.example/bai';
    const settled = await ask(by(), 'POST', `/sends/${id}/settle`, { stands: true, link });
    expect(settled.status, JSON.stringify(settled.body)).toBe(200);
    expect(await stateOf(channel(), id)).toMatchObject({ state: 'sent' });
    const again = await ask(by(), 'POST', `/sends/${id}/settle`, { stands: false });
    expect(again.body.code).toBe('publishing.not-unclear');
    expect(server().posts.length).toBe(before + 1);
  });
});

describe('an article', () => {
  it('that is long in the making is asked for, and a process that dies while asking costs nothing', async () => {
    const before = zalo.posts.length;
    zalo.making = 3;
    const id = await post(article);
    await deliver();
    expect(await stateOf(article, id)).toMatchObject({ state: 'making' });
    clock += MINUTE;
    const dying = deliver(killedAfter('ask'));
    await expect(dying).rejects.toThrow('the process ended');
    await pass(20 * MINUTE);
    expect(await stateOf(article, id)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(zalo.posts.length).toBe(before + 1);
  });
});

it('every post that was asked for stands at its provider once, or says why not', async () => {
  const texts = [...facebook.posts, ...zalo.posts].map((one) => one.text);
  for (const channel of [page, chat, article])
    for (const { marker, state } of await sends(channel)) {
      const standing = texts.filter((words) => words.includes(marker)).length;
      expect(['sent', 'cancelled']).toContain(state);
      expect(standing, `${marker} ${state}`).toBe(state === 'sent' ? 1 : 0);
    }
});
