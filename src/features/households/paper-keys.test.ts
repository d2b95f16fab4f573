import { expect, test } from 'vitest';
import { TakeBackBody, VisitBody } from '#features/visits/schema.ts';
import { offsetOf, PAPER_KEYS, PAPER_PLACES, recordOf, slipOf } from './paper-keys.ts';

const sheet = {
  campaignId: '019870a0-0000-7000-8000-000000000001',
  groupId: '019870a0-0000-7000-8000-000000000002',
  visitorId: '019870a0-0000-7000-8000-000000000003',
  typistId: '019870a0-0000-7000-8000-00000000000a',
  day: '2025-08-04',
  textVersion: 1,
  place: 'home' as const,
};
const typed = (n: number, at = Date.parse('2026-11-26T08:00:00Z')) => ({
  id: '019870a0-0000-7000-8000-000000000009',
  householdId: '019870a0-0000-7000-8000-000000000004',
  key: PAPER_KEYS[n] ?? { key: '1', outcome: 'met' as const, signed: true },
  at,
});
const offset = offsetOf('2025-08-05T07:50:00.000+07:00', Date.parse('2026-11-26T08:00:00Z'));

test('every key makes a record the protocol takes, of the stated evening', () => {
  for (const n of PAPER_KEYS.keys()) {
    const { body } = recordOf(sheet, typed(n), offset);
    expect(VisitBody.safeParse(body).success).toBe(true);
    expect(body.doneAt).toBe('2025-08-04T19:00:00.000+07:00');
  }
});

test('this evening is told for now, never for a time that has not come', () => {
  const { body } = recordOf({ ...sheet, day: '2025-08-05' }, typed(0), offset);
  expect(body.doneAt).toBe('2025-08-05T07:50:00.000+07:00');
});

test('nothing is signed where the campaign has no text', () => {
  expect(recordOf({ ...sheet, textVersion: null }, typed(0), offset).body).not.toHaveProperty('pledge');
  expect(recordOf(sheet, typed(0), offset).body).toHaveProperty('pledge');
  expect(recordOf(sheet, typed(1), offset).body).not.toHaveProperty('pledge');
});

test('a slip is taken back by who typed it, with a reason', () => {
  const slip = slipOf(
    sheet,
    { id: typed(0).id, visitId: typed(1).id, at: typed(0).at, reason: 'Gõ nhầm' },
    offset,
  );
  expect(TakeBackBody.safeParse(slip.body).success).toBe(true);
  expect(slip.authorId).toBe(sheet.typistId);
});

test('many households at one gathering are visits of that place, one each', () => {
  for (const place of PAPER_PLACES) {
    const { body } = recordOf({ ...sheet, place }, typed(0), offset);
    expect(VisitBody.parse(body).place).toBe(place);
  }
});
