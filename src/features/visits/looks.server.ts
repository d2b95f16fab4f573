// Visits a new one is held against to say whether it looks odd: of the same household on the days around, of the same
// author in the minutes around.
import { DAY, MINUTE, parseInstant } from '#core/clock.ts';
import { byKeysWithin } from '#platform/sync/keys.server.ts';
import type { Look } from '#platform/sync/record-type.server.ts';
import type { Scene } from '#platform/sync/scene.ts';
import type { OtherVisit } from '#features/visits/model.ts';
import type { VisitBody } from '#features/visits/schema.ts';

interface Before {
  readonly household_id: string;
  readonly author_id: string;
  readonly outcome: string;
  readonly how: string;
  readonly place: string;
  readonly done_at: number;
}

const SEEN = `v.household_id, v.author_id, v.outcome, v.how, v.place,
  (extract(epoch from v.done_at) * 1000)::float8 as done_at`;
const LOOKED = {
  table: 'visits',
  alias: 'v',
  columns: SEEN,
  instant: 'done_at',
  where: 'v.taken_back_at is null',
} as const;
/** Of one household or one author, behind whose index each is read by itself: see byKeys. */
const NEAR_VISITS = [
  byKeysWithin({ ...LOOKED, key: 'household_id', timed: false, at: 2 }),
  byKeysWithin({ ...LOOKED, key: 'author_id', timed: true, at: 5 }),
].join(' union all ');

type Seen = readonly {
  record: { authorId: string; recordedAt: string; clockOffset: number | null };
  body: VisitBody;
}[];

/** As long as two homes by one person may be apart and still be looked at, on both sides of the batch. */
const NEAR = 2 * MINUTE;

interface Span {
  first: number;
  last: number;
}

function widen(spans: Map<string, Span>, key: string, at: number): void {
  const span = spans.get(key);
  if (!span) spans.set(key, { first: at, last: at });
  else if (at < span.first) span.first = at;
  else if (at > span.last) span.last = at;
}

const spanValues = (spans: Map<string, Span>, by: number) => [
  [...spans.keys()],
  [...spans.values()].map(({ first }) => new Date(first - by)),
  [...spans.values()].map(({ last }) => new Date(last + by)),
];

export function looks(wardId: number, visits: Seen): Look[] {
  const households = new Map<string, Span>();
  const authors = new Map<string, Span>();
  for (const { record, body } of visits) {
    const at = (parseInstant(record.recordedAt) ?? 0) + (record.clockOffset ?? 0);
    widen(households, body.householdId, at);
    widen(authors, record.authorId, at);
  }
  // A minute apart for one person, a day apart for one household.
  return [
    {
      as: 'visits-near',
      name: 'visits_near',
      text: NEAR_VISITS,
      values: [wardId, ...spanValues(households, DAY), ...spanValues(authors, NEAR)],
    },
  ];
}

const otherOf = (row: Before): OtherVisit => ({
  householdId: row.household_id,
  authorId: row.author_id,
  outcome: row.outcome,
  doneAt: row.done_at,
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
  for (const row of scene.look<Before>('visits-near')) others.add(otherOf(row));
  return others;
}
