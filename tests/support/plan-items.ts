/** Items, versions and acts for tests of the plan engine: each test states only what it is about. */
import fc from 'fast-check';
import { addDays, type ClosedRange, type DateOn } from '#core/calendar.ts';
import { instantOf } from '#core/clock.ts';
import { actsOf } from '#features/plan/engine/acts.ts';
import { calendarOf, excusesAt, occurrenceAt, stateOfOccurrence } from '#features/plan/engine/calendar.ts';
import {
  DEFAULT_CHOICES,
  type Area,
  type Choices,
  type Duty,
  type Evidence,
  type Excuse,
  type PlanItem,
  type PlanVersion,
  type Report,
  type Target,
} from '#features/plan/model.ts';
import { PERIODS, type Channel } from '#features/plan/reader/reading.ts';

/** Saturday to Thursday. */
export const PEAK: ClosedRange = { from: '2025-08-02', to: '2025-08-14' };

const OWED = {
  quote: null,
  title: 'việc',
  proposal: false,
  choices: DEFAULT_CHOICES,
  actor: 'Công an phường',
  accountable: 'police',
  partners: [],
  cooperating: [],
  scope: 'ward',
  cadence: null,
  between: null,
  by: null,
  time: null,
  weekdays: [],
  dayOfMonth: null,
} as const;

export function duty(id: string, fields: Partial<Duty> = {}): Duty {
  return {
    ...OWED,
    id,
    kind: 'duty',
    activity: 'post',
    channels: [],
    audience: null,
    windows: [],
    standing: false,
    ...fields,
  };
}

export function report(id: string, fields: Partial<Report> = {}): Report {
  return { ...OWED, id, kind: 'report', reportKind: 'quick', to: null, addressee: null, ...fields };
}

export function target(id: string, fields: Partial<Target> = {}): Target {
  return {
    id,
    kind: 'target',
    quote: null,
    title: 'chỉ tiêu',
    proposal: false,
    choices: DEFAULT_CHOICES,
    accountable: null,
    subject: 'tin, bài',
    measure: 'published',
    comparator: '>=',
    value: 5,
    unit: 'tin, bài',
    per: 'month',
    by: null,
    channels: [],
    ...fields,
  };
}

export function version(
  number: number,
  items: readonly PlanItem[],
  fields: Partial<PlanVersion> = {},
): PlanVersion {
  return { number, inForceFrom: PEAK.from, inForceTo: null, days: PEAK, links: [], items, ...fields };
}

export function group(id: string, fields: Partial<Area> = {}): Area {
  return { id, validFrom: '2025-07-01', validTo: null, successors: [], ...fields };
}

let made = 0;
/** Done and told at once, in the morning of its day, unless said otherwise. */
export function act(itemId: string, workOn: DateOn, fields: Partial<Evidence> = {}): Evidence {
  return {
    id: `act-${++made}`,
    itemIds: [itemId],
    areaId: null,
    workOn,
    doneAt: null,
    channel: null,
    count: 1,
    receivedAt: fields.doneAt ?? instantOf(workOn, '07:00'),
    undoneAt: null,
    ...fields,
  };
}

const anyChoices: fc.Arbitrary<Choices> = fc.record({
  lastDay: fc.constantFrom('included', 'excluded'),
  channels: fc.constantFrom('each', 'together'),
  windows: fc.constantFrom('each', 'either'),
  weekends: fc.constantFrom('counted', 'skipped'),
  partialPeriods: fc.constantFrom('owed', 'prorata', 'waived'),
});

/** Any day from 60 before the peak to 120 after it. */
export const anyDay: fc.Arbitrary<DateOn> = fc
  .integer({ min: -60, max: 120 })
  .map((n) => addDays(PEAK.from, n));

const WINDOWS = [
  { name: 'early-morning', from: '05:00', to: '07:30' },
  { name: 'late-afternoon', from: '16:30', to: '18:30' },
];

const anyOwed = fc.record({
  proposal: fc.boolean(),
  scope: fc.constantFrom('ward' as const, 'group' as const),
  choices: anyChoices,
  cadence: fc.option(fc.record({ count: fc.integer({ min: 1, max: 6 }), per: fc.constantFrom(...PERIODS) })),
  between: fc.option(
    fc
      .tuple(anyDay, fc.integer({ min: 0, max: 80 }))
      .map(([from, days]) => ({ from, to: addDays(from, days) })),
  ),
  by: fc.option(fc.record({ on: anyDay, time: fc.constantFrom(null, '17:00') })),
  time: fc.constantFrom(null, '08:30'),
  weekdays: fc.constantFrom([], [], [], [1], [5], [1, 4]),
  dayOfMonth: fc.constantFrom(null, null, 1, 20, 31),
});

export function anyItem(id: string): fc.Arbitrary<Duty | Report> {
  return fc.oneof(
    fc
      .tuple(
        anyOwed,
        fc.boolean(),
        fc.constantFrom<Channel[]>([], ['zalo', 'facebook']),
        fc.constantFrom([], WINDOWS),
      )
      .map(([owed, standing, channels, windows]) => duty(id, { ...owed, standing, channels, windows })),
    fc
      .tuple(anyOwed, fc.constantFrom('quick' as const, 'final' as const, 'periodic' as const))
      .map(([owed, reportKind]) => report(id, { ...owed, reportKind })),
  );
}

/** Days of the peak and next to it, so that acts meet, and miss, what is owed. */
export const nearDay: fc.Arbitrary<DateOn> = fc
  .integer({ min: -2, max: 18 })
  .map((n) => addDays(PEAK.from, n));

const workDay = fc.oneof({ weight: 5, arbitrary: nearDay }, { weight: 1, arbitrary: anyDay });

/** Acts in any order, some told late, some at an hour, some undone. */
export function anyActs(itemId: string, areaIds: readonly (string | null)[]): fc.Arbitrary<Evidence[]> {
  return fc.array(
    fc
      .record({
        workOn: workDay,
        time: fc.option(fc.tuple(fc.constantFrom(0, 6, 8, 12, 18, 23), fc.constantFrom('15', '30'))),
        toldAfterHours: fc.constantFrom(0, 1, 10, 30, 60, 500),
        areaId: fc.constantFrom(...areaIds),
        channel: fc.constantFrom(null, 'zalo', 'facebook'),
        count: fc.integer({ min: 1, max: 4 }),
        undone: fc.constantFrom(false, false, false, true),
      })
      .map(({ workOn, time, toldAfterHours, undone, ...rest }) => {
        const [hour, minute] = time ?? [0, ''];
        const doneAt = time === null ? null : instantOf(workOn, `${String(hour).padStart(2, '0')}:${minute}`);
        const receivedAt = (doneAt ?? instantOf(workOn, '12:00')) + toldAfterHours * 3_600_000;
        return act(itemId, workOn, { ...rest, doneAt, receivedAt, undoneAt: undone ? receivedAt + 1 : null });
      }),
    { maxLength: 40 },
  );
}

/** How one occurrence stands. */
interface Asked {
  readonly at: number;
  readonly acts?: readonly Evidence[];
  readonly excuses?: readonly Excuse[];
  readonly areas?: readonly Area[];
  readonly area?: string;
}
export const standing = (
  versions: readonly PlanVersion[],
  id: string,
  start: string,
  { at, acts = [], excuses = [], areas = [], area }: Asked,
) => {
  const found = occurrenceAt(
    calendarOf({ versions, areas, daysOff: new Set() }, '2026-12-31'),
    id,
    area ?? null,
    start,
  );
  if (!found) throw new Error('nothing is owed there');
  return stateOfOccurrence(found, actsOf(acts, versions, at), excusesAt(excuses, at));
};
