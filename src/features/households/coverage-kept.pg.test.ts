// What is kept group by group says the same as the view that counts the whole ward, whatever happened in between.
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import { nextChange } from '#platform/feeds.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { keptCoverage } from '#features/households/coverage-kept.server.ts';
import { testRuntime } from '../../../tests/support/database.ts';
import { makeFieldWard } from '../../../tests/support/field.ts';
import type { FieldWard } from '../../../tests/support/field.ts';
import { openWard } from '#platform/wards.server.ts';

let runtime: Runtime;
let database: Database;
let field: FieldWard;
const logged: string[] = [];

beforeAll(async () => {
  const test = await testRuntime();
  ({ database } = test);
  runtime = {
    ...test.runtime,
    log: { ...test.runtime.log, error: (event: string) => void logged.push(event) },
  };
  const ward = await openWard(database, {
    name: 'Phường',
    code: '1',
    cityCode: '31',
    validFrom: '2025-07-01',
  });
  field = await makeFieldWard(runtime, ward, { groups: 4, households: 6 });
});

interface Line {
  readonly group_id: string;
  readonly lane_id: string;
  readonly n: number;
  readonly reached: number;
  readonly pledged: number;
  readonly excluded: number;
  readonly flagged: number;
}

async function viewed(trx: WardTransaction): Promise<readonly Line[]> {
  const { rows } =
    await sql<Line>`select group_id, lane_id, count(*)::int as n, count(reached_on)::int as reached,
      count(pledged_on)::int as pledged, count(excluded_on)::int as excluded, sum(flagged)::int as flagged
    from household_standing where ward_id = ${trx.wardId} and campaign_id = ${field.campaignId}
    group by 1, 2 order by 1, 2`.execute(trx);
  return rows;
}

async function keptLines(trx: WardTransaction, now?: number): Promise<readonly Line[]> {
  const tallies = [...(await keptCoverage(runtime, trx, field.campaignId, now)).values()].flatMap(
    (one) => one.tallies,
  );
  const sum = (of: typeof tallies, is: (one: (typeof tallies)[number]) => boolean) =>
    of.reduce((total, one) => total + (is(one) ? one.ids.length : 0), 0);
  return [...Map.groupBy(tallies, ({ groupId, laneId }) => `${groupId} ${laneId}`)]
    .map(([place, of]) => ({
      group_id: place.split(' ')[0] ?? '',
      lane_id: place.split(' ')[1] ?? '',
      n: sum(of, () => true),
      reached: sum(of, ({ reached_on }) => reached_on !== null),
      pledged: sum(of, ({ pledged_on }) => pledged_on !== null),
      excluded: sum(of, ({ excluded_on }) => excluded_on !== null),
      flagged: of.reduce((total, one) => total + one.flagged * one.ids.length, 0),
    }))
    .toSorted((a, b) => (a.group_id + a.lane_id < b.group_id + b.lane_id ? -1 : 1));
}

const COLUMNS = [
  'homeId',
  'laneId',
  'reached_on',
  'remote_on',
  'pledged_on',
  'zalo_on',
  'excluded_on',
  'last_outcome',
  'zalo_state',
  'visits',
  'flagged',
] as const;

/** Each household as the view has it, read for this test alone. */
async function viewedHouseholds(trx: WardTransaction): Promise<Map<string, string>> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select household_id as id, group_id as "groupId", home_id as "homeId",
      lane_id as "laneId", reached_on, remote_on, pledged_on, zalo_on, excluded_on, last_outcome, visits, flagged,
      (select z.zalo_state from household_zalo z where z.ward_id = s.ward_id and z.campaign_id = s.campaign_id
        and z.household_id = s.household_id) as zalo_state
    from household_standing s where ward_id = ${trx.wardId} and campaign_id = ${field.campaignId}`.execute(
    trx,
  );
  return new Map(rows.map((row) => [String(row['id']), JSON.stringify(COLUMNS.map((key) => row[key]))]));
}

async function keptHouseholds(trx: WardTransaction): Promise<Map<string, string>> {
  const groups = [...(await keptCoverage(runtime, trx, field.campaignId)).values()];
  return new Map(
    groups.flatMap(({ tallies }) =>
      tallies.flatMap((one) =>
        one.ids.map((id) => [id, JSON.stringify(COLUMNS.map((key) => one[key]))] as const),
      ),
    ),
  );
}

const at = (group: number, household: number) => {
  const of = field.groups[group % field.groups.length];
  return { feed: of?.id ?? '', household: of?.households[household % 6] ?? '' };
};

/** Each as its owner does it: with the next number of the group's feed. */
const ACTS: Readonly<
  Record<string, (trx: WardTransaction, feed: string, household: string) => Promise<unknown>>
> = {
  visit: async (trx, feed, household) =>
    sql`insert into visits (ward_id, id, campaign_id, household_id, group_id, outcome, channel, place, how, author_id,
        done_at, work_on, received_at, flags, feed_id, change_n)
      values (${trx.wardId}, ${newId()}, ${field.campaignId}, ${household}, ${feed}, 'met', 'direct', 'home',
        'on-the-spot', ${newId()}, now(), '2025-08-05', now(), '{too-fast}', ${feed}, ${await nextChange(trx, feed)})`.execute(
      trx,
    ),
  sign: async (trx, feed, household) =>
    sql`insert into pledges (ward_id, id, campaign_id, household_id, group_id, original, signer, text_version, author_id,
        signed_at, work_on, received_at, feed_id, change_n)
      values (${trx.wardId}, ${newId()}, ${field.campaignId}, ${household}, ${feed}, 'paper', 'head', 1, ${newId()},
        now(), '2025-08-05', now(), ${feed}, ${await nextChange(trx, feed)})`.execute(trx),
  'take-back': async (trx, feed, household) =>
    sql`update visits set taken_back_at = now(), change_n = ${await nextChange(trx, feed)}
      where ward_id = ${trx.wardId} and household_id = ${household}`.execute(trx),
  call: async (trx, feed, household) =>
    sql`insert into visits (ward_id, id, campaign_id, household_id, group_id, outcome, channel, place, how, zalo_state,
        author_id, done_at, work_on, received_at, flags, feed_id, change_n)
      values (${trx.wardId}, ${newId()}, ${field.campaignId}, ${household}, ${feed}, 'met', 'phone', 'elsewhere',
        'on-the-spot', 'no-smartphone', ${newId()}, clock_timestamp(), '2025-08-04', now(), '{}', ${feed},
        ${await nextChange(trx, feed)})`.execute(trx),
  match: async (trx, feed, household) => {
    const [channel, person] = [newId(), newId()];
    await sql`insert into people (ward_id, id, name, sort_key) values (${trx.wardId}, ${person}, 'Ai', 'ai')`.execute(
      trx,
    );
    await sql`insert into channels (ward_id, id, kind, name, area_id, opened_on, feed_id, change_n)
      values (${trx.wardId}, ${channel}, 'zalo-group', ${channel}, ${feed}, '2025-08-01', ${feed}, 1)`.execute(
      trx,
    );
    await sql`insert into chat_matches (ward_id, campaign_id, household_id, id, channel_id, list_id, found_by, matched_at,
        matched_on, matched_by)
      values (${trx.wardId}, ${field.campaignId}, ${household}, ${newId()}, ${channel}, ${newId()}, 'phone',
        clock_timestamp(), '2025-08-05', ${person}) on conflict do nothing`.execute(trx);
    await nextChange(trx, feed);
  },
  exclude: async (trx, feed, household) =>
    sql`insert into exclusions (ward_id, id, campaign_id, household_id, reason, asked_by, asked_at, decision, decided_by,
        decided_at, from_on, feed_id, change_n)
      values (${trx.wardId}, ${newId()}, ${field.campaignId}, ${household}, 'vacant', ${newId()}, now(), 'approved',
        ${newId()}, now(), '2025-08-05', ${feed}, ${await nextChange(trx, feed)})`.execute(trx),
  close: async (trx, feed, household) =>
    sql`update households set closed_at = now(), change_n = ${await nextChange(trx, feed)}
      where ward_id = ${trx.wardId} and id = ${household}`.execute(trx),
};

it('equals the recount after every step, in any order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ act: fc.constantFrom(...Object.keys(ACTS)), group: fc.nat(3), household: fc.nat(5) }),
        { minLength: 1, maxLength: 8 },
      ),
      async (steps) => {
        for (const step of steps) {
          const { feed, household } = at(step.group, step.household);
          await database.asOwnerInWard(field.ward, async (trx) => ACTS[step.act]?.(trx, feed, household));
          await database.inWard(field.ward, async (trx) => {
            expect(await keptLines(trx)).toEqual(await viewed(trx));
            expect(await keptHouseholds(trx)).toEqual(await viewedHouseholds(trx));
          });
        }
      },
    ),
    { numRuns: 25 },
  );
  expect(logged).toEqual([]);
});

it('finds out within minutes what changed without a number, says so and mends itself', async () => {
  await database.inWard(field.ward, (trx) => keptLines(trx));
  await database.asOwnerInWard(field.ward, (trx) =>
    sql`update households set closed_at = case when closed_at is null then now() end
      where ward_id = ${trx.wardId} and id = ${at(0, 0).household}`.execute(trx),
  );
  await database.inWard(field.ward, async (trx) => {
    expect(await keptLines(trx)).not.toEqual(await viewed(trx));
    expect(await keptLines(trx, performance.now() + 3_600_000)).toEqual(await viewed(trx));
  });
  expect(logged).toEqual(['households.coverage-drifted']);
});
