// Assigning through the product's own doors, on a real database: handing over, being away, and the history that stays.
import { beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '#core/clock.ts';
import type { BoardReply, GivenReply, HistoryReply } from '#features/assignment/schema.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Player, Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';
import { openForMatrix } from '../../../tests/support/matrix-rows.ts';

let stage: Stage;
let test: Awaited<ReturnType<typeof testRuntime>>;
let campaign = '';

async function call<T>(player: Player, method: string, path: string, body?: unknown) {
  const response = await api.fetch(
    new Request(`http://test/api/wards/${stage.ward}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { actor: stage.actors[player], origin: 'test' },
  );
  const answer = (await response.json()) as T & { code?: string };
  return { status: response.status, answer };
}

const board = async (on?: string, player: Player = 'policeHead') =>
  (await call<BoardReply>(player, 'GET', `/campaigns/${campaign}/assignment${on ? `?on=${on}` : ''}`)).answer;
const groupOf = ({ groups }: BoardReply, id = stage.group) => groups.find((group) => group.id === id)!;
const give = (give: unknown[], over: object = {}, player: Player = 'policeHead') =>
  call<GivenReply>(player, 'POST', `/campaigns/${campaign}/assignment/give`, {
    give,
    fromOn: '2025-08-05',
    toOn: null,
    reason: 'Phân công đợt cao điểm',
    ...over,
  });
const id = (player: Player) => stage.actors[player].personId;

beforeAll(async () => {
  test = await testRuntime();
  stage = await makeStage(test.database);
  setRuntime(test.runtime);
  campaign = (await openForMatrix(test.database, stage)).own.campaign;
});

describe('assigning', () => {
  it('waits for the campaign to run', async () => {
    const wish = [{ personId: id('nobody'), areaId: stage.group, post: 'field-member' }];
    expect((await give(wish)).answer.code).toBe('assignment.campaign-not-running');
    await test.database.asOwnerInWard(stage.ward, (trx) =>
      trx
        .withTables<{ campaigns: Record<string, unknown> }>()
        .updateTable('campaigns')
        .set({ state: 'active' })
        .where('id', '=', campaign)
        .execute(),
    );
  });

  it('shows the groups with nobody in a post', async () => {
    const shown = await board();
    expect(groupOf(shown).gaps).toEqual([]);
    expect(groupOf(shown, stage.otherGroup).gaps.map(({ post, kind }) => `${post} ${kind}`)).toEqual([
      'area-officer vacant',
      'deputy-leader vacant',
      'field-member vacant',
    ]);
  });

  it('gives several at once, and none where one of them cannot be', async () => {
    const wish = [
      { personId: id('areaOfficer'), areaId: stage.otherGroup, post: 'area-officer' },
      { personId: id('nobody'), areaId: stage.otherGroup, post: 'deputy-leader' },
    ];
    const refused = await give([...wish, { ...wish[1], areaId: stage.foreignGroup }]);
    expect(refused.answer.code).toBe('areas.no-such-group');
    expect(groupOf(await board(), stage.otherGroup).held).toHaveLength(1);
    const done = await give(wish);
    expect(done.status).toBe(201);
    expect(groupOf(await board(), stage.otherGroup).held).toHaveLength(3);
    expect((await give(wish)).answer.code).toBe('people.role-held');
  });

  it('hands a single post over at that instant, and who held it before stays known', async () => {
    test.clock.at = instantOf('2025-08-05', '09:00');
    const done = await give([{ personId: id('deputy'), areaId: stage.otherGroup, post: 'group-leader' }]);
    expect(done.answer.ended.map(({ personId }) => personId)).toEqual([id('otherGroupLeader')]);
    const history = async (time: string) =>
      (
        await call<HistoryReply>(
          'auditor',
          'GET',
          `/areas/${stage.otherGroup}/responsibility?at=${encodeURIComponent(`2025-08-05T${time}:00+07:00`)}`,
        )
      ).answer.rows.flatMap(({ wasResponsible, post, name }) =>
        wasResponsible && post === 'group-leader' ? [name] : [],
      );
    expect(await history('08:59')).toEqual([stage.actors.otherGroupLeader.name]);
    expect(await history('09:01')).toEqual([stage.actors.deputy.name]);
  });

  it('warns when a phone would carry more than its budget, and gives all the same', async () => {
    const stated = { households: 2_100 };
    expect((await call('dutyDesk', 'POST', `/areas/${stage.otherGroup}/declarations`, stated)).status).toBe(
      201,
    );
    const done = await give([
      { personId: id('fieldMember'), areaId: stage.otherGroup, post: 'field-member' },
    ]);
    expect(done.status).toBe(201);
    expect(done.answer.over).toMatchObject([
      { personId: id('fieldMember'), load: { households: 2_100, megabytes: 32, isOver: true } },
    ]);
  });

  it('is not for those the campaign is not led by', async () => {
    const wish = [{ personId: id('nobody'), areaId: stage.group, post: 'field-member' }];
    for (const player of ['cultureHead', 'policeMember', 'areaOfficer', 'leader'] as const)
      expect((await give(wish, {}, player)).status, player).toBe(403);
  });

  it('shows an area officer their own groups and nobody else', async () => {
    const shown = await board(undefined, 'areaOfficer');
    expect(shown.groups.map(({ id: group }) => group)).toEqual([stage.group]);
    expect(shown.may.assign).toBe(false);
    expect(shown.people.map((person) => person.id)).not.toContain(id('auditor'));
  });
});

describe('being away', () => {
  const note = (over: object = {}) =>
    call<{ id: string }>('policeHead', 'POST', `/campaigns/${campaign}/absences`, {
      personId: id('groupLeader'),
      fromOn: '2025-08-06',
      toOn: '2025-08-07',
      reason: 'Đi khám bệnh',
      standIns: [],
      ...over,
    });
  let absence = '';
  let leaderGrant = '';

  it('is a gap told ahead until somebody stands in', async () => {
    leaderGrant = groupOf(await board()).held.find(({ post }) => post === 'group-leader')!.grantId;
    const done = await note();
    absence = done.answer.id;
    expect(done.status).toBe(201);
    expect(groupOf(await board()).gaps).toEqual([{ post: 'group-leader', kind: 'ahead', on: '2025-08-06' }]);
    expect(groupOf(await board('2025-08-06')).gaps).toMatchObject([{ post: 'group-leader', kind: 'away' }]);
    expect((await note()).answer.code).toBe('assignment.already-away');
  });

  const standIn = (personId: string, grantId = leaderGrant) =>
    call('policeHead', 'POST', `/campaigns/${campaign}/absences/${absence}/stand-ins`, {
      standIns: [{ grantId, personId }],
    });

  it('refuses a stand-in who is away too, the person themself, and roles that give out rights', async () => {
    await note({ personId: id('fieldMember'), fromOn: '2025-08-07', toOn: '2025-08-09' });
    expect((await standIn(id('fieldMember'))).answer.code).toBe('assignment.stand-in-away');
    expect((await standIn(id('groupLeader'))).answer.code).toBe('assignment.own-stand-in');
    expect((await standIn(id('nobody'), crypto.randomUUID())).answer.code).toBe('people.no-such-role');
  });

  it('gives the stand-in the role for those days and nobody the gap', async () => {
    expect((await standIn(id('nobody'))).status).toBe(200);
    expect((await standIn(id('clerk'))).answer.code).toBe('assignment.has-stand-in');
    const then = groupOf(await board('2025-08-06'));
    expect(then.gaps.filter(({ post }) => post === 'group-leader')).toEqual([]);
    expect(then.held.filter(({ post }) => post === 'group-leader')).toMatchObject([
      { personId: id('groupLeader'), stoodInFor: true, awayTo: '2025-08-07' },
      { personId: id('nobody'), standsInFor: stage.actors.groupLeader.name, toOn: '2025-08-07' },
    ]);
    expect(groupOf(await board('2025-08-08')).held.map(({ personId }) => personId)).not.toContain(
      id('nobody'),
    );
  });

  it('ends early: the stand-in’s role ends then, and both stay in the history', async () => {
    test.clock.at = instantOf('2025-08-06', '14:00');
    const back = await call('policeHead', 'POST', `/campaigns/${campaign}/absences/${absence}/end`);
    expect(back.status).toBe(200);
    const now = groupOf(await board()).held.filter(({ post }) => post === 'group-leader');
    expect(now).toMatchObject([{ personId: id('groupLeader'), awayTo: null, stoodInFor: false }]);
    const { answer } = await call<HistoryReply>(
      'groupLeader',
      'GET',
      `/areas/${stage.group}/responsibility?at=${encodeURIComponent('2025-08-06T10:00:00+07:00')}`,
    );
    const leaders = answer.rows.filter(({ post }) => post === 'group-leader');
    expect(leaders).toMatchObject([
      { personId: id('nobody'), wasResponsible: true, toAt: '2025-08-06T07:00:00.000Z' },
      { personId: id('groupLeader'), wasResponsible: false, toAt: null },
    ]);
  });
});
