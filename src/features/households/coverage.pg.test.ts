// The published views against a recount from raw rows by the pure arithmetic, over random histories of a small ward.
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { firstHouseholdId, dwellingId, laneId } from '#protocol/identity.ts';
import { keptCoverage } from '#features/households/coverage-kept.server.ts';
import { figuresOf, gainsByDay, MEASURES } from '#features/households/engine/coverage.ts';
import type { HouseholdFacts } from '#features/households/engine/coverage.ts';
import type { Tally } from '#features/households/standing.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';
import { openForMatrix } from '../../../tests/support/matrix-rows.ts';

let runtime: Runtime;
let database: Database;
let stage: Stage;
let campaign: string;
let lane: string;
const LAST = '2025-08-05';

beforeAll(async () => {
  ({ runtime, database } = await testRuntime());
  stage = await makeStage(database);
  campaign = (await openForMatrix(database, stage)).own.campaign;
  lane = laneId(stage.group, 'Ngõ 12');
  await database.asOwnerInWard(stage.ward, (trx) =>
    sql`insert into areas (ward_id, id, kind, parent_id, name, short_name, valid_from, feed_id, change_n)
      values (${stage.ward}, ${lane}, 'lane', ${stage.group}, 'Ngõ 12', 'Ngõ 12', '2025-07-01', ${stage.group}, 1)
      on conflict do nothing`.execute(trx),
  );
  // The matrix's own household is not of this story.
  await database.asOwnerInWard(stage.ward, (trx) =>
    sql`update households set closed_at = now()`.execute(trx),
  );
});

interface Visit {
  readonly day: string;
  readonly outcome: string;
  readonly channel: string;
  readonly zalo: string | null;
  readonly takenBack: boolean;
}
interface Door {
  readonly visits: readonly Visit[];
  readonly pledges: readonly { readonly day: string; readonly withdrawn: boolean }[];
  readonly excluded: 'approved' | 'refused' | 'ended' | null;
  /** Counts for the household before it. */
  readonly absorbed: boolean;
}

const day = fc.constantFrom('2025-08-02', '2025-08-03', '2025-08-04', LAST);
const door: fc.Arbitrary<Door> = fc.record({
  visits: fc.array(
    fc.record({
      day,
      outcome: fc.constantFrom('met', 'met', 'nobody-home', 'refused', 'working-away'),
      channel: fc.constantFrom('direct', 'direct', 'phone', 'zalo'),
      zalo: fc.constantFrom(null, 'own-member', 'received-by', 'not-yet'),
      takenBack: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  pledges: fc.array(fc.record({ day, withdrawn: fc.boolean() }), { maxLength: 2 }),
  excluded: fc.constantFrom(null, null, null, 'approved', 'refused', 'ended'),
  absorbed: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
});

async function addDoor(trx: WardTransaction, n: number, one: Door, into: string | null): Promise<string> {
  const ward = trx.wardId;
  const dwelling = dwellingId(lane, `${newId()}`.slice(-12));
  const id = firstHouseholdId(dwelling);
  const at = (when: string, minute: number) => `${when}T19:${String(minute).padStart(2, '0')}:00+07:00`;
  await sql`insert into dwellings (ward_id, id, lane_id, group_id, house_number, kind, created_at, feed_id, change_n)
    values (${ward}, ${dwelling}, ${lane}, ${stage.group}, ${String(n)}, 'house', now(), ${stage.group}, 1)`.execute(
    trx,
  );
  await sql`insert into households (ward_id, id, dwelling_id, group_id, n, head_name, residence, merged_into, created_at,
      feed_id, change_n)
    values (${ward}, ${id}, ${dwelling}, ${stage.group}, 1, 'Đào Thị Lành', 'permanent', ${into}, now(), ${stage.group}, 1)`.execute(
    trx,
  );
  for (const [minute, visit] of one.visits.entries())
    await sql`insert into visits (ward_id, id, campaign_id, household_id, group_id, outcome, channel, place, how,
        zalo_state, author_id, done_at, work_on, received_at, taken_back_at, feed_id, change_n)
      values (${ward}, ${newId()}, ${campaign}, ${id}, ${stage.group}, ${visit.outcome}, ${visit.channel}, 'home',
        'on-the-spot', ${visit.zalo}, ${newId()}, ${at(visit.day, minute + (n % 50))}, ${visit.day}, now(),
        ${visit.takenBack ? new Date() : null}, ${stage.group}, 1)`.execute(trx);
  for (const pledge of one.pledges)
    await sql`insert into pledges (ward_id, id, campaign_id, household_id, group_id, original, signer, text_version,
        author_id, signed_at, work_on, received_at, withdrawn_at, feed_id, change_n)
      values (${ward}, ${newId()}, ${campaign}, ${id}, ${stage.group}, 'paper', 'head', 1, ${newId()},
        ${at(pledge.day, 0)}, ${pledge.day}, now(), ${pledge.withdrawn ? new Date() : null}, ${stage.group}, 1)`.execute(
      trx,
    );
  if (one.excluded && into === null)
    await sql`insert into exclusions (ward_id, id, campaign_id, household_id, reason, asked_by, asked_at, from_on,
        decided_at, decided_by, decision, ended_at, feed_id, change_n)
      values (${ward}, ${newId()}, ${campaign}, ${id}, 'moved-away', ${newId()}, now(), '2025-08-03', now(), ${newId()},
        ${one.excluded === 'refused' ? 'refused' : 'approved'}, ${one.excluded === 'ended' ? new Date() : null},
        ${stage.group}, 1)`.execute(trx);
  return id;
}

/** The same story for the pure arithmetic: what an absorbed entry did belongs to the one that absorbed it. */
function factsOf(doors: readonly Door[]): HouseholdFacts[] {
  const standing: { door: Door; visits: { visit: Visit; minute: number }[]; pledges: string[] }[] = [];
  for (const [n, one] of doors.entries()) {
    const visits = one.visits
      .map((visit, at) => ({ visit, minute: at + (n % 50) }))
      .filter(({ visit }) => !visit.takenBack);
    const pledges = one.pledges.filter(({ withdrawn }) => !withdrawn).map((pledge) => pledge.day);
    const last = standing.at(-1);
    if (one.absorbed && last) {
      last.visits.push(...visits);
      last.pledges.push(...pledges);
    } else standing.push({ door: one, visits, pledges });
  }
  return standing.map(({ door: one, visits, pledges }, n) => {
    const days = (of: (visit: Visit) => boolean) =>
      visits.filter(({ visit }) => of(visit)).map(({ visit }) => visit.day);
    const said = visits
      .filter(({ visit }) => visit.zalo !== null)
      .toSorted((a, b) =>
        a.visit.day < b.visit.day ? -1 : a.visit.day > b.visit.day ? 1 : a.minute - b.minute,
      );
    const isOn = (visit: Visit) => visit.zalo === 'own-member' || visit.zalo === 'received-by';
    const last = said.at(-1);
    const sameMoment = said.filter(
      ({ visit, minute }) => visit.day === last?.visit.day && minute === last.minute,
    );
    return {
      id: String(n),
      groupId: stage.group,
      laneId: lane,
      metOn: days(({ outcome, channel }) => outcome === 'met' && channel === 'direct'),
      calledOn: days(({ outcome, channel }) => outcome === 'met' && channel !== 'direct'),
      pledgedOn: pledges,
      zaloOn: sameMoment.some(({ visit }) => isOn(visit)) ? days(isOn) : [],
      excludedFrom: one.excluded === 'approved' ? '2025-08-03' : null,
      lastReason: null,
    };
  });
}

/** Nothing kept yet: what is rolled back here must not be remembered. */
const cold = (): Runtime => ({ ...runtime, database: { ...database } });

function countOf(tallies: readonly Tally[]): Record<string, number> {
  const sum = (is: (of: Tally) => boolean) =>
    tallies.reduce((all, of) => all + (is(of) ? of.ids.length : 0), 0);
  const counted = (is: (of: Tally) => boolean) => sum((of) => of.excluded_on === null && is(of));
  return {
    named: sum(() => true),
    excluded: sum((of) => of.excluded_on !== null),
    reached: counted((of) => of.reached_on !== null),
    remote: counted((of) => of.remote_on !== null),
    pledged: counted((of) => of.pledged_on !== null),
    zalo: counted((of) => of.zalo_on !== null),
  };
}

const UNDO = Symbol('undo');

describe('coverage', () => {
  it('the published figures equal a recount from raw rows, and pass no denominator', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(door, { maxLength: 14 }),
        fc.option(fc.integer({ min: 0, max: 20 })),
        async (doors, declared) => {
          try {
            await database.asOwnerInWard(stage.ward, async (trx) => {
              if (declared !== null)
                await sql`insert into area_declarations (ward_id, area_id, version, households, stated_by, stated_at,
                  confirmed_by, confirmed_at)
                values (${trx.wardId}, ${stage.group}, 1, ${declared}, ${newId()}, now(), ${newId()}, now())`.execute(
                  trx,
                );
              let last: string | null = null;
              for (const [n, one] of doors.entries()) {
                const id: string = await addDoor(trx, n, one, one.absorbed ? last : null);
                if (!one.absorbed || last === null) last = id;
              }
              const wished = figuresOf(factsOf(doors), declared, LAST);
              const { rows } = await sql<
                Record<string, number | null>
              >`select declared, named, excluded, denominator, reached,
              remote, pledged, zalo from group_coverage where ward_id = ${trx.wardId} and campaign_id = ${campaign}
              and group_id = ${stage.group}`.execute(trx);
              const { declared: d, named, excluded, denominator, reached, remote, pledged, zalo } = wished;
              expect(rows[0]).toEqual({
                declared: d,
                named,
                excluded,
                denominator,
                reached,
                remote,
                pledged,
                zalo,
              });
              const kept = await keptCoverage(cold(), trx, campaign);
              expect(countOf(kept.get(stage.group)?.tallies ?? [])).toEqual({
                ...{ named, excluded, reached, remote, pledged, zalo },
              });
              const own = await sql<Record<string, number>>`select count(*)::int as named,
                  count(excluded_on)::int as excluded, (count(reached_on) filter (where excluded_on is null))::int as reached,
                  (count(remote_on) filter (where excluded_on is null))::int as remote,
                  (count(pledged_on) filter (where excluded_on is null))::int as pledged,
                  (count(zalo_on) filter (where excluded_on is null))::int as zalo
                from household_standings(${trx.wardId}, ${campaign}::uuid, ${[stage.group]}::uuid[])`.execute(
                trx,
              );
              expect(own.rows[0]).toEqual({ named, excluded, reached, remote, pledged, zalo });
              const gains = gainsByDay(factsOf(doors), LAST);
              const found = await sql<{
                measure: string;
                day: string;
                n: number;
              }>`select measure, day, n from household_coverage
              where ward_id = ${trx.wardId} and campaign_id = ${campaign}`.execute(trx);
              for (const measure of MEASURES) {
                const ofView = found.rows.filter((row) => row.measure === measure);
                expect(new Map(ofView.map((row) => [row.day, row.n]))).toEqual(new Map(gains[measure]));
                expect(wished[measure]).toBeLessThanOrEqual(wished.denominator);
              }
              throw UNDO;
            });
          } catch (error) {
            if (error !== UNDO) throw error;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('search behind the walls', () => {
  it('finds a household of the own ward by part of a name, and none of another ward', async () => {
    const names = (trx: WardTransaction) =>
      sql<{
        ids: string;
      }>`select ids from readers.households_by_group(array['lanh'], null, null, null, null, null,
        null)`.execute(trx);
    await database.asOwnerInWard(stage.ward, (trx) =>
      addDoor(trx, 7, { visits: [], pledges: [], excluded: null, absorbed: false }, null),
    );
    expect((await database.inWard(stage.ward, names)).rows).toHaveLength(1);
    expect((await database.inWard(stage.otherWard, names)).rows).toHaveLength(0);
    const outside = await sql<{ ids: string }>`select ids
      from readers.households_by_group(array['lanh'], null, null, null, null, null, null)`.execute(
      database.outside,
    );
    expect(outside.rows).toHaveLength(0);
  });

  it('shows page after page in one order, tells how many there are, and nothing of another ward', async () => {
    const page = (skip: number, most: number) => (trx: WardTransaction) =>
      sql<{
        total: number;
        ids: string[];
      }>`select total, ids from readers.page_of_households(array['a'], null, null,
        null, null, null, null, ${skip}::int, ${most}::int)`.execute(trx);
    await database.asOwnerInWard(stage.ward, async (trx) => {
      for (let door = 20; door < 27; door++)
        await addDoor(trx, door, { visits: [], pledges: [], excluded: null, absorbed: false }, null);
    });
    const all = (await database.inWard(stage.ward, page(0, 1_000))).rows[0];
    expect(all?.ids.length).toBeGreaterThanOrEqual(7);
    expect(all?.total).toBe(all?.ids.length);
    const pages: string[] = [];
    for (let skip = 0; skip < (all?.total ?? 0); skip += 2)
      pages.push(...((await database.inWard(stage.ward, page(skip, 2))).rows[0]?.ids ?? []));
    expect(pages).toEqual(all?.ids);
    const beyond = (await database.inWard(stage.ward, page(1_000, 50))).rows[0];
    expect(beyond).toEqual({ total: all?.total, ids: [] });
    const theirs = (await database.inWard(stage.otherWard, page(0, 50))).rows[0];
    expect(theirs).toEqual({ total: 0, ids: [] });
    const outside = await sql<{
      total: number;
    }>`select total from readers.page_of_households(array['a'], null, null,
      null, null, null, null, 0, 50)`.execute(database.outside);
    expect(outside.rows).toEqual([{ total: 0 }]);
  });
});
