// What is read group by group says the same as the views that count the whole ward, whatever happened at the doors.
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';
import { openForMatrix } from '../../../tests/support/matrix-rows.ts';

let database: Database;
let stage: Stage;
let campaign: string;
const closed = newId();

/** By a fixed seed: every kind of visit, pledge and exclusion, absorbed entries among them. */
async function fill(trx: WardTransaction, group: string, seed: number): Promise<void> {
  const lane = newId();
  await sql`insert into areas (ward_id, id, kind, parent_id, name, short_name, valid_from, feed_id, change_n)
    values (${trx.wardId}, ${lane}, 'lane', ${group}, ${`Ngõ ${seed}`}, 'Ngõ', '2025-07-01', ${group}, 1)`.execute(
    trx,
  );
  await sql`select setseed(${seed / 10})`.execute(trx);
  await sql`insert into dwellings (ward_id, id, lane_id, group_id, house_number, kind, created_at, feed_id, change_n)
    select ${trx.wardId}, gen_random_uuid(), ${lane}, ${group}, n::text, 'house', now(), ${group}, 1
    from generate_series(1, 60) as s (n)`.execute(trx);
  await sql`insert into households (ward_id, id, dwelling_id, group_id, n, head_name, residence, created_at, feed_id, change_n)
    select ward_id, gen_random_uuid(), id, group_id, 1, 'Đào Thị Lành', 'permanent', now(), feed_id, 1
    from dwellings where lane_id = ${lane}`.execute(trx);
  await sql`update households h set merged_into = (select o.id from households o where o.group_id = h.group_id
      and o.id <> h.id and o.merged_into is null order by o.id limit 1)
    where h.group_id = ${group} and h.id in (select id from households where group_id = ${group} order by id desc limit 5)`.execute(
    trx,
  );
  await sql`insert into visits (ward_id, id, campaign_id, household_id, group_id, outcome, channel, place, how, zalo_state,
      author_id, done_at, work_on, received_at, taken_back_at, feed_id, change_n)
    select h.ward_id, gen_random_uuid(), ${campaign}, h.id, h.group_id,
      (array['met', 'met', 'nobody-home', 'refused'])[1 + floor(random() * 4)::int],
      (array['direct', 'direct', 'phone', 'zalo'])[1 + floor(random() * 4)::int], 'home', 'on-the-spot',
      (array[null, 'own-member', 'received-by', 'not-yet'])[1 + floor(random() * 4)::int], gen_random_uuid(),
      date '2025-08-02' + s.n + time '03:00' + random() * interval '9 hours', date '2025-08-02' + s.n, now(),
      case when random() < 0.1 then now() end, h.feed_id, 1
    from households h cross join generate_series(0, 2) as s (n) where h.group_id = ${group} and random() < 0.6`.execute(
    trx,
  );
  await sql`insert into pledges (ward_id, id, campaign_id, household_id, group_id, original, signer, text_version,
      author_id, signed_at, work_on, received_at, withdrawn_at, feed_id, change_n)
    select ward_id, gen_random_uuid(), campaign_id, household_id, group_id, 'paper', 'head', 1, author_id, done_at, work_on,
      now(), case when random() < 0.2 then now() end, feed_id, 1 from visits where group_id = ${group} and random() < 0.5`.execute(
    trx,
  );
  await sql`insert into exclusions (ward_id, id, campaign_id, household_id, reason, asked_by, asked_at, from_on, decided_at,
      decided_by, decision, feed_id, change_n)
    select ward_id, gen_random_uuid(), ${campaign}, id, 'moved-away', gen_random_uuid(), now(), '2025-08-03', now(),
      gen_random_uuid(), case when random() < 0.6 then 'approved' else 'refused' end, feed_id, 1
    from households where group_id = ${group} and merged_into is null and random() < 0.15`.execute(trx);
}

beforeAll(async () => {
  ({ database } = await testRuntime());
  stage = await makeStage(database);
  campaign = (await openForMatrix(database, stage)).own.campaign;
  await database.asOwnerInWard(stage.ward, async (trx) => {
    // A group that was handed on to the first one.
    await sql`insert into feeds (ward_id, feed_id, kind, n) select ward_id, ${closed}, kind, 0 from feeds
      where ward_id = ${trx.wardId} and feed_id = ${stage.group}`.execute(trx);
    await sql`insert into areas (ward_id, id, kind, name, short_name, valid_from, valid_to, feed_id, change_n)
      values (${trx.wardId}, ${closed}, 'group', 'Tổ dân phố Cũ', 'TDP Cũ', '2025-07-01', '2025-08-01', ${closed}, 1)`.execute(
      trx,
    );
    await sql`insert into area_successors (ward_id, area_id, successor_id)
      values (${trx.wardId}, ${closed}, ${stage.group})`.execute(trx);
    await fill(trx, stage.group, 1);
    await fill(trx, stage.otherGroup, 2);
    await fill(trx, closed, 3);
  });
});

it('a few groups read by themselves are what the views say of them', async () => {
  await database.inWard(stage.ward, async (trx) => {
    const views = await sql<{ line: string }>`
      select concat_ws(' ', group_id, measure, day, n) as line from household_coverage where campaign_id = ${campaign}
      union all
      select concat_ws(' ', group_id, m.measure, m.n) from group_coverage
        cross join lateral (values ('named', named), ('excluded', excluded)) as m (measure, n)
      where campaign_id = ${campaign} and m.n > 0 order by 1`.execute(trx);
    const read = async (groups: readonly string[]) =>
      (
        await sql<{ line: string }>`select concat_ws(' ', group_id, measure, day, n) as line
          from household_gains(${trx.wardId}, ${campaign}::uuid, ${[...groups]}::uuid[]) order by 1`.execute(
          trx,
        )
      ).rows.map(({ line }) => line);
    const wished = views.rows.map(({ line }) => line);
    expect(wished.length).toBeGreaterThan(20);
    expect(wished.filter((line) => line.includes('excluded'))).toHaveLength(2);
    expect(await read([stage.group, stage.otherGroup])).toEqual(wished);
    for (const group of [stage.group, stage.otherGroup])
      expect(await read([group])).toEqual(wished.filter((line) => line.startsWith(group)));
  });
});

it('another ward reads nothing of it', async () => {
  const { rows } = await database.inWard(stage.otherWard, (trx) =>
    sql`select * from household_gains(${stage.ward}, ${campaign}::uuid, ${[stage.group]}::uuid[])`.execute(
      trx,
    ),
  );
  expect(rows).toEqual([]);
});
