/** Histories of amended plans with acts, for the properties of the plan engine. */
import fc from 'fast-check';
import { addDays, type ClosedRange } from '#core/calendar.ts';
import { instantOf } from '#core/clock.ts';
import { calendarOf, occurrences, type Calendar } from '#features/plan/engine/calendar.ts';
import type { PlanItem, PlanVersion } from '#features/plan/model.ts';
import { anyActs, anyDay, anyItem, duty, group, nearDay, PEAK, version } from './plan-items.ts';

export const AREAS = [
  group('a', { validTo: '2025-08-08', successors: ['c'] }),
  group('b'),
  group('c', { validFrom: '2025-08-08' }),
  group('n', { validFrom: '2025-08-20', validTo: '2025-11-01' }),
];
export const UNTIL = '2026-03-31';
export const SPAN: ClosedRange = { from: '2025-06-01', to: UNTIL };
export const NO_DAYS_OFF = new Set<string>();
export const calendar = (versions: readonly PlanVersion[], until = UNTIL): Calendar =>
  calendarOf({ versions, areas: AREAS, daysOff: NO_DAYS_OFF }, until);

export const items = fc.tuple(anyItem('x'), anyItem('y'), anyItem('z'));
const links = fc.constantFrom<PlanVersion['links']>(
  [],
  [['x', 'y']],
  [
    ['x', 'y'],
    ['y', 'z'],
  ],
);
export const campaign = fc.constantFrom(
  PEAK,
  { from: '2025-08-02', to: '2025-12-31' },
  { from: '2025-08-02', to: '2025-08-03' },
);

/** One to three versions; each later one keeps, changes, drops and adds. */
export const history: fc.Arbitrary<PlanVersion[]> = fc
  .tuple(
    fc.array(fc.tuple(items, fc.subarray([0, 1, 2], { minLength: 1 }), campaign, links), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 3 }),
  )
  .map(([drafts, gaps]) => {
    let from = PEAK.from;
    const starts = drafts.map((_, i) => (from = i === 0 ? from : addDays(from, gaps[i] ?? 0)));
    return drafts.map(([all, kept, days, pairs], i) =>
      version(
        i + 1,
        kept.map((at): PlanItem => all[at] ?? duty('x')),
        {
          days,
          links: pairs,
          inForceFrom: starts[i] ?? from,
          inForceTo: starts[i + 1] ?? null,
        },
      ),
    );
  });

export const acts = fc
  .tuple(...['x', 'y', 'z'].map((id) => anyActs(id, [null, 'a', 'b', 'c', 'n'])))
  .map((lists) => lists.flat());

/** Any moment of the campaign and after it, on the edges of days and of 08:30 too. */
export const moment = fc
  .tuple(
    fc.oneof(nearDay, anyDay),
    fc.constantFrom('00:00', '08:30', '12:00', '18:30'),
    fc.constantFrom(-1, 0, 1),
  )
  .map(([day, time, off]) => instantOf(day, time) + off);

export const all = (of: Calendar) => occurrences(of, { from: SPAN.from, to: of.until });
