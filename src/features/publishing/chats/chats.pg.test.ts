// A residential group's Zalo group: kept by people of the group, seen by the ward, and every household counted once by
// what was said at the door.
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import { nextChange } from '#platform/feeds.server.ts';
import { inFlight } from '#platform/sync/flight.server.ts';
import { syncParts } from '#registry/sync.server.ts';
import type { ChannelView } from '#features/publishing/channels-schema.ts';
import type { ChatReply, ChatsReply, MemberListReply } from '#features/publishing/chats/schema.ts';
import { ask, planStage } from '../../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../../tests/support/plan-life.ts';

let on: PlanStage;
let chat: string;
let campaign: string;
const leader = () => on.stage.actors.groupLeader;
const read = async () => (await ask(leader(), 'GET', `/channels/${chat}/chat`)).body as ChatReply;

beforeAll(async () => {
  on = await planStage();
  on.clock.at = Date.parse('2025-08-05T07:50:00+07:00');
  campaign = await on.running();
  await ask(on.head, 'POST', '/channels/group-chats', {});
  const all = (await ask(on.head, 'GET', '/channels')).body.channels as ChannelView[];
  chat = all.find(({ areaId }) => areaId === on.stage.group)?.id ?? '';
});

describe('a group chat', () => {
  it('lacks everything until its leader has said how it is kept; then nothing', async () => {
    expect((await read()).lacks).toHaveLength(5);
    const settings = {
      keepersOnly: true,
      approvesMembers: true,
      inviteUrl: 'https://zalo.me/g/mau001',
      members: 120,
    };
    const set = await ask(leader(), 'PUT', `/channels/${chat}/chat`, settings);
    expect(set.status, JSON.stringify(set.body)).toBe(200);
    const { people } = await read();
    const [head, deputy] = people;
    const add = (personId: string | undefined, part: string) =>
      ask(leader(), 'POST', `/channels/${chat}/chat/keepers`, { personId, part });
    expect((await add(head?.id, 'head')).status).toBe(201);
    expect((await add(head?.id, 'deputy')).body.code).toBe('publishing.already-keeper');
    expect((await add(deputy?.id, 'head')).body.code).toBe('publishing.one-head');
    expect((await add(deputy?.id, 'deputy')).status).toBe(201);
    const stranger = on.stage.actors.otherGroupLeader.personId;
    expect((await add(stranger, 'deputy')).body.code).toBe('publishing.no-such-keeper');
    const shown = await read();
    expect(shown.lacks).toEqual([]);
    expect(shown.square).toContain('<svg');
    const [first] = shown.keepers;
    await ask(leader(), 'POST', `/channels/${chat}/chat/keepers/${first?.id ?? ''}/end`);
    expect((await read()).lacks).toEqual(['no-head']);
  });

  it('has a log of what was done there, a repeat written once', async () => {
    const one = { id: newId(), act: 'message-removed', note: 'Quảng cáo vay tiền' };
    for (let n = 0; n < 2; n++)
      expect((await ask(leader(), 'POST', `/channels/${chat}/chat/moderations`, one)).status).toBe(201);
    expect((await read()).moderations).toMatchObject([{ act: 'message-removed', note: one.note }]);
  });

  it('is its own group’s to keep; the ward reads them all, another group not this one', async () => {
    const other = on.stage.actors.otherGroupLeader;
    expect((await ask(other, 'GET', `/channels/${chat}/chat`)).status).toBe(403);
    const wish = { id: newId(), act: 'member-warned', note: 'x' };
    expect((await ask(other, 'POST', `/channels/${chat}/chat/moderations`, wish)).status).toBe(403);
    expect((await ask(on.head, 'POST', `/channels/${chat}/chat/moderations`, wish)).status).toBe(403);
    const ward = (await ask(on.head, 'GET', '/chats')).body as ChatsReply;
    expect(ward.chats.length).toBeGreaterThan(1);
    const own = (await ask(leader(), 'GET', '/chats')).body as ChatsReply;
    expect(own.chats.map(({ channelId }) => channelId)).toEqual([chat]);
    expect(own.ward).toBeNull();
  });

  it('reaches each household once, by what it last said at the door', async () => {
    // Last said: two own members, one helped by a son, two without a smartphone, one not yet, one never asked.
    const doors = [
      ['not-yet', 'own-member'],
      ['own-member'],
      ['own-member', 'received-by'],
      ['no-smartphone'],
      ['own-member', 'no-smartphone'],
      ['not-yet'],
      [],
    ];
    await on.runtime.database.asOwnerInWard(on.stage.ward, async (trx) => {
      const lane = newId();
      const [ward, group] = [trx.wardId, on.stage.group];
      await sql`insert into areas (ward_id, id, kind, parent_id, name, short_name, valid_from, feed_id, change_n)
        values (${ward}, ${lane}, 'lane', ${group}, 'Ngõ 1', 'Ngõ 1', '2025-07-01', ${group}, 1)`.execute(
        trx,
      );
      for (const [n, said] of doors.entries()) {
        const dwelling = newId();
        const household = newId();
        await sql`insert into dwellings (ward_id, id, lane_id, group_id, house_number, kind, created_at, feed_id, change_n)
          values (${ward}, ${dwelling}, ${lane}, ${group}, ${String(n)}, 'house', now(), ${group}, 1)`.execute(
          trx,
        );
        await sql`insert into households (ward_id, id, dwelling_id, group_id, n, head_name, residence, created_at,
            feed_id, change_n)
          values (${ward}, ${household}, ${dwelling}, ${group}, 1, 'Đào Thị Lành', 'permanent', now(), ${group}, 1)`.execute(
          trx,
        );
        for (const [day, state] of said.entries())
          await sql`insert into visits (ward_id, id, campaign_id, household_id, group_id, outcome, channel, place, how,
              zalo_state, author_id, done_at, work_on, received_at, feed_id, change_n)
            values (${ward}, ${newId()}, ${campaign}, ${household}, ${group}, 'met', 'direct', 'home', 'on-the-spot',
              ${state}, ${newId()}, ${`2025-08-0${2 + day}T19:00:00+07:00`}, ${`2025-08-0${2 + day}`}, now(),
              ${group}, 1)`.execute(trx);
      }
      await nextChange(trx, group);
    });
    expect((await read()).covered).toEqual({
      ...{ households: 7, ownMember: 2, receivedBy: 1, noSmartphone: 2, notYet: 1, notAsked: 1 },
    });
    expect(((await ask(on.head, 'GET', '/chats')).body as ChatsReply).ward).toMatchObject({ households: 7 });
  });

  it('a pasted member list writes nothing until a person confirms, counts once, and is taken back as a whole', async () => {
    const lists = `/channels/${chat}/chat/member-lists`;
    const matches = async () =>
      on.runtime.database.inWard(on.stage.ward, async (trx) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from chat_matches`.execute(trx);
        return rows[0]?.n;
      });
    // The one never asked gave a telephone; the one that was not yet in it has a head whose name nobody else has.
    await on.runtime.database.asOwnerInWard(on.stage.ward, async (trx) => {
      await sql`update households h set phone = '+84912345678' from dwellings d
        where d.ward_id = h.ward_id and d.id = h.dwelling_id and d.house_number = '6'`.execute(trx);
      await sql`update households h set head_name = 'Trần Hòa' from dwellings d
        where d.ward_id = h.ward_id and d.id = h.dwelling_id and d.house_number = '5'`.execute(trx);
    });
    const text = 'Trưởng nhóm\nMẹ Lành 0912.345.678\nTran Hoa\nĐào Thị Lành\nNgười Lạ Xa';
    const read = async () => {
      const answer = await ask(leader(), 'POST', `${lists}/read`, { text });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return (answer.body as MemberListReply).members;
    };
    const members = await read();
    const before = await chatOf();
    expect(await matches()).toBe(0);
    expect(members.map(({ name, candidates }) => [name, candidates.length])).toEqual([
      ['Mẹ Lành', 1],
      ['Tran Hoa', 1],
      ['Đào Thị Lành', 6],
      ['Người Lạ Xa', 0],
    ]);
    const sure = members.flatMap(({ candidates }) => candidates.filter((one) => one.sure));
    expect(sure.map(({ house, foundBy }) => `${house} ${foundBy}`)).toEqual(['6 phone', '5 name']);
    const listId = newId();
    const households = sure.map(({ householdId, foundBy }) => ({ householdId, foundBy }));
    const confirm = () => ask(leader(), 'POST', lists, { listId, households });
    expect((await confirm()).body).toEqual({ matched: 2, already: 0 });
    expect((await confirm()).body).toEqual({ matched: 0, already: 2 });
    const after = await chatOf();
    expect(after).toEqual({ ...before, ownMember: 4, notYet: 0, notAsked: 0 });
    // The ward's own figure of the target moves with it, for the whole ward and for the group alone.
    expect(await onZalo()).toEqual([5, 5]);
    expect((await read())[0]?.candidates[0]?.reached).toBe(true);
    const pulled = await onPhone(0);
    expect(households.map(({ householdId }) => pulled.get(householdId))).toEqual([
      'own-member',
      'own-member',
    ]);
    const seen = await feedNumber();
    const strange = { listId: newId(), households: [{ householdId: newId(), foundBy: 'name' }] };
    expect((await ask(leader(), 'POST', lists, strange)).body.code).toBe('publishing.not-of-this-group');
    for (const by of [on.stage.actors.otherGroupLeader, on.head])
      expect((await ask(by, 'POST', `${lists}/read`, { text })).status).toBe(403);

    // Said at the door afterwards: that counts.
    const door = sure[1]?.householdId;
    await on.runtime.database.asOwnerInWard(on.stage.ward, async (trx) => {
      await sql`insert into visits (ward_id, id, campaign_id, household_id, group_id, outcome, channel, place, how,
          zalo_state, author_id, done_at, work_on, received_at, feed_id, change_n)
        values (${trx.wardId}, ${newId()}, ${campaign}, ${door}, ${on.stage.group}, 'met', 'direct', 'home',
          'on-the-spot', 'no-smartphone', ${newId()}, '2025-08-06T19:00:00+07:00', '2025-08-06', now(),
          ${on.stage.group}, ${await nextChange(trx, on.stage.group)})`.execute(trx);
    });
    expect(await chatOf()).toEqual({ ...after, ownMember: 3, noSmartphone: 3 });
    const undone = await ask(leader(), 'POST', `${lists}/${listId}/undo`);
    expect(undone.body).toEqual({ undone: 2 });
    const again = await onPhone(seen);
    expect(households.map(({ householdId }) => again.get(householdId))).toEqual([undefined, 'no-smartphone']);
    expect(households.every(({ householdId }) => again.has(householdId))).toBe(true);
    expect(await chatOf()).toEqual({ ...before, noSmartphone: 3, notYet: 0 });
    expect((await ask(leader(), 'POST', `${lists}/${listId}/undo`)).status).toBe(404);
    expect(await onZalo()).toEqual([3, 3]);
    expect((await ask(leader(), 'GET', lists)).body.lists).toMatchObject([{ households: 2, undone: true }]);
  });
});

const feedNumber = () =>
  on.runtime.database.inWard(on.stage.ward, async (trx) => {
    const { rows } = await sql<{ n: number }>`select n from feeds where feed_id = ${on.stage.group}`.execute(
      trx,
    );
    return Number(rows[0]?.n);
  });

/** What a phone that pulled up to this number is told of Zalo at each door of the group. */
async function onPhone(after: number): Promise<Map<string, unknown>> {
  const upTo = await feedNumber();
  const rows = await inFlight(on.runtime.database, on.stage.ward, (flight) =>
    Promise.all(
      syncParts.readers.map((reader) =>
        reader.read(flight, {
          feed: on.stage.group,
          isWardFeed: false,
          after,
          upTo,
          limit: 1_000,
          now: Date.parse('2025-08-06T20:00:00+07:00'),
        }),
      ),
    ),
  );
  return new Map(
    rows
      .flat()
      .filter(({ kind }) => kind === 'progress')
      .map((row) => [row.id, (row as { zalo?: unknown }).zalo]),
  );
}

const chatOf = async () => (await read()).covered;

/** Households with somebody in the chat, as the campaign's figures count them: the whole ward, and one group's rows. */
async function onZalo(): Promise<(number | undefined)[]> {
  return on.runtime.database.inWard(on.stage.ward, async (trx) => {
    const ward = await sql<{ n: number }>`select count(zalo_on)::int as n from household_standing
      where campaign_id = ${campaign} and group_id = ${on.stage.group}`.execute(trx);
    const group = await sql<{ n: number }>`select count(zalo_on)::int as n
      from household_standings(${trx.wardId}, ${campaign}::uuid, ${[on.stage.group]}::uuid[])`.execute(trx);
    return [ward.rows[0]?.n, group.rows[0]?.n];
  });
}
