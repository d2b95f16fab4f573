// Doors, visits and pledges of a sample ward, put together from each feature's own part. Every group's rows are numbered
// in the order in which they would have reached the ward: its list first, then evening by evening.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange, wardFeed } from '#platform/feeds.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import type { SampleGroup } from '#features/areas/rehearsal.server.ts';
import { drawDoors, writeDoors, writeExclusions } from '#features/households/rehearsal.server.ts';
import type {
  DoorToWrite,
  ExclusionToWrite,
  SampleDwelling,
  SampleGroupDoors,
} from '#features/households/rehearsal.server.ts';
import type { SamplePeople } from '#features/people/rehearsal.server.ts';
import { writeHandovers, writePledgeText, writeSignings } from '#features/pledges/rehearsal.server.ts';
import type { SampleHandover, SampleSigning } from '#features/pledges/rehearsal.server.ts';
import { drawVisits, writeVisits } from '#features/visits/rehearsal.server.ts';
import type { SampleVisit } from '#features/visits/rehearsal.server.ts';

const LISTED_AT = new Date('2025-07-22T09:00:00+07:00');
const HOUR = 3_600_000;

const TextFile = z.object({
  title: z.string(),
  body: z.string(),
  consents: z.array(z.object({ code: z.string(), text: z.string() })),
  source: z.string(),
});

interface Wish {
  readonly campaignId: string;
  readonly areas: readonly SampleGroup[];
  readonly people: SamplePeople;
  /** Folder of the texts. */
  readonly examples: string;
  /** Who takes papers for the ward police. */
  readonly policeId: string;
}

function visitorsOf({ people, areas }: Wish, n: number): string[] {
  const crew = people.groups[n];
  const members = people.grants
    .filter(({ role, areaId }) => role === 'field-member' && areaId === areas[n]?.id)
    .map(({ personId }) => personId);
  return crew ? [crew.leader.id, crew.deputy.id, ...members] : members;
}

/** Numbers of one group's feed, going on where its groups and lanes ended. */
class Numbers {
  readonly #last: Map<string, number>;
  constructor(last: ReadonlyMap<string, number>) {
    this.#last = new Map(last);
  }
  next(groupId: string): number {
    const n = (this.#last.get(groupId) ?? 0) + 1;
    this.#last.set(groupId, n);
    return n;
  }
  all(): [string, number][] {
    return [...this.#last];
  }
}

async function lastNumbers(trx: WardTransaction): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('feeds')
    .select(['feed_id', 'n'])
    .where('ward_id', '=', trx.wardId)
    .where('kind', '=', 'group')
    .execute();
  return new Map(rows.map(({ feed_id, n }) => [feed_id, n]));
}

const doorOf = (dwelling: SampleDwelling, numbers: Numbers, at: Date, by: string | null): DoorToWrite => ({
  dwelling,
  createdAt: at,
  createdBy: by,
  dwellingN: numbers.next(dwelling.groupId),
  householdNs: dwelling.households.map(() => numbers.next(dwelling.groupId)),
});

/** Doors nobody had listed come into the register with the first visit that found somebody there. */
function doorsFound(
  groups: readonly SampleGroupDoors[],
  visits: readonly SampleVisit[],
  numbers: Numbers,
): DoorToWrite[] {
  const byHousehold = new Map(
    groups.flatMap(({ unlisted }) =>
      unlisted.flatMap((dwelling) =>
        dwelling.households.map(({ id }): [string, SampleDwelling] => [id, dwelling]),
      ),
    ),
  );
  const written = new Set<string>();
  return visits.flatMap((visit) => {
    const dwelling = visit.isNew ? byHousehold.get(visit.householdId) : undefined;
    if (!dwelling || written.has(dwelling.id)) return [];
    written.add(dwelling.id);
    return [doorOf(dwelling, numbers, new Date(visit.receivedAt), visit.authorId)];
  });
}

const EXCLUDABLE = new Set(['moved-away', 'vacant', 'inaccessible']);

function exclusionsOf(
  wish: Wish,
  visits: readonly SampleVisit[],
  numbers: Numbers,
  chance: Chance,
): ExclusionToWrite[] {
  const id = chance.branch('ids').ids(Date.parse('2025-08-03T21:00:00+07:00'));
  const officer = new Map(wish.areas.map((area, n) => [area.id, wish.people.groups[n]?.officer.id]));
  const asked = new Set<string>();
  return visits
    .filter(
      ({ outcome, householdId }) =>
        EXCLUDABLE.has(outcome) && !asked.has(householdId) && Boolean(asked.add(householdId)),
    )
    .filter(() => chance.odds(0.8))
    .map((visit) => {
      const by = officer.get(visit.groupId);
      const decide = by !== undefined && visit.workOn < '2025-08-04' && chance.odds(0.7);
      return {
        id: id(),
        campaignId: wish.campaignId,
        householdId: visit.householdId,
        groupId: visit.groupId,
        reason: visit.outcome,
        askedBy: visit.authorId,
        askedAt: new Date(visit.receivedAt),
        fromOn: visit.workOn,
        decided: decide ? { by, at: new Date(visit.receivedAt + 14 * HOUR) } : null,
        n: numbers.next(visit.groupId),
      };
    });
}

/** Two evenings' papers are with the ward police, of most groups; the last evening's are still with the leaders. */
function handoversOf(wish: Wish, signings: readonly SampleSigning[], chance: Chance): SampleHandover[] {
  const id = chance.branch('ids').ids(Date.parse('2025-08-04T09:00:00+07:00'));
  const byGroup = Map.groupBy(
    signings.filter(({ workOn }) => workOn < '2025-08-04'),
    ({ groupId }) => groupId,
  );
  return wish.areas.flatMap((area, n) => {
    const papers = byGroup.get(area.id) ?? [];
    const leader = wish.people.groups[n]?.leader.id;
    if (papers.length === 0 || leader === undefined || chance.odds(0.25)) return [];
    const missing = chance.int(0, 3);
    return [
      {
        id: id(),
        groupId: area.id,
        handedBy: leader,
        takenBy: wish.policeId,
        handedAt: Date.parse('2025-08-04T09:00:00+07:00') + n * 420_000,
        visitIds: papers.slice(0, Math.max(1, papers.length - missing)).map(({ visitId }) => visitId),
      },
    ];
  });
}

const signingsOf = (visits: readonly SampleVisit[], numbers: Numbers): SampleSigning[] =>
  visits
    .filter(({ signed }) => signed)
    .map((visit) => ({
      visitId: visit.id,
      householdId: visit.householdId,
      groupId: visit.groupId,
      authorId: visit.authorId,
      enteredBy: visit.enteredBy,
      membersTold: visit.membersTold,
      signedAt: visit.doneAt,
      workOn: visit.workOn,
      receivedAt: visit.receivedAt,
      n: numbers.next(visit.groupId),
    }));

async function writeText(trx: WardTransaction, wish: Wish): Promise<void> {
  const text = TextFile.parse(
    JSON.parse(await readFile(join(wish.examples, 'ban-cam-ket-2025.json'), 'utf8')),
  );
  const feedId = await wardFeed(trx);
  await writePledgeText(trx, wish.campaignId, text, {
    at: new Date('2025-08-01T16:00:00+07:00'),
    by: wish.policeId,
    on: '2025-08-01',
    feedId,
    n: await nextChange(trx, feedId),
  });
}

export async function runSampleDoors(trx: WardTransaction, wish: Wish, chance: Chance): Promise<void> {
  const groups = drawDoors(chance.branch('doors'), wish.areas);
  const desk = wish.people.dutyDesk[0]?.id ?? wish.policeId;
  const ids = (dwellings: readonly SampleDwelling[]) =>
    dwellings.flatMap(({ households }) => households.map(({ id }) => id));
  const visits = drawVisits(
    chance.branch('visits'),
    groups.map(({ groupId, dwellings, unlisted }, n) => ({
      groupId,
      listed: ids(dwellings),
      unlisted: ids(unlisted),
      visitors: visitorsOf(wish, n),
      deskId: desk,
    })),
  ).toSorted((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
  const numbers = new Numbers(await lastNumbers(trx));
  const listed = groups.flatMap(({ dwellings }) =>
    dwellings.map((one) => doorOf(one, numbers, LISTED_AT, null)),
  );
  const found = doorsFound(groups, visits, numbers);
  const numbered = visits.map((visit) => ({ visit, n: numbers.next(visit.groupId) }));
  const signings = signingsOf(visits, numbers);
  const exclusions = exclusionsOf(wish, visits, numbers, chance.branch('exclusions'));
  await writeText(trx, wish);
  await writeDoors(trx, [...listed, ...found]);
  await writeVisits(trx, wish.campaignId, numbered);
  await writeSignings(trx, wish.campaignId, signings);
  await writeExclusions(trx, exclusions);
  await writeHandovers(trx, wish.campaignId, handoversOf(wish, signings, chance.branch('papers')));
  const [feeds, ns] = [numbers.all().map(([id]) => id), numbers.all().map(([, n]) => n)];
  await sql`update feeds set n = last.n from unnest(${feeds}::uuid[], ${ns}::bigint[]) as last (feed_id, n)
    where feeds.ward_id = ${trx.wardId} and feeds.feed_id = last.feed_id`.execute(trx);
}
