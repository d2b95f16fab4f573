/** What holds for every plan, amendment and evidence, not only for the examples beside this file. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayNumber } from '#core/calendar.ts';
import { DAY } from '#core/clock.ts';
import { actsOf } from '#features/plan/engine/acts.ts';
import { occurrenceAt, occurrences, overdue, stateOfOccurrence } from '#features/plan/engine/calendar.ts';
import { scheduleOf } from '#features/plan/engine/schedule.ts';
import type { PlanItem, PlanVersion, State } from '#features/plan/model.ts';
import {
  acts,
  all,
  AREAS,
  calendar,
  campaign,
  history,
  items,
  moment,
  NO_DAYS_OFF,
  SPAN,
  UNTIL,
} from '../../../../tests/support/plan-histories.ts';
import { anyDay, anyItem, duty, version } from '../../../../tests/support/plan-items.ts';

describe('the calendar', () => {
  it('has every key once', () => {
    fc.assert(
      fc.property(history, (versions) => {
        const keys = all(calendar(versions)).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('puts every day into at most one period of an item, and leaves no gap between them', () => {
    fc.assert(
      fc.property(history, (versions) => {
        const { periods } = scheduleOf('x', versions, UNTIL, NO_DAYS_OFF);
        periods.forEach((period, i) => {
          const next = periods[i + 1];
          expect(period.to).toBeGreaterThanOrEqual(period.from);
          if (next) expect(next.from).toBeGreaterThan(period.to);
          const gone = versions.some(({ items: kept }) => !kept.some(({ id }) => id === 'x'));
          const sameRule = next && next.obligation === period.obligation;
          if (sameRule && !gone) expect(next.from).toBe(period.to + 1);
        });
      }),
    );
  });

  it('covers every day of the range of a duty with a cadence, when nothing is amended', () => {
    fc.assert(
      fc.property(anyItem('x'), campaign, anyDay, (item, days, day) => {
        const { periods } = scheduleOf('x', [version(1, [item], { days })], UNTIL, NO_DAYS_OFF);
        const { range } = periods[0]?.obligation ?? {};
        if (!range) return;
        const holding = periods.filter(({ from, to }) => from <= dayNumber(day) && dayNumber(day) <= to);
        expect(holding).toHaveLength(range.from <= day && (range.to === null || day <= range.to) ? 1 : 0);
      }),
    );
  });

  it('gives the same occurrences for the same days, whatever range is asked and however far it was made', () => {
    fc.assert(
      fc.property(
        history,
        anyDay,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 200 }),
        (versions, from, length, more) => {
          const range = { from, to: addDays(from, length) };
          const one = occurrences(calendar(versions, range.to), range);
          const other = occurrences(calendar(versions, addDays(range.to, more)), range);
          expect(one.map(({ key, dueAt, required }) => [key, dueAt, required])).toEqual(
            other.map(({ key, dueAt, required }) => [key, dueAt, required]),
          );
          const days = Array.from({ length: length + 1 }, (_, i) => addDays(from, i));
          const byDay = new Set(
            days.flatMap((day) =>
              occurrences(calendar(versions), { from: day, to: day }).map(({ key }) => key),
            ),
          );
          expect([...byDay].sort()).toEqual(one.map(({ key }) => key).sort());
          for (const { key, itemId, areaId, periodStart } of one) {
            expect(occurrenceAt(calendar(versions), itemId, areaId, periodStart)?.key).toBe(key);
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it('owes a period to each group that stands on its due day, and to no other', () => {
    fc.assert(
      fc.property(history, (versions) => {
        for (const { areaId, dueOn } of all(calendar(versions))) {
          const area = AREAS.find(({ id }) => id === areaId);
          if (!area || dueOn === null) continue;
          expect(area.validFrom <= dueOn && (area.validTo === null || dueOn < area.validTo)).toBe(true);
        }
      }),
    );
  });
});

describe('an amendment', () => {
  it('changes nothing that fell due before it came into force', () => {
    fc.assert(
      fc.property(
        history,
        items,
        fc.subarray([0, 1, 2]),
        campaign,
        fc.integer({ min: 0, max: 60 }),
        acts,
        moment,
        (before, changed, kept, days, gap, evidence, now) => {
          const last = before.at(-1);
          if (!last) return;
          const inForceFrom = addDays(last.inForceFrom, gap);
          const after = [
            ...before.slice(0, -1),
            { ...last, inForceTo: inForceFrom },
            version(
              last.number + 1,
              kept.map((at): PlanItem => changed[at] ?? duty('x')),
              { inForceFrom, days },
            ),
          ];
          // With the links as they were: an act's day decides which links it is judged by.
          const judged = (versions: readonly PlanVersion[]) => {
            const seen = actsOf(
              evidence.filter(({ workOn }) => workOn < inForceFrom),
              versions,
              now,
            );
            return all(calendar(versions))
              .filter(({ dueOn }) => dueOn !== null && dueOn < inForceFrom)
              .map((one) => [
                one.key,
                one.dueAt,
                one.closesAt,
                one.item,
                stateOfOccurrence(one, seen, new Set()),
              ]);
          };
          expect(judged(after)).toEqual(judged(before));
        },
      ),
    );
  });
});

/** How far a state is from done; more evidence never goes up this list. */
const WORSE: readonly State[] = [
  'met',
  'excused',
  'late',
  'ongoing',
  'due',
  'no-information',
  'upcoming',
  'missed',
];

describe('a state', () => {
  it('never gets worse by more evidence: met stays met, counts only grow, late only shrinks', () => {
    fc.assert(
      fc.property(history, acts, acts, moment, (versions, some, more, now) => {
        const of = calendar(versions);
        const [less, full] = [actsOf(some, versions, now), actsOf([...some, ...more], versions, now)];
        for (const one of all(of)) {
          const before = stateOfOccurrence(one, less, new Set());
          const after = stateOfOccurrence(one, full, new Set());
          expect(after.done).toBeGreaterThanOrEqual(before.done);
          expect(after.fulfilled).toBeGreaterThanOrEqual(before.fulfilled);
          if (before.state === 'met') expect(after.state).toBe('met');
          if (before.state !== 'missed') expect(after.state).not.toBe('missed');
          if (after.state !== before.state) {
            const [from, to] = [WORSE.indexOf(before.state), WORSE.indexOf(after.state)];
            // Done late is shown late even where nothing was due yet: only that may follow from waiting states.
            expect(to < from || after.state === 'late').toBe(true);
          }
          if (before.state === 'late' && after.state === 'late') {
            expect(after.minutesLate).toBeLessThanOrEqual(before.minutesLate);
          }
        }
      }),
    );
  });

  it('makes an occurrence overdue exactly where it was missed, or is late and still open', () => {
    fc.assert(
      fc.property(history, acts, moment, fc.array(fc.nat(40)), (versions, evidence, now, excusedAt) => {
        const made = calendar(versions);
        const owed = all(made);
        const excuses = new Set(excusedAt.flatMap((at) => owed[at]?.key ?? []));
        const seen = actsOf(evidence, versions, now);
        const wanted = owed.flatMap((one) => {
          const standing = stateOfOccurrence(one, seen, excuses);
          const open = standing.state === 'late' && standing.fulfilled < standing.required;
          return open || standing.state === 'missed' ? [{ key: one.key, standing }] : [];
        });
        const found = overdue(made, SPAN, seen, excuses);
        expect(found.map(({ standing, occurrence }) => ({ key: occurrence().key, standing }))).toEqual(
          wanted,
        );
      }),
    );
  });

  it('with time goes only forward while nothing is done, and is decided by evidence received by then', () => {
    fc.assert(
      fc.property(history, acts, moment, fc.integer({ min: 0, max: 90 }), (versions, evidence, now, days) => {
        const order: readonly State[] = ['upcoming', 'due', 'late', 'missed'];
        for (const one of all(calendar(versions))) {
          const at = (when: number) => stateOfOccurrence(one, actsOf([], versions, when), new Set()).state;
          const [first, then] = [order.indexOf(at(now)), order.indexOf(at(now + days * DAY))];
          if (first >= 0 && then >= 0) expect(then).toBeGreaterThanOrEqual(first);
          const known = evidence.filter(({ receivedAt }) => receivedAt <= now);
          expect(stateOfOccurrence(one, actsOf(evidence, versions, now), new Set())).toEqual(
            stateOfOccurrence(one, actsOf(known, versions, now), new Set()),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is never late or missed for a proposal, nor for what was excused', () => {
    fc.assert(
      fc.property(history, acts, moment, (versions, evidence, now) => {
        const seen = actsOf(evidence, versions, now);
        for (const one of all(calendar(versions))) {
          const plain = stateOfOccurrence(one, seen, new Set()).state;
          if (one.item.proposal) expect(['late', 'missed']).not.toContain(plain);
          expect(['late', 'missed', 'due']).not.toContain(
            stateOfOccurrence(one, seen, new Set([one.key])).state,
          );
        }
      }),
    );
  });

  it('ignores what was undone, and does not count the same evidence twice', () => {
    fc.assert(
      fc.property(history, acts, moment, (versions, evidence, now) => {
        const undone = evidence.map((one) => ({ ...one, id: `${one.id}-undone`, undoneAt: now - 1 }));
        for (const one of all(calendar(versions))) {
          expect(
            stateOfOccurrence(one, actsOf([...undone, ...evidence, ...evidence], versions, now), new Set()),
          ).toEqual(stateOfOccurrence(one, actsOf(evidence, versions, now), new Set()));
        }
      }),
      { numRuns: 40 },
    );
  });
});
