/** A summary counts what the occurrences say, and a kept index of acts tells what a new one would. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#core/calendar.ts';
import { ActIndex, actsOf } from '#features/plan/engine/acts.ts';
import { excusesAt, occurrences, stateOfOccurrence } from '#features/plan/engine/calendar.ts';
import { addCounts, summarise, totalCount } from '#features/plan/engine/summary.ts';
import { STATES, type Evidence, type Excuse } from '#features/plan/model.ts';
import { acts, all, calendar, history, moment, SPAN } from '../../../../tests/support/plan-histories.ts';
import { anyDay, nearDay } from '../../../../tests/support/plan-items.ts';

describe('an index of acts that is kept', () => {
  it('and fed with changes one by one tells the same as one made anew', () => {
    fc.assert(
      fc.property(
        history,
        acts,
        acts,
        fc.infiniteStream(fc.nat()),
        moment,
        (versions, old, fresh, picks, now) => {
          // The same ids again in any order, some moved to other days and places, some undone.
          const changed = fresh.map((one, i) => {
            const before = old[(picks.next().value ?? 0) % Math.max(1, old.length)];
            return before && i % 2 === 0 ? { ...one, id: before.id } : one;
          });
          const index = new ActIndex(versions);
          for (const one of old) index.put(one);
          summarise(calendar(versions), SPAN, index.at(now), new Set());
          for (const one of changed) index.put(one);
          const last = new Map([...old, ...changed].map((one) => [one.id, one]));
          const anew = actsOf(last.values(), versions, now);
          for (const one of all(calendar(versions))) {
            expect(stateOfOccurrence(one, index.at(now), new Set())).toEqual(
              stateOfOccurrence(one, anew, new Set()),
            );
          }
          expect(summarise(calendar(versions), SPAN, index.at(now), new Set()).total).toEqual(
            summarise(calendar(versions), SPAN, anew, new Set()).total,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a summary', () => {
  const range = fc
    .tuple(fc.oneof(nearDay, anyDay), fc.integer({ min: 0, max: 120 }))
    .map(([from, n]) => ({ from, to: addDays(from, n) }));
  const excuses = fc.array(
    fc.record({
      itemId: fc.constantFrom('x', 'y', 'z'),
      areaId: fc.constantFrom(null, 'a', 'b', 'c'),
      periodStart: fc.oneof(nearDay, anyDay),
      grantedAt: moment,
      revokedAt: fc.option(moment),
    }),
    { maxLength: 40 },
  );

  it('counts exactly the occurrences, each in the state it has, in every roll-up', () => {
    fc.assert(
      fc.property(
        history,
        acts,
        excuses,
        range,
        moment,
        (versions, evidence: Evidence[], given: Excuse[], asked, now) => {
          const of = calendar(versions);
          const seen = actsOf(evidence, versions, now);
          const freed = excusesAt(given, now);
          const summary = summarise(of, asked, seen, freed);
          const expected = occurrences(of, asked, 'open').filter(
            ({ dueOn }) => dueOn === null || dueOn <= asked.to,
          );
          const states = expected.map((one) => ({ one, state: stateOfOccurrence(one, seen, freed).state }));
          for (const state of STATES) {
            const having = states.filter((each) => each.state === state).map(({ one }) => one);
            expect(summary.total[state]).toBe(having.length);
            for (const id of ['x', 'y', 'z']) {
              expect(summary.ofItem(id)[state]).toBe(having.filter(({ itemId }) => itemId === id).length);
            }
            for (const area of [null, 'a', 'b', 'c', 'n']) {
              expect(summary.ofArea(area)[state]).toBe(having.filter(({ areaId }) => areaId === area).length);
              for (const day of [asked.from, asked.to]) {
                expect(summary.ofArea(area, day)[state]).toBe(
                  having.filter(({ areaId, dueOn }) => areaId === area && dueOn === day).length,
                );
              }
            }
          }
          expect(totalCount(summary.total)).toBe(expected.length);
          expect(addCounts(summary.units.map((unit) => summary.ofUnit(unit)))).toEqual(summary.total);
          expect(addCounts(summary.areas.map((area) => summary.ofArea(area)))).toEqual(summary.total);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps to the filter', () => {
    fc.assert(
      fc.property(history, acts, moment, (versions, evidence, now) => {
        const filter = { itemIds: new Set(['x', 'y']), areaIds: new Set([null, 'b']) };
        const summary = summarise(
          calendar(versions),
          SPAN,
          actsOf(evidence, versions, now),
          new Set(),
          filter,
        );
        const expected = occurrences(calendar(versions), SPAN, 'open', filter).filter(
          ({ dueOn }) => dueOn === null || dueOn <= SPAN.to,
        );
        expect(totalCount(summary.total)).toBe(expected.length);
        expect(summary.areas.every((area) => area === null || area === 'b')).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
