// Visits a new one is held against to say whether it looks odd: of the same household on the days around, of the same
// author in the minutes around.
import { DAY, MINUTE, parseInstant } from '#core/clock.ts';
import { byKeys } from '#platform/sync/keys.server.ts';
import type { Look } from '#platform/sync/record-type.server.ts';
import type { Scene } from '#platform/sync/scene.ts';
import type { OtherVisit } from '#features/visits/model.ts';
import type { VisitBody } from '#features/visits/schema.ts';

const SINCE = 'v.done_at between $3 and $4 and v.taken_back_at is null';

interface Before {
  readonly household_id: string;
  readonly author_id: string;
  readonly outcome: string;
  readonly how: string;
  readonly place: string;
  readonly done_at: Date;
}

const SEEN = 'v.household_id, v.author_id, v.outcome, v.how, v.place, v.done_at';
/** Of one household or one author, behind whose index each is read by itself: see byKeys. */
const LOOKS = {
  households: byKeys('visits', SEEN, 'v', 'household_id', SINCE),
  authors: byKeys('visits', SEEN, 'v', 'author_id', SINCE),
};

type Seen = readonly {
  record: { authorId: string; recordedAt: string; clockOffset: number | null };
  body: VisitBody;
}[];

/** As long as two homes by one person may be apart and still be looked at, on both sides of the batch. */
const NEAR = 2 * MINUTE;

export function looks(wardId: number, visits: Seen): Look[] {
  const households = [...new Set(visits.map(({ body }) => body.householdId))];
  const authors = [...new Set(visits.map(({ record }) => record.authorId))];
  const times = visits.map(
    ({ record }) => (parseInstant(record.recordedAt) ?? 0) + (record.clockOffset ?? 0),
  );
  // A minute apart for one person, a day apart for one household.
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const span = (by: number) => [new Date(first - by), new Date(last + by)] as const;
  return [
    {
      as: 'visits-of-households',
      name: 'visits_of_households',
      text: LOOKS.households,
      values: [wardId, households, ...span(DAY)],
    },
    {
      as: 'visits-of-authors',
      name: 'visits_of_authors',
      text: LOOKS.authors,
      values: [wardId, authors, ...span(NEAR)],
    },
  ];
}

const otherOf = (row: Before): OtherVisit => ({
  householdId: row.household_id,
  authorId: row.author_id,
  outcome: row.outcome,
  doneAt: row.done_at.getTime(),
  onTheSpot: row.how === 'on-the-spot' && row.place === 'home',
});

/** Only visits of the same household or the same author can make one look odd: a batch asks each of them, not all. */
export class Others {
  readonly #by = new Map<string, OtherVisit[]>();

  add(other: OtherVisit): void {
    for (const key of new Set([other.householdId, other.authorId])) {
      const of = this.#by.get(key);
      if (of) of.push(other);
      else this.#by.set(key, [other]);
    }
  }

  near({ householdId, authorId }: { householdId: string; authorId: string }): readonly OtherVisit[] {
    return [...(this.#by.get(householdId) ?? []), ...(this.#by.get(authorId) ?? [])];
  }
}

export function othersSeen(scene: Scene): Others {
  const others = new Others();
  for (const as of ['visits-of-households', 'visits-of-authors'])
    for (const row of scene.look<Before>(as)) others.add(otherOf(row));
  return others;
}
