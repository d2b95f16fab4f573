// The schedule on a real database, and what stands beside the figures of coverage.
import { beforeAll, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Database } from '#platform/database/database.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Player, Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';
import { openForMatrix } from '../../../tests/support/matrix-rows.ts';
import { RoundsReply } from './rounds-schema.ts';

let database: Database;
let stage: Stage;
let campaign = '';

beforeAll(async () => {
  const test = await testRuntime();
  ({ database } = test);
  setRuntime(test.runtime);
  stage = await makeStage(database);
  ({ campaign } = (await openForMatrix(database, stage)).own);
});

async function call(who: Player, method: string, step: string, body?: unknown): Promise<Response> {
  return api.fetch(
    new Request(`http://test/api/wards/${stage.ward}/campaigns/${campaign}${step}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { actor: stage.actors[who], origin: 'test' },
  );
}
const at = () => `/areas/${stage.group}/rounds`;
const read = async () => RoundsReply.parse(await (await call('fieldMember', 'GET', at())).json());

it('plans an evening once, names the team and no telephone, and cancels', async () => {
  const { lanes, people } = await read();
  const wish = {
    id: newId(),
    lanes: lanes.map(({ id }) => id),
    onDay: '2025-08-05',
    fromTime: '19:00',
    toTime: '21:00',
    people: people.slice(0, 2).map(({ id }) => id),
  };
  for (let n = 0; n < 2; n++) expect((await call('groupLeader', 'POST', at(), wish)).status).toBe(201);
  const { rounds } = await read();
  expect(rounds).toHaveLength(1);
  expect(rounds[0]).toMatchObject({
    lane: 'Ngõ 1',
    onDay: '2025-08-05',
    fromTime: '19:00',
    toTime: '21:00',
    team: people.slice(0, 2).map(({ name }) => name),
  });
  expect(JSON.stringify(rounds)).not.toMatch(/\+84|0\d{9}/);
  const cancelled = await call('deputy', 'POST', `${at()}/${rounds[0]?.id ?? ''}/cancel`);
  expect(cancelled.status).toBe(200);
  expect((await read()).rounds).toEqual([]);
});

it('takes neither a lane of another group nor hours that end before they begin', async () => {
  const { lanes, people } = await read();
  const wish = {
    id: newId(),
    lanes: [newId()],
    onDay: '2025-08-05',
    fromTime: '19:00',
    toTime: '21:00',
    people: people.slice(0, 1).map(({ id }) => id),
  };
  expect(await (await call('groupLeader', 'POST', at(), wish)).json()).toMatchObject({
    code: 'visits.not-of-this-group',
  });
  const late = { ...wish, lanes: lanes.map(({ id }) => id), toTime: '18:00' };
  expect(await (await call('groupLeader', 'POST', at(), late)).json()).toMatchObject({
    code: 'visits.wrong-hours',
  });
});

it('says at what pace a group is, and how many doors have no place yet', async () => {
  const pace = (await (await call('policeHead', 'GET', '/coverage/pace')).json()) as {
    groups: { id: string; left: number; state: string }[];
  };
  expect(pace.groups.find(({ id }) => id === stage.group)).toMatchObject({ left: 1, state: 'no-pace' });
  const map = await call('policeHead', 'GET', `/areas/${stage.group}/door-map`);
  expect(await map.json()).toEqual({ doors: [], without: 1 });
});
