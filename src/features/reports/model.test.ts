import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOn, daysInMonth } from '#core/calendar.ts';
import { HOUR, instantOf, MINUTE, timeOf, dayOf } from '#core/clock.ts';
import { isProblem } from '#core/problem.ts';
import {
  isComplete,
  linesOf,
  refuseReport,
  refuseVersion,
  shareOf,
  standingOf,
  unexplained,
  windowOf,
  type Arrival,
  type Sent,
} from '#features/reports/model.ts';

const DUE = instantOf('2025-08-05', '08:30');
const sent = (receivedAt: number, more: Partial<Arrival> = {}, complete = true): Sent => ({
  arrival: { composedAt: null, receivedAt, forAnother: null, ...more },
  complete,
});
const stand = (first: Sent | null, now: number, more: { drafted?: boolean; excused?: boolean } = {}) =>
  standingOf(DUE, now, { first, drafted: false, excused: false, ...more });

describe('the state of one owed report', () => {
  const LATER = DUE + HOUR;
  it('is in time before 08:30:00.000 and late by at least one minute from then on', () => {
    expect(stand(sent(DUE - 1), LATER)).toEqual({ state: 'on-time', minutesLate: 0 });
    expect(stand(sent(DUE), LATER)).toEqual({ state: 'late', minutesLate: 1 });
    expect(stand(sent(DUE + MINUTE * 11 + 59_999), LATER)).toEqual({ state: 'late', minutesLate: 11 });
  });
  it('counts when it was received, not when it was composed', () => {
    const offline = sent(DUE + 11 * MINUTE, { composedAt: DUE - 10 * MINUTE });
    expect(stand(offline, LATER)).toEqual({ state: 'late', minutesLate: 11 });
  });
  it('typed in for another is in time only where something shows when it came', () => {
    const reachedAt = DUE - 10 * MINUTE;
    const typed = (proof: 'zalo-picture' | 'call' | null) =>
      stand(sent(DUE + 20 * MINUTE, { forAnother: { reachedAt, proof } }), LATER);
    expect(typed('zalo-picture')).toEqual({ state: 'on-time-for-another', minutesLate: 0 });
    expect(typed('call').state).toBe('on-time-for-another');
    expect(typed(null)).toEqual({ state: 'late', minutesLate: 20 });
  });
  it('without figures and without a statement is "no figures"', () => {
    expect(stand(sent(DUE - 1, {}, false), LATER).state).toBe('no-figures');
    expect(isComplete({ figures: {}, nothingReason: 'mưa to' })).toBe(true);
    expect(isComplete({ figures: { reached: { day: null, total: null } }, nothingReason: null })).toBe(false);
    expect(isComplete({ figures: { tips: { day: 0, total: null } }, nothingReason: null })).toBe(true);
  });
  it('that has not come is not sent, then missing; a draft shows; an excuse frees', () => {
    expect(stand(null, DUE - 1).state).toBe('not-sent');
    expect(stand(null, DUE - 1, { drafted: true }).state).toBe('drafted');
    expect(stand(null, DUE).state).toBe('missing');
    expect(stand(null, DUE, { excused: true }).state).toBe('excused');
    expect(stand(sent(DUE + MINUTE), DUE).state).toBe('missing');
  });
});

describe('the counting window', () => {
  it('is the day before or 08:30 to 08:30, over month ends and leap days', () => {
    for (const day of ['2025-08-02', '2025-09-01', '2028-03-01', '2027-03-01', '2026-01-01']) {
      const before = windowOf('day-before', day, '08:30');
      expect([timeOf(before.from), timeOf(before.to), dayOf(before.to)]).toEqual(['00:00', '00:00', day]);
      const hours = windowOf('hour-to-hour', day, '08:30');
      expect([timeOf(hours.from), timeOf(hours.to), dayOf(hours.to)]).toEqual(['08:30', '08:30', day]);
    }
    expect(dayOf(windowOf('day-before', '2028-03-01', '08:30').from)).toBe('2028-02-29');
  });
  it('of successive mornings leaves no instant out and counts none twice', () => {
    const day = fc
      .record({ year: fc.integer({ min: 2024, max: 2032 }), month: fc.integer({ min: 1, max: 12 }) })
      .map(({ year, month }) => [
        dateOn(year, month, daysInMonth(year, month)),
        dateOn(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1),
      ]);
    fc.assert(
      fc.property(day, fc.constantFrom('day-before', 'hour-to-hour'), ([last = '', first = ''], kind) => {
        expect(windowOf(kind, last, '08:30').to).toBe(windowOf(kind, first, '08:30').from);
      }),
    );
  });
});

describe('stated and recorded figures', () => {
  const body = (total: number, reasons = {}) => ({
    figures: { reached: { day: 10, total } },
    households: 100,
    reasons,
    nothingReason: null,
    remarks: null,
  });
  it('less than the records show is mended or explained; more is allowed', () => {
    const itemised = { reached: { day: 10, total: 40 } };
    expect(isProblem(refuseReport(body(39), itemised))).toBe(true);
    expect(refuseReport(body(39, { reached: 'hai hộ ghi nhầm tổ' }), itemised)).toBeNull();
    expect(refuseReport(body(45), itemised)).toBeNull();
    expect(unexplained(linesOf(body(39), itemised))).toEqual(['reached']);
    expect(isProblem(refuseReport(body(9), {}))).toBe(true);
  });
  it('a share never passes one hundred', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (count, households) => {
        const { share, exceeds } = shareOf(count, households);
        if (share !== null) expect(share).toBeLessThanOrEqual(100);
        expect(exceeds).toBe(households > 0 && count > households);
      }),
    );
  });
  it('a correction says why', () => {
    expect(refuseVersion(1, null)).toBeNull();
    expect(isProblem(refuseVersion(2, ' '))).toBe(true);
    expect(refuseVersion(2, 'cộng nhầm')).toBeNull();
  });
});
