// A post in a channel is evidence of every duty that asks for it, once; taken back, it counts nowhere.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { ChannelView } from '#features/publishing/channels-schema.ts';
import { lookAtLinks } from '#features/publishing/links/jobs.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { ask, itemThat, planStage } from '../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
let loudCulture: string;
let loudPolice: string;
let chat: string;
let loudspeaker: string;
let groupChat: string;

const states = async (item: string) => {
  const { body } = await ask(
    on.head,
    'GET',
    `/campaigns/${campaign}/calendar?item=${item}&from=2025-08-05&to=2025-08-05`,
  );
  return body.occurrences as { state: string; done: number; evidence: string[] }[];
};
const channels = async () => (await ask(on.head, 'GET', '/channels')).body.channels as ChannelView[];
const asked = async (id: string) => (await channels()).find((one) => one.id === id)?.asked ?? [];

beforeAll(async () => {
  on = await planStage();
  on.clock.at = Date.parse('2025-08-05T07:50:00+07:00');
  campaign = await on.running();
  const plan = await on.planOf(campaign);
  chat = itemThat(plan, 'nhóm Zalo').id;
  loudCulture = itemThat(plan, 'Phòng Văn hóa - Xã hội phát thanh').id;
  loudPolice = itemThat(plan, 'Công an phường phối hợp').id;
  const opened = await ask(on.head, 'POST', '/channels', {
    kind: 'loudspeaker',
    name: 'Loa phường',
    unitId: on.stage.culture,
    areaId: null,
    address: null,
  });
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  loudspeaker = opened.body.id;
  const groups = await ask(on.head, 'POST', '/channels/group-chats', {});
  expect(groups.body.opened).toBeGreaterThan(0);
  groupChat = (await channels()).find(({ areaId }) => areaId === on.stage.group)?.id ?? '';
});

const post = (by: keyof PlanStage['stage']['actors'], channel: string, more: object = {}) =>
  ask(on.stage.actors[by], 'POST', `/channels/${channel}/posts`, {
    id: newId(),
    postedAt: '2025-08-05T06:10:00+07:00',
    ...more,
  });

describe('a post', () => {
  it('meets both duties that ask for the broadcast, and repeated it still counts once', async () => {
    const id = newId();
    const first = await post('cultureMember', loudspeaker, { id });
    expect(first.status, JSON.stringify(first.body)).toBe(201);
    expect((await post('cultureMember', loudspeaker, { id })).status).toBe(201);
    for (const item of [loudCulture, loudPolice])
      expect((await states(item))[0]).toMatchObject({ state: 'met', done: 1, evidence: [id] });
    expect((await asked(loudspeaker))[0]).toMatchObject({ needed: 1, done: 1, foreseenShort: 0 });
    const undone = await ask(on.stage.actors.cultureMember, 'POST', `/posts/${id}/undo`, {
      reason: 'Ghi nhầm',
    });
    expect(undone.status, JSON.stringify(undone.body)).toBe(200);
    expect((await states(loudCulture))[0]).toMatchObject({ done: 0 });
    expect((await asked(loudspeaker))[0]).toMatchObject({ done: 0 });
  });

  it('in the chat of a group is the group leader’s to record, and nobody else’s', async () => {
    expect((await post('otherGroupLeader', groupChat)).status).toBe(403);
    expect((await post('cultureMember', groupChat)).status).toBe(403);
    const done = await post('groupLeader', groupChat, { link: 'https://zalo.example/g/1' });
    expect(done.status, JSON.stringify(done.body)).toBe(201);
    expect(done.body.itemIds).toContain(chat);
    expect((await asked(groupChat))[0]).toMatchObject({ per: 'week', done: 1 });
  });

  it('with nothing but a tap is a doubt until another keeper has seen it', async () => {
    const done = await post('groupLeader', groupChat);
    const shown = async () =>
      (await ask(on.head, 'GET', `/channels/${groupChat}`)).body.posts.find(
        (one: { id: string }) => one.id === done.body.id,
      );
    expect((await shown()).doubts).toEqual(['no-proof']);
    const confirm = (by: keyof PlanStage['stage']['actors']) =>
      ask(on.stage.actors[by], 'POST', `/posts/${done.body.id}/confirm`);
    expect((await confirm('groupLeader')).body.code).toBe('publishing.own-post');
    expect((await confirm('areaOfficer')).status).toBe(200);
    expect((await shown()).doubts).toEqual([]);
  });

  it('has its links opened when a keeper asks; a dead one is marked, and the post stands', async () => {
    const site = createServer((request, response) =>
      response.writeHead(request.url === '/con' ? 200 : 404).end(),
    );
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const ids: string[] = [];
    for (const link of [`${base}/con`, `${base}/mat`])
      ids.push((await post('groupLeader', groupChat, { link })).body.id as string);
    const look = (by: keyof PlanStage['stage']['actors']) =>
      ask(on.stage.actors[by], 'POST', `/channels/${groupChat}/links/look`);
    expect((await look('cultureMember')).status).toBe(403);
    expect((await look('groupLeader')).body.links).toBeGreaterThanOrEqual(2);
    // As the job does it, with this machine for the web.
    const reach = { address: (ip: string) => ip === '127.0.0.1', port: () => true };
    await lookAtLinks(runtime(), { wardId: on.stage.ward, channelId: groupChat }, reach);
    site.close();
    const { posts } = (await ask(on.head, 'GET', `/channels/${groupChat}`)).body as {
      posts: { id: string; linkState: string | null; doubts: string[]; undone: boolean }[];
    };
    const found = ids.map((id) => posts.find((one) => one.id === id));
    expect(found).toMatchObject([
      { linkState: 'stands', doubts: [], undone: false },
      { linkState: 'gone', doubts: ['dead-link'], undone: false },
    ]);
  });

  it('of a text that is not approved is refused, and a closed channel takes none', async () => {
    const draft = await ask(on.head, 'POST', '/texts/starter', {});
    expect(draft.status).toBe(200);
    const { body } = await ask(on.head, 'GET', '/texts?state=draft');
    expect((await post('groupLeader', groupChat, { textId: body.texts[0].id })).body.code).toBe(
      'publishing.text-not-approved',
    );
    await ask(on.head, 'POST', `/channels/${loudspeaker}/close`);
    expect((await post('cultureMember', loudspeaker)).body.code).toBe('publishing.channel-closed');
  });

  it('shows a leader of a group the own chat only', async () => {
    const { body } = await ask(on.stage.actors.groupLeader, 'GET', '/channels');
    expect(body.channels.map(({ areaId }: ChannelView) => areaId)).toEqual([on.stage.group]);
  });
});
